"""An article given to the inbox as a file: Word, PDF, HTML, plain text, rubbish."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from claims.models import Article
from tests.sources.docx import body, packed, run

SAID = "Mara Teske said that the dam held."


@pytest.fixture
def desk(as_, ana):
    return as_(ana)


def given(desk, name, content, **fields):
    file = SimpleUploadedFile(name, content)
    return desk.post("/desk/inbox/", {"language": "en", "file": file} | fields)


def test_a_word_document_becomes_an_article(desk):
    content = packed(body(run("The dam"), run(SAID)), title="After the flood")

    answer = given(desk, "flood.docx", content)

    article = Article.objects.get()
    assert answer.status_code == 302
    assert article.text == f"The dam\n{SAID}"
    assert article.title == "After the flood"


def test_a_page_that_was_saved_becomes_an_article(desk):
    content = f"<html><body><article><p>{SAID}</p></article></body></html>".encode()

    given(desk, "flood.html", content, title="A title of mine")

    article = Article.objects.get()
    assert SAID in article.text
    assert article.title == "A title of mine"


def test_plain_text_is_kept_letter_for_letter(desk):
    given(desk, "flood.txt", f"  {SAID}\r\n\r\n".encode())

    assert Article.objects.get().text == f"  {SAID}\r\n\r\n"


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.docx", packed("<w:document"), "damaged"),
        ("a.pdf", b"%PDF-1.7 and no more", "damaged"),
        ("a.docx", b"PK\x03\x04 and no more", "not read"),
        ("a.txt", b"\x00\x01", "NUL"),
        ("a.txt", "caf\xe9".encode("latin-1"), "UTF-8"),
        ("a.txt", b"", "empty"),
        ("a.html", b"", "empty"),
    ],
)
def test_what_is_no_article_is_refused_with_a_sentence(desk, name, content, says):
    answer = given(desk, name, content)

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Article.objects.exists()


def test_a_text_and_a_file_are_one_too_many(desk):
    answer = given(desk, "a.txt", SAID.encode(), text=SAID)

    assert answer.status_code == 422
    assert "not both" in answer.content.decode()
