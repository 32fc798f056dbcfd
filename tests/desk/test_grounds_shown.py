"""The preview counts the quotes that a verdict may rest on, as publishing does."""

import pytest
from django.urls import reverse

from claims import editing, workflow
from claims.vocabulary import ClaimStatus
from sources.models import Passage
from sources.vocabulary import PassageState
from tests.factories import NOON, a_citation, a_claim, a_person, an_assessment


@pytest.fixture
def claim(ana):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)
    workflow.write_review(claim, verdict="false", summary="Two halls.", by=ana, at=NOON)
    return claim


def preview(desk, claim):
    return desk.get(reverse("desk:preview", args=[claim.pk])).content.decode()


def test_what_nobody_stands_behind_is_not_counted(as_, ana, claim):
    suggested = an_assessment(claim, by=a_person("contributor"))
    a_citation(suggested)
    set_aside = an_assessment(claim)
    a_citation(set_aside)
    editing.take_back(set_aside, by=ana, at=NOON, reason="Another strike.")

    page = preview(as_(ana), claim)

    assert "1 of 1 cited quotes stand" in page


def test_a_quote_of_one_set_aside_does_not_make_up_for_a_missing_one(as_, ana, claim):
    claim.citations.all().delete()
    a_citation(an_assessment(claim, by=a_person("contributor")))

    page = preview(as_(ana), claim)

    assert "No cited quote was seen on its page" in page


def test_a_quote_that_was_once_seen_is_enough_and_not_said_to_stand(as_, ana, claim):
    Passage.objects.update(state=PassageState.MISSING)

    page = preview(as_(ana), claim)

    assert "0 of 1 cited quotes stand" in page
    assert "No cited quote was seen on its page" not in page
