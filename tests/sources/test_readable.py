"""Bytes of a page to what a reader sees."""

import json
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.errors import UnsupportedMedia
from sources.quote import Standing, find
from sources.readable import read, text_digest, visible

PAGE = """<!doctype html>
<html lang="en-GB"><head>
<title>Ferries to run again | The Harbour Post</title>
<meta property="og:title" content="Ferries to run again">
<meta property="og:site_name" content="The Harbour Post">
<meta name="author" content="Ines Brandt">
<meta property="article:published_time" content="2024-10-26T08:30:00+02:00">
<meta name="description" content="Only in an attribute">
<link rel="canonical" href="/ferries?utm_source=feed">
<script type="application/ld+json">{"@type": "NewsArticle", "articleBody": "Only for machines"}</script>
<script>var words = "Only in a script";</script>
<style>p::after { content: "Only in a style" }</style>
</head><body>
<nav><a href="/">Home</a> <a href="/news">News</a></nav>
<article>
<h1>Ferries to run again</h1>
<p>The harbour master said on Tuesday that the storm had done only <b>min</b>imal
   dam&shy;age to the eastern quay,<br>and that ferries would run from noon.</p>
<p>“We are <em>very</em> glad,” she&nbsp;added, &ldquo;that nobody was hurt in the storm,
   which was the strongest in eleven years.”</p>
<ul><li>First boat at noon</li><li>Last boat at eight</li></ul>
<p hidden>Only in a hidden paragraph</p>
<div style="color:red; display: none">Only in a hidden box</div>
<img alt="Only in an alternative text" src="a.png">
<noscript>Only without scripts</noscript><template><p>Only in a template</p></template>
</article>
<footer>Imprint and more</footer></body></html>"""


def html(markup, **how):
    return read(markup.encode(), media_type="text/html", **how)


def test_everything_a_reader_sees_is_read_block_by_block():
    page = html(PAGE)

    assert page.blocks == (
        "Home News",
        "Ferries to run again",
        (
            "The harbour master said on Tuesday that the storm had done only minimal"
            " dam\u00adage to the eastern quay,"
        ),
        "and that ferries would run from noon.",
        (
            "“We are very glad,” she added, “that nobody was hurt in the storm, which was"
            " the strongest in eleven years.”"
        ),
        "First boat at noon",
        "Last boat at eight",
        "Imprint and more",
    )
    assert visible(PAGE.encode(), media_type="text/html") == page.text


def test_nothing_is_read_that_a_reader_does_not_see():
    page = html(PAGE)

    assert "Only" not in page.text.replace("only", "")
    assert "Only" not in page.article_text.replace("only", "")


def test_the_article_is_read_without_what_stands_around_it():
    page = html(PAGE)

    assert "minimal" in page.article_text
    assert "eleven years" in page.article_text
    assert "Home" not in page.article_text
    assert "Imprint" not in page.article_text


def test_a_page_says_what_it_is():
    page = html(PAGE, url="https://harbour.example/x")

    assert page.title == "Ferries to run again"
    assert page.publisher == "The Harbour Post"
    assert page.author == "Ines Brandt"
    assert page.published_at == datetime(2024, 10, 26, 6, 30, tzinfo=UTC)
    assert page.language == "en-gb"
    assert page.canonical_url == "https://harbour.example/ferries"


def test_a_page_that_says_nothing_about_itself_is_still_read():
    page = html("<p>Words")

    assert (page.title, page.author, page.publisher, page.language) == ("", "", "", "")
    assert (page.published_at, page.canonical_url) == (None, "")
    assert page.blocks == ("Words",)


def test_data_for_machines_fills_what_the_head_leaves_out():
    data = {
        "@graph": [
            {"@type": "WebSite", "name": "Site"},
            {
                "@type": "NewsArticle",
                "headline": "A headline",
                "author": [{"name": "Ana"}, {"name": "Ben"}],
                "publisher": {"name": "The Post"},
                "datePublished": "2024-10-26",
            },
        ]
    }

    page = html(
        f'<script type="application/ld+json">{json.dumps(data)}</script><p>Words'
    )

    assert (page.title, page.author, page.publisher) == (
        "A headline",
        "Ana, Ben",
        "The Post",
    )
    assert page.published_at == datetime(2024, 10, 26, tzinfo=UTC)


