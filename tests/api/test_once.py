"""A change that is asked for twice under one key is made once."""

import http.client
import json
import os
import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from claims.models import AccessToken, Article, Claim, KeptAnswer, Webhook
from claims.models.answer import KEPT_FOR
from claims.tasks import forget_answers
from tests.api.conftest import Caller, a_program
from tests.environment import PROJECT
from tests.factories import a_claim, a_claimant, a_person
from tests.live import test_database_url

pytestmark = pytest.mark.django_db

KEY = "8e03978e-40d5-43dd-bc93-6894a57f9324"
REPLAYED = "Idempotency-Replayed"


@pytest.fixture
def body():
    return {"statement": "The dam held.", "claimant": str(a_claimant().pk)}


def test_the_same_request_again_is_given_the_same_answer(contributor, body):
    first = contributor.post("claims", body, Idempotency_Key=KEY)
    again = contributor.post("claims", body, Idempotency_Key=KEY)

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    for name in ("Location", "ETag", "Content-Type"):
        assert again.headers[name] == first.headers[name], name
    assert REPLAYED not in first.headers
    assert again.headers[REPLAYED] == "true"
    assert Claim.objects.count() == 1


def test_its_tag_opens_the_claim_for_a_change(contributor, body):
    contributor.post("claims", body, Idempotency_Key=KEY)
    again = contributor.post("claims", body, Idempotency_Key=KEY)

    changed = contributor.patch(
        f"claims/{again.body['id']}",
        {"statement": "It held."},
        If_Match=again.headers["ETag"],
    )

    assert changed.status_code == 200


def test_a_move_is_made_once(reviewer):
    claim = a_claim("new")
    path = f"claims/{claim.pk}/moves/take"

    first = reviewer.post(path, {}, Idempotency_Key=KEY)
    again = reviewer.post(path, {}, Idempotency_Key=KEY)

    assert (first.status_code, again.status_code) == (200, 200)
    assert again.content == first.content
    assert claim.moves.filter(to_status="in_review").count() == 1


def test_another_key_is_another_request_and_so_is_none(contributor, body):
    for headers in ({"Idempotency_Key": "a"}, {"Idempotency_Key": "b"}, {}, {}):
        assert contributor.post("claims", body, **headers).status_code == 201

    assert Claim.objects.count() == 4


@pytest.mark.parametrize("changed", ["body", "address", "condition"])
def test_another_request_under_the_same_key_is_refused(contributor, body, changed):
    contributor.post("claims", body, Idempotency_Key=KEY)
    headers = {"If_Match": '"x"'} if changed == "condition" else {}
    sent = {**body, "statement": "It broke."} if changed == "body" else body

    other = contributor.post(
        "claimants" if changed == "address" else "claims",
        sent,
        Idempotency_Key=KEY,
        **headers,
    )

    assert (other.status_code, other.body["code"]) == (422, "idempotency_key_reused")
    assert Claim.objects.count() == 1


def test_what_was_refused_may_be_mended_under_the_same_key(contributor, body):
    refused = contributor.post("claims", {"statement": ""}, Idempotency_Key=KEY)
    mended = contributor.post("claims", body, Idempotency_Key=KEY)

    assert (refused.status_code, mended.status_code) == (400, 201)
    assert KeptAnswer.objects.count() == 1


def test_keys_belong_to_a_token_or_to_a_person_in_a_session(body):
    person = a_person("contributor")
    session = Caller(person)
    session.client.force_login(person)
    callers = [a_program(user=person), a_program(user=person), session, a_program()]

    made = [each.post("claims", body, Idempotency_Key=KEY) for each in callers]
    again = [each.post("claims", body, Idempotency_Key=KEY) for each in callers]

    assert {answer.status_code for answer in made + again} == {201}
    assert len({answer.body["id"] for answer in made}) == 4
    assert [a.body["id"] for a in again] == [m.body["id"] for m in made]


@pytest.mark.parametrize(
    "key", ["", " ", "a b", "é", "x" * 256, "a\x00b", "a\tb", "\x7f", "a\u202eb"]
)
def test_a_key_that_cannot_be_one_is_refused(contributor, body, key):
    answer = contributor.post("claims", body, Idempotency_Key=key)

    assert (answer.status_code, answer.body["code"]) == (400, "idempotency_key_invalid")
    assert not Claim.objects.exists()


def test_the_longest_key_is_one(contributor, body):
    for _ in range(2):
        answer = contributor.post("claims", body, Idempotency_Key="~" * 255)

    assert (answer.status_code, Claim.objects.count()) == (201, 1)


def test_whoever_may_not_any_more_is_not_told_again(body):
    person = a_person("contributor")
    program = a_program(user=person)
    program.post("claims", body, Idempotency_Key=KEY)
    person.groups.clear()

    assert program.post("claims", body, Idempotency_Key=KEY).status_code == 403


