"""Claims as readers read them at a moment of the past."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q

from claims.models import Assessment, Claim, Review
from claims.vocabulary import CONTRADICTING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from claims.models.review import ReviewQuerySet

# What may be put right of a claim that readers have read: its words stand.
_PUT_RIGHT = ("role_at_time", "language", "topics", "canonical_id", "version")


def reviews(then: datetime) -> ReviewQuerySet:
    """Reviews that readers read at that moment."""
    return Review.objects.published().as_of(then)


def stood(then: datetime, **found: Any) -> Q:
    """Return which claims were published at that moment."""
    return Q(Exists(reviews(then).filter(claim=OuterRef("pk"), **found)))


def _assessed(then: datetime, **how: Any) -> Q:
    heard = Assessment.objects.confirmed().filter(decided_at__lte=then, **how)
    return Q(Exists(heard.filter(claim=OuterRef("pk"))))


def _contradicted(wanted: bool, then: datetime) -> Q:  # noqa: FBT001 — the parameter's own value
    found = _assessed(then, stance__in=CONTRADICTING)
    return found if wanted else ~found


CONDITIONS: dict[str, Callable[[Any, datetime], Q]] = {
    "verdict": lambda verdicts, then: stood(then, verdict__in=verdicts),
    "stance": lambda stances, then: _assessed(then, stance__in=stances),
    "has_contradiction": _contradicted,
}


def put_back(claims: Sequence[Claim], then: datetime) -> None:
    """Give these claims what was known of them at that moment."""
    # The model that the history's triggers write to is made at run time.
    events: Any = Claim._meta.get_field("events").related_model
    kept = (
        events.objects.filter(
            pgh_obj__in=[claim.pk for claim in claims], pgh_created_at__lte=then
        )
        .order_by("pgh_obj", "-pgh_created_at", "-pgh_id")
        .distinct("pgh_obj")
    )
    by_claim = {each.pgh_obj_id: each for each in kept}
    for claim in claims:
        if claim.pk in by_claim:
            for name in _PUT_RIGHT:
                setattr(claim, name, getattr(by_claim[claim.pk], name))
    _name_again(claims)


def _name_again(claims: Sequence[Claim]) -> None:
    """Fetch at once which claims they were known to repeat."""
    firsts = {claim.canonical_id for claim in claims if claim.canonical_id}
    originals = Claim.objects.defer("search").in_bulk(firsts) if firsts else {}
    for claim in claims:
        first = claim.canonical_id
        claim.canonical = originals.get(first) if first else None
