"""Stored documents: what readers are sent is what would be said now, to the byte."""

import pytest
from django.db import connection
from django.utils import timezone

from claims import editing, workflow
from claims.models import (
    AccessToken,
    Assessment,
    Claim,
    Claimant,
    Document,
)
from claims.vocabulary import ClaimStatus, Form, Stance
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
    stored, made = caller.get(path), caller.get(path, **BY_THE_FRAMEWORK)
    assert stored.status_code == made.status_code
    if stored.status_code == 200:
        assert stored.content == made.content
        assert dict(stored.headers) == dict(made.headers)
    return stored


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
