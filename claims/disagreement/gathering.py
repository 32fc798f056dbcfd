"""What others said about the same thing: same article first, then topic, then words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from claims import matching
from claims.models import Candidate, Claim
from claims.vocabulary import CandidateState, ClaimStatus

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from claims.models import Article

FROM_ONE_ARTICLE = 60
OF_ONE_TOPIC = 30
ALIKE = 20  # claims in other words, for a claim
ALIKE_TO_CANDIDATE = 5
CANDIDATES = 60  # of an article: the pairs among them are its square

_DROPPED = (ClaimStatus.DISMISSED, ClaimStatus.RETRACTED)


def others(claim: Claim) -> list[Claim]:
    """Return tracked claims about the same as this one, at most so many, each once."""
    tracked = (
        Claim.objects.exclude(status__in=_DROPPED)
        .exclude(pk=claim.pk)
        .exclude(canonical=claim)
        .select_related("claimant")
    )
    if claim.canonical_id:
        tracked = tracked.exclude(pk=claim.canonical_id)
    articles = claim.candidates.values("article")
    beside = tracked.filter(candidates__article__in=articles).order_by("-pk")
    found = list(beside.distinct()[:FROM_ONE_ARTICLE])
    if claim.topics:
        near = tracked.filter(topics__overlap=claim.topics)
        found += near.newest_first()[:OF_ONE_TOPIC]
    alike = _alike([claim.statement], most=ALIKE)[0]
    by_key = tracked.in_bulk(alike)
    found += [by_key[key] for key in alike if key in by_key]
    return list({each.pk: each for each in found}.values())


def candidates(article: Article) -> list[Candidate]:
    """Return the candidates of an article that wait, in reading order."""
    waiting = article.candidates.filter(state=CandidateState.PROPOSED)
    return list(waiting.select_related("article").in_reading_order()[:CANDIDATES])


def tracked_beside(texts: Sequence[str]) -> list[list[Claim]]:
    """Return for each text the tracked claims that are about the same."""
    keys = _alike(texts, most=ALIKE_TO_CANDIDATE)
    known = (
        Claim.objects.filter(~Q(status__in=_DROPPED))
        .select_related("claimant")
        .in_bulk([key for found in keys for key in found])
    )
    return [[known[key] for key in found if key in known] for found in keys]


def _alike(texts: Sequence[str], *, most: int) -> list[list[UUID]]:
    if not texts:
        return []
    return [
        [match.claim for match in found]
        for found in matching.nearest(list(texts), most=most)
    ]
