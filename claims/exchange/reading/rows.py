"""Each row of a file, understood."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from claims.exchange import claimreview, columns, ours
from claims.exchange.reading import documents, sheets, tables
from claims.exchange.record import Fault, Record, Row, RowRefused
from claims.vocabulary import ExchangeFormat
from sources.saying import gettext_noop as _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claims.exchange.reading.files import File
    from claims.exchange.terms import Terms


def rows(file: File, *, terms: Terms, skip: int = 0) -> Iterator[Row]:
    """
    Yield the rows of a file from its beginning, but for the first so many.

    The same file has the same rows each time. Raises ImportRefused, also on the way.
    """
    unnamed = bool(terms.unnamed)
    if file.format == ExchangeFormat.CSV:
        return _of_table(tables.of_text(file, unnamed=unnamed), terms, skip)
    if file.format == ExchangeFormat.XLSX:
        return _of_table(sheets.of_workbook(file, unnamed=unnamed), terms, skip)
    if file.format == ExchangeFormat.NDJSON:
        return _of_values(documents.of_lines(file), terms, skip)
    return _of_values(documents.of_document(file), terms, skip)


def _of_table(lines: Iterable[tables.Line], terms: Terms, skip: int) -> Iterator[Row]:
    for line in lines:
        if line.number <= skip:
            continue
        record, faults = None, line.faults
        if not faults:
            try:
                record = columns.read(line.cells, terms=terms)
            except RowRefused as exc:
                faults = exc.faults
        yield Row(
            number=line.number, excerpt=line.excerpt, record=record, faults=faults
        )


def _of_values(
    found: Iterable[documents.Found], terms: Terms, skip: int
) -> Iterator[Row]:
    number = 0
    for each in found:
        for value in _nodes(each.value):
            number += 1
            if number > skip:
                yield _understood(each, value, number, terms)


def _nodes(value: Any) -> Iterator[Any]:
    """Yield the records of one value: an item of a feed may hold several."""
    if (isinstance(value, dict) and "DataFeedItem" in claimreview.types(value)) or (
        isinstance(value, dict) and "ListItem" in claimreview.types(value)
    ):
        yield from claimreview.every(value.get("item")) or [value]
    else:
        yield value


def _understood(found: documents.Found, value: Any, number: int, terms: Terms) -> Row:
    if found.faults:
        return Row(number=number, excerpt=found.excerpt, faults=found.faults)
    record: Record | None = None
    faults: tuple[Fault, ...] = ()
    try:
        record = _read(value, terms)
    except RowRefused as exc:
        faults = exc.faults
    return Row(number=number, excerpt=found.excerpt, record=record, faults=faults)


def _read(value: Any, terms: Terms) -> Record | None:
    if not isinstance(value, dict):
        raise RowRefused(_no_record())
    kinds = claimreview.types(value)
    if "ClaimReview" in kinds:
        return claimreview.read(value, terms=terms)
    if "statement" in value:
        return ours.read(value, terms=terms)
    if kinds:
        return None  # a page, a publisher: others put them beside their reviews
    raise RowRefused(_no_record())


def _no_record() -> Fault:
    return Fault(
        field="",
        code="no_record",
        problem=_(
            "This is neither a ClaimReview nor a claim as they are exported here."
        ),
        advice=_("Give objects whose @type is ClaimReview."),
    )
