"""
Weights from examples: logistic regression and a ranking.

Over hashed features both go down the slope in batches, each weight at a pace of its own (Adagrad), and give
the mean of all weights they passed through, which is steadier than the last. The same
examples give the same weights.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.int32]
    Reals = NDArray[np.float32]
    Doubles = NDArray[np.float64]

PACE = 0.15
SHRINKING = 2e-5  # what pulls each weight towards nought
LEAST_SEEN = 3  # a feature that came up more rarely says nothing
SEED = 20_261
STEPS = 400  # of the slope that is gone down in one piece


@dataclass(frozen=True, slots=True)
class Fitted:
    """A table of weights, and what is added to every sum of them."""

    weights: Reals
    bias: float


class _Descent:
    """Weights on their way down, and the mean of where they have been."""

    def __init__(self, features: Numbers, *, slots: int) -> None:
        seen = np.bincount(features.ravel(), minlength=slots)
        self.weights = np.zeros(slots, np.float32)
        self._known = (seen >= LEAST_SEEN).astype(np.float32)
        self._squares = np.full(slots, 1e-2, np.float32)
        self._sum = np.zeros(slots, np.float64)
        self._steps = 0

    def step(self, features: Numbers, errors: Reals, *, scale: float) -> None:
        """Move against the errors, each of which its features share."""
        slope = np.bincount(
            features.ravel(),
            weights=np.repeat(errors, features.shape[1]),
            minlength=len(self.weights),
        ).astype(np.float32)
        slope = slope * scale + SHRINKING * 100 * self.weights
        self._squares += slope * slope
        self.weights -= PACE * self._known * slope / np.sqrt(self._squares)

    def remember(self) -> None:
        """Count the weights as they are into the mean."""
        self._sum += self.weights
        self._steps += 1

    def mean(self) -> Reals:
        """Return the mean of what was remembered."""
        mean: Reals = (self._sum / max(1, self._steps)).astype(np.float32)
        return mean


def fit_odds(
    features: Numbers, wanted: Reals, *, slots: int, rounds: int, batch: int
) -> Fitted:
    """Learn how likely each row of features is what is wanted, between 0 and 1."""
    descent = _Descent(features, slots=slots)
    bias, biases = -2.5, []
    for round_, rows in _batches(len(features), rounds=rounds, batch=batch):
        mine = features[rows]
        odds = descent.weights[mine].sum(axis=1) + bias
        errors = (1 / (1 + np.exp(-odds)) - wanted[rows]).astype(np.float32)
        descent.step(mine, errors, scale=100 / len(rows))
        bias -= PACE * float(errors.mean())
        if round_:
            descent.remember()
            biases.append(bias)
    return Fitted(descent.mean(), float(np.mean(biases)) if biases else bias)


def fit_ranks(
    features: Numbers, wanted: Reals, *, groups: Numbers, slots: int, rounds: int
) -> Fitted:
    """
    Learn which row of a group is wanted most.

    `groups` names the group of each row, in order. Groups in which nothing is wanted
    teach nothing.
    """
    descent = _Descent(features, slots=slots)
    edges = np.flatnonzero(np.diff(groups, prepend=-1, append=-1))
    teaching = np.flatnonzero(np.maximum.reduceat(wanted, edges[:-1]) > 0)
    for round_, picked in _batches(len(teaching), rounds=rounds, batch=3_000):
        firsts, lasts = edges[teaching[picked]], edges[teaching[picked] + 1]
        rows = np.concatenate(
            [np.arange(a, b) for a, b in zip(firsts, lasts, strict=True)]
        )
        sizes = lasts - firsts
        mine = features[rows]
        shares = _shares(descent.weights[mine].sum(axis=1), sizes)
        target = np.where(wanted[rows] > 0, np.exp(6 * (wanted[rows] - 1)), 0)
        target /= np.repeat(np.add.reduceat(target, _starts(sizes)), sizes)
        errors = (shares - target).astype(np.float32)
        descent.step(mine, errors, scale=10 / len(picked))
        if round_:
            descent.remember()
    return Fitted(descent.mean(), 0.0)


def fit_shares(
    table: Doubles,
    kinds: NDArray[np.int64],
    *,
    counts: Doubles,
    shrinking: float,
    many: int = 2,
) -> Doubles:
    """
    Learn how likely a row of numbers is of each kind, in log odds; one column a kind.

    `counts` says how much each row counts. The first number of a row is 1, and its
    weight alone is not pulled towards nought. Goes down the slope in one piece, with
    what it gained on the way (Nesterov), so that nothing hangs on an order.
    """
    scale = table.std(axis=0)
    scale[scale == 0] = 1
    rows, share = table / scale, counts / counts.sum()
    wanted = np.eye(many)[kinds]
    pull = np.full((table.shape[1], 1), shrinking / len(table))
    pull[0] = 0
    pace = 0.5 * np.linalg.norm(rows * np.sqrt(share)[:, None], 2) ** 2 + pull.max()
    weights = ahead = np.zeros((table.shape[1], many))
    gained = 1.0
    for _ in range(STEPS):
        odds = rows @ ahead
        shares = np.exp(odds - odds.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        slope = rows.T @ ((shares - wanted) * share[:, None]) + pull * ahead
        before, weights = weights, ahead - slope / pace
        more = (1 + math.sqrt(1 + 4 * gained**2)) / 2
        ahead = weights + (gained - 1) / more * (weights - before)
        gained = more
    fitted: Doubles = weights / scale[:, None]
    return fitted


def _batches(
    count: int, *, rounds: int, batch: int
) -> Iterator[tuple[int, NDArray[np.int64]]]:
    random = np.random.default_rng(SEED)
    for round_ in range(rounds):
        order = random.permutation(count)
        for start in range(0, count, batch):
            yield round_, np.sort(order[start : start + batch])


def _shares(odds: Reals, sizes: NDArray[np.int64]) -> Reals:
    starts = _starts(sizes)
    most = np.repeat(np.maximum.reduceat(odds, starts), sizes)
    raised = np.exp(odds - most)
    shares: Reals = raised / np.repeat(np.add.reduceat(raised, starts), sizes)
    return shares


def _starts(sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    starts: NDArray[np.int64] = np.cumsum(sizes) - sizes
    return starts
