"""PDF to the paragraphs that a reader sees."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.errors import UnsupportedMedia
from sources.quote import Standing, find
from sources.readable import pdf, read, visible
from tests.sources.paper import FI, a_pdf, column

LEFT = [
    "The harbour master said that the storm had",
    "done only minimal damage to the well-",
    "known eastern quay, and that adminis-",
    f"trative of{FI}ces would open at noon.",
]
RIGHT = ["A second paragraph begins", "here and is not the first."]
REPORT = a_pdf(
    [
        (70, 810, 9, "Port of Westhaven - Report 12"),
        (70, 780, 20, "After the storm"),
        *column(LEFT, y=740),
        *column(RIGHT, y=650),
        *column(["“Nobody was hurt,” she told", "the council, “and that is"], y=600),
        (290, 30, 9, "1"),
    ],
    [
        (70, 810, 9, "Port of Westhaven - Report 12"),
        *column(["more than anybody had hoped", "for.” Then she left."], y=770),
        (290, 30, 9, "2"),
    ],
    info="/Title (Storm report) /Author (Ines Brandt) /CreationDate (D:20240226093000+01'00')",
)


@pytest.mark.parametrize("media_type", ["application/pdf", "text/html", "", "x/y"])
def test_a_pdf_is_known_by_its_first_bytes_whatever_it_is_called(media_type):
    page = read(REPORT, media_type=media_type)

    assert page.media_type == "application/pdf"
    assert page.text == visible(REPORT, media_type=media_type)


def test_a_pdf_says_who_wrote_it():
    page = read(REPORT)

    assert (page.title, page.author) == ("Storm report", "Ines Brandt")


def test_the_day_a_file_was_made_is_not_taken_for_the_day_it_was_published():
    assert read(REPORT).published_at is None


def test_a_pdf_without_a_title_is_called_by_its_largest_words():
    content = a_pdf(
        [(70, 700, 11, "Some words"), (70, 740, 22, "After the storm")],
        info="/Title (Microsoft Word - draft_3.docx) /CreationDate (D:9999)",
    )

    page = read(content)

    assert (page.title, page.published_at) == ("After the storm", None)


def test_a_pdf_is_read_by_paragraph():
    blocks = read(REPORT).blocks

    assert "After the storm" in blocks
    assert "A second paragraph begins here and is not the first." in blocks


@pytest.mark.parametrize(
    "quote",
    [
        "only minimal damage to the well-known eastern quay",
        "administrative offices would open at noon",
        "Nobody was hurt",
        "and that is more than anybody had hoped for.",
    ],
)
def test_words_across_lines_hyphens_ligatures_and_pages_are_intact(quote):
    assert find(quote, text=visible(REPORT)).state is Standing.INTACT


def test_running_heads_and_page_numbers_do_not_stand_between_words():
    text = visible(REPORT)

    assert text.count("Report 12") == 1
    assert not {"1", "2"} & set(text.split("\n"))


def test_columns_are_read_one_after_the_other():
    content = a_pdf(
        column(["The first column ends in the", "middle of a sentence that"], x=70)
        + column(["goes on in the second one", "and ends there."], x=320)
    )

    assert find("sentence that goes on in the second", text=visible(content)).state is (
        Standing.INTACT
    )


def test_an_edited_number_in_a_pdf_is_seen():
    content = a_pdf(column(["The port counted 1,240 passengers", "who came ashore."]))

    finding = find("counted 1,250 passengers who came ashore", text=visible(content))

    assert finding.state is Standing.ALTERED


LOCKED = REPORT.replace(
    b"/Info 4 0 R",
    b"/Info 4 0 R /ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4"
    b" /O <" + b"11" * 32 + b"> /U <" + b"22" * 32 + b"> >>",
)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (LOCKED, "locked with a password"),
        (b"%PDF-1.7 and no more", "damaged"),
        (REPORT[:400], "damaged"),
        (a_pdf([]), "no text"),
        (a_pdf(*[[] for _ in range(pdf.MAX_PAGES + 1)]), "501 of at most 500"),
        (REPORT + b" " * pdf.MAX_BYTES, "larger than 20 MB"),
    ],
)
def test_what_cannot_be_read_of_a_pdf_is_said_in_a_sentence(content, sentence):
    for way in (read, visible):
        with pytest.raises(UnsupportedMedia) as error:
            way(content, media_type="application/pdf")

        assert sentence in str(error.value)
        assert str(error.value).endswith(".")
        assert error.value.media_type == "application/pdf"


def test_a_pdf_that_takes_too_long_is_not_read_to_its_end(monkeypatch):
    monkeypatch.setattr(pdf, "MAX_SECONDS", -1.0)

    with pytest.raises(UnsupportedMedia, match="too long"):
        read(REPORT)


def test_a_long_report_costs_milliseconds_a_page():
    page = column(LEFT + RIGHT * 20)
    content = a_pdf(*[page for _ in range(100)])
    began = time.process_time()

    read(content)

    assert time.process_time() - began < 2


@settings(max_examples=50)
@given(st.binary(max_size=60), st.integers(0, len(REPORT)))
def test_any_damage_gives_a_page_or_a_refusal(noise, at):
    content = REPORT[:at] + noise + REPORT[at + len(noise) :]
    try:
        page = read(content, media_type="application/pdf")
    except UnsupportedMedia:
        return
    page.text.encode()
    assert "\0" not in page.text
