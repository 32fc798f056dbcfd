"""What would become of a file, without a row being written."""

from __future__ import annotations

from dataclasses import asdict
from itertools import islice
from typing import TYPE_CHECKING, Any

from claims.exchange.reading import refused, rows
from claims.exchange.reading.tables import headed
from claims.exchange.writing import Judge
from claims.vocabulary import ExchangeFormat
from sources.saying import gettext_noop as _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.exchange.reading import File
    from claims.exchange.record import Record, Row
    from claims.exchange.terms import Terms
    from claims.exchange.writing import Plan

AT_ONCE = 2_000
PREVIEWED = 20


def look_through(file: File, *, terms: Terms) -> Iterator[Plan]:
    """
    Yield what all of its rows would come to, some at a time.

    Raises ImportRefused, also on the way.
    """
    judge = Judge(remembers=True)
    for some in batches(rows(file, terms=terms)):
        yield judge.judge(some)


def count(file: File, *, terms: Terms) -> int:
    """Return how many rows there are. Raises ImportRefused where it breaks off."""
    number = sum(1 for _row in rows(file, terms=terms))
    if not number:
        raise nothing()
    return number


def nothing() -> Exception:
    """Return the refusal of a file without a row."""
    return refused(
        "no_rows",
        _("There are no rows in the file."),
        _("Choose a file with rows in it."),
    )


def batches(found: Iterator[Row], *, size: int = AT_ONCE) -> Iterator[list[Row]]:
    """Yield rows some at a time."""
    while some := list(islice(found, size)):
        yield some


def unread(file: File) -> tuple[str, ...]:
    """Return the columns of a table that nobody reads."""
    return headed(file).unread if file.format == ExchangeFormat.CSV else ()


def previewed(row: Row) -> dict[str, Any]:
    """Return a row as it is read, for people and for JSON."""
    return {
        "number": row.number,
        "excerpt": row.excerpt,
        "record": _shown(row.record) if row.record else None,
        "faults": [fault.kept() for fault in row.faults],
    }


def _shown(record: Record) -> dict[str, Any]:
    shown = asdict(record)
    for node in (shown, *shown["voices"]):
        node["said_at"] = node["said_at"].isoformat() if node["said_at"] else None
    return shown
