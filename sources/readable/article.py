"""The article of a page, without what stands around it."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser
from trafilatura import bare_extraction

from sources.readable.seeing import MARK, tidy

# trafilatura has no limit of its own on time or memory; what is past these sizes
# is no article, and is read the plain way.
_MAX_MARKUP = 1_000_000
_MAX_NODES = 20_000
_MAX_DEPTH = 200
_SHORTEST = 25  # characters of a block that is more than a label

_AROUND = "nav, header, footer, aside, form, button, menu"
_SPANS = re.compile(r"\s(?:col|row)span=(?:\"[^\"]*\"|'[^']*'|[^\s>]+)", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)")
_VOID = frozenset(
    [
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta"),
        *("source", "track", "wbr"),
    ]
)


def article(seen: LexborHTMLParser, blocks: tuple[str, ...]) -> tuple[str, ...]:
    """
    Return the blocks of the article.

    `seen` is the tree that `blocks` were read from, without scripts: what stands
    in a script only is not read as if it were seen.
    """
    markup = _SPANS.sub("", seen.html or "").replace(MARK, "")
    found = _extracted(markup) if _is_ordinary(markup) else ()
    return found or _plain(seen, blocks)


def _is_ordinary(markup: str) -> bool:
    if len(markup) > _MAX_MARKUP:
        return False
    depth = deepest = nodes = 0
    for tag in _TAG.finditer(markup):
        if tag[2] in _VOID:
            continue
        depth += -1 if tag[1] else 1
        deepest = max(deepest, depth)
        nodes += 1
    return nodes <= 2 * _MAX_NODES and deepest <= _MAX_DEPTH


def _extracted(markup: str) -> tuple[str, ...]:
    document = bare_extraction(
        markup, include_comments=False, include_tables=True, with_metadata=False
    )
    text = getattr(document, "text", None) or ""
    return tidy(text.replace("\n", MARK))


def _plain(seen: LexborHTMLParser, blocks: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out menus and labels by what they are called and how short they are."""
    around: set[str] = set()
    for node in seen.css(_AROUND):
        around.update(tidy(node.text(deep=True)))
    return tuple(b for b in blocks if len(b) >= _SHORTEST and b not in around)
