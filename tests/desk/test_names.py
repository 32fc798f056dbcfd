"""People are called by their full names on the pages of the desk."""

import pytest
from django.urls import reverse
from django.utils import timezone

from claims import drafting, workflow
from claims.vocabulary import ClaimStatus
from tests.factories import NOON, a_claim, a_person


@pytest.fixture
def ada(db):
    person = a_person("reviewer", "aq7")
    person.first_name, person.last_name = "Ada", "Quill"
    person.save()
    return person


@pytest.mark.parametrize("address", ["/desk/?tab=all", "{claim}", "{claim}history/"])
def test_a_person_is_called_by_their_full_name(as_, ben, ada, address):
    claim = a_claim(ClaimStatus.SECOND_REVIEW, writer=ada)
    workflow.send_back(claim, by=ben, at=NOON, reason="Once more.")
    drafting.be_here(claim, by=ada, at=timezone.now())
    address = address.format(claim=reverse("desk:claim", args=[claim.pk]))

    page = as_(ben).get(address).content.decode()

    assert "Ada Quill" in page
    assert "aq7" not in page


def test_both_verdicts_name_their_people(as_, ben, ada):
    claim = a_claim(ClaimStatus.PUBLISHED, writer=ada, second=ben)

    page = as_(ben).get(reverse("desk:compare", args=[claim.pk])).content.decode()

    assert "Ada Quill" in page
    assert "aq7" not in page
