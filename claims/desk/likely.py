"""Tracked claims that a candidate may repeat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q

from claims.matching.alike import alike
from claims.models import Claim

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from claims.models import Candidate

# Below that a shared phrase is enough, and the notice would cry wolf.
ALIKE = 0.45
SOMEWHAT_ALIKE = 0.3  # for whoever looks for one to merge with
OFFERED = 8


def closest(candidates: Iterable[Candidate]) -> dict[UUID, Claim]:
    """Return for each candidate the one claim most like it, where one is alike."""
    texts = {candidate.pk: candidate.text for candidate in candidates}
    found = {
        key: nearest[0].claim
        for key, nearest in alike(texts, least=ALIKE, most=1).items()
    }
    claims = Claim.objects.select_related("claimant").in_bulk(found.values())
    return {key: claims[claim] for key, claim in found.items() if claim in claims}


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
    nearest = alike({candidate.pk: candidate.text}, least=SOMEWHAT_ALIKE, most=OFFERED)
    keys = [each.claim for each in nearest.get(candidate.pk, ())]
    found = claims.in_bulk(keys)
    return [found[key] for key in keys if key in found]
