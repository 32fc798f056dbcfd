"""What sort of file it is, by what is in it, and its text."""

from __future__ import annotations

import codecs
import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from claims.errors import ImportRefused
from claims.exchange.record import Fault
from claims.vocabulary import ExchangeFormat
from sources.saying import gettext_noop as _

HEAD_BYTES = 64 * 1024
ENCODINGS = ("utf-8", "utf-16", "windows-1252", "windows-1256", "iso-8859-1")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, ""),
    (codecs.BOM_UTF32_BE, ""),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHER_KINDS = (
    b"%PDF",
    b"\x1f\x8b",
    b"\xd0\xcf\x11\xe0",
    b"\x89PNG",
    b"{\\rtf",
    b"Rar!",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file that is open, and what is known of it."""

    body: IO[bytes]  # can be wound back
    format: ExchangeFormat
    encoding: str

    def text(self) -> IO[str]:
        """Return its text from the beginning; nothing that cannot be read is passed by."""
        self.body.seek(0)
        return io.TextIOWrapper(
            _Held(self.body), encoding=self.encoding, errors="strict", newline=""
        )


class _Held(io.BufferedReader):
    """A view of a file that does not close it."""

    def __init__(self, body: IO[bytes]) -> None:
        super().__init__(_Raw(body), buffer_size=256 * 1024)


class _Raw(io.RawIOBase):
    def __init__(self, body: IO[bytes]) -> None:
        self._body = body

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # of what the stubs call a buffer
        piece = self._body.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)


def refused(
    code: str, problem: str, advice: str, *, at: str = "", **facts: str | int
) -> ImportRefused:
    """Return the refusal of a whole file."""
    fault = Fault(field=at, code=code, problem=problem, advice=advice, facts=facts)
    return ImportRefused(fault)


def open_file(body: IO[bytes], *, encoding: str = "") -> File:
    """Tell what sort of file it is, by its beginning. Raises ImportRefused."""
    body.seek(0)
    head = body.read(HEAD_BYTES)
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise refused(
            "empty", _("The file is empty."), _("Choose a file with rows in it.")
        )
    if head.startswith(b"PK\x03\x04"):
        return File(body=body, format=_in_a_zip(body), encoding="")
    if head.startswith(_OTHER_KINDS):
        raise _of_no_kind()
    encoding = _encoding(head, encoding)
    file = File(body=body, format=ExchangeFormat.CSV, encoding=encoding)
    with guarded():
        start = file.text().read(HEAD_BYTES // 4).lstrip("\ufeff \t\r\n")
    return File(body=body, format=_format(start), encoding=encoding)


def _of_no_kind() -> ImportRefused:
    return refused(
        "unknown_format",
        _("This is no file of a kind that is taken in."),
        _(
            "Give ClaimReview as JSON or NDJSON, a CSV table, or an Excel workbook (.xlsx)."
        ),
    )


def _in_a_zip(body: IO[bytes]) -> ExchangeFormat:
    body.seek(0)
    try:
        with zipfile.ZipFile(body) as packed:
            names = set(packed.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as exc:
        raise refused(
            "damaged",
            _("The workbook is damaged."),
            _("Open it, and save it anew as .xlsx."),
        ) from exc
    if "xl/workbook.xml" not in names:
        raise _of_no_kind()
    return ExchangeFormat.XLSX


def _encoding(head: bytes, wanted: str) -> str:
    for mark, name in _BOMS:
        if head.startswith(mark):
            if not name:
                raise _not_text()
            return name
    if wanted:
        if wanted not in ENCODINGS:
            raise refused(
                "unknown_encoding",
                _("This encoding is not known here: %(value)s"),
                _("Write one of these: %(choices)s."),
                value=wanted[:60],
                choices=", ".join(ENCODINGS),
            )
        return wanted
    if b"\x00" in head:
        raise _not_text()
    return "utf-8"


def _not_text() -> ImportRefused:
    return refused(
        "not_text",
        _("The file is not text, or text in an encoding that it does not name."),
        _("Save it as UTF-8."),
    )


def _format(start: str) -> ExchangeFormat:
    if start[:1] not in {"{", "["}:
        return ExchangeFormat.CSV
    first, parted, rest = start.partition("\n")
    if first.startswith("{") and (rest.lstrip() if parted else ""):
        try:
            json.loads(first)
        except RecursionError:
            return ExchangeFormat.NDJSON
        except ValueError:
            return ExchangeFormat.JSON
        return ExchangeFormat.NDJSON
    return ExchangeFormat.JSON


@contextmanager
def guarded() -> Iterator[None]:
    """Say of text that cannot be read that it is so."""
    try:
        yield
    except UnicodeError as exc:
        raise refused(
            "not_decoded",
            _("Some bytes are no text in the encoding of the file (%(encoding)s)."),
            _("Save it as UTF-8, or say which encoding it is in."),
            encoding=str(getattr(exc, "encoding", "")),
        ) from exc


def lines(text: IO[str], *, most: int) -> Iterator[tuple[str, bool]]:
    """Yield each line, and whether it was cut since it has more characters than that."""
    while line := text.readline(most):
        whole = line.endswith("\n") or len(line) < most
        yield line, not whole
        while not whole:
            rest = text.readline(most)
            whole = rest.endswith("\n") or len(rest) < most
