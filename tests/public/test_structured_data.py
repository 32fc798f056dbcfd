"""What structured-data-testing-tool, from npm, makes of the pages of claims."""

import json
from pathlib import Path

import pytest

from claims.vocabulary import ClaimStatus, Verdict
from tests.factories import a_claim
from tests.npm import node, npm
from tests.public.standing import a_corrected_claim

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def tool():
    return npm(Path(__file__).parent / "structured-data")


def examined(tool, client, claim):
    page = client.get(claim.get_absolute_url()).content.decode()
    return json.loads(node(tool, "check.js", said=page))


@pytest.mark.parametrize("verdict", [Verdict.FALSE, Verdict.UNPROVEN])
def test_the_page_of_a_claim_passes_every_test(tool, client, verdict):
    found = examined(tool, client, a_claim(ClaimStatus.PUBLISHED, verdict=verdict))

    assert found["schemas"] == ["ClaimReview"]
    assert (found["failed"], found["warnings"]) == ([], [])


def test_the_page_of_a_corrected_claim_passes_every_test(tool, client):
    found = examined(tool, client, a_corrected_claim())

    assert found["schemas"] == ["ClaimReview"]
    assert found["failed"] == []


def test_the_page_of_a_withdrawn_claim_reviews_nothing(tool, client):
    found = examined(tool, client, a_claim(ClaimStatus.RETRACTED))

    assert found["schemas"] == []
