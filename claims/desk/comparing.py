"""
Two texts of one page side by side: paragraphs first, then words. (pure)

Every step has a bound, so that two pages of any size are compared in a second, and
what came of it is a page of some 150 kB; what a bound leaves out is said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from typing import TYPE_CHECKING

from rapidfuzz.distance import Indel
from rapidfuzz.fuzz import ratio

from sources import quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# The table of paragraphs takes a bit for each pair of them: 18 MB at most.
MOST_BLOCKS = 12_000  # of each text, between their common beginning and end
MOST_PAIRS = 40_000  # of changed paragraphs, tried for likeness
MOST_WORD_CHARACTERS = 100_000  # of changed paragraphs, compared word by word
MOST_MARKS = 1_000  # of words struck and underlined
MOST_ROWS, MOST_SHOWN_BYTES = 400, 130_000
LONG_BLOCK, LONGEST_BLOCK = 1_200, 4_000  # characters
LIKE = 50.0  # per cent of the letters: the same paragraph, rewritten
LIKE_CHARACTERS = 200  # at either end, that are tried for it
# What stands around a paragraph and around a mark on a page.
_ROW_BYTES, _MARK_BYTES = 180, 30

_SENTENCE_END = re.compile(r"(?<=[.!?…。])\s+")


class Kind(StrEnum):
    """What became of a paragraph."""

    SAME = "same"
    CHANGED = "changed"
    REMOVED = "removed"
    ADDED = "added"
    GAP = "gap"  # paragraphs that stayed, not shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One paragraph in both texts, or some that stayed."""

    kind: Kind
    changes: tuple[quote.Change, ...] = ()
    skipped: int = 0

    @property
    def marks(self) -> int:
        """How often something was struck or underlined in it."""
        return sum(change.kind is not quote.Kind.SAME for change in self.changes)

    @property
    def size_bytes(self) -> int:
        """How much of a page it takes, side by side, where what stayed stands twice."""
        words = (
            len(escape(change.text).encode())
            * (2 if change.kind is quote.Kind.SAME else 1)
            for change in self.changes
        )
        return _ROW_BYTES + _MARK_BYTES * self.marks + sum(words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What became of a text."""

    rows: tuple[Row, ...]
    same: bool
    blocks_cut: bool  # the texts go on beyond what was compared
    words_cut: bool  # some paragraphs were compared as wholes only
    rows_cut: bool  # there are more changes than are shown


def compare(before: str, after: str) -> Comparison:
    """Tell what leads from one text to the other, as far as the bounds go."""
    old, new = _blocks(before), _blocks(after)
    if old == new:
        return Comparison(
            rows=(), same=True, blocks_cut=False, words_cut=False, rows_cut=False
        )
    work = _Work()
    head, tail = _shared(old, new)
    old_middle = old[head : len(old) - tail]
    new_middle = new[head : len(new) - tail]
    blocks_cut = max(len(old_middle), len(new_middle)) > MOST_BLOCKS
    middle = work.rows(old_middle[:MOST_BLOCKS], new_middle[:MOST_BLOCKS])
    everything = [
        *(_same(block) for block in old[:head]),
        *middle,
        *(_same(block) for block in ([] if blocks_cut else new[len(new) - tail :])),
    ]
    shown, rows_cut = _shown(_folded(everything))
    return Comparison(
        rows=tuple(shown),
        same=False,
        blocks_cut=blocks_cut,
        words_cut=work.words_cut,
        rows_cut=rows_cut,
    )


def _blocks(text: str) -> list[str]:
    return [block for line in text.split("\n") for block in _pieces(line.strip())]


def _pieces(line: str) -> Iterator[str]:
    """Yield a paragraph, or its sentences where it is long: they stay what they are."""
    if len(line) <= LONG_BLOCK:
        if line:
            yield line
        return
    for sentence in _SENTENCE_END.split(line):
        for start in range(0, len(sentence), LONGEST_BLOCK):
            yield sentence[start : start + LONGEST_BLOCK]


def _shared(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """Return how many paragraphs they share at the beginning, and at the end."""
    shorter = min(len(old), len(new))
    head = 0
    while head < shorter and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < shorter - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return head, tail


class _Work:
    """One comparison, with what it may still spend."""

    def __init__(self) -> None:
        self.pairs_left = MOST_PAIRS
        self.characters_left = MOST_WORD_CHARACTERS
        self.marks_left = MOST_MARKS
        self.words_cut = False

    def rows(self, old: Sequence[str], new: Sequence[str]) -> Iterator[Row]:
        removed: list[str] = []
        added: list[str] = []
        for step in Indel.opcodes(old, new):
            if step.tag == "equal":
                yield from self._region(removed, added)
                removed, added = [], []
                yield from map(_same, new[step.dest_start : step.dest_end])
            else:
                removed += old[step.src_start : step.src_end]
                added += new[step.dest_start : step.dest_end]
        yield from self._region(removed, added)

    def _region(self, removed: list[str], added: list[str]) -> Iterator[Row]:
        for before, after in self._paired(removed, added):
            if before and after:
                yield from self._rewritten(before, after)
            elif before:
                yield _whole(Kind.REMOVED, before)
            else:
                yield _whole(Kind.ADDED, after)

    def _rewritten(self, before: str, after: str) -> Iterator[Row]:
        row = self._word_by_word(before, after)
        if row is None:
            self.words_cut = True
            yield _whole(Kind.REMOVED, before)
            yield _whole(Kind.ADDED, after)
        else:
            yield row

    def _word_by_word(self, before: str, after: str) -> Row | None:
        """Return what became of each word, or None where that takes too much."""
        self.characters_left -= len(before) + len(after)
        if self.characters_left < 0:
            return None
        row = Row(kind=Kind.CHANGED, changes=quote.changes(before, after))
        if row.marks > self.marks_left:
            return None
        self.marks_left -= row.marks
        return row

    def _paired(
        self, removed: list[str], added: list[str]
    ) -> Iterable[tuple[str, str]]:
        tried = len(removed) * len(added)
        if not tried or tried > self.pairs_left:
            return [*((block, "") for block in removed), *(("", b) for b in added)]
        self.pairs_left -= tried
        return _aligned(removed, added)


def _aligned(removed: list[str], added: list[str]) -> list[tuple[str, str]]:
    """Pair the paragraphs that were rewritten, in order, as alike as possible."""
    width = len(added) + 1
    best = [[0.0] * width for _ in range(len(removed) + 1)]
    olds, news = [_ends(each) for each in removed], [_ends(each) for each in added]
    alike = [[ratio(old, new, score_cutoff=LIKE) for new in news] for old in olds]
    for i in range(len(removed) - 1, -1, -1):
        for j in range(len(added) - 1, -1, -1):
            paired = alike[i][j] + best[i + 1][j + 1] if alike[i][j] else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    pairs: list[tuple[str, str]] = []
    i = j = 0
    while i < len(removed) and j < len(added):
        if alike[i][j] and best[i][j] == alike[i][j] + best[i + 1][j + 1]:
            pairs.append((removed[i], added[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            pairs.append((removed[i], ""))
            i += 1
        else:
            pairs.append(("", added[j]))
            j += 1
    return [*pairs, *((b, "") for b in removed[i:]), *(("", b) for b in added[j:])]


def _ends(block: str) -> str:
    """Return what a long paragraph is known by: most keep how they begin or end."""
    if len(block) <= 2 * LIKE_CHARACTERS:
        return block
    return block[:LIKE_CHARACTERS] + block[-LIKE_CHARACTERS:]


def _same(block: str) -> Row:
    return Row(
        kind=Kind.SAME, changes=(quote.Change(kind=quote.Kind.SAME, text=block),)
    )


def _whole(kind: Kind, block: str) -> Row:
    became = quote.Kind.REMOVED if kind is Kind.REMOVED else quote.Kind.ADDED
    return Row(kind=kind, changes=(quote.Change(kind=became, text=block),))


def _folded(rows: Sequence[Row]) -> Iterator[Row]:
    """Yield the rows; of what stayed, only what stands next to a change."""
    skipped = 0
    for number, row in enumerate(rows):
        near = rows[max(0, number - 1) : number + 2]
        if all(each.kind is Kind.SAME for each in near):
            skipped += 1
            continue
        if skipped:
            yield Row(kind=Kind.GAP, skipped=skipped)
            skipped = 0
        yield row
    if skipped:
        yield Row(kind=Kind.GAP, skipped=skipped)


def _shown(rows: Iterable[Row]) -> tuple[list[Row], bool]:
    shown: list[Row] = []
    size_bytes = 0
    for row in rows:
        size_bytes += row.size_bytes
        if len(shown) == MOST_ROWS or size_bytes > MOST_SHOWN_BYTES:
            return shown, True
        shown.append(row)
    return shown, False
