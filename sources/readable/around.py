"""What stands around an article: menus, advertisements, counters, other stories."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from selectolax.lexbor import LexborHTMLParser, LexborNode

from sources.readable.passing import phrases, words
from sources.readable.seeing import MARK, tidy

_LINK, _LINK_END = "\x02", "\x03"  # around links, and words that are named like boxes
_HEADING = "\x04"  # before the words of a heading
_EDGE = re.compile(f"([{_LINK}{_LINK_END}])")
_MUCH = 400  # characters of prose that no box around an article holds
_MANY_CANDIDATES = 2_000

_PARTS = (
    "nav, footer, aside, form, button, menu, [role='navigation' i], [role='search' i],"
    "[role='complementary' i], [role='contentinfo' i], [role='dialog' i],"
    "[aria-label*='advert' i], [data-ad], [data-ad-slot], [data-ad-unit], ins[class]"
)
_NAMED = (
    "div[class], div[id], section[class], section[id], ul[class], ul[id], ol[class],"
    "p[class], span[class], a[class], li[class], h2[class], h3[class], h4[class],"
    "blockquote[class], figure[class], header[class], table[class], time"
)
_INLINE = frozenset(["a", "span", "time", "ins"])
# Words that class names and ids are made of.
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_COMMENTS = frozenset(["comment", "comments", "commentlist", "disqus", "replies"])
_NAMES = _COMMENTS | words(
    "ad ads adv advert advertisement advertising adsense adsbygoogle adslot adunit"
    " advertorial sponsor sponsored sponsors promo promos promoted promotion taboola"
    " outbrain dfp gpt related recommended recommendation recommendations recirc"
    " trending popular mostread mostpopular readmore readnext newsletter signup"
    " subscribe share sharing shares sharebar sharetools social views viewcount"
    " pageviews hits likes counter timestamp timeago updated lastupdated modified"
    " breadcrumb breadcrumbs sidebar pullquote cookie cookies teaser teasers tags"
)
_PAIRS = phrases(
    "most read|read more|read also|read next|see also|also like|more from|more stories|"
    "more news|more on|view count|page views|share count|pull quote|last updated|"
    "up next|other stories|latest news|what next"
)


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a page, and how much of it are words of links and the like."""

    text: str
    linked: float  # 0 to 1
    heading: bool


def without_surroundings(
    seen: LexborHTMLParser, *, believing_names: bool
) -> tuple[Block, ...]:
    """
    Return the blocks of a page that may be its article.

    Takes what its own names say is none out of the tree that is given.
    """
    body = seen.body
    if body is None:
        return ()
    size = len(body.text(deep=True))
    links = seen.css("a")
    for node in _candidates(seen) if believing_names else ():
        if node.parent is None or _holds_the_article(node, size):
            continue
        if node.tag in _INLINE:
            links.append(node)  # it may stand in the middle of a sentence
        else:
            node.replace_with(MARK)
    for link in links:
        link.insert_before(_LINK)
        link.insert_after(_LINK_END)
    for heading in seen.css("h2, h3, h4, h5, h6"):
        heading.insert_before(_HEADING)
    marked = body.text(deep=True)
    return tuple(_blocks(marked))


def _candidates(seen: LexborHTMLParser) -> list[LexborNode]:
    parts = seen.css(_PARTS)
    named = [node for node in seen.css(_NAMED) if node.tag == "time" or _is_named(node)]
    return (parts + named)[:_MANY_CANDIDATES]


def _is_named(node: LexborNode) -> bool:
    return bool(_names(node)[0] & _NAMES) or not _PAIRS.isdisjoint(_names(node)[1])


def _names(node: LexborNode) -> tuple[set[str], set[str]]:
    attributes = node.attributes
    single: set[str] = set()
    pairs: set[str] = set()
    for attribute in ("class", "id"):
        for name in (attributes.get(attribute) or "")[:300].split():
            found = [word.lower() for word in _WORD.findall(name)]
            single.update(found)
            pairs.update(map(" ".join, pairwise(found)))
    return single, pairs


def _holds_the_article(node: LexborNode, size: int) -> bool:
    """Say whether too much hangs on a node for its name to be believed."""
    if node.css_first("h1, main") is not None:
        return True
    if _names(node)[0] & _COMMENTS and node.tag != "time":
        return False
    text = len(node.text(deep=True))
    prose = text - sum(len(link.text(deep=True)) for link in node.css("a"))
    return prose > max(_MUCH, size // 5)


def _blocks(marked: str) -> list[Block]:
    found: list[Block] = []
    inside, heading = 0, False
    for piece in marked.split(MARK):
        letters = linked = 0
        heading = heading or _HEADING in piece
        for part in _EDGE.split(piece):
            if part in (_LINK, _LINK_END):
                inside += 1 if part == _LINK else -1
            else:
                size = len("".join(part.split()))
                letters += size
                linked += size if inside else 0
        for text in tidy(piece):
            found.append(Block(text, linked / max(1, letters), heading))
            heading = False
    return found
