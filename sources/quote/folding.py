"""
Text with its typography taken off, and the way back to where each letter stood.

Folded are: compatibility forms (NFKC), case, white space, quotation marks and
dashes. Dropped is what nobody sees: soft hyphens, zero-width and bidi characters.
Digits and letters are never anything but themselves, save the Turkish i, whose dot
is a matter of case: "1²" is no "12", though "m²" is "m2".
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

_QUOTES = "\"'`´‘’‚‛“”„‟«»‹›′″ʼʹʺ＂＇〝〞〟「」『』❛❜❝❞"
_DASHES = "-‐‑‒–—―−﹘﹣－⁃"
_SPACES = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005"
    "\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\u2800"
)
_UNSEEN = (
    r"\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u180b-\u180e\u200b-\u200f"
    r"\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff"
)
_INSTEAD = {
    **dict.fromkeys(_QUOTES, '"'),
    **dict.fromkeys(_DASHES, "-"),
    **dict.fromkeys(_SPACES, " "),
    # Full width, as Chinese and Japanese set them: one for one, and on every line.
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    # Two of them are quotation marks.
    **dict.fromkeys("\uff02\uff07\uff40", '"'),
    # Turkish writes two letters i, each with its own capital; others write "I" for
    # either. Case does not count, so neither can the dot.
    **dict.fromkeys("İı", "i"),
}
_MARKS = frozenset(_INSTEAD)
_ONE_FOR_ONE = str.maketrans(_INSTEAD)

# Letters, for a class of a regular expression, of scripts that put no space between
# words: each may end one and begin the next.
UNSPACED = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
    r"\uf900-\ufaff\U00020000-\U0003ffff"
)
_CUT = re.compile(rf"[ {_UNSEEN}]{{2,}}|[{_UNSEEN}]|\u0307(?<=[iI]\u0307)")
_WORD = re.compile(r" +|[^ ]+")
_WORTH_KEEPING = 1_000  # characters
_REACH = 32  # characters beside a raised number that are looked at
_FEW = 64  # characters that are folded word by word rather than halved once more


@dataclass(slots=True)
class Folded:
    """
    A folded text that knows where in the original each character stood.

    Kept as stretches: those that map one to one need one entry, however long.
    """

    original: str
    text: str = ""
    begins: list[int] = field(default_factory=list)  # where a stretch begins, folded
    origins: list[int] = field(default_factory=list)  # where it begins in the original
    limits: list[int] = field(default_factory=list)  # where it ends in the original
    plain: list[bool] = field(default_factory=list)  # one to one

    def start(self, index: int) -> int:
        """Return where in the original the folded character at `index` begins."""
        if index >= len(self.text):
            return len(self.original)
        n = bisect_right(self.begins, index) - 1
        return self.origins[n] + (index - self.begins[n] if self.plain[n] else 0)

    def end(self, index: int) -> int:
        """Return where in the original the text before folded `index` ends."""
        if index <= 0:
            return 0
        n = bisect_right(self.begins, index - 1) - 1
        return (
            self.origins[n] + index - self.begins[n]
            if self.plain[n]
            else self.limits[n]
        )

    def between(self, start: int, end: int) -> str:
        """Return the original of a folded stretch."""
        return self.original[self.start(start) : self.end(end)]


# A page is folded for its fingerprint and again for the words that are watched on
# it: the last few texts are kept.
@lru_cache(maxsize=4)
def _folded(text: str) -> Folded:
    return _Folding(text).folded()


def fold(text: str) -> Folded:
    """Take the typography off a text. What is given back is not to be changed."""
    return _folded(text) if len(text) >= _WORTH_KEEPING else _Folding(text).folded()


class _Folding:
    def __init__(self, text: str) -> None:
        self._result = Folded(text)
        self._smooth = ""
        self._pieces: list[str] = []
        self._length = 0

    def folded(self) -> Folded:
        smooth = self._smooth = _smooth(self._result.original)
        position = 0
        for cut in _CUT.finditer(smooth):
            self._stretch(smooth[position : cut.start()], position)
            if " " in cut[0]:
                self._add(" ", cut.start(), cut.end(), plain=False)
            position = cut.end()
        self._stretch(smooth[position:], position)
        self._result.text = "".join(self._pieces)
        return self._result

    def _add(self, piece: str, start: int, end: int, *, plain: bool) -> None:
        if not piece:
            return
        result = self._result
        result.begins.append(self._length)
        result.origins.append(start)
        result.limits.append(end)
        result.plain.append(plain)
        self._pieces.append(piece)
        self._length += len(piece)

    def _stretch(self, text: str, start: int) -> None:
        """Fold whatever is one to one in one go; halve the rest till it is small."""
        same_length = _same_length(text)
        if same_length is not None:
            self._add(same_length, start, start + len(text), plain=True)
        elif len(text) <= _FEW or not (middle := _middle(text)):
            self._by_word(text, start)
        else:
            self._stretch(text[:middle], start)
            self._stretch(text[middle:], start + middle)

    def _by_word(self, text: str, start: int) -> None:
        for word in _WORD.finditer(text):
            at = start + word.start()
            same_length = _same_length(word[0])
            if same_length is not None:
                self._add(same_length, at, at + len(word[0]), plain=True)
            else:
                self._word(word[0], at)

    def _word(self, word: str, start: int) -> None:
        first = 0
        for index in range(1, len(word) + 1):
            if index == len(word) or not _belongs_to_the_last(word[index]):
                cluster = word[first:index]
                apart = self._touches_a_digit(cluster, start + first)
                piece = cluster if apart else _fold_cluster(cluster)
                self._add(piece, start + first, start + index, plain=False)
                first = index

    def _touches_a_digit(self, cluster: str, start: int) -> bool:
        """Say whether a raised, ringed or broken number would melt into another."""
        if unicodedata.category(cluster[0]) != "No":
            return False
        before = self._smooth[max(0, start - _REACH) : start]
        after = self._smooth[start + len(cluster) : start + len(cluster) + _REACH]
        return _begins_with_a_digit(reversed(before)) or _begins_with_a_digit(after)


def _begins_with_a_digit(characters: Iterable[str]) -> bool:
    """Say whether a digit comes first, but for others of that kind and the unseen."""
    for character in characters:
        if unicodedata.category(character) != "No" and not _CUT.fullmatch(character):
            return character.isdecimal()
    return False


def _smooth(text: str) -> str:
    """Put one quotation mark, dash and space for each of their kinds."""
    # A table for `translate` is asked for each character of a text, this only for
    # the few marks that are in it: a fifth of the time.
    if text.isascii():
        return text.translate(_ONE_FOR_ONE)
    for mark in _MARKS.intersection(text):
        text = text.replace(mark, _INSTEAD[mark])
    return text


def _middle(text: str) -> int:
    """Return a place near the middle where nothing melts together, or 0."""
    half = len(text) // 2
    return next(
        (at for at in range(half, len(text)) if not _belongs_to_the_last(text[at])), 0
    )


def _same_length(text: str) -> str | None:
    """Fold a stretch where each character stands for one; else None."""
    if text.isascii():
        return text.lower()
    if not unicodedata.is_normalized("NFKC", text):
        return None
    folded = text.casefold()
    # Case folding never shortens, so equal lengths mean one for one.
    if len(folded) != len(text) or not unicodedata.is_normalized("NFKC", folded):
        return None
    return folded


@lru_cache(maxsize=4_096)
def _fold_cluster(cluster: str) -> str:
    folded = unicodedata.normalize("NFKC", cluster).casefold()
    return unicodedata.normalize("NFKC", folded).translate(_ONE_FOR_ONE)


def _belongs_to_the_last(character: str) -> bool:
    """Say whether it may melt into the character before it."""
    return (
        unicodedata.category(character).startswith("M")
        or "\u1160" <= character <= "\u11ff"
        or character in "\uff9e\uff9f"
    )
