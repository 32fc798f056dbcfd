"""How high the wanted claims came. Measures as in the formats of the data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

AT = 5
SURE = 0.95


@dataclass(slots=True)
class RankMeasures:
    """Sums over queries."""

    queries: int = 0
    average_precision: float = 0.0
    reciprocal_rank: float = 0.0
    recall: float = 0.0
    first: int = 0

    def add(self, ranked: Sequence[str], *, relevant: frozenset[str]) -> float:
        """Take one answer in; return its average precision, cut at five."""
        places = [n for n, key in enumerate(ranked, start=1) if key in relevant]
        hits = [n for n in places if n <= AT]
        precision = sum(k / n for k, n in enumerate(hits, start=1))
        precision /= min(len(relevant), AT) or 1
        self.queries += 1
        self.average_precision += precision
        self.reciprocal_rank += 1 / places[0] if places else 0
        self.recall += len(hits) / (len(relevant) or 1)
        self.first += places[:1] == [1]
        return precision

    def fractions(self) -> dict[str, float | None]:
        """Every measure under its name; None: nothing was measured."""
        total = {
            "map_at_5": self.average_precision,
            "mrr": self.reciprocal_rank,
            "recall_at_5": self.recall,
            "precision_at_1": float(self.first),
        }
        return {
            name: value / self.queries if self.queries else None
            for name, value in total.items()
        }


def found_when_sure(
    right: Sequence[tuple[float, bool]], wrong: Sequence[float]
) -> float | None:
    """
    Return how many claims are found where 95 of 100 suggestions are to be right.

    `right` has for each query with a claim how sure the first suggestion was, and
    whether it was the claim; `wrong` how sure it was once that claim was away. Half of
    what is asked has no claim, then. None: nothing was measured.
    """
    if not right:
        return None
    told = sorted([*right, *((sure, False) for sure in wrong)], reverse=True)
    best = hits = 0
    for number, (_, hit) in enumerate(told, start=1):
        hits += hit
        if hits >= SURE * number:
            best = hits
    return best / len(right)
