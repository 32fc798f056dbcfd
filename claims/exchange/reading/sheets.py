"""Workbooks of Excel: the first sheet, read row by row."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException

from claims.exchange.reading.files import File, refused
from claims.exchange.reading.tables import COLUMNS_MOST, Line, header_of, lines
from claims.exchange.record import Fault
from sources.saying import gettext_noop as _

# What is unpacked; an honest workbook of 100,000 claims has 100 MB.
UNPACKED_MAX_BYTES = 512 * 1024 * 1024
# The strings of a workbook are kept in memory whole.
STRINGS_MAX_BYTES = 192 * 1024 * 1024
PARTS_MOST = 2_000
SMALL_BYTES = 6 * 1024 * 1024

_TROUBLES = (
    zipfile.BadZipFile,
    ParseError,
    DefusedXmlException,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    EOFError,
    NotImplementedError,
    OSError,
)


def is_small(file: File) -> bool:
    """Tell whether it is read in no time. Raises ImportRefused."""
    return _unpacked(file) <= SMALL_BYTES


def of_workbook(file: File, *, unnamed: bool = False) -> Iterator[Line]:
    """Yield the rows of the first sheet. Raises ImportRefused, also on the way."""
    # It carries lxml: only for whom reads a workbook.
    import openpyxl  # noqa: PLC0415

    _unpacked(file)
    file.body.seek(0)
    with _damage_told():
        book = openpyxl.load_workbook(file.body, read_only=True, keep_links=False)
        sheet = _first(book)
        # What a workbook says of its own size is not to be trusted.
        sheet.reset_dimensions()
        rows = sheet.iter_rows(max_col=COLUMNS_MOST + 1)
        filled = (cells for cells in rows if any(c.value is not None for c in cells))
        header = header_of([c.value for c in next(filled, ())], unnamed=unnamed)
    width = len(header.names)
    with _damage_told():
        values = (_values(cells, width) for cells in filled)
        for line, formulas in _with_formulas(header, values):
            if not formulas:
                yield line
                continue
            yield Line(line.number, line.cells, (*line.faults, _formula(formulas[0])))


def _first(book: Any) -> Any:
    sheets = [each for each in book.worksheets if hasattr(each, "iter_rows")]
    if not sheets:
        raise refused(
            "no_sheet",
            _("There is no sheet in the workbook."),
            _("Put the table on the first sheet."),
        )
    return sheets[0]


def _values(cells: Any, width: int) -> tuple[list[object], list[int]]:
    row: list[object] = []
    formulas: list[int] = []
    for place, cell in enumerate(cells):
        kind = getattr(cell, "data_type", "")
        if kind == "f":
            formulas.append(place)
        row.append("" if cell.value is None or kind == "e" else cell.value)
    del row[max(width, _filled(row)) :]
    row.extend([""] * (width - len(row)))
    return row, formulas


def _filled(row: list[object]) -> int:
    return max((at for at, cell in enumerate(row, start=1) if cell != ""), default=0)


def _with_formulas(
    header: Any, rows: Iterator[tuple[list[object], list[int]]]
) -> Iterator[tuple[Line, list[str]]]:
    for number, (row, formulas) in enumerate(rows, start=1):
        (line,) = lines(header, [row])
        names = [header.names[at] for at in formulas if at < len(header.names)]
        yield Line(number, line.cells, line.faults), names


def _formula(name: str) -> Fault:
    return Fault(
        field=name,
        code="formula",
        problem=_("This cell is computed by a formula."),
        advice=_("Copy it, and paste it as a value in its place."),
    )


def _unpacked(file: File) -> int:
    """Return how much the workbook is when it is unpacked. Raises ImportRefused."""
    file.body.seek(0)
    with _damage_told(), zipfile.ZipFile(file.body) as packed:
        parts = packed.infolist()
    total = sum(part.file_size for part in parts)
    strings = sum(part.file_size for part in parts if "sharedStrings" in part.filename)
    # What a part says of its size is what is read of it at most.
    if (
        total > UNPACKED_MAX_BYTES
        or strings > STRINGS_MAX_BYTES
        or len(parts) > PARTS_MOST
    ):
        raise refused(
            "too_large_unpacked",
            _("The workbook is far larger than its file: it is not unpacked."),
            _("Save the table as CSV, or part it."),
        )
    return total


@contextmanager
def _damage_told() -> Iterator[None]:
    try:
        yield
    except _TROUBLES as exc:
        raise refused(
            "damaged",
            _("The workbook is damaged."),
            _("Open it, and save it anew as .xlsx."),
        ) from exc
