"""The article of a page, without what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from selectolax.lexbor import LexborHTMLParser

from sources.readable.around import Block, without_surroundings
from sources.readable.passing import is_passing
from sources.readable.seeing import MARK

# trafilatura has no limit of its own on time or memory; what is past these sizes
# is no article, and is read the plain way.
_MAX_MARKUP = 1_000_000
_MAX_NODES = 20_000
_MAX_DEPTH = 200
_LABEL = 25  # characters; a shorter block may be a label
_PROSE = 80  # characters; a longer one is none
_ENDS = frozenset('.!?…。！？”"»')  # of sentences
_PIECE = 24  # letters that are looked up at once

_NO_MARKS = {ord(MARK): None, **dict.fromkeys(range(0x02, 0x05))}
_SPANS = re.compile(r"\s(?:col|row)span=(?:\"[^\"]*\"|'[^']*'|[^\s>]+)", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)")
_VOID = frozenset(
    [
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta"),
        *("source", "track", "wbr"),
    ]
)


def article(seen: LexborHTMLParser) -> tuple[str, ...]:
    """
    Return the blocks of the article: some of those a reader sees, as they are.

    `seen` is the tree that the blocks were read from, without scripts: what stands
    in a script only is not read as if it were seen. It is used up.
    """
    # What hangs on a name is counted, which takes too long in a tree past all bounds.
    ordinary = _is_ordinary(seen.html or "")
    blocks = without_surroundings(seen, believing_names=ordinary)
    lasting = [
        block
        for block, after in zip_longest(blocks, blocks[1:])
        if not is_passing(block.text) and not _heads_links(block, after)
    ]
    markup = _SPANS.sub("", seen.html or "").translate(_NO_MARKS)
    extracted = _extracted(markup) if ordinary else ""
    chosen = _chosen(lasting, extracted) if extracted else ()
    return chosen or tuple(
        block.text
        for block in lasting
        if len(block.text) >= _LABEL and block.linked < 0.5
    )


def _heads_links(block: Block, after: Block | None) -> bool:
    """Say whether a heading stands over a list of other pages."""
    return block.heading and after is not None and after.linked >= 0.5


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


def _extracted(markup: str) -> str:
    # With lxml it takes some 60 MB, which workers that only fetch do without.
    from trafilatura import bare_extraction  # noqa: PLC0415

    document = bare_extraction(
        markup, include_comments=False, include_tables=True, with_metadata=False
    )
    return getattr(document, "text", None) or ""


def _chosen(blocks: Sequence[Block], extracted: str) -> tuple[str, ...]:
    """Return the blocks whose words were extracted, and prose right among them."""
    known = {
        _letters(part) for line in extracted.split("\n") for part in line.split("|")
    }
    everything = _letters(extracted)
    taken = [_is_taken(block, known, everything) for block in blocks]
    if True not in taken:
        return ()
    first = taken.index(True)
    last = len(taken) - taken[::-1].index(True)
    mostly_links = _mostly_links(
        b for b, took in zip(blocks, taken, strict=True) if took
    )
    return tuple(
        block.text
        for n, block in enumerate(blocks)
        if (taken[n] or (first < n < last and _is_prose(block.text)))
        and (mostly_links or block.linked < 0.5)
    )


def _is_taken(block: Block, known: set[str], everything: str) -> bool:
    letters = _letters(block.text)
    if letters in known:
        return bool(letters)
    if len(letters) < _PIECE:
        return False
    pieces = [
        letters[at : at + _PIECE] for at in range(0, len(letters) - _PIECE + 1, _PIECE)
    ]
    return 2 * sum(piece in everything for piece in pieces) >= len(pieces)


def _is_prose(text: str) -> bool:
    return len(text) >= _PROSE or (len(text) >= _LABEL and text[-1] in _ENDS)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _mostly_links(blocks: Iterator[Block]) -> bool:
    """Say whether a page is a list of links, so that its links are its words."""
    sizes = [(len(block.text), len(block.text) * block.linked) for block in blocks]
    return sum(linked for _, linked in sizes) > 0.5 * sum(size for size, _ in sizes)
