"""Published claims whose evidence moved."""

from datetime import timedelta

import pytest
from django.conf import settings

from claims import recheck, workflow
from claims.models import Citation, Claim
from claims.search import causes
from claims.vocabulary import ClaimStatus
from sources import attaching
from sources.models import Passage, Sighting, Source
from tests.factories import (
    NOON,
    a_citation,
    a_claim,
    a_person,
    an_assessment,
    seen_intact,
)

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(hours=1)


def break_quote(citation: Citation, state="altered", at=LATER):
    Passage.objects.filter(pk=citation.passage_id).update(state=state, state_since=at)


@pytest.mark.parametrize(
    ("state", "reason"), [("altered", "quote_altered"), ("missing", "quote_missing")]
)
def test_a_broken_quotation_brings_a_published_claim_back(state, reason):
    claim = a_claim(ClaimStatus.PUBLISHED)
    break_quote(claim.citations.get(), state)

    assert recheck.sweep(now=LATER) == 1

    claim.refresh_from_db()
    move = claim.moves.newest_first().first()
    assert (claim.status, move.reason, move.by) == ("recheck", reason, None)
    assert "“only minor damage”" in move.note


def test_what_broke_at_one_time_is_noted_one_thing_a_line():
    claim = a_claim(ClaimStatus.PUBLISHED)
    first = claim.citations.get()
    break_quote(a_citation(claim, exact="two of five halls"), "missing")
    break_quote(first)

    recheck.sweep(now=LATER)

    altered, missing = claim.moves.newest_first().first().note.split("\n")
    assert "“only minor damage”" in altered
    assert "“two of five halls”" in missing


def found_in_an_archive(passage: Passage) -> None:
    Sighting.objects.create(
        passage=passage,
        at=LATER,
        state="intact",
        snapshot=passage.snapshot,
        memento_url="https://archive.example/1",
    )


def test_a_dead_page_brings_a_claim_back_unless_an_archive_shows_the_words():
    lost, kept = a_claim(ClaimStatus.PUBLISHED), a_claim(ClaimStatus.PUBLISHED)
    Source.objects.update(state="gone", state_since=LATER)
    found_in_an_archive(kept.citations.get().passage)

    assert recheck.sweep(now=LATER) == 1

    assert Claim.objects.get(pk=lost.pk).status == "recheck"
    assert lost.moves.newest_first().first().reason == "source_gone"
    assert Claim.objects.get(pk=kept.pk).status == "published"


def test_a_page_that_fails_is_no_reason_yet():
    a_claim(ClaimStatus.PUBLISHED)
    Source.objects.update(state="failing", state_since=LATER)

    assert recheck.sweep(now=LATER) == 0


def test_a_copy_of_other_words_of_a_dead_page_does_not_count():
    claim = a_claim(ClaimStatus.PUBLISHED)
    source = claim.citations.get().passage.source
    other = attaching.watch(source, exact="quite other words", now=NOON)
    found_in_an_archive(seen_intact(other))
    Source.objects.filter(pk=source.pk).update(
        state="gone",
        state_since=LATER,
        archived_url="https://archive.example/1",
        archived_at=NOON,
    )

    assert recheck.sweep(now=LATER) == 1


def test_a_contradiction_whose_quotation_broke_counts_as_well():
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=(ana := a_person()))
    citation = a_citation(an_assessment(claim))
    workflow.write_review(claim, verdict="false", summary="No.", by=ana, at=NOON)
    workflow.submit(claim, by=ana, at=NOON)
    workflow.second(claim, verdict="false", by=a_person(), at=NOON)
    break_quote(citation)

    assert recheck.sweep(now=LATER) == 1


def test_what_was_reaffirmed_does_not_come_back_for_the_same_change():
    claim = a_claim(ClaimStatus.PUBLISHED)
    break_quote(claim.citations.get())
    recheck.sweep(now=LATER)
    workflow.reaffirm(claim, by=a_person(), at=LATER, note="The copy shows it.")

    assert recheck.sweep(now=LATER) == 0

    break_quote(claim.citations.get(), "missing", LATER + timedelta(minutes=1))
    assert recheck.sweep(now=LATER + timedelta(minutes=2)) == 1


