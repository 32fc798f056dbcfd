"""
Whether a statement is about what a claim is about, whatever the words.

By the vectors of both, which say next to nothing about whether they agree: «it rose»
and «it fell» lie side by side. What clashes between two that are close is a
contradiction more often than what clashes between two that are not.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from claims.disagreement.signals.alignment import Pair

MIDDLING = 0.5  # of what has no vector; pairs that clash have it on average

_CLASHING = ("pulled apart", "counted apart", "denied apart", "odd denials")


def closeness(pair: Pair, counted: Mapping[str, float]) -> dict[str, float]:
    """Return how close both are, and that again for each way in which they clash."""
    close = likeness(pair)
    return {
        "close": close,
        "close, squared": close * close,
        **{f"close, {name}": close * counted[name] for name in _CLASHING},
    }


def likeness(pair: Pair) -> float:
    """Return how much both are about the same, 1 at most."""
    if pair.statement.text == pair.claim.text:
        return 1.0
    one, other = pair.statement.vector, pair.claim.vector
    if not one or not other:
        return MIDDLING
    return sum(a * b for a, b in zip(one, other, strict=True))
