"""The article that a page carries for its own scripts, which would show it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

_MOST_CHARACTERS = 2_000_000
_MOST_VALUES = 20_000
_DEEPEST = 40
# What Next.js hands to its scripts: everything the page was made of.
MARK = "__NEXT_DATA__"
_DATA = re.compile(
    rf"<script\b[^<>]*\bid\s*=\s*[\"']?{MARK}\b[^<>]*>(.*?)</script\s*>",
    re.DOTALL | re.IGNORECASE,
)
# Running text; a title, a label and an address are none.
_SENTENCE = re.compile(r"\S[.!?…:;,。！？؟।、][\"'”’»)\]]*(?:\s|<|$)|[。！？、]")
_SHORTEST = 60  # characters
_MOST_OF_IT = 0.8  # of the running text below; what holds less is one part of several


def article_for_scripts(markup: str) -> str:
    """
    Return, as markup, the running text in the data of a page that scripts fill.

    "" where there is none. Data about several pages has the article where most of its
    running text stands together; teasers of others stand beside it.
    """
    found = _DATA.search(markup[:_MOST_CHARACTERS]) if MARK in markup else None
    if found is None:
        return ""
    try:
        data: object = json.loads(found[1], strict=False)
    except (ValueError, RecursionError):
        return ""
    return "".join(f"<div>{one}</div>" for one in _prose(_article_in(data)))


def _article_in(thing: object) -> object:
    """Return the innermost part of some data that has most of its running text."""
    for _ in range(_DEEPEST):
        parts = _parts(thing)
        sizes = [sum(map(len, _prose(part))) for part in parts]
        most = max(sizes, default=0)
        if not most or most < _MOST_OF_IT * sum(sizes):
            break
        thing = parts[sizes.index(most)]
    return thing


def _prose(thing: object) -> Iterator[str]:
    """Yield the running text of some data, in the order in which it stands there."""
    waiting, seen = [thing], 0
    while waiting and seen < _MOST_VALUES:
        seen += 1
        one = waiting.pop()
        if isinstance(one, str):
            if len(one) >= _SHORTEST and _SENTENCE.search(one):
                yield one
        else:
            waiting += reversed(_parts(one))


def _parts(thing: object) -> list[object]:
    if isinstance(thing, dict):
        return list(thing.values())
    return list(thing) if isinstance(thing, list) else []
