"""Measures as a terminal shows them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from claims.evaluation.outcome import Column, Comparison, Measures, Outcome

OURS = "Counterclaim, here"
GOAL = "to be reached"


def of_measures(measures: Measures) -> str:
    """Return a line for each measure."""
    width = max(map(len, measures))
    return "\n".join(
        f"{name:<{width}}  {figure(value)}" for name, value in measures.items()
    )


def of_comparison(comparison: Comparison, outcome: Outcome) -> str:
    """Return a table of the systems, ours last, and what they were measured on."""
    lined = [
        ["", *(column.title for column in comparison.columns)],
        *([name, *row] for name, row in rows(comparison, outcome)),
    ]
    widths = [max(map(len, cells)) for cells in zip(*lined, strict=True)]
    lines = [
        "  ".join(
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lined
    ]
    told = f"Other systems: as published, on {comparison.measured_on}."
    return "\n".join([f"{comparison.title}", *lines, told])


def rows(
    comparison: Comparison, outcome: Outcome
) -> Sequence[tuple[str, Sequence[str]]]:
    """Return each system with its figures, then what is to be reached, then ours."""
    columns = comparison.columns
    listed = [
        (
            system.name,
            [figure(system.scores.get(c.measure), c.decimals) for c in columns],
        )
        for system in comparison.systems
    ]
    if any(column.least is not None or column.most is not None for column in columns):
        listed.append((GOAL, [goal(column) for column in columns]))
    ours = [figure(outcome.measures.get(c.measure), c.decimals) for c in columns]
    return [*listed, (OURS, ours)]


def goal(column: Column) -> str:
    """Return what a measure has to reach, or may cost; a dash where it is free."""
    if column.least is not None:
        return f"≥ {figure(column.least, column.decimals)}"
    if column.most is not None:
        return f"≤ {figure(column.most, column.decimals)}"
    return "-"


def figure(value: float | None, decimals: int = 4) -> str:
    """Return a number as it is shown; a dash where there is none."""
    if value is None:
        return "-"
    return str(value) if isinstance(value, int) else f"{value:.{decimals}f}"
