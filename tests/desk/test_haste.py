"""A second verdict given sooner than a claim can be read is asked about once more."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from claims import drafting
from claims.vocabulary import ClaimStatus
from tests.factories import NOON, a_claim


@pytest.fixture(autouse=True)
def _in_earnest(settings):
    settings.CLAIMS_HASTE = timedelta(seconds=8)


@pytest.fixture
def claim(ana):
    return a_claim(ClaimStatus.SECOND_REVIEW, writer=ana, verdict="false")


def at(claim, name="claim"):
    return reverse(f"desk:{name}", args=[claim.pk])


def status(claim):
    claim.refresh_from_db()
    return claim.status


def looked(desk, claim, seconds, **sent):
    """The answer to a verdict that is given so long after the page was opened."""
    with time_machine.travel(NOON, tick=False) as clock:
        desk.get(at(claim))
        clock.shift(seconds)
        return desk.post(at(claim, "second"), {"verdict": "false", **sent})


def test_a_verdict_after_six_seconds_is_asked_about(as_, ben, claim):
    answer = looked(as_(ben), claim, 6, note="The roof is whole.")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "You looked for 6 seconds." in page
    assert "Record it all the same?" in page
    assert "The roof is whole." in page
    assert 'value="false"' in page
    assert status(claim) == ClaimStatus.SECOND_REVIEW
    assert claim.reviews.get().seconded_at is None


def test_who_says_so_once_more_is_believed(as_, ben, claim):
    looked(as_(ben), claim, 2, sure="yes")

    assert status(claim) == ClaimStatus.PUBLISHED


def test_who_looked_long_enough_is_not_asked(as_, ben, claim):
    looked(as_(ben), claim, 8)

    assert status(claim) == ClaimStatus.PUBLISHED


def test_a_page_loaded_again_does_not_start_the_clock_anew(as_, ben, claim):
    desk = as_(ben)

    with time_machine.travel(NOON, tick=False) as clock:
        desk.get(at(claim))
        clock.shift(60)
        desk.get(at(claim))
        clock.shift(1)
        desk.post(at(claim, "second"), {"verdict": "false"})

    assert status(claim) == ClaimStatus.PUBLISHED


def test_the_question_does_not_tell_the_first_verdict(as_, ben, claim):
    same = looked(as_(ben), claim, 1).content.decode()
    other = looked(as_(ben), claim, 1, verdict="true").content.decode()

    assert "You looked for one second." in same
    assert "You looked for one second." in other
    assert "Satellite images show" not in same + other


def test_the_answer_to_the_question_is_no_part_of_a_draft(as_, ben, claim):
    as_(ben).post(
        at(claim, "draft"), {"form": "second", "verdict": "true", "sure": "yes"}
    )

    kept = claim.drafts.get(author=ben)
    assert (kept.form, kept.fields) == ("second", {"verdict": "true"})
    drafting.forget(claim, form="second", by=ben)