def test_words_that_change_once_more_are_told_once_more():
    claim = a_claim(ClaimStatus.PUBLISHED)
    passage = claim.citations.get().passage
    break_quote(claim.citations.get())
    recheck.sweep(now=LATER)
    workflow.reaffirm(claim, by=a_person(), at=LATER, note="The copy shows it.")

    Sighting.objects.create(
        passage=passage, at=LATER + timedelta(minutes=1), state="altered", found="no"
    )

    assert recheck.sweep(now=LATER + timedelta(minutes=2)) == 1


def submitted_while_broken(*, broken_at, submitted_at) -> Claim:
    """A claim published with a quotation that was altered at that time."""
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=(ana := a_person()))
    break_quote(claim.citations.get(), at=broken_at)
    workflow.write_review(claim, verdict="false", summary="No.", by=ana, at=NOON)
    workflow.submit(claim, by=ana, at=submitted_at)
    return workflow.second(
        claim, verdict="false", by=a_person(), at=NOON + timedelta(minutes=30)
    )


def test_what_was_so_when_the_review_was_submitted_is_answered_by_it():
    submitted_while_broken(broken_at=NOON, submitted_at=NOON + timedelta(minutes=10))

    assert recheck.sweep(now=LATER) == 0


def test_a_change_between_submission_and_publication_brings_the_claim_back():
    claim = submitted_while_broken(
        broken_at=NOON + timedelta(minutes=20),
        submitted_at=NOON + timedelta(minutes=10),
    )

    assert recheck.sweep(now=LATER) == 1
    assert Claim.objects.get(pk=claim.pk).status == "recheck"


def test_a_publication_that_can_be_undone_is_left_alone_until_it_has_gone_out():
    submitted_while_broken(
        broken_at=NOON + timedelta(minutes=20),
        submitted_at=NOON + timedelta(minutes=10),
    )

    assert recheck.sweep(now=NOON + timedelta(minutes=30, seconds=5)) == 0
    assert recheck.sweep(now=NOON + timedelta(minutes=30, seconds=10)) == 1


def test_an_abandoned_correction_answers_nothing():
    claim = a_claim(ClaimStatus.PUBLISHED)
    break_quote(claim.citations.get())
    recheck.sweep(now=LATER)
    ana = a_person()
    workflow.start_correction(claim, by=ana, at=LATER)
    workflow.abandon_correction(claim, by=ana, at=LATER, note="Too much work.")

    assert recheck.sweep(now=LATER + timedelta(minutes=1)) == 1


def test_a_second_cause_waits_with_the_first_and_outlives_its_answer():
    claim = a_claim(ClaimStatus.PUBLISHED)
    page = a_citation(an_assessment(claim)).passage.source
    workflow.reaffirm(claim, by=a_person(), at=NOON, note="It says nothing new.")
    break_quote(claim.citations.get())
    recheck.sweep(now=LATER)
    later = LATER + timedelta(minutes=5)
    Source.objects.filter(pk=page.pk).update(state="gone", state_since=later)

    waiting = causes.unanswered([claim.pk])[claim.pk]
    workflow.reaffirm(
        claim, by=a_person(), at=later - timedelta(minutes=1), note="A copy has it."
    )

    assert [each.reason for each in waiting] == ["quote_altered", "source_gone"]
    assert recheck.sweep(now=later) == 1
    assert claim.moves.newest_first().first().reason == "source_gone"


def test_a_claim_that_comes_back_is_due_anew():
    claim = a_claim(ClaimStatus.PUBLISHED)
    break_quote(claim.citations.get())

    recheck.sweep(now=LATER)

    claim.refresh_from_db()
    assert claim.due_at == LATER + settings.CLAIMS_DUE_WITHIN


def test_nothing_moves_while_the_quotations_stand():
    a_claim(ClaimStatus.PUBLISHED)
    break_quote(a_claim(ClaimStatus.IN_REVIEW).citations.get())

    assert recheck.sweep(now=LATER) == 0
