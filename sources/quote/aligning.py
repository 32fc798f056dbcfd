"""Where in a long folded text words stand that are much like some others."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, Opcode

from sources.quote.folding import UNSPACED

# Scripts that put no space between words are taken letter by letter.
_WORD = re.compile(
    rf'\d+(?:[.,:/]\d+)*|[{UNSPACED}]|[^\W{UNSPACED}]+(?:"[^\W{UNSPACED}]+)*'
)
_LETTER = re.compile(f"[{UNSPACED}]")
_MAX_WORDS = 60  # or pairs of them, that are looked up in the text
_MAX_PLACES = 300  # of one word
_MAX_WINDOWS = 5
_BITS = 2.5  # that a letter tells
_LONG = 6  # letters of a word, with its space
_USUAL = 1_500  # words of a page
_SHORT = 60  # letters; in fewer, all of what is found must be like the needle
_DOUBT = {2: 100.0, 3: 10.0, 4: 3.0}  # by words: few of them are soon alike
_TELLING = 8  # words in a row that nobody writes by chance
# How common a word or a letter of Chinese is at least, and how much likelier words
# are beside their like ("Asia-Pacific") than alone. Tuned on the words of some pages
# looked for in others, a megabyte of them together.
_RAREST_WORD, _RAREST_LETTER, _DRAWN_TOGETHER = 1e-4, 1e-3, 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """A stretch of folded text that is much like what was looked for."""

    start: int
    end: int
    similarity: float  # 0 to 100


def most_like(needle: str, text: str, *, shared: float = 0.6) -> Likeness | None:
    """
    Return the stretch of the text that is most like the needle, if one is at all.

    At least the `shared` portion of its words must be the same. Looks only where words of the needle stand together, so that a megabyte of
    text costs milliseconds.
    """
    if (inside := _inside_others(needle, text)) is not None:
        return inside
    best: Likeness | None = None
    for start, end in _windows(needle, text):
        likeness = _aligned(needle, text[start:end], shared=shared)
        if likeness is None or (best and best.similarity >= likeness.similarity):
            continue
        best = replace(likeness, start=likeness.start + start, end=likeness.end + start)
    return best


def chance(needle: str, found: str, text: str) -> float:
    """
    Say how many stretches so like the needle an unrelated page would hold, roughly.

    A few common words of it stand together in any long text.
    """
    if needle in found:
        return len(text) * float(2 ** (-_BITS * len(needle)))
    wanted, there = _WORD.findall(needle), _WORD.findall(found)
    same = _same(wanted, there)
    if len(same) >= _TELLING:
        return 0.0
    if len(same) < 2:
        return inf
    many = max(1.0, len(text) / _LONG)
    # A long text does not only have more places, but more turns of phrase as well.
    expected = many * many / _USUAL / _DRAWN_TOGETHER
    repeated = text.count(found)
    for word in same:
        rarest = _RAREST_LETTER if _LETTER.match(word) else _RAREST_WORD
        # It stands where it was found; that says nothing.
        common = max(rarest, (text.count(word) - repeated) / many)
        expected *= _DRAWN_TOGETHER * common
    return expected * _DOUBT.get(len(wanted), 1.0)


def _same(wanted: list[str], there: list[str]) -> list[str]:
    """Return the words that both have, and long ones that both nearly have."""
    steps = Indel.opcodes(wanted, there)
    kept = {n for s in steps if s.tag == "equal" for n in range(s.src_start, s.src_end)}
    came = [
        word
        for step in steps
        if step.tag == "insert"
        for word in there[step.dest_start : step.dest_end]
    ]
    return [
        word
        for n, word in enumerate(wanted)
        if n in kept
        or (len(word) >= 5 and any(fuzz.ratio(word, new) >= 80 for new in came))
    ]


def _inside_others(needle: str, text: str) -> Likeness | None:
    """Return where the letters stand, but in other words: "we can" in "we can't"."""
    at = text.find(needle) if " " in needle else -1
    if at < 0:
        return None
    edge = max(0, at - 40)
    around = [
        word
        for word in _WORD.finditer(text, edge, at + len(needle) + 40)
        if word.end() > at and word.start() < at + len(needle)
    ]
    start, end = around[0].start(), around[-1].end()
    return Likeness(
        start=start,
        end=end,
        similarity=fuzz.ratio(needle, text[start:end]),
    )


def _windows(needle: str, text: str) -> list[tuple[int, int]]:
    """Return the stretches in which most of the needle's words stand in place."""
    words = list(_WORD.finditer(needle))
    looked_up = {word[0]: word.start() for word in words}
    # Two words together are rarer than each, and say more about where to look.
    for word, following in pairwise(words):
        looked_up[needle[word.start() : following.end()]] = word.start()
    longest = sorted(looked_up, key=len, reverse=True)[:_MAX_WORDS]
    width = max(48, len(needle) // 2)
    votes: Counter[int] = Counter()
    for piece in longest:
        for place in _places(piece, text):
            votes[(place - looked_up[piece]) // width] += len(piece)
    together = {bin_: votes[bin_] + votes[bin_ + 1] for bin_ in votes}
    chosen = sorted(together, key=lambda bin_: -together[bin_])[:_MAX_WINDOWS]
    reach = len(needle) * 3 // 2 + 2 * width
    return [
        (max(0, bin_ * width - width), min(len(text), bin_ * width + reach))
        for bin_ in chosen
    ]


def _places(word: str, text: str) -> list[int]:
    places: list[int] = []
    at = text.find(word)
    while at >= 0 and len(places) < _MAX_PLACES:
        places.append(at)
        at = text.find(word, at + 1)
    return places


def _aligned(needle: str, window: str, *, shared: float) -> Likeness | None:
    stretch = _stretch(needle, window, shared=shared)
    if stretch is None:
        return None
    start, end = stretch
    similarity = fuzz.ratio(needle, window[start:end])
    if _SHORT <= len(needle) <= len(window):
        similarity = max(similarity, fuzz.partial_ratio(needle, window[start:end]))
    return Likeness(start=start, end=end, similarity=similarity)


def _stretch(needle: str, window: str, *, shared: float) -> tuple[int, int] | None:
    """Return where the needle's words begin and end in the window."""
    wanted = _WORD.findall(needle)
    places = list(_WORD.finditer(window))
    blocks = [
        step
        for step in Indel.opcodes(wanted, [place[0] for place in places])
        if step.tag == "equal"
    ]
    blocks = _without_strays(_without_strays(blocks)[::-1])[::-1]
    if not blocks:
        return None
    same = sum(block.src_end - block.src_start for block in blocks)
    if same < (shared if len(wanted) > 2 else min(shared, 0.5)) * len(wanted):
        return None
    # Words of the needle before the first and after the last that is shared
    # became something else: as many words are taken for them.
    first = max(0, blocks[0].dest_start - blocks[0].src_start)
    last = min(len(places), blocks[-1].dest_end + len(wanted) - blocks[-1].src_end)
    return places[first].start(), places[last - 1].end()


def _without_strays(blocks: list[Opcode]) -> list[Opcode]:
    """Drop leading words that stand too far from the others to belong to them."""
    while len(blocks) > 1:
        one, two = blocks[0], blocks[1]
        wanted = max(two.src_start - one.src_end, one.src_start - two.src_end)
        apart = max(two.dest_start - one.dest_end, one.dest_start - two.dest_end)
        if apart - wanted <= max(3, 2 * (one.src_end - one.src_start)):
            break
        blocks = blocks[1:]
    return blocks
