"""Published claims whose evidence moved."""

from datetime import timedelta

import pytest

from claims import recheck, workflow
from claims.models import Citation, Claim
from claims.vocabulary import ClaimStatus
from sources.models import Passage, Source
from tests.factories import NOON, a_citation, a_claim, a_person, an_assessment

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
    assert "only minor damage" in move.note


def test_a_dead_page_brings_a_claim_back_unless_a_copy_is_kept_elsewhere():
    lost, kept = a_claim(ClaimStatus.PUBLISHED), a_claim(ClaimStatus.PUBLISHED)
    for claim, copy in (
        (lost, {}),
        (kept, {"archived_url": "https://archive.example/1", "archived_at": NOON}),
    ):
        Source.objects.filter(passages__citations__claim=claim).update(
            state="gone", state_since=LATER, **copy
        )

    assert recheck.sweep(now=LATER) == 1

    assert Claim.objects.get(pk=lost.pk).status == "recheck"
    assert Claim.objects.get(pk=kept.pk).status == "published"


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


def test_nothing_moves_while_the_quotations_stand():
    a_claim(ClaimStatus.PUBLISHED)
    break_quote(a_claim(ClaimStatus.IN_REVIEW).citations.get())

    assert recheck.sweep(now=LATER) == 0
