"""What a verdict may rest on: words seen on a page, cited by what somebody stands behind."""

import pytest

from claims import editing, workflow
from claims.errors import NotPublishable, NotYours
from claims.models import Assessment
from claims.vocabulary import ClaimStatus
from tests.factories import NOON, a_citation, a_claim, a_person, an_assessment

pytestmark = pytest.mark.django_db

WRONG = "She spoke of another strike."


def resting_on_a_voice(status):
    """A claim whose only citation is that of somebody who contradicts it."""
    claim = a_claim(status)
    voice = an_assessment(claim)
    claim.citations.all().delete()
    a_citation(voice)
    return claim, voice


def judged(claim):
    verdict = claim.reviews.get().first_verdict
    return workflow.second(claim, verdict=verdict, by=a_person(), at=NOON)


def test_a_claim_may_rest_on_what_a_voice_about_it_cites():
    claim, _ = resting_on_a_voice(ClaimStatus.SECOND_REVIEW)

    assert judged(claim).status == ClaimStatus.PUBLISHED


def test_what_was_taken_back_is_no_ground_for_publishing():
    claim, voice = resting_on_a_voice(ClaimStatus.SECOND_REVIEW)
    editing.take_back(voice, by=a_person(), at=NOON, reason=WRONG)

    with pytest.raises(NotPublishable):
        judged(claim)


def test_what_nobody_stands_behind_yet_is_no_ground_either():
    claim, voice = resting_on_a_voice(ClaimStatus.SECOND_REVIEW)
    editing.take_back(voice, by=a_person(), at=NOON, reason=WRONG)
    editing.reopen(voice, by=a_person(), at=NOON)

    with pytest.raises(NotPublishable):
        judged(claim)


def test_a_correction_is_not_left_where_nothing_carries_what_is_published():
    claim = a_claim(ClaimStatus.SECOND_REVIEW)
    voice = an_assessment(claim)
    claim.citations.all().delete()
    a_citation(voice)
    judged(claim)
    ana = a_person()
    workflow.start_correction(claim, by=ana, at=NOON)
    editing.take_back(voice, by=ana, at=NOON, reason=WRONG)

    with pytest.raises(NotPublishable):
        workflow.abandon_correction(claim, by=ana, at=NOON, note="As it was.")


def test_citing_is_judged_by_how_an_assessment_stands_and_not_by_an_old_copy():
    claim = a_claim(ClaimStatus.PUBLISHED)
    contributor = a_person("contributor")
    old = an_assessment(claim, by=contributor)
    editing.confirm(Assessment.objects.get(pk=old.pk), by=a_person(), at=NOON)
    assert old.state == "suggested"

    with pytest.raises(NotYours):
        editing.cite(
            old,
            url="https://paper.example/late",
            exact="only minor damage",
            by=contributor,
            at=NOON,
        )
