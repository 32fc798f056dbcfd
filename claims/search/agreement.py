"""
How far two people agree beyond what chance would have them agree. (pure)

Cohen's kappa: J. Cohen, «A coefficient of agreement for nominal scales» (1960) and
«Weighted kappa» (1968). A table counts, for each pair of answers, how often the one
person gave the first of them where the other gave the second.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

# Below it kappa swings by a quarter and more when one answer changes.
LEAST = 20


class Strength(StrEnum):
    """What kappa is called: Landis and Koch (1977), table 2."""

    POOR = "poor"
    SLIGHT = "slight"
    FAIR = "fair"
    MODERATE = "moderate"
    SUBSTANTIAL = "substantial"
    ALMOST_PERFECT = "almost perfect"


_UP_TO = (
    (Fraction(20, 100), Strength.SLIGHT),
    (Fraction(40, 100), Strength.FAIR),
    (Fraction(60, 100), Strength.MODERATE),
    (Fraction(80, 100), Strength.SUBSTANTIAL),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How far two people agree."""

    n: int  # what both answered
    same: int  # of these, with one answer
    kappa: Fraction | None  # −1 to 1; None where chance alone explains everything
    on_scale: int  # of n, where both answers are on the scale
    weighted: Fraction | None  # of these, a near miss counting less than a far one

    @property
    def enough(self) -> bool:
        """Whether there is enough to say anything by."""
        return self.n >= LEAST

    @property
    def enough_on_scale(self) -> bool:
        return self.on_scale >= LEAST

    @property
    def strength(self) -> Strength | None:
        """What kappa is called; None where it is not defined, or rests on too few."""
        if self.kappa is None or not self.enough:
            return None
        # As it is shown, or 0.804 would be called by another name than 0.80.
        shown = round(self.kappa, 2)
        if shown < 0:
            return Strength.POOR
        return next(
            (name for most, name in _UP_TO if shown <= most), Strength.ALMOST_PERFECT
        )


def agreement(
    table: Mapping[tuple[str, str], int], *, scale: Sequence[str]
) -> Agreement:
    """
    Return how far the two people of a table agree.

    `scale` are the answers that have an order; others count for plain kappa only.
    On the scale a miss weighs as many steps as lie between the answers.
    """
    place = {answer: number for number, answer in enumerate(scale)}
    ordered = {
        (one, other): count
        for (one, other), count in table.items()
        if one in place and other in place
    }
    return Agreement(
        n=sum(table.values()),
        same=sum(count for (one, other), count in table.items() if one == other),
        kappa=_kappa(table, lambda one, other: int(one != other)),
        on_scale=sum(ordered.values()),
        weighted=_kappa(ordered, lambda one, other: abs(place[one] - place[other])),
    )


def _kappa(
    table: Mapping[tuple[str, str], int], miss: Callable[[str, str], int]
) -> Fraction | None:
    """Return 1 − misses seen / misses by chance; None where chance makes none."""
    ones: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for (one, other), count in table.items():
        ones[one] += count
        others[other] += count
    seen = sum(count * miss(*pair) for pair, count in table.items())
    by_chance = sum(
        ones[one] * others[other] * miss(one, other) for one in ones for other in others
    )
    if not by_chance:
        return None
    return 1 - Fraction(seen * sum(table.values()), by_chance)
