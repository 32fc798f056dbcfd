"""Published claims whose evidence moved: back to the desk, with the reason."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Exists, OuterRef, Q

from claims import workflow
from claims.errors import MoveRefused
from claims.models import Citation, Claim, Move
from claims.vocabulary import ClaimStatus, RecheckReason
from sources.models import Sighting
from sources.vocabulary import PassageState, SourceState

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

logger = logging.getLogger(__name__)


class Cause(NamedTuple):
    """Why one claim has to come back."""

    claim: Claim
    reason: RecheckReason
    note: str


_WATCHED = (
    (RecheckReason.QUOTE_ALTERED, Q(passage__state=PassageState.ALTERED)),
    (RecheckReason.QUOTE_MISSING, Q(passage__state=PassageState.MISSING)),
    (
        RecheckReason.SOURCE_GONE,
        # A copy counts for the words that were found in it, letter for letter.
        Q(
            ~Exists(
                Sighting.objects.in_an_archive().filter(passage=OuterRef("passage"))
            ),
            passage__source__state=SourceState.GONE,
        ),
    ),
)


def sweep(*, now: datetime) -> int:
    """
    Bring back each published claim whose cited words or pages changed.

    What a reviewer has reaffirmed since does not come back for the same change.
    Returns how many claims moved.
    """
    moved = 0
    for cause in _causes():
        try:
            workflow.recheck(cause.claim, reason=cause.reason, note=cause.note, at=now)
        except MoveRefused:
            # Another cause, or another sweep, brought it back a moment ago.
            continue
        moved += 1
        logger.info(
            "claim came back", extra={"claim": cause.claim.pk, "reason": cause.reason}
        )
    return moved


def _causes() -> Iterator[Cause]:
    for reason, condition in _WATCHED:
        for citation in _broken(reason, condition):
            source = citation.passage.source
            yield Cause(
                claim=_claim_of(citation),
                reason=reason,
                note=f"{source.name}: «{citation.passage.exact[:200]}»",
            )


def _broken(reason: RecheckReason, condition: Q) -> list[Citation]:
    published = (
        Q(claim__status=ClaimStatus.PUBLISHED)
        | Q(assessment__claim__status=ClaimStatus.PUBLISHED)
        | Q(
            review__claim__status=ClaimStatus.PUBLISHED,
            review__published_at__isnull=False,
            review__valid_to=None,
        )
    )
    changed_at = (
        "passage__source__state_since"
        if reason == RecheckReason.SOURCE_GONE
        else "passage__state_since"
    )
    dealt_with = Move.objects.filter(
        Q(claim=OuterRef("claim"))
        | Q(claim=OuterRef("assessment__claim"))
        | Q(claim=OuterRef("review__claim")),
        to_status=ClaimStatus.PUBLISHED,
        at__gte=OuterRef(changed_at),
    )
    return list(
        Citation.objects.with_their_pages()
        .filter(published, condition)
        .exclude(Exists(dealt_with))
        .select_related("claim", "assessment__claim", "review__claim")
        .order_by("pk")
    )


def _claim_of(citation: Citation) -> Claim:
    if citation.claim is not None:
        return citation.claim
    if citation.assessment is not None:
        return citation.assessment.claim
    if citation.review is None:
        raise ValueError(f"citation {citation.pk} belongs to nothing")
    return citation.review.claim
