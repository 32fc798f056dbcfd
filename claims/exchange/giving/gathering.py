"""Claims with all that is told of them, some hundreds at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Prefetch

from claims import document
from claims.models import Assessment, Citation, Claim, Review
from claims.vocabulary import AssessmentState

if TYPE_CHECKING:
    from collections.abc import Sequence

AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One claim on its way out."""

    claim: Claim
    citations: Sequence[Citation]
    assessments: Sequence[Assessment]
    review: Review | None  # that readers see


def gathered(*, desk: bool, after: UUID | None) -> Iterator[Given]:
    """Yield the claims that may be seen, in the order of their keys."""
    while some := list(_some(desk=desk, after=after)[:AT_ONCE]):
        reviews = [review for claim in some for review in _standing(claim)]
        document.prepare(reviews)
        for claim in some:
            yield Given(
                claim=claim,
                citations=list(claim.citations.all()),
                assessments=list(claim.assessments.all()),
                review=next(iter(_standing(claim)), None),
            )
        after = some[-1].pk


def _standing(claim: Any) -> list[Review]:
    reviews: list[Review] = claim.standing
    return reviews


def _some(*, desk: bool, after: UUID | None) -> Any:
    claims = Claim.objects.all() if desk else Claim.objects.public()
    if after is not None:
        claims = claims.filter(pk__gt=after)
    heard = Assessment.objects.exclude(state=AssessmentState.REJECTED)
    if not desk:
        heard = Assessment.objects.confirmed()
    cited = Citation.objects.select_related("passage__source").order_by(
        "created_at", "pk"
    )
    said = heard.defer("search").select_related("assessor").order_by("created_at", "pk")
    return (
        claims.defer("search")
        .select_related("claimant")
        .prefetch_related(
            Prefetch("citations", queryset=cited),
            Prefetch(
                "assessments",
                queryset=said.prefetch_related(Prefetch("citations", queryset=cited)),
            ),
            Prefetch(
                "reviews",
                queryset=Review.objects.shown().select_related("claim__claimant"),
                to_attr="standing",
            ),
        )
        .order_by("pk")
    )
