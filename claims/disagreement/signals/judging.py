"""Whether a statement contradicts a claim, how surely, and by which words."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from claims.disagreement.signals.alignment import align
from claims.disagreement.signals.clashes import Clash, clashes
from claims.disagreement.signals.features import Features, features, scenery
from claims.disagreement.signals.weights import ALWAYS, Row, Weights, shipped
from claims.disagreement.signals.words import Text, read


class Label(StrEnum):
    """How a statement stands to a claim."""

    CONTRADICTION = "contradiction"
    ENTAILMENT = "entailment"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """How a statement seems to stand to a claim."""

    scores: Mapping[Label, float]  # shares of 1
    clashes: tuple[Clash, ...]  # the weightiest first

    @property
    def label(self) -> Label:
        return max(self.scores, key=lambda label: self.scores[label])

    @property
    def contradiction(self) -> float:
        """How surely it contradicts the claim, 0 to 1."""
        return self.scores[Label.CONTRADICTION]

    @property
    def strength(self) -> float:
        """
        How much an editor should be shown it: what clashes, and how surely.

        The score alone is a guess by counting; a clash that can be pointed at counts
        more. 0 where nothing can be pointed at.
        """
        if not self.clashes:
            return 0.0
        first, *others = (clash.weight for clash in self.clashes)
        return (first + 0.25 * sum(others)) * (0.5 + self.contradiction)


def judge(statement: str, claim: str, *, speaker: str = "") -> Judgement:
    """
    Judge one pair; `speaker` is who made the claim, where the statement may name them.

    Reading takes most of the time: for many pairs read each text once, and use `judged`.
    """
    one, other = read([statement, claim])
    return judged(one, other, speaker=speaker)


def judged(
    statement: Text, claim: Text, *, speaker: str = "", weights: Weights | None = None
) -> Judgement:
    """Judge two texts that were read; by the program's own weights without others."""
    weights = weights or shipped()
    pair = align(statement, claim)
    counted = features(pair)
    scene = 1 / (1 + math.exp(-_sum(weights.scene, scenery(pair))))
    scenes, reports = (
        _shares(rows, counted) for rows in (weights.scenes, weights.reports)
    )
    scores = {
        label: scene * one + (1 - scene) * other
        for label, one, other in zip(Label, scenes, reports, strict=True)
    }
    return Judgement(scores=scores, clashes=clashes(pair, speaker=speaker))


def _sum(weights: Mapping[str, float], counted: Features) -> float:
    total = weights[ALWAYS] + sum(
        weights.get(name, 0.0) * value for name, value in counted.items()
    )
    return max(-30.0, min(30.0, total))


def _shares(weights: Mapping[str, Row], counted: Features) -> list[float]:
    sums = [
        math.exp(_sum({name: row[column] for name, row in weights.items()}, counted))
        for column in range(len(Label))
    ]
    return [each / sum(sums) for each in sums]
