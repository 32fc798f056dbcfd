"""From the command line: an article into candidates."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from claims.models import Article, Candidate
from sources.models import Source
from tests.factories import a_person
from tests.sources.press import Press, answer

pytestmark = pytest.mark.django_db

STORY = (
    'The council met on Tuesday. "The dam held through the night," said Ada Quill, '
    "the mayor of Port Ellery.\n\n"
    "Engineers were less sure. Bo Marsh, who inspects dams, said that the northern "
    "gate had moved by four centimetres.\n"
)


def run(*words):
    """What the command prints, and what it says beside that."""
    printed, beside = StringIO(), StringIO()
    call_command("ingest", *map(str, words), stdout=printed, stderr=beside)
    return printed.getvalue(), beside.getvalue()


@pytest.fixture
def story(tmp_path):
    path = tmp_path / "story.txt"
    path.write_text(STORY)
    return path


def test_it_prints_who_said_what_and_where_it_stands(story):
    printed, _ = run(story)

    for part in ("Ada Quill", "direct", "Bo Marsh", "indirect", "by 2 claimants"):
        assert part in printed
    candidate = Candidate.objects.get(claimant_name="Ada Quill")
    assert f"{candidate.start}–{candidate.end}" in printed


def test_json_lines_point_exactly_into_the_file(story):
    printed, beside = run(story, "--json")

    lines = [json.loads(line) for line in printed.splitlines()]
    assert len(lines) == Candidate.objects.count() >= 2
    for line in lines:
        assert STORY[line["start"] : line["end"]] == line["text"]
        assert set(line) == {
            "start",
            "end",
            "pieces",
            "text",
            "form",
            "cue",
            "mention",
            "claimant",
            "kind",
            "role",
        }
    assert beside == ""


def test_what_is_known_of_the_article_is_kept(story):
    ines = a_person("contributor", "ines")

    run(
        story,
        "--by=ines",
        "--title=The dam",
        "--publisher=Post",
        "--date=2026-03-14",
        "--source-url=https://post.example/dam",
    )

    article = Article.objects.get()
    assert (article.title, article.publisher) == ("The dam", "Post")
    assert (article.published_on, article.added_by) == (date(2026, 3, 14), ines)
    assert article.source == Source.objects.get(
        canonical_url="https://post.example/dam"
    )
    assert article.text == STORY


def test_the_same_text_again_is_known_and_shows_the_same(story, tmp_path):
    first, _ = run(story, "--json")
    copy = tmp_path / "copy.txt"
    copy.write_text(STORY)

    again, beside = run(copy, "--json")

    assert again == first
    assert "was known since" in beside
    assert Article.objects.count() == 1


def test_a_byte_order_mark_and_carriage_returns_do_not_shift_offsets(tmp_path):
    path = tmp_path / "windows.txt"
    text = STORY.replace("\n", "\r\n")
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())

    lines = [json.loads(line) for line in run(path, "--json")[0].splitlines()]

    assert lines
    assert all(text[line["start"] : line["end"]] == line["text"] for line in lines)


def test_of_html_only_what_a_reader_sees_is_read(tmp_path):
    path = tmp_path / "story.html"
    paragraphs = "".join(f"<p>{line}</p>" for line in STORY.split("\n\n"))
    path.write_text(
        "<html><head><title>The dam</title><script>var x = 'said nobody'</script>"
        f"</head><body><article><h1>The dam</h1>{paragraphs}</article></body></html>"
    )

    printed, _ = run(path)

    assert "Ada Quill" in printed
    article = Article.objects.get()
    assert "var x" not in article.text
    assert "The dam" in article.title


def test_an_article_without_statements_says_so(tmp_path):
    path = tmp_path / "quiet.txt"
    path.write_text("It rained in the valley.")

    printed, _ = run(path)

    assert "No attributed statement was found." in printed


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The article is empty"),
        (b" \n\t\n", "The article is empty"),
        (b"\x00\x01\x02", "NUL"),
        (b"caf\xe9 said", "not UTF-8: byte 3"),
        (b"\x1b[31mred", "hidden character U+001B"),
        (b"a" * 1_000_001, "1,000,001 characters"),
        (b"a" * 6_000_000, "6,000,000 bytes"),
    ],
)
def test_what_is_no_article_is_refused_with_the_reason(tmp_path, content, said):
    path = tmp_path / "story.txt"
    path.write_bytes(content)

    with pytest.raises(CommandError, match=said.replace("+", r"\+")):
        run(path)

    assert not Article.objects.exists()


def test_a_picture_that_calls_itself_html_is_refused(tmp_path):
    path = tmp_path / "story.html"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))

    with pytest.raises(CommandError, match="image/png"):
        run(path)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nowhere.txt"], "nowhere.txt: no such file"),
        (["/tmp"], "is a folder"),
        (["STORY", "--by=nobody"], "Nobody with an open account"),
        (["STORY", "--date=yesterday"], "no day"),
        (["STORY", "--source-url=ftp://x.example/"], "http"),
        (["file:///etc/passwd"], "http"),
        (["https://name:word@x.example/"], "."),
        (["http://169.254.169.254/latest"], "not public"),
        (["http://127.0.0.1:22/"], "port 22"),
    ],
)
def test_what_cannot_be_done_is_refused_with_the_reason(story, words, said):
    with pytest.raises(CommandError, match=said):
        run(*[str(story) if word == "STORY" else word for word in words])

    assert not Article.objects.exists()


def test_a_reader_may_not_bring_articles(story):
    a_person("reader", "rita")

    with pytest.raises(CommandError, match="contributor"):
        run(story, "--by=rita")


def test_a_page_is_fetched_through_the_door_and_becomes_the_source(settings):
    paragraphs = "".join(f"<p>{line}</p>" for line in STORY.split("\n\n"))
    with Press() as press:
        press.on(
            "/dam", answer(f"<html lang=en><title>The dam</title>{paragraphs}</html>")
        )
        settings.SOURCES_ALLOW_PORTS = [int(press.url("/").split(":")[2].strip("/"))]

        printed, _ = run(press.url("/dam"))

        assert "Ada Quill" in printed
        assert Article.objects.get().source.canonical_url == press.url("/dam")
        with pytest.raises(CommandError, match="answered 404"):
            run(press.url("/nowhere"))
