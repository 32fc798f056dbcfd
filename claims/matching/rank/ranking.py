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
    "words": 1.17,
    "rarest": 1.62,
    "covered": 8.76,
    "statement": 9.7,
    "checks": 2.15,
    "nearest": 5.81,
    "apart": -1.1,
    "later": -0.63,
}
# How sure that is: a logistic curve, fitted on the same texts, with the right claim among
# the candidates for half of them and taken away for the others.
SURENESS = {
    "always": -4.82,
    "nearest": 4.73,
    "words": 0.39,
    "apart": -0.42,
    "ahead": 0.51,
}
_TELLING = ("nearest", "words", "apart")
ALONE, MOST_AHEAD = 3.0, 6.0


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
            ),
            shared=_shared(asked, scored[place][0]),
        )
        for rank, place in enumerate(order)
    ]


def score(found: Features) -> float:
    """Return how near a claim is, on a scale of its own."""
    total: float = sum(w * getattr(found, name) for name, w in WEIGHTS.items())
    return total


def probability(found: Features, *, ahead: float) -> float:
    """
    Return how likely a claim says what the text says, 0 to 1.

    `ahead` is how much its score is above the best other one's, below zero for all
    but the first.
    """
    ahead = max(-MOST_AHEAD, min(MOST_AHEAD, ahead))
    logit = SURENESS["always"] + SURENESS["ahead"] * ahead
    logit += sum(SURENESS[name] * getattr(found, name) for name in _TELLING)
    return 1 / (1 + math.exp(-logit))


def _ahead(scores: Sequence[float], order: Sequence[int], rank: int) -> float:
    if len(order) == 1:
        return ALONE
    other = order[1] if rank == 0 else order[0]
    return scores[order[rank]] - scores[other]


def _shared(asked: Asked, near: Near) -> tuple[str, ...]:
    shared = [word for word in asked.words if word in near.words]
    return tuple(sorted(shared, key=lambda word: (-asked.words[word], word)))
