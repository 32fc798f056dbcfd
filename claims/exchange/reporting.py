"""What is wrong with the rows of a file: which, where, what, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from claims.exchange.formulas import defused
from claims.exchange.record import Fault

if TYPE_CHECKING:
    from claims.exchange.writing import Plan
    from claims.models import Import


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One fault of one row, in the language of whoever reads it."""

    number: int
    field: str
    code: str
    problem: str
    advice: str
    excerpt: str


def worded(kept: dict[str, Any]) -> Fault:
    """Return a fault that was kept."""
    return Fault(**kept)


def faults(file: Import, *, after: int = 0) -> Iterator[Told]:
    """Yield what is wrong with a file, row by row."""
    rows = file.rows.telling().in_order().filter(number__gt=after)
    for row in rows.iterator(chunk_size=1_000):
        yield from _told(row.number, row.excerpt, map(worded, row.faults))


def of_plan(plan: Plan) -> Iterator[Told]:
    """Yield what is wrong with the rows of a plan."""
    for each in plan.outcomes:
        yield from _told(each.row.number, each.row.excerpt, each.row.faults)


def _told(number: int, excerpt: str, found: Iterable[Fault]) -> Iterator[Told]:
    for fault in found:
        yield Told(
            number=number,
            field=fault.field,
            code=fault.code,
            problem=fault.said,
            advice=fault.advised,
            excerpt=excerpt,
        )


def table(found: Iterable[Told]) -> Iterator[list[str]]:
    """Yield the rows of a table for a spreadsheet, with a header."""
    yield [
        _("Row"),
        _("Field"),
        _("Code"),
        _("What is wrong"),
        _("What to do"),
        _("How it begins"),
    ]
    for each in found:
        yield [
            str(each.number),
            *map(defused, (each.field, each.code, each.problem, each.advice)),
            defused(each.excerpt),
        ]
