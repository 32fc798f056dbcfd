"""Lists of links as archives write them."""

import contextlib
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.archiving.links import Link, links
from sources.errors import ArchiveTrouble

OCTOBER = datetime(2026, 10, 12, 10, tzinfo=UTC)
TIMEMAP = """<http://paper.example/a,b;c>;rel="original",
<http://archive.example/timemap/link/http://paper.example/a>
  ; rel="self"; type="application/link-format"
  ; from="Tue, 20 Jun 2000 18:02:59 GMT"; until="Mon, 12 Oct 2026 10:00:00 GMT",
<http://archive.example/20261012100000/http://paper.example/a>
  ; rel="first last memento"; datetime="Mon, 12 Oct 2026 10:00:00 GMT";title="say \\"a, <b>; c\\"",
"""


def test_a_timemap_is_read():
    original, itself, copy = links(TIMEMAP)

    assert original == Link(
        target="http://paper.example/a,b;c", relations=frozenset({"original"})
    )
    assert itself.begins == datetime(2000, 6, 20, 18, 2, 59, tzinfo=UTC)
    assert itself.ends == OCTOBER
    assert copy.relations == {"first", "last", "memento"}
    assert copy.at == OCTOBER


@pytest.mark.parametrize(
    "text",
    [
        "<http://a.example/>; rel=memento; REL=other ; flag",
        ' <http://a.example/> ;rel = "memento" ',
    ],
)
def test_spaces_and_spellings_do_not_matter(text):
    (link,) = links(text)

    assert link == Link(target="http://a.example/", relations=frozenset({"memento"}))


@pytest.mark.parametrize("text", ["", "  \n "])
def test_an_empty_list_is_one(text):
    assert list(links(text)) == []


@pytest.mark.parametrize("datetime", ["yesterday", "2026-10-12T10:00:00Z", "", "99"])
def test_a_time_that_is_none_is_none(datetime):
    (link,) = links(f'<http://a.example/>; rel="memento"; datetime="{datetime}"')

    assert link.at is None


@pytest.mark.parametrize(
    "text",
    [
        "<!doctype html><html><body>Sorry</body></html>",
        "http://a.example/; rel=memento",
        "<http://a.example/",
        '<http://a.example/>; rel="memento',
        "<http://a.example/>; rel=memento <http://b.example/>",
        "<http://a.example/> nonsense",
        '{"mementos": []}',
    ],
)
def test_what_is_no_list_is_an_error(text):
    with pytest.raises(ArchiveTrouble):
        list(links(text))


@settings(max_examples=200)
@given(st.text(alphabet='<>;,="\\ \nrelabc:/', max_size=60))
def test_nothing_breaks_it(text):
    with contextlib.suppress(ArchiveTrouble):
        list(links(text))


def test_a_long_list_takes_its_length_only():
    long = 40_000

    found = list(links(",".join(["<http://a.example/>; rel=memento"] * long)))
    with pytest.raises(ArchiveTrouble):
        list(links('<http://a.example/>; rel="' + "a" * 1_000_000))

    assert len(found) == long