def test_data_for_machines_that_nobody_can_keep_is_mended():
    body = "\\ud800 The minister\\u0000 said so. " * 5
    data = f'{{"@type": "Article", "headline": "\\ud800A\\u0000", "articleBody": "{body}"}}'

    page = html(f'<script type="application/ld+json">{data}</script>')

    assert page.title == "?A"
    assert "The minister said so." in page.text
    page.text.encode()


def test_a_page_that_scripts_would_fill_is_read_from_its_data():
    body = "The minister said the damage was minimal.\n" * 30
    data = json.dumps({"@type": "NewsArticle", "articleBody": body})
    markup = (
        f'<div id="app">Loading</div><script type="application/ld+json">{data}</script>'
    )

    page = html(markup)

    assert find("the damage was minimal", text=page.text).state is Standing.INTACT
    assert "minimal" in page.article_text
    assert visible(markup.encode(), media_type="text/html") == page.text


def for_scripts(data):
    page = json.dumps({"props": {"pageProps": data}, "query": {"slug": "damage"}})
    return (
        '<title>Damage</title><div id="__next">Loading</div>'
        f'<script id="__NEXT_DATA__" type="application/json">{page}</script>'
    )


SAID = "The minister said on Monday that the damage was minimal, and so was the cost."
OTHER = "Another story, about a bridge of which nobody said that the damage was great."


@pytest.mark.parametrize(
    "article",
    [
        {"body": f"<p>First of all, nobody was hurt.</p><p>{SAID}</p>" * 6},
        {"blocks": [{"type": "p", "data": {"text": SAID}} for _ in range(6)]},
        {"content": [SAID] * 6},
    ],
)
def test_a_page_that_its_scripts_would_fill_is_read_from_what_they_are_given(article):
    data = {"article": article, "related": [{"title": "Bridge", "teaser": OTHER}]}
    markup = for_scripts(data)

    page = html(markup)

    assert find("the damage was minimal", text=page.text).state is Standing.INTACT
    assert "the damage was minimal" in page.article_text
    assert "bridge" not in page.text
    assert "<p>" not in page.text
    assert visible(markup.encode(), media_type="text/html") == page.text


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"statusCode": 404, "message": "Not found"},
        {"urls": ["https://paper.example/" + "a" * 90] * 9},
        {"deep": json.loads("[" * 600 + "]" * 600)},
        {"many": [1] * 50_000},
    ],
)
def test_data_for_scripts_that_holds_no_article_is_none(data):
    assert html(for_scripts(data)).text == "Loading"


@pytest.mark.parametrize("data", ["", "{", "null", "[" * 100_000, '"' + "a. " * 90])
def test_data_for_scripts_that_is_none_is_passed_over(data):
    page = html(f'<p>Loading</p><script id="__NEXT_DATA__">{data}</script>')

    assert page.text == "Loading"


def test_a_page_that_shows_its_article_is_not_read_from_what_scripts_are_given():
    shown = "<p>" + "It killed 15 people, the ministry said on Friday. " * 20 + "</p>"

    page = html(shown + for_scripts({"body": "It killed 12 people, it said. " * 90}))

    assert find("killed 12 people", text=page.text).state is Standing.ALTERED


def test_a_page_that_shows_its_article_is_not_read_from_its_data():
    data = json.dumps(
        {"@type": "NewsArticle", "articleBody": "It killed 12 people. " * 90}
    )
    shown = "<p>" + "It killed 15 people, the ministry said on Friday. " * 20 + "</p>"

    page = html(f'{shown}<script type="application/ld+json">{data}</script>')

    assert find("killed 12 people", text=page.text).state is Standing.ALTERED
    assert find("killed 12 people", text=page.article_text).state is Standing.ALTERED


