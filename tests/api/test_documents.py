"""Stored documents: what readers are sent is what would be said now, to the byte."""

import time
from datetime import timedelta
from functools import partial
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims import documents, editing, workflow
from claims.models import (
    AccessToken,
    Assessment,
    Claim,
    Claimant,
    Document,
    Review,
)
from claims.tasks import print_documents
from claims.vocabulary import ClaimStatus, Form, Scope, Stance, Verdict
from tests.api.conftest import Caller, a_program
from tests.factories import NOON, a_claim, a_claimant, a_person, an_assessment
from tests.public.standing import a_corrected_claim

pytestmark = pytest.mark.django_db

# The same list, asked for in a way that only the framework answers.
BY_THE_FRAMEWORK = {"Accept": "application/json, */*"}


@pytest.fixture
def program():
    """A reader's program that called a moment ago."""
    caller = a_program("reader")
    AccessToken.objects.update(last_used_at=timezone.now())
    return caller


@pytest.fixture
def claim():
    """Published, and supported by Bo."""
    claim = a_claim(ClaimStatus.PUBLISHED, claimant=a_claimant("Ada"))
    an_assessment(claim, stance=Stance.SUPPORTS)
    return claim


def told(caller, path="claims"):
    """What a stored document says; the framework says the same, with the same heads."""
    stored, made = caller.get(path), put_together(caller, path)
    assert stored.status_code == made.status_code
    if stored.status_code == 200:
        assert stored.content == made.content
        assert dict(stored.headers) == dict(made.headers)
    return stored


def put_together(caller, path):
    """What the framework says where nothing is stored."""
    with pytest.MonkeyPatch.context() as without:
        without.setattr(documents, "these", lambda _claims: {})
        return caller.get(path, **BY_THE_FRAMEWORK)


def by_sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.mark.parametrize("status", ClaimStatus.values)
def test_every_claim_reads_as_the_framework_would_tell_it(program, status):
    claim = a_claim(status)

    for caller in (program, Caller()):
        told(caller)
        told(caller, f"claims/{claim.pk}")


def test_every_sort_of_claim_reads_so(program):
    a_corrected_claim()
    first = a_claim(ClaimStatus.PUBLISHED, said_at=NOON)
    a_claim(
        ClaimStatus.PUBLISHED,
        statement='«Кот»\u2028 said "no" \\ 3 < 4 ünd 🐈',
        original_wording="</script>",
        form=Form.DIRECT,
        language="ar",
        topics=["a", "b & c"],
        canonical=first,
        role_at_time="Mayor",
    )
    a_claim(ClaimStatus.PUBLISHED, canonical=a_claim(ClaimStatus.NEW))
    withdrawn = a_claim(ClaimStatus.PUBLISHED)
    workflow.retract(withdrawn, note="Wrong.", by=a_person("editor"), at=NOON)

    answer = told(program)

    assert len(answer.body["results"]) == 5
    for each in answer.body["results"]:
        told(program, f"claims/{each['id']}")


def test_pages_lead_on_and_back_as_the_framework_leads(program):
    for _ in range(5):
        a_claim(ClaimStatus.PUBLISHED)
    address, seen = "claims?limit=2", []

    while address:
        answer = told(program, address)
        seen.append(answer.content)
        address = answer.body["next"]
    address = answer.body["previous"]
    while address:
        answer = told(program, address)
        assert [each["id"] for each in answer.body["results"]]
        address = answer.body["previous"]

    assert len(seen) == 3


# --- Never what no longer holds -------------------------------------------------

