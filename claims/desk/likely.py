"""Tracked claims that a candidate, or what somebody writes down, may repeat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q

from claims.matching import nearest
from claims.matching.alike import alike
from claims.models import Claim, Review
from claims.repeats import SAME

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from claims.models import Candidate

# Below that a shared phrase is enough, and the notice would cry wolf.
ALIKE = 0.45
UNLIKELY = 0.05  # that it is the same: worth a look for whoever wants to merge
OFFERED = 8
SHOWN = 5
FEWEST_WORDS = 3


def closest(candidates: Iterable[Candidate]) -> dict[UUID, Claim]:
    """Return for each candidate the one claim most like it, where one is alike."""
    texts = {candidate.pk: candidate.text for candidate in candidates}
    found = {
        key: closest_first[0].claim
        for key, closest_first in alike(texts, least=ALIKE, most=1).items()
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
    (near,) = nearest([candidate.text], most=OFFERED)
    keys = [each.claim for each in near if each.probability >= UNLIKELY]
    found = claims.in_bulk(keys)
    return [found[key] for key in keys if key in found]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A tracked claim that may say what somebody writes down."""

    claim: Claim
    same: bool  # more likely than not; else it is about the same thing
    verdict: Review | None  # as published


def said_already(text: str, *, but: UUID | None = None) -> list[Said] | None:
    """
    Return the tracked claims that may say this, nearest first; `but` is none of them.

    None where there are too few words to tell.
    """
    if len(text.split()) < FEWEST_WORDS:
        return None
    (near,) = nearest([text], most=SHOWN + 1)
    likely = {
        each.claim: each.probability >= SAME
        for each in near
        if each.probability >= UNLIKELY and each.claim != but
    }
    keys = list(likely)[:SHOWN]
    claims = Claim.objects.select_related("claimant").in_bulk(keys)
    verdicts = {
        each.claim_id: each for each in Review.objects.shown().filter(claim__in=keys)
    }
    return [
        Said(claim=claims[key], same=likely[key], verdict=verdicts.get(key))
        for key in keys
        if key in claims
    ]
