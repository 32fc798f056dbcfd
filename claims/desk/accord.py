"""How far reviewers agree, told in words and in a table."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.search.agreement import Agreement, Strength, agreement
from claims.vocabulary import RATING_VALUES, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from fractions import Fraction

    from claims.search.twice import Twice

SCALE = tuple(verdict for verdict, value in RATING_VALUES.items() if value is not None)
MOST_PAIRS = 40

STRENGTHS = {
    Strength.POOR: gettext_lazy("poor"),
    Strength.SLIGHT: gettext_lazy("slight"),
    Strength.FAIR: gettext_lazy("fair"),
    Strength.MODERATE: gettext_lazy("moderate"),
    Strength.SUBSTANTIAL: gettext_lazy("substantial"),
    Strength.ALMOST_PERFECT: gettext_lazy("almost perfect"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """How often the two verdicts of a row and a column met."""

    times: int
    same: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One verdict of the one, against each of the other."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Accord:
    """How far two people agree, or the first and the second verdict of the desk."""

    key: str  # names the pair in an address
    one: str
    other: str
    found: Agreement
    kappa: str  # empty where it is not defined, or there are too few
    weighted: str
    strength: str
    lines: tuple[Line, ...]  # verdicts of `one`, each against those of `other`

    @property
    def always_the_same(self) -> bool:
        """Whether kappa is not defined, as there never was another verdict."""
        return self.found.enough and self.found.kappa is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """How far people agree two by two."""

    told: list[Accord]
    more: int  # pairs that are not told of


def of_the_desk(rows: Iterable[Twice]) -> Accord:
    """Return how far first and second verdicts agree, whoever gave them."""
    table: Counter[tuple[str, str]] = Counter()
    for row in rows:
        table[row.first, row.second] += row.times
    return _accord("desk", _("First verdict"), _("Second verdict"), table)


def of_pairs(
    rows: Iterable[Twice],
    *,
    names: Mapping[int, str],
    only: int | None = None,
    chosen: str = "",
) -> Pairs:
    """
    Return how far each two people agree, those who read the most together first.

    Whichever of the two was first; `only` are the pairs of one person, who comes first.
    Of many pairs some are told of, the one whose key is `chosen` among them.
    """
    tables: defaultdict[tuple[int, int], Counter[tuple[str, str]]] = defaultdict(
        Counter
    )
    for row in rows:
        pair, verdicts = (row.first_by, row.second_by), (row.first, row.second)
        if only is not None and only not in pair:
            continue
        if _turned(pair, names, only):
            pair, verdicts = pair[::-1], verdicts[::-1]
        tables[pair][verdicts] += row.times
    sorted_pairs = sorted(
        tables, key=lambda pair: (-tables[pair].total(), *(names[who] for who in pair))
    )
    told = [
        _accord(_key(pair), names[pair[0]], names[pair[1]], tables[pair])
        for place, pair in enumerate(sorted_pairs)
        if place < MOST_PAIRS or _key(pair) == chosen
    ]
    return Pairs(told=told, more=len(tables) - len(told))


def _key(pair: tuple[int, int]) -> str:
    one, other = pair
    return f"{one}-{other}"


def _turned(pair: tuple[int, int], names: Mapping[int, str], only: int | None) -> bool:
    one, other = pair
    if only is not None:
        return other == only
    return (names[other], other) < (names[one], one)


def _accord(
    key: str, one: str, other: str, table: Mapping[tuple[str, str], int]
) -> Accord:
    found = agreement(table, scale=SCALE)
    strength = found.strength
    return Accord(
        key=key,
        one=one,
        other=other,
        found=found,
        kappa=_figure(found.kappa) if found.enough else "",
        weighted=_figure(found.weighted) if found.enough_on_scale else "",
        strength=str(STRENGTHS[strength]) if strength else "",
        lines=tuple(_line(verdict, table) for verdict in Verdict),
    )


def _line(first: Verdict, table: Mapping[tuple[str, str], int]) -> Line:
    return Line(
        label=str(first.label),
        cells=tuple(
            Cell(times=table.get((first, second), 0), same=first == second)
            for second in Verdict
        ),
    )


def _figure(kappa: Fraction | None) -> str:
    if kappa is None:
        return ""
    return f"{float(kappa):.2f}".replace("-", "−")
