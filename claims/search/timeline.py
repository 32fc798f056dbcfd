"""What happened with a claim, in the order in which it did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from claims.models import Assessment, Claimant
from claims.vocabulary import CorrectionKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from claims.models import Claim, Review

VOICES_AT_MOST = 500
SAID, ANSWERED, PUBLISHED, RETRACTED = "said", "answered", "published", "retracted"
KINDS = (SAID, ANSWERED, PUBLISHED, RETRACTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that happened."""

    at: datetime
    what: str  # one of KINDS
    precision: str = ""  # how exactly `at` is known; empty: to the second
    claimant: Claimant | None = None  # who said or answered it
    assessment: Assessment | None = None
    review: Review | None = None


def timeline(claim: Claim) -> list[Step]:
    """Return when it was said, who answered, and what the desk published, by time."""
    # What was said stands before what was answered on the same day: sorting is stable.
    steps = [*_said(claim), *_answered(claim), *_published(claim)]
    return sorted(steps, key=lambda step: step.at)


def _said(claim: Claim) -> Iterator[Step]:
    if claim.said_at is not None:
        yield Step(
            at=claim.said_at,
            what=SAID,
            precision=claim.said_at_precision,
            claimant=claim.claimant,
        )


def _answered(claim: Claim) -> Iterator[Step]:
    voices = claim.assessments.confirmed().exclude(said_at=None)
    for voice in voices.select_related("assessor").order_by("said_at", "pk")[
        :VOICES_AT_MOST
    ]:
        if voice.said_at is not None:
            yield Step(
                at=voice.said_at,
                what=ANSWERED,
                precision=voice.said_at_precision,
                claimant=voice.assessor,
                assessment=voice,
            )


def _published(claim: Claim) -> Iterator[Step]:
    for review in claim.reviews.published().order_by("version"):
        if review.published_at is not None:
            yield Step(at=review.published_at, what=PUBLISHED, review=review)
    withdrawn = claim.corrections.public().filter(kind=CorrectionKind.RETRACTION)
    for correction in withdrawn:
        yield Step(at=correction.at, what=RETRACTED)
