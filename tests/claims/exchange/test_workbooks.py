"""Workbooks of Excel, honest ones and others."""

import io
import zipfile
from datetime import date

import openpyxl
import pytest

from claims.errors import ImportRefused
from tests.claims.exchange.files import COLUMNS, faults, read, some_lines


def a_workbook(*lines, columns=COLUMNS):
    book = openpyxl.Workbook()
    for line in (columns, *lines):
        book.active.append(list(line))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def changed(workbook, **parts):
    """The workbook with other content in some of its parts."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            key = name.rpartition("/")[2].partition(".")[0]
            new.writestr(name, parts.get(key, old.read(name)))
    return out.getvalue()


def refusal(content):
    with pytest.raises(ImportRefused) as caught:
        read(content)
    return caught.value.fault.code


def test_the_rows_of_its_first_sheet_are_read():
    book = a_workbook(*some_lines(3))

    assert [row.record.statement for row in read(book)] == [
        line[0] for line in some_lines(3)
    ]


def test_days_and_numbers_are_read_as_they_are_kept():
    (row,) = read(a_workbook([2026, "Ada Quill", date(2026, 2, 1)]))

    assert row.record.statement == "2026"
    assert row.record.said_at.isoformat() == "2026-02-01T00:00:00+00:00"


def test_a_formula_is_told_and_not_computed():
    book = a_workbook(["=1+1", "Ada Quill", ""], ["It holds.", "Ada Quill", ""])

    assert faults(book) == {1: [("statement", "formula")]}


def test_rows_that_end_early_are_whole():
    (row,) = read(a_workbook(["It holds.", "Ada Quill"]))

    assert row.record.statement == "It holds."


def test_entities_and_links_to_elsewhere_are_not_followed():
    sheet = (
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&e;</t></is></c></row>'
        b"</sheetData></worksheet>"
    )

    assert refusal(changed(a_workbook(), sheet1=sheet)) == "damaged"


def test_a_bomb_is_not_unpacked(monkeypatch):
    monkeypatch.setattr("claims.exchange.reading.sheets.UNPACKED_MAX_BYTES", 10_000_000)
    bomb = changed(a_workbook(*some_lines(1)), styles=b" " * 11_000_000)

    assert len(bomb) < 30_000
    assert refusal(bomb) == "too_large_unpacked"


def test_what_is_no_workbook_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("word/document.xml", "<w/>")

    assert refusal(out.getvalue()) == "unknown_format"
    assert refusal(b"PK\x03\x04" + b"x" * 100) == "damaged"
    assert refusal(a_workbook(*some_lines(50))[:-400]) == "damaged"
    assert (
        refusal(changed(a_workbook(*some_lines(1)), sheet1=b"<worksheet")) == "damaged"
    )
    assert refusal(a_workbook(columns=["a", "b"])) == "column_missing"