def test_a_key_is_forgotten_after_a_day(contributor, body):
    contributor.post("claims", body, Idempotency_Key=KEY)
    KeptAnswer.objects.update(at=timezone.now() - KEPT_FOR)

    late = contributor.post("claims", body, Idempotency_Key=KEY)

    assert (late.status_code, REPLAYED in late.headers) == (201, False)
    assert (Claim.objects.count(), KeptAnswer.objects.count()) == (2, 1)


def test_answers_that_outlived_their_day_are_thrown_away(contributor, body):
    for key in ("old", "new"):
        contributor.post("claims", body, Idempotency_Key=key)
    KeptAnswer.objects.filter(key="old").update(at=timezone.now() - timedelta(days=2))

    forget_answers()

    assert [kept.key for kept in KeptAnswer.objects.all()] == ["new"]


def test_the_secret_of_a_token_is_kept_nowhere():
    person = a_person("contributor")
    session = Caller(person)
    session.client.force_login(person)
    wanted = {"name": "wire", "scopes": ["claims:read"]}

    made = session.post("tokens", wanted, Idempotency_Key=KEY)
    again = session.post("tokens", wanted, Idempotency_Key=KEY)

    assert made.status_code == 201
    assert (again.status_code, again.body["code"]) == (409, "secret_not_kept")
    assert AccessToken.objects.count() == 1
    assert KeptAnswer.objects.get().body is None


def test_a_stranger_who_sends_a_key_is_answered_as_ever(stranger):
    for text in ("The dam held.", "The dam broke."):
        answer = stranger.post("match", {"text": text}, Idempotency_Key=KEY)
        assert answer.status_code == 200

    assert not KeptAnswer.objects.exists()


def test_a_body_that_is_too_large_is_refused_as_without_a_key(contributor):
    text = "x" * (5 * 1024 * 1024)

    answer = contributor.post("articles", {"text": text}, Idempotency_Key=KEY)

    assert (answer.status_code, Article.objects.count()) == (413, 0)


def test_a_webhook_is_made_once_and_its_secret_given_again(editor):
    wanted = {"url": "https://partner.example/hook"}

    made = editor.post("webhooks", wanted, Idempotency_Key=KEY)
    again = editor.post("webhooks", wanted, Idempotency_Key=KEY)

    assert (made.status_code, again.content) == (201, made.content)
    assert Webhook.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_while_the_first_is_being_answered_the_second_is_told_to_wait():
    reviewer, claim = a_program("reviewer"), a_claim("new")
    path, answers = f"claims/{claim.pk}/moves/take", []
    other = Caller(reviewer.user, reviewer.token)

    def take():
        answers.append(other.post(path, {}, Idempotency_Key=KEY))
        connection.close()

    first = threading.Thread(target=take)
    with transaction.atomic():
        Claim.objects.select_for_update().get(pk=claim.pk)
        first.start()
        await_one_that_waits()
        second = reviewer.post(path, {}, Idempotency_Key=KEY)
    first.join()
    third = reviewer.post(path, {}, Idempotency_Key=KEY)

    assert (second.status_code, second.body["code"]) == (
        409,
        "idempotency_key_in_flight",
    )
    assert second.headers["Retry-After"] == "1"
    assert [answer.status_code for answer in answers] == [200]
    assert (third.status_code, third.headers[REPLAYED]) == (200, "true")


def await_one_that_waits():
    """Come back once another connection waits for a row that this one holds."""
    with connection.cursor() as cursor:
        while True:
            cursor.execute(
                # Not pg_stat_activity, which stands still in a transaction.
                "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted "
                "AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))"
            )
            if cursor.fetchone()[0]:
                return


# --- A server that dies -------------------------------------------------------


def sent_to_one_that_dies(when, caller, body):
    """Send this to a server that is killed at it; what became of both."""
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.api.dying", when],
        cwd=PROJECT,
        env={**os.environ, "DATABASE_URL": test_database_url()},
        stdout=subprocess.PIPE,
        text=True,
    )
    with server:
        port = int(server.stdout.readline())
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        headers = {
            "Authorization": f"Bearer {caller.token}",
            "Content-Type": "application/json",
            "Idempotency-Key": KEY,
        }
        try:
            line.request("POST", "/api/v1/claims", json.dumps(body), headers)
            with pytest.raises(ConnectionError):
                line.getresponse()
        finally:
            line.close()
            server.kill()
    return server.returncode


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("when", "done"), [("after", 1), ("before", 0)])
def test_a_server_that_is_killed_at_it_loses_nothing_and_doubles_nothing(when, done):
    contributor = a_program("contributor")
    body = {"statement": "The dam held.", "claimant": str(a_claimant().pk)}

    died = sent_to_one_that_dies(when, contributor, body)
    left = Claim.objects.count(), KeptAnswer.objects.count()
    again = contributor.post("claims", body, Idempotency_Key=KEY)

    assert died == -9
    assert left == (done, done)
    assert again.status_code == 201
    assert (REPLAYED in again.headers) is bool(done)
    assert again.body["id"] == str(Claim.objects.get().pk)