CHANGES = {
    "the claim": lambda claim: Claim.objects.filter(pk=claim.pk).update(topics=["x"]),
    "the claim, by SQL": lambda claim: by_sql(
        "UPDATE claims_claim SET language = 'de' WHERE id = %s", claim.pk
    ),
    "the claimant": lambda _: Claimant.objects.filter(name="Ada").update(name="Eda"),
    "the claimant, by SQL": lambda _: by_sql(
        "UPDATE claims_claimant SET kind = 'group'"
    ),
    "an assessment more": lambda claim: editing.add_assessment(
        claim,
        assessor=a_claimant("Eve"),
        stance="contradicts",
        statement="It is not so.",
        by=a_person(),
        at=NOON,
    ),
    "an assessment": lambda _: Assessment.objects.update(stance="contradicts"),
    "an assessment, by SQL": lambda _: by_sql(
        "UPDATE claims_assessment SET state = 'rejected'"
    ),
    "an assessment less, by SQL": lambda _: by_sql("DELETE FROM claims_assessment"),
    "it is withdrawn": lambda claim: workflow.retract(
        claim, note="It was wrong.", by=a_person("editor"), at=NOON
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_it_shows_changes_it(program, claim, change):
    before = told(program).content
    told(program, f"claims/{claim.pk}")
    assert not Document.objects.stale().exists()

    change(claim)

    told(program, f"claims/{claim.pk}")
    assert told(program).content != before


def test_what_changes_while_it_is_printed_is_printed_again(program, claim):
    def meanwhile(execute, sql, params, many, context):
        if sql.lstrip().startswith("UPDATE claims_document"):
            Claim.objects.filter(pk=claim.pk).update(topics=["newer"])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(meanwhile):
        documents.print_these([claim.pk])

    assert Document.objects.stale().get().claim == claim
    assert told(program).body["results"][0]["topics"] == ["newer"]


def test_nobody_reads_what_can_still_be_undone(program):
    claim = a_claim(ClaimStatus.SECOND_REVIEW)
    now = timezone.now()
    workflow.second(claim, verdict=Verdict.FALSE, by=a_person(), at=now)

    assert told(program).body["results"] == []
    assert told(program, f"claims/{claim.pk}").status_code == 404
    assert Document.objects.get().public_since > now


def test_what_the_clock_changes_is_printed_anew(program, claim):
    soon = timezone.now() + timedelta(hours=1)
    # As a review is that another one replaces in an hour, and as it is then.
    by_sql("SET LOCAL session_replication_role = replica")
    Review.objects.update(valid_to=soon)
    Document.objects.update(printed=0, by_press="", etag="", body=b"")
    told(program)
    assert Document.objects.get().changes_at == soon

    Review.objects.update(valid_to=NOON + timedelta(days=1))
    Document.objects.update(changes_at=NOON)

    assert told(program).body["results"][0]["review"] is None


def test_another_press_prints_anew(program, claim):
    told(program)
    Document.objects.update(by_press="of the day before", body=b'{"old": 1}')

    assert told(program).body["results"][0]["id"] == str(claim.pk)


def test_a_worker_prints_what_is_due(program, claim):
    assert documents.print_due() == 1
    assert documents.print_due() == 0
    Claim.objects.update(topics=["x"])
    assert documents.print_due() == 1
    assert told(program).body["results"][0]["topics"] == ["x"]


def test_the_worker_prints_before_anybody_asks(worker, transactional_db):
    for _ in range(3):
        a_claim(ClaimStatus.PUBLISHED)
    assert Document.objects.stale().count() == 3

    print_documents.delay()

    deadline = time.monotonic() + 30
    while Document.objects.stale().exists():
        assert time.monotonic() < deadline, "the worker printed nothing"
        time.sleep(0.05)
    assert len(told(Caller()).body["results"]) == 3


def test_a_worker_prints_more_than_goes_at_once(claim, monkeypatch):
    monkeypatch.setattr(documents, "PRINTED_AT_ONCE", 1)
    monkeypatch.setattr(documents, "print_due", partial(documents.print_due, most=1))
    a_claim(ClaimStatus.PUBLISHED)

    print_documents()

    assert not Document.objects.stale().exists()


# --- Only for whom, and what, it is --------------------------------------------


def test_what_stands_is_sent_without_asking_for_its_parts(program, claim):
    mark = program.get("claims")["ETag"]

    with CaptureQueriesContext(connection) as asked:
        again = program.get("claims", If_None_Match=f'W/{mark}, "another"')
        one = program.get(f"claims/{claim.pk}")

    assert (again.status_code, again.content) == (304, b"")
    assert one.status_code == 200
    assert len(asked) == 0  # the one question goes past Django's record of them


def test_the_desk_reads_what_is_the_desks(claim):
    hidden = a_claim(ClaimStatus.NEW)
    for program, sees in (
        (a_program("contributor"), True),
        (a_program("editor", scopes=[Scope.CLAIMS_WRITE]), False),
    ):
        AccessToken.objects.update(last_used_at=timezone.now())

        answer = told(program)

        ids = {each["id"] for each in answer.body["results"]}
        assert (str(hidden.pk) in ids) is sees


SPOILT = {
    "revoked": lambda: AccessToken.objects.update(revoked_at=NOON),
    "expired": lambda: AccessToken.objects.update(expires_at=NOON),
    "of a closed account": lambda: User.objects.update(is_active=False),
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_a_token_that_is_no_longer_good_reads_nothing(program, claim, spoil):
    assert told(program).status_code == 200

    spoil()

    assert told(program).status_code == 401
    assert told(program, f"claims/{claim.pk}").status_code == 401


def test_somebody_who_comes_to_the_desk_sees_the_desk_at_once(program, claim):
    a_claim(ClaimStatus.NEW)
    assert len(told(program).body["results"]) == 1

    program.user.groups.add(Group.objects.get_or_create(name="editor")[0])

    assert len(told(program).body["results"]) == 2


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("limit=0", 400),
        ("limit=201", 400),
        ("limit=5&limit=5", 400),
        ("cursor=", 400),
        ("cursor=abc", 400),
        ("unknown=1", 400),
        ("limit=%00", 400),
        ("topic=water", 200),
        ("q=held&fields=id,review", 200),
        ("limit=5&count=exact", 200),
        ("limit=+5", 400),
    ],
)
def test_whatever_is_asked_besides_is_the_frameworks(program, claim, query, code):
    assert told(program, f"claims?{query}").status_code == code


# --- Lists of some of them ------------------------------------------------------

ASKED = {
    "q": ["dam", "held OR broke", "xyzzy"],
    "verdict": ["false", "false,misleading"],
    "stance": ["supports", "contradicts,explains_away"],
    "has_contradiction": ["true", "false"],
    "language": ["en", "DE", "fr"],
    "status": ["published", "retracted", "published,retracted", "new"],
    "topic": ["water", "roads"],
    "said_after": ["2026-01-01", "2030-01-01T00:00:00Z"],
    "said_before": ["2026-01-01", "2030-01-01T00:00:00Z"],
    "updated_since": ["2026-01-01"],
    "source_domain": ["example", "paper.example"],
    "sort": ["created_at", "-updated_at", "said_at", "-said_at"],
    "fields": ["id", "review,statement,id"],
    "count": ["exact", "estimated"],
    "limit": ["1", "2", "200"],
}


@pytest.fixture
def archive():
    """Claims of many sorts, some of which readers see."""
    for number, status in enumerate(ClaimStatus.values):
        claim = a_claim(
            status,
            statement=f"The dam {'held' if number % 2 else 'broke'} in year {number}.",
            language="de" if number % 3 else "en",
            topics=["water"] if number % 2 else ["roads", "water"],
            said_at=NOON - timedelta(days=200 * number) if number % 4 else None,
        )
        if number % 2:
            an_assessment(claim, stance=Stance.values[number % 3])
    a_corrected_claim()
    withdrawn = a_claim(ClaimStatus.PUBLISHED, topics=["water"])
    workflow.retract(withdrawn, note="Wrong.", by=a_person("editor"), at=NOON)


@given(asked=st.fixed_dictionaries({}, optional={
    name: st.sampled_from(values) for name, values in ASKED.items()
}))  # fmt: skip
@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_whatever_list_is_asked_for_reads_as_the_framework_would_tell_it(
    program, archive, asked
):
    answer = told(program, f"claims?{urlencode(asked)}")

    assert answer.status_code == 200, answer.content
    for way in ("next", "previous"):
        if address := answer.body[way]:
            assert told(program, address).status_code == 200


def test_a_list_of_some_is_sent_as_it_is_stored(program, claim):
    told(program)
    told(program, "claims?topic=x&fields=id")

    with CaptureQueriesContext(connection) as asked:
        program.get("claims?language=en")

    # Which they are; what is stored of them is asked past Django's record.
    assert len(asked) == 1
