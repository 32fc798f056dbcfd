"""A site that shows pages, and what is judged of one of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urljoin

from sources.errors import Hop
from sources.net import Fetched
from sources.obstacles import (
    Case,
    Obstacle,
    Sibling,
    find_obstacle,
    impression,
    is_worth_a_probe,
    without_address,
)
from sources.readable import Page
from sources.readable.about import about
from sources.readable.charsets import decoded
from sources.readable.seeing import blocks, tree

ORIGIN = "https://sorn-courier.example"
RANDOM = "/politics/2025/05/kqzwurp-xodnaf-bilm-vesk-yotra-ip-fugg"


@dataclass(frozen=True)
class Shown:
    """What somebody sees who asks for an address."""

    markup: str
    landed: str = ""  # where redirects lead; empty without any
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    echoes: str = ""  # of the address, in the markup


def page_of(markup: str, url: str) -> Page:
    """Read a page without looking for its article, which judging does not need."""
    text, charset = decoded(markup.encode(), declared="utf-8")
    parsed = tree(text)
    assert parsed is not None
    said = about(parsed, url=url)
    return Page(
        title=said.title,
        publisher=said.publisher,
        media_type="text/html",
        charset=charset,
        blocks=blocks(parsed),
        article=(),
    )


def case_of(
    shown: Shown, asked: str, *, vanished: bool = False, words_missing: bool = False
) -> Case:
    """What is known when this is shown for that address."""
    url = urljoin(ORIGIN, asked)
    landed = urljoin(ORIGIN, shown.landed) if shown.landed else url
    hops = (Hop(url=url, status=301, address="192.0.2.1"),) if shown.landed else ()
    fetched = Fetched(
        status=shown.status,
        final_url=landed,
        address="192.0.2.1",
        hops=hops,
        headers={"content-type": "text/html; charset=utf-8", **shown.headers},
        body=shown.markup.encode(),
        duration_ms=1,
        wire_bytes=len(shown.markup),
        truncated=False,
    )
    return Case(
        page=impression(url, fetched, page_of(shown.markup, landed)),
        known=False,
        vanished=vanished,
        words_missing=words_missing,
    )


def sibling_of(shown: Shown) -> Sibling:
    """What a site tells of an address that never was, if it shows the same for it."""
    landed = urljoin(ORIGIN, shown.landed or RANDOM)
    markup = (
        shown.markup.replace(shown.echoes, RANDOM) if shown.echoes else shown.markup
    )
    text = page_of(markup, landed).text
    return Sibling(status=200, landed=landed, text=without_address(text, RANDOM))


HONEST = Sibling(status=404, landed=urljoin(ORIGIN, RANDOM), text="")


def judged(case: Case, sibling: Sibling) -> Obstacle | None:
    """Judge as a check does: with a probe where one is worth it."""
    found = find_obstacle(case)
    if found is None and is_worth_a_probe(case):
        found = find_obstacle(replace(case, sibling=sibling))
    return found
