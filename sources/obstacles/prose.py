"""How much running text a page has, whatever stands around it."""

from __future__ import annotations

import re
from collections import Counter

from selectolax.lexbor import LexborHTMLParser, LexborNode

from sources.obstacles import phrases

_AROUND = (
    "nav, header, footer, aside, form, menu, dialog, script, style, noscript, template, select,"
    "[role='navigation'], [role='contentinfo'], [class*='cookie' i], [id*='cookie' i],"
    "[class*='consent' i], [id*='consent' i], [class*='gdpr' i], [id*='onetrust' i],"
    "[id*='didomi' i], [id*='sp_message' i], [class*='qc-cmp' i], [id*='usercentrics' i],"
    "[class*='comment' i], [class*='related' i], [class*='teaser' i]"
)
_SHORTEST = 60  # characters of a paragraph that is more than a label
_ENDS = re.compile(r"[.!?…:;,。！？؟।、]")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_MOST_NODES = 4_000
_LISTED = frozenset(["li", "td", "dd"])
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "br",
        "cite",
        "code",
        "em",
        "i",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "-text",
    ]
)


def prose_of(parsed: LexborHTMLParser) -> int:
    """
    Return how many characters of running text stand together in one place.

    Paragraphs count that are no list of links, no notice and no advice for visitors
    who lost their way. Teasers do not add up: each stands in a box of its own. Takes
    what stands around the text out of the tree.
    """
    # Backwards, so that nothing is taken out of what is gone already.
    for node in reversed(parsed.css(_AROUND)):
        node.decompose()
    together: Counter[int] = Counter()
    for node in parsed.css("p, div, section, article, td, li, blockquote, pre, dd")[
        :_MOST_NODES
    ]:
        size = _size(node)
        if size:
            together[_place(node)] += size
    return max(together.values(), default=0)


def _size(node: LexborNode) -> int:
    if node.tag in _LISTED and node.css_first("a") is not None:
        return 0  # a list of links, each with a word on what it leads to
    text = _own_text(node)
    if not text or not _ENDS.search(text):
        return 0
    size = len(text) + len(_WIDE.findall(text))
    if size < _SHORTEST or phrases.apologises(text) or phrases.advises(text):
        return 0
    return size


def _own_text(node: LexborNode) -> str:
    """Return the text of a block and of what merely runs through it, links left out."""
    found: list[str] = []
    child = node.child
    while child is not None:
        if child.tag == "-text":
            found.append(child.text(deep=False) or "")
        elif child.tag in _INLINE and child.tag != "a":
            found.append(child.text(deep=True))
        elif child.tag == "a":
            link = child.text(deep=True)
            # Links in running text are part of it; a line that is a link is none.
            found.append(link if len(link) < 80 and found else "")
        child = child.next
    return " ".join("".join(found).split())


def _place(node: LexborNode) -> int:
    """Return what holds the paragraphs that belong together."""
    place = node.parent if node.tag in {"p", "li", "blockquote", "pre", "dd"} else node
    for _ in range(2):
        if place is None or place.parent is None or not _is_mere_wrapping(place):
            break
        place = place.parent
    return place.mem_id if place is not None else 0


def _is_mere_wrapping(node: LexborNode) -> bool:
    """Say whether a box holds one paragraph and nothing with it, as some systems do."""
    child, seen = node.child, 0
    while child is not None:
        if child.tag != "-text":
            seen += 1
        child = child.next
    return seen == 1
