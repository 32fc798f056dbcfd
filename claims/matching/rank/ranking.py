"""The claims nearest to a text in their order, each with how likely it says the same."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from claims.matching.rank.features import Asked, Features, Near, features

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# A linear score: what each feature adds. Fitted so that of 100 candidates for a text the
# right one comes first (softmax over them) on public posts and debate sentences.
WEIGHTS = {
    "words": 1.5,
    "rarest": 2.8,
    "statement": 6.0,
    "checks": 0.5,
    "nearest": 9.0,
    "apart": -1.3,
    "later": -0.7,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A claim that may say what a text says."""

    claim: UUID
    score: float  # the higher, the nearer; to be compared within one answer only
    probability: float  # that it says the same, 0 to 1
    shared: tuple[str, ...]  # lexemes in common, the most telling first


def ranked(asked: Asked, near: Iterable[Near]) -> list[Ranked]:
    """Return the claims, the nearest first; of equals, the one that came first."""
    scored = [(each, features(asked, each)) for each in near]
    scores = [score(found) for _, found in scored]
    order = sorted(range(len(scored)), key=lambda place: -scores[place])
    return [
        Ranked(
            claim=scored[place][0].claim,
            score=scores[place],
            probability=probability(
                scored[place][1],
                ahead=_ahead(scores, order, rank),
                asked=asked,
            ),
            shared=_shared(asked, scored[place][0]),
        )
        for rank, place in enumerate(order)
    ]


def score(found: Features) -> float:
    """Return how near a claim is, on a scale of its own."""
    total: float = sum(w * getattr(found, name) for name, w in WEIGHTS.items())
    return total


def probability(found: Features, *, ahead: float, asked: Asked) -> float:
    """
    Return how likely a claim says what the text says, 0 to 1.

    `ahead` is how much its score is above the best other one's, below zero for all
    but the first.
    """
    logit = -10.0 + 12.0 * found.nearest + 2.0 * found.covered + 0.8 * ahead
    return 1 / (1 + math.exp(-logit))


def _ahead(scores: Sequence[float], order: Sequence[int], rank: int) -> float:
    if len(order) == 1:
        return 3.0
    other = order[1] if rank == 0 else order[0]
    return scores[order[rank]] - scores[other]


def _shared(asked: Asked, near: Near) -> tuple[str, ...]:
    shared = [word for word in asked.words if word in near.words]
    return tuple(sorted(shared, key=lambda word: (-asked.words[word], word)))
