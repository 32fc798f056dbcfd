"""What measuring gave as a page of its own: one file, without scripts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.contrib.staticfiles import finders
from django.template import Context, Engine

from claims.evaluation import table
from claims.evaluation.outcome import Column, Comparison, Confusions, Hue, Outcome

if TYPE_CHECKING:
    from claims.evaluation.outcome import Measures, Miss, Shown

# The house's own look; a page that is opened from a disk has to carry it along.
SHEETS = ("css/tokens.css", "css/base.css")
TEMPLATES = Path(__file__).parent / "templates"
MOST_CHARACTERS = 4_000  # of one text


def page(
    outcome: Outcome,
    *,
    subject: str,
    data: Path,
    at: datetime,
    command: str,
    seen: int | None = None,
) -> str:
    """
    Return the report as HTML.

    `seen` is how many items were measured where somebody stopped it early.
    """
    engine = Engine(dirs=[str(TEMPLATES)])
    return engine.get_template("report.html").render(
        Context(
            {
                "subject": subject,
                "data": data,
                "at": at,
                "command": command,
                "seen": seen,
                "method": outcome.method,
                "sheet": _sheet(),
                "measures": _figures(outcome.measures),
                "comparisons": [_Table(each, outcome) for each in outcome.comparisons],
                "parts": _parts(outcome),
                "confusions": [_Matrix(each) for each in outcome.confusions],
                "misses": [_Case(miss) for miss in outcome.misses],
            }
        )
    )


def _sheet() -> str:
    # The constant is a name in this house's static files, so it is always found.
    shared = (Path(str(finders.find(name))).read_text() for name in SHEETS)
    return "\n".join([*shared, (TEMPLATES / "report.css").read_text()])


def _figures(measures: Measures) -> list[tuple[str, str]]:
    return [(name, table.figure(value)) for name, value in measures.items()]


def _parts(outcome: Outcome) -> dict[str, object] | None:
    if not outcome.parts:
        return None
    names = list(
        dict.fromkeys(name for each in outcome.parts.values() for name in each)
    )
    return {
        "names": names,
        "rows": [
            (part, [table.figure(each.get(name)) for name in names])
            for part, each in outcome.parts.items()
        ],
    }


class _Table:
    """A comparison, ready to be shown."""

    def __init__(self, comparison: Comparison, outcome: Outcome) -> None:
        *others, (self.ours, _) = table.rows(comparison, outcome)
        self.title, self.measured_on = comparison.title, comparison.measured_on
        self.columns = [column.title for column in comparison.columns]
        self.others = others
        self.cells = [
            _cell(column, outcome.measures.get(column.measure))
            for column in comparison.columns
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cell:
    figure: str
    reached: bool | None  # None: nothing was asked for, or nothing measured


def _cell(column: Column, value: float | None) -> _Cell:
    reached: bool | None = None
    if value is not None and column.least is not None:
        reached = value >= column.least
    elif value is not None and column.most is not None:
        reached = value <= column.most
    return _Cell(figure=table.figure(value, column.decimals), reached=reached)


class _Matrix:
    """Confusions as a square: a row for each thing as marked, a column as found."""

    def __init__(self, confusions: Confusions) -> None:
        counts = confusions.counts
        self.title = confusions.title
        self.names = list(dict.fromkeys(name for pair in counts for name in pair))
        self.rows = [(name, list(self._cells(counts, name))) for name in self.names]

    def _cells(
        self, counts: Mapping[tuple[str, str], int], marked: str
    ) -> Iterator[tuple[int, str, bool]]:
        """Yield how many, what share of its row that is, and whether they agree."""
        total = sum(counts.get((marked, found), 0) for found in self.names)
        for found in self.names:
            number = counts.get((marked, found), 0)
            share = f"{number / total:.0%}" if total else ""
            yield number, share, marked == found


class _Case:
    """A miss, ready to be shown."""

    def __init__(self, miss: Miss) -> None:
        self.id, self.says = miss.id, miss.says
        self.texts = [(shown, list(stretches(shown))) for shown in miss.texts]


def stretches(shown: Shown) -> Sequence[tuple[str, Hue | None]]:
    """Part a text at its marks; what is too long ends in an ellipsis."""
    parts: list[tuple[str, Hue | None]] = []
    text, at = shown.text[:MOST_CHARACTERS], 0
    for mark in sorted(shown.marks, key=lambda mark: mark.start):
        start, end = max(mark.start, at), min(mark.end, len(text))
        if start >= end:
            continue
        parts += [(text[at:start], None), (text[start:end], mark.hue)]
        at = end
    parts.append((text[at:], None))
    if len(shown.text) > MOST_CHARACTERS:
        parts.append(("…", None))
    return [part for part in parts if part[0]]
