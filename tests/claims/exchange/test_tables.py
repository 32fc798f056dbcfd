"""Tables of claims: what a header may say, and what a row may hold."""

import pytest

from claims.errors import ImportRefused
from claims.vocabulary import ExchangeFormat, Precision, Stance
from tests.claims.exchange.files import (
    COLUMNS,
    HEADER,
    body,
    bring,
    faults,
    open_file,
    read,
    some_lines,
    table,
)

ONE = some_lines(1)[0]


def refusal(content, **terms):
    with pytest.raises(ImportRefused) as caught:
        read(content, **terms)
    return caught.value.fault.code


def test_a_row_says_who_claimed_what_and_when():
    (row,) = read(table(ONE))

    assert row.record.statement == "The dam holds 1 million litres."
    assert row.record.claimant.name == "Ada Quill"
    assert row.record.said_at.isoformat() == "2026-02-01T00:00:00+00:00"
    assert row.record.precision == Precision.DAY


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_whatever_parts_its_cells_is_found_out(delimiter):
    (row,) = read(table(["It holds; 1, 2 | 3", "Ada Quill", ""], delimiter=delimiter))

    assert row.record.statement == "It holds; 1, 2 | 3"


@pytest.mark.parametrize(
    "encoded",
    [
        table(["Der Damm hält.", "Ada Quill", ""]).encode("utf-8-sig"),
        table(["Der Damm hält.", "Ada Quill", ""]).encode("utf-16"),
        b"\xff\xfe" + table(["Der Damm hält.", "Ada Quill", ""]).encode("utf-16-le"),
    ],
)
def test_a_file_that_names_its_encoding_is_read_in_it(encoded):
    assert read(encoded)[0].record.statement == "Der Damm hält."


def test_another_encoding_is_not_guessed_and_read_where_it_is_named():
    latin = table(["Der Damm hält.", "Ada Quill", ""]).encode("latin-1")

    assert refusal(latin) == "not_decoded"
    (row,) = read(latin, encoding="windows-1252")
    assert row.record.statement == "Der Damm hält."


def test_other_names_of_columns_are_understood():
    (row,) = read(
        table(
            ["It holds.", "Ada Quill", "Dam Watch", "Half True"],
            columns=["Claim", "Speaker", "Fact Checker", "Rating"],
        )
    )

    (voice,) = row.record.voices
    assert (voice.assessor.name, voice.rating_text) == ("Dam Watch", "Half True")
    assert (voice.stance, voice.clear) == (Stance.QUALIFIES, True)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "empty"),
        ("\n\n\n", "empty"),
        (HEADER, "no_rows"),
        ("statement,said_at\nIt holds.,2026\n", "column_missing"),
        ("claimant\nAda Quill\n", "column_missing"),
        ("statement,claim,claimant\na,b,c\n", "column_twice"),
        ("statement,claimant,statement\na,b,c\n", "column_twice"),
        (
            ",".join(["statement", "claimant", *map(str, range(200))]),
            "too_many_columns",
        ),
        ("," * 1_000_000, "column_missing"),
        (table(ONE) + '"It holds', "quote_not_closed"),
        (table(ONE) + '"It" holds,Ada Quill,\n', "not_csv"),
        (HEADER + "\nIt\x00 holds,Ada Quill,2026\n", "not_text"),
        (HEADER.encode() + b"\n\xed\xa0\x80,Ada,\n", "not_decoded"),
        (b"\x00\x00\xfe\xff" + HEADER.encode("utf-32-be"), "not_text"),
        (b"%PDF-1.7\n", "unknown_format"),
        (b"\x1f\x8b\x08\x00", "unknown_format"),
    ],
)
@pytest.mark.django_db
def test_a_file_that_is_no_table_is_refused_as_a_whole(content, code):
    with pytest.raises(ImportRefused) as caught:
        bring(content)

    assert caught.value.fault.code == code
    assert str(caught.value).count(".") >= 2  # what is wrong, and what to do


def test_a_nul_further_on_is_refused_as_well():
    far = table(*some_lines(3_000)) + "It\x00 holds,Ada Quill,2026\n"

    assert refusal(far) == "nul"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (["", "Ada Quill", ""], [("statement", "missing")]),
        (["It holds.", "  ", ""], [("claimant", "missing")]),
        (["It holds.", "Ada Quill"], [("", "ragged")]),
        (["It holds.", "Ada Quill", "", "more"], [("", "ragged")]),
        (["x" * 1_000_000, "Ada Quill", ""], [("statement", "too_long")]),
        (["It\u202e holds.", "Ada Quill", ""], [("statement", "not_plain")]),
        (["It holds.", "Ada\x07 Quill", ""], [("claimant", "not_plain")]),
        (["It holds.", "Ada Quill", "3/4/2026"], [("said_at", "date_ambiguous")]),
        (["It holds.", "Ada Quill", "0000-01-01"], [("said_at", "date_out_of_range")]),
        (["It holds.", "Ada Quill", "9999-12-31"], [("said_at", "date_out_of_range")]),
        (["It holds.", "Ada Quill", "2026-02-30"], [("said_at", "date_unreadable")]),
        (["It holds.", "Ada Quill", "soon"], [("said_at", "date_unreadable")]),
    ],
)
def test_a_faulty_row_says_what_is_wrong_and_the_others_are_read(line, found):
    content = table(ONE, line, some_lines(1, start=2)[0])

    assert faults(content) == {2: found}
    assert sum(row.record is not None for row in read(content)) == 2


def test_empty_cells_behind_the_last_column_and_empty_lines_do_no_harm():
    content = f"{HEADER}\n\nIt holds.,Ada Quill,2026,,\n,,\n"

    assert [row.record.statement for row in read(content)] == ["It holds."]


def test_a_defused_cell_comes_back_as_it_was():
    (row,) = read(table(["'=1+1 is what they say", "'@ada", ""]))

    assert row.record.statement == "=1+1 is what they say"
    assert row.record.claimant.name == "@ada"


def test_whoever_is_named_for_nobody_is_claimant_of_what_names_none():
    (row,) = read(
        table(["It holds.", ""], columns=["statement", "claimant"]), unnamed="Posts"
    )

    assert row.record.claimant.name == "Posts"


def test_what_a_cell_points_to_has_to_be_a_page_on_the_web():
    content = table(
        [*ONE, "file:///etc/passwd"],
        [*ONE, "http://127.0.0.1:9/"],
        [*ONE, "http://169.254.169.254/latest"],
        columns=[*COLUMNS, "source_url"],
    )

    found = faults(content)
    assert list(found) == [1, 2, 3]
    assert all(field == "source_url" for ((field, _),) in found.values())


def test_the_format_is_told_by_what_is_in_it():
    known = {
        table(ONE): ExchangeFormat.CSV,
        '{"@type": "ClaimReview"}': ExchangeFormat.JSON,
        '[{"@type": "ClaimReview"}]': ExchangeFormat.JSON,
        '{"a": 1}\n{"a": 2}\n': ExchangeFormat.NDJSON,
        '{\n"a": 1}\n': ExchangeFormat.JSON,
    }

    assert {content: open_file(body(content)).format for content in known} == known
