"""Tables: a header that names the columns, and a row for each claim."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from claims.errors import ImportRefused
from claims.exchange import columns
from claims.exchange.reading.files import File, guarded, refused
from claims.exchange.record import EXCERPT_CHARACTERS, Fault
from sources.saying import gettext_noop as _

DELIMITERS = ",;\t|"
COLUMNS_MOST = 100
# A cell beyond it ends the reading; one that is merely too long is a fault of its row.
CELL_MAX_CHARACTERS = 2 * 1024 * 1024
HEADER_MAX_CHARACTERS = 20_000

csv.field_size_limit(CELL_MAX_CHARACTERS)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: its cells by column, or what is wrong with it."""

    number: int
    cells: dict[str, object]
    faults: tuple[Fault, ...] = ()

    @property
    def excerpt(self) -> str:
        """Its beginning, for people."""
        shown = (str(cell)[:EXCERPT_CHARACTERS] for cell in self.cells.values())
        return " | ".join(cell for cell in shown if cell)[:EXCERPT_CHARACTERS]


@dataclass(frozen=True, slots=True)
class Header:
    """The columns in their order, and those that nobody reads."""

    names: tuple[str, ...]
    unread: tuple[str, ...]


def of_text(file: File, *, unnamed: bool = False) -> Iterator[Line]:
    """Yield the rows of a CSV file. Raises ImportRefused, also on the way."""
    with guarded():
        cells = _parsed(file.text())
        header = header_of(next(cells, []), unnamed=unnamed)
        yield from lines(header, cells)


def headed(file: File) -> Header:
    """Return what the header of a CSV file says. Raises ImportRefused."""
    with guarded():
        return header_of(next(_parsed(file.text()), []), unnamed=True)


def _parsed(text: IO[str]) -> Iterator[list[str]]:
    first = text.readline(HEADER_MAX_CHARACTERS).lstrip("\ufeff")
    delimiter = _delimiter(first)
    rows = csv.reader(_whole(first, text), delimiter=delimiter, strict=True)
    try:
        for row in rows:
            if any(cell.strip() for cell in row):
                yield row
    except csv.Error as exc:
        raise _torn(exc, rows.line_num) from exc


def _whole(first: str, text: IO[str]) -> Iterator[str]:
    """Yield the lines with the first of them, refusing those without an end."""
    yield _without_nul(first)
    while line := text.readline(CELL_MAX_CHARACTERS):
        yield _without_nul(line)


def _without_nul(line: str) -> str:
    if "\x00" in line:
        raise refused(
            "nul",
            _("There are NUL characters in the file."),
            _("Save it as UTF-8 text; a binary file is none."),
        )
    return line


def _delimiter(first: str) -> str:
    """Return what parts the cells: what makes known columns of the header."""

    def known(delimiter: str) -> int:
        names = (columns.named(each.strip('"')) for each in first.split(delimiter))
        return sum(columns.is_known(name) for name in names)

    return max(DELIMITERS, key=lambda each: (known(each), first.count(each)))


def _torn(exc: csv.Error, line: int) -> ImportRefused:
    if "field larger" in str(exc):
        return refused(
            "cell_too_long",
            _("A cell near line %(line)s goes on and on."),
            _("Look for a quotation mark that is not closed there."),
            line=line,
        )
    if "end of data" in str(exc):
        return refused(
            "quote_not_closed",
            _("A quotation mark is not closed: the file ends inside of a cell."),
            _("Close it, and write a quotation mark inside of a cell twice."),
        )
    return refused(
        "not_csv",
        _("The table cannot be parted into cells near line %(line)s."),
        _("Write a quotation mark inside of a cell twice."),
        line=line,
    )


def header_of(cells: Sequence[object], *, unnamed: bool) -> Header:
    """Understand the first row. Raises ImportRefused."""
    names = [columns.named(str(cell or "")) for cell in cells]
    while names and not names[-1]:
        names.pop()
    if len(names) > COLUMNS_MOST:
        raise refused(
            "too_many_columns",
            _("There are %(has)s columns; %(most)s are read."),
            _("Keep those that say something about claims."),
            has=len(names),
            most=COLUMNS_MOST,
        )
    needed = [name for name in columns.NEEDED if not (unnamed and name == "claimant")]
    if missing := [name for name in needed if name not in names]:
        raise refused(
            "column_missing",
            _("The header names no column «%(column)s»."),
            _("Name the columns in the first row: %(columns)s."),
            at=missing[0],
            column=missing[0],
            columns=", ".join(columns.READ),
        )
    if twice := next((name for name, n in Counter(names).items() if n > 1), None):
        raise refused(
            "column_twice",
            _("Two columns mean the same: «%(column)s»."),
            _("Take one of them out, or name each column."),
            at=twice[:60],
            column=twice[:60],
        )
    unread = tuple(name[:60] for name in names if not columns.is_known(name))
    return Header(tuple(names), unread)


def lines(header: Header, rows: Iterable[Sequence[object]]) -> Iterator[Line]:
    """Yield each row by the names of its columns."""
    names, width = header.names, len(header.names)
    for number, cells in enumerate(rows, start=1):
        if len(cells) == width:
            yield Line(number, dict(zip(names, cells, strict=True)))
            continue
        extra = [cell for cell in cells[width:] if str(cell or "").strip()]
        known = dict(zip(names, cells, strict=False))
        if len(cells) > width and not extra:
            yield Line(number, known)
            continue
        yield Line(number, known, (_ragged(len(cells), width),))


def _ragged(has: int, wanted: int) -> Fault:
    return Fault(
        field="",
        code="ragged",
        problem=_("This row has %(has)s cells, the header %(wanted)s."),
        advice=_("Put a cell with the delimiter in it into quotation marks."),
        facts={"has": has, "wanted": wanted},
    )
