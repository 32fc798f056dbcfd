"""Word documents become paragraphs; hostile ones a sentence."""

import io
import zipfile

import pytest

from sources.errors import Unreadable, UnsupportedMedia
from sources.readable import apart, read
from sources.readable.docx import MAX_UNPACKED_BYTES
from tests.sources.docx import SPACE, body, packed, run


def test_paragraphs_are_read_with_title_and_author():
    content = packed(
        body(run("The dam ") + run("held."), "", run("Nobody was hurt.")),
        title="After the flood",
        author="Ada Quill",
    )

    page = read(content)

    assert page.article == ("The dam held.", "Nobody was hurt.")
    assert (page.title, page.author) == ("After the flood", "Ada Quill")


def test_what_was_struck_out_is_not_read():
    struck = f"<w:del>{run('never')}</w:del>"

    page = read(packed(body(run("It was ") + struck + run("always so."))))

    assert page.text == "It was always so."


def test_cells_and_breaks_keep_words_apart():
    cell = f"<w:tbl><w:tr><w:tc><w:p>{run('In a cell')}</w:p></w:tc></w:tr></w:tbl>"
    document = body(run("one") + "<w:r><w:br/><w:t>two</w:t></w:r>").replace(
        "</w:body>", f"{cell}</w:body>"
    )

    assert read(packed(document)).article == ("one two", "In a cell")


ENTITIES = (
    '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    f'<w:document xmlns:w="{SPACE}"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p>'
    "</w:body></w:document>"
)
OUTSIDE = (
    '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    f'<w:document xmlns:w="{SPACE}"><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p>'
    "</w:body></w:document>"
)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (packed(ENTITIES), "damaged"),
        (packed(OUTSIDE), "damaged"),
        (packed("<w:document"), "damaged"),
        (packed(b"\x00\xff\xfe"), "damaged"),
        (packed(body(run(" "))), "no text"),
        (packed(body(run("a" * 2_000_001))), "too long"),
        (packed(b"<a>" + b" " * (MAX_UNPACKED_BYTES + 1)), "too long"),
        (packed(body(run("The dam held.")))[:-40], "zip"),
    ],
    ids=["entities", "outside", "cut", "bytes", "empty", "long", "bomb", "torn"],
)
def test_a_hostile_document_is_refused_with_a_sentence(content, says):
    with pytest.raises(UnsupportedMedia, match=says):
        read(content)


def test_another_packed_file_is_no_document():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("sheet.xml", "<a/>")

    with pytest.raises(UnsupportedMedia, match="application/zip"):
        read(out.getvalue())


def test_a_file_is_read_in_a_process_of_its_own():
    content = packed(body(run("The dam “held”.")), title="After the flood")

    page = apart.read_apart(content)

    assert page == read(content)


def test_what_is_refused_there_is_refused_here():
    with pytest.raises(UnsupportedMedia, match="damaged") as caught:
        apart.read_apart(packed(ENTITIES))

    assert not isinstance(caught.value.__cause__, Unreadable)


def test_what_has_no_end_is_ended(monkeypatch):
    monkeypatch.setattr(apart, "_MODULE", "tests.sources.endless")
    monkeypatch.setattr(apart, "MAX_SECONDS", 0.5)

    with pytest.raises(Unreadable, match="too much time or memory"):
        apart.read_apart(b"anything")


def test_what_takes_all_memory_ends_alone(monkeypatch):
    monkeypatch.setattr(apart, "_MODULE", "tests.sources.greedy")

    with pytest.raises(Unreadable, match="too much time or memory"):
        apart.read_apart(b"anything")
