"""Claims as readers find them."""

from datetime import timedelta

from django.urls import reverse

from claims import workflow
from claims.models import Claim
from claims.vocabulary import ClaimStatus, Verdict
from tests.factories import (
    NOON,
    a_claim,
    a_person,
)

LATER = NOON + timedelta(days=2)


def a_corrected_claim():
    """Published as false at noon, as mixed two days later."""
    claim = a_claim(ClaimStatus.CORRECTING)
    writer = claim.assigned_to
    workflow.write_review(
        claim, verdict=Verdict.MIXED, summary="New pictures.", by=writer, at=LATER
    )
    workflow.submit(
        claim,
        by=writer,
        at=LATER,
        correction_kind="correction",
        correction_note="Three, not five.",
    )
    workflow.second(claim, verdict=Verdict.MIXED, by=a_person(), at=LATER)
    return Claim.objects.get(pk=claim.pk)


def version_of(claim, number):
    return reverse("public:claim-version", args=[claim.pk, number])