def test_plain_text_is_read_line_by_line():
    page = read(b"One  line <b>\n\n\nanother\0", media_type="text/plain")

    assert page.blocks == page.article == ("One line <b>", "another")


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"\x89PNG\r\n", ""),
        (b"{}", "application/json"),
        (b"\0\1\2\3", ""),
        (b"video", "video/mp4"),
        (b"anything", "application/octet-stream"),
    ],
)
def test_what_holds_no_text_is_said_to_be_of_another_kind(content, media_type):
    for way in (read, visible):
        with pytest.raises(UnsupportedMedia) as error:
            way(content, media_type=media_type)

        assert error.value.media_type
        assert error.value.media_type in str(error.value)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"<!DOCTYPE html><p>Words", "text/html"),
        (b"\n <html><p>Words", "text/html"),
        (b"<p>Words</p>", "text/html"),
        (b"Words", "text/plain"),
    ],
)
def test_a_page_of_no_declared_kind_is_known_by_its_looks(content, kind):
    page = read(content)

    assert (page.media_type, page.text) == (kind, "Words")


def test_the_fingerprint_does_not_count_typography_and_counts_every_digit():
    assert text_digest("It’s  “12”\u00a0ships") == text_digest('It\'s "12" ships')
    assert text_digest("12 ships") != text_digest("13 ships")
    assert html(PAGE).text_sha256 == html(PAGE.replace("<nav>", "<nav>Ad ")).text_sha256


DEEP = 100_000
HOSTILE = [
    "<div>" * DEEP + "words",
    "<b>" * DEEP + "words",
    "<b>x</i>" * 40_000 + "words",
    "<table>" * DEEP + "words",
    "<table>" + "<tr>" + "<td>a" * 500_000 + "</table>words",
    '<table><tr><td colspan="9007199254740991" rowspan=9007199254740991>a</table>words',
    "<p>" * DEEP + "words",
    "<select>" + "<option>x" * 90_000 + "</select>words",
    "<div class=ad>" * 11_000 + "words",
    "<div class=related>" * 900 + "<p>" + "prose " * 200_000 + "words",
    "<a href=x>" * DEEP + "words",
    "<!--" * 100_000,
    "<script" * 100_000,
    "<script>" * 100_000,
    "<a" * 300_000,
    "<" * 1_000_000,
    "<meta charset=" * 100_000,
    "<script type=application/ld+json>" + "[" * 400_000 + "</script>words",
    '<script type=application/ld+json>{"@graph":' * 1
    + "[{}," * 9_000
    + "</script>words",
    "&#0;&#xd800;&#x110000;\0words",
]


@pytest.mark.parametrize("markup", HOSTILE)
def test_hostile_markup_is_read_in_bounded_time(markup):
    began = time.process_time()

    page = html(markup)
    legacy = read(markup.encode() + b"\xe9", media_type="text/html")

    assert time.process_time() - began < 10
    if markup.endswith("words"):
        assert page.text.endswith("words")
        assert legacy.text.endswith("wordsé")
    assert "\0" not in page.text


@given(st.binary(max_size=200), st.sampled_from(["text/html", "text/plain", "", "a/b"]))
def test_any_bytes_give_a_page_or_a_refusal(content, media_type):
    try:
        page = read(content, media_type=media_type, charset="utf-8")
    except UnsupportedMedia:
        return
    assert "\0" not in page.text
    page.text.encode()
    assert page.text == visible(content, media_type=media_type, charset="utf-8")


MARKUP = (
    "<p> </p> <b> </b> <div> <table><td> <!-- --> <script> </script> word &amp; &#x1e;"
    " \x1e <br> <svg><title> <select> <ruby><rt> <h1> <li"
)
TAGS = st.sampled_from(MARKUP.split())


@given(st.lists(TAGS, max_size=30).map("".join))
def test_any_markup_is_read(markup):
    page = html(markup)

    assert all(block == block.strip() != "" for block in page.blocks)
