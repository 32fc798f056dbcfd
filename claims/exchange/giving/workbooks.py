"""
A table as an Excel workbook, written as it is sent.

What writes workbooks otherwise writes them to a disk first. A sheet of text alone is
little enough (ECMA-376, part 1, section 18.3): each cell holds its own text, so none is a
formula and no strings are kept until the end.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from datetime import datetime

# What XML cannot hold; nothing of it passes into the database.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
CELL_MOST = 32_767  # that Excel shows
PIECE_CHARACTERS = 64 * 1024
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" '
        f'ContentType="{_KIND}.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="claims" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}


class _Sent(io.RawIOBase):
    """Takes what is packed, until it is sent."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: bytes) -> int:  # type: ignore[override]  # whatever holds bytes
        self._pieces.append(bytes(piece))
        return len(piece)

    def taken(self) -> bytes:
        taken, self._pieces = b"".join(self._pieces), []
        return taken


def written(
    header: Sequence[str], cells: Iterable[Sequence[str]], *, at: datetime
) -> Iterator[bytes]:
    """Yield a workbook with one sheet, piece by piece."""
    sent = _Sent()
    when = at.timetuple()[:6]
    with zipfile.ZipFile(sent, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as packed:
        for name, content in _PARTS.items():
            packed.writestr(_part(name, when), _XML + content)
        with packed.open(_part("xl/worksheets/sheet1.xml", when), "w") as sheet:
            for piece in _sheet(header, cells):
                sheet.write(piece.encode())
                yield sent.taken()
    yield sent.taken()


def _part(name: str, when: tuple[int, ...]) -> zipfile.ZipInfo:
    part = zipfile.ZipInfo(name, date_time=when)  # type: ignore[arg-type]  # six numbers
    part.compress_type = zipfile.ZIP_DEFLATED
    return part


def _sheet(header: Sequence[str], cells: Iterable[Sequence[str]]) -> Iterator[str]:
    piece = f'{_XML}<worksheet xmlns="{_MAIN}"><sheetData>{_row(header)}'
    for row in cells:
        piece += _row(row)
        if len(piece) > PIECE_CHARACTERS:
            yield piece
            piece = ""
    yield f"{piece}</sheetData></worksheet>"


def _row(cells: Sequence[str]) -> str:
    return f"<row>{''.join(map(_cell, cells))}</row>"


def _cell(text: str) -> str:
    if not text:
        return "<c/>"
    kept = escape(_NO_XML.sub(" ", text[:CELL_MOST])).replace("\r", "&#13;")
    return f'<c t="inlineStr"><is><t xml:space="preserve">{kept}</t></is></c>'
