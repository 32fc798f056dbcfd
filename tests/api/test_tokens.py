"""Tokens: signing in with one, making, listing and revoking them."""

import logging
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from claims.models import AccessToken
from claims.vocabulary import Scope
from tests.api.conftest import Caller, a_program, pointers
from tests.factories import a_claim, a_claimant, a_person

pytestmark = pytest.mark.django_db

BODY = {"name": "wire import", "scopes": ["claims:read", "claims:write"]}


@pytest.fixture
def session():
    """Somebody signed in on the site, whose browser sends the CSRF token."""
    person = a_person("contributor")
    caller = Caller(person)
    caller.client.force_login(person)
    return caller


def test_a_token_is_made_in_a_session_and_shown_once(session):
    made = session.post("tokens", BODY)

    assert made.status_code == 201
    secret = made.body["secret"]
    assert secret.startswith("fct_")
    assert "secret" not in session.get("tokens").body["results"][0]
    assert not AccessToken.objects.filter(digest__contains=secret[4:20]).exists()
    assert Caller(token=secret).get("claims").status_code == 200


def test_a_token_cannot_make_others(contributor):
    answer = contributor.post("tokens", BODY)

    assert (answer.status_code, answer.body["code"]) == (403, "session_required")


def test_a_token_without_scopes_with_unknown_ones_or_an_end_in_the_past_is_refused(
    session,
):
    for change, at in (
        ({"scopes": []}, "/scopes"),
        ({"scopes": ["everything"]}, "/scopes/0"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, "/expires_at"),
        ({"name": " "}, "/name"),
    ):
        answer = session.post("tokens", {**BODY, **change})

        assert answer.status_code == 400
        assert pointers(answer) == {at}
    assert not AccessToken.objects.exists()


def test_a_person_sees_their_own_tokens_and_a_token_only_itself(session):
    mine = a_program(user=session.user)
    a_program(user=session.user)
    a_program()

    assert len(session.get("tokens").body["results"]) == 2
    assert len(mine.get("tokens").body["results"]) == 1


def test_a_revoked_token_opens_nothing(session):
    program = a_program(user=session.user)
    key = AccessToken.objects.get().pk

    assert session.delete(f"tokens/{key}").status_code == 204
    assert program.get("claims").status_code == 401
    assert session.get(f"tokens/{key}").body["revoked_at"]


def test_nobody_revokes_the_token_of_somebody_else(session):
    program = a_program()
    key = AccessToken.objects.get().pk

    assert session.delete(f"tokens/{key}").status_code == 404
    assert program.get("claims").status_code == 200


def test_an_expired_token_and_one_of_a_closed_account_open_nothing():
    late, closed = a_program(), a_program()
    AccessToken.objects.filter(user=late.user).update(
        expires_at=timezone.now() - timedelta(seconds=1)
    )
    closed.user.is_active = False
    closed.user.save()

    for caller in (late, closed):
        answer = caller.get("claims")
        assert (answer.status_code, answer.body["code"]) == (401, "invalid_token")
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_the_last_use_is_written_at_most_once_a_minute():
    program = a_program()
    with time_machine.travel("2026-06-01T12:00:00Z", tick=False) as clock:
        program.get("claims")
        first = AccessToken.objects.get().last_used_at
        clock.shift(59)
        program.get("claims")
        assert AccessToken.objects.get().last_used_at == first
        clock.shift(2)
        program.get("claims")
        assert AccessToken.objects.get().last_used_at == first + timedelta(seconds=61)


def test_a_secret_is_never_written_to_the_log(caplog, session):
    caplog.set_level(logging.DEBUG)
    program = a_program()
    program.get("claims?limit=x")
    program.post("claims", {"statement": "A."})
    Caller(token="fct_wrong-but-secret").get("claims")
    made = session.post("tokens", BODY).body["secret"]

    for secret in (program.token, "fct_wrong-but-secret", made):
        assert secret not in caplog.text
    assert caplog.text


def test_a_session_needs_the_csrf_token_for_a_change():
    person = a_person("contributor")
    caller = Caller(person)
    caller.client.handler.enforce_csrf_checks = True
    caller.client.force_login(person)
    body = {"statement": "The dam held.", "claimant": str(a_claimant().pk)}

    refused = caller.post("claims", body)
    caller.client.cookies["csrftoken"] = "a" * 32
    taken = caller.post("claims", body, X_CSRFToken="a" * 32)

    assert (refused.status_code, refused.body["code"]) == (403, "permission_denied")
    assert taken.status_code == 201


def test_every_scope_opens_its_own_door_only():
    claim = a_claim()
    doors = {
        Scope.CLAIMS_READ: ("GET", "sources"),
        Scope.CLAIMS_WRITE: ("POST", "claims"),
        Scope.ASSESSMENTS_WRITE: ("POST", f"claims/{claim.pk}/assessments"),
        Scope.REVIEW_DECIDE: ("POST", f"claims/{claim.pk}/moves/take"),
        Scope.PUBLISH: ("POST", f"claims/{claim.pk}/moves/retract"),
    }
    for held in doors:
        program = a_program("editor", scopes=[held, Scope.EXPORT])
        for needed, (method, path) in doors.items():
            answer = program(method, path, {} if method == "POST" else None)

            lacking = answer.body.get("code") == "scope_missing"
            assert lacking == (held != needed), (held, needed)


def test_the_command_prints_a_token_that_works():
    person = a_person("contributor")
    out, err = StringIO(), StringIO()

    call_command(
        "create_token", person.username, "--scope", "claims:read", "claims:write",
        "--scope", "export", "--name", "wire", "--days", "30", stdout=out, stderr=err,
    )  # fmt: skip

    secret = out.getvalue().strip()
    token = AccessToken.objects.get()
    assert token.scopes == ["claims:read", "claims:write", "export"]
    assert token.expires_at - token.created_at == timedelta(days=30)
    assert Caller(token=secret).get("sources").status_code == 200
    assert "once" in err.getvalue()


@pytest.mark.parametrize(
    "arguments",
    [
        ["nobody", "--scope", "export"],
        ["{user}", "--scope", "everything"],
        ["{user}"],
        ["{user}", "--scope", "export", "--days", "0"],
        ["{user}", "--scope", "export", "--name", " "],
    ],
)
def test_the_command_refuses_what_cannot_be(arguments):
    person = a_person()

    with pytest.raises(CommandError):
        call_command(
            "create_token", *(each.format(user=person.username) for each in arguments)
        )

    assert not AccessToken.objects.exists()
