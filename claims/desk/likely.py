"""Tracked claims that a candidate may repeat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.search import SearchQuery, TrigramSimilarity
from django.db.models import OuterRef, Q, Subquery

from claims.models import Candidate, Claim

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

# Below that a shared phrase is enough, and the notice would cry wolf.
ALIKE = 0.45
OFFERED = 8


def closest(candidates: Iterable[Candidate]) -> dict[UUID, Claim]:
    """Return for each candidate the one claim most like it, where one is alike."""
    nearest = (
        Claim.objects.filter(statement__trigram_similar=OuterRef("text"))
        .annotate(
            likeness=TrigramSimilarity(
                "statement",
                OuterRef("text"),  # type: ignore[arg-type]  # the stubs know strings only
            )
        )
        .filter(likeness__gte=ALIKE)
        .order_by("-likeness", "pk")
    )
    keys = [candidate.pk for candidate in candidates]
    found = dict(
        Candidate.objects.filter(pk__in=keys)
        .annotate(closest=Subquery(nearest.values("pk")[:1]))
        .exclude(closest=None)
        .values_list("pk", "closest")
    )
    claims = Claim.objects.select_related("claimant").in_bulk(found.values())
    return {key: claims[claim] for key, claim in found.items()}


def repeated_by(candidate: Candidate, *, words: str = "") -> list[Claim]:
    """Return claims this candidate may repeat: those with these words, or most like it."""
    claims = Claim.objects.select_related("claimant")
    if words:
        asked = SearchQuery(words, search_type="websearch", config="english")
        return list(
            claims.filter(
                Q(search=asked) | Q(claimant__name__icontains=words)
            ).newest_first()[:OFFERED]
        )
    return list(
        claims.filter(statement__trigram_similar=candidate.text)
        .annotate(likeness=TrigramSimilarity("statement", candidate.text))
        .order_by("-likeness", "pk")[:OFFERED]
    )
