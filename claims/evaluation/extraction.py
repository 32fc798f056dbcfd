"""
How well the statements found in articles agree with those that people marked.

Characters compared are the letters and digits inside the spans, so quotation
marks and full stops at the edges make no difference. Within an article, found
and marked statements are paired one to one, best overlap (intersection over
union) first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from claims.evaluation.annotations import Attribution, Ranges

SAME_SPAN = 0.5
NEARLY_IDENTICAL_SPAN = 0.9

# Words that say nothing about who is meant.
_EMPTY_WORDS = """
a an the of in on at to for from by with and or as his her its their our my that this
these those some other another s
"""
EMPTY_WORDS = frozenset(_EMPTY_WORDS.split())
_TITLES = """
mr mrs ms miss dr prof professor sir dame lord lady president vice senator sen
representative rep congressman congresswoman governor gov mayor secretary minister
prime chancellor judge justice general gen colonel col captain capt major maj
lieutenant lt sergeant sgt admiral adm king queen prince princess pope rev reverend
former
"""
TITLES = frozenset(_TITLES.split())


@dataclass(frozen=True, slots=True)
class Pair:
    """A found statement and the marked one it was paired with."""

    found: Attribution
    marked: Attribution
    overlap: float  # intersection over union, above 0


@dataclass(slots=True)
class Tally:
    """Right, found and marked: what a precision, a recall and an F1 are made of."""

    right: int = 0
    found: int = 0
    marked: int = 0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, 0 where nothing is right."""
        total = self.found + self.marked
        return 2 * self.right / total if total else 0.0


@dataclass(slots=True)
class Share:
    """So many of so many."""

    right: int = 0
    of: int = 0

    @property
    def value(self) -> float | None:
        """A fraction of 1; None where there was nothing to be right about."""
        return self.right / self.of if self.of else None


@dataclass(slots=True)
class ExtractionMeasures:
    """The measures, added up article by article."""

    articles: int = 0
    spans: Tally = field(default_factory=Tally)
    spans_90: Tally = field(default_factory=Tally)
    characters: Tally = field(default_factory=Tally)
    sources: Share = field(default_factory=Share)
    end_to_end: Tally = field(default_factory=Tally)
    quoted: Tally = field(default_factory=Tally)
    quoted_end_to_end: Tally = field(default_factory=Tally)
    indirect: Tally = field(default_factory=Tally)
    claimants: Share = field(default_factory=Share)

    def add(
        self,
        text: str,
        *,
        found: Iterable[Attribution],
        marked: Iterable[Attribution],
    ) -> None:
        """Count one article in."""
        found, marked = list(found), list(marked)
        self.articles += 1
        pairs = paired(text, found=found, marked=marked)
        same = [pair for pair in pairs if pair.overlap >= SAME_SPAN]
        nearly = [pair for pair in same if pair.overlap >= NEARLY_IDENTICAL_SPAN]
        rightly = [pair for pair in same if right_source(text, pair)]
        _count(self.spans, right=same, found=found, marked=marked)
        _count(self.spans_90, right=nearly, found=found, marked=marked)
        _count(self.end_to_end, right=rightly, found=found, marked=marked)
        self._add_characters(text, found=found, marked=marked)
        self._add_speakers(text, same)
        self._add_by_form(text, found=found, marked=marked)

    def _add_characters(
        self, text: str, *, found: list[Attribution], marked: list[Attribution]
    ) -> None:
        in_found = set().union(*(_characters(text, each.content) for each in found))
        in_marked = set().union(*(_characters(text, each.content) for each in marked))
        self.characters.right += len(in_found & in_marked)
        self.characters.found += len(in_found)
        self.characters.marked += len(in_marked)

    def _add_speakers(self, text: str, same: list[Pair]) -> None:
        for pair in same:
            if pair.marked.source:
                self.sources.of += 1
                self.sources.right += right_source(text, pair)
            if pair.marked.claimant:
                self.claimants.of += 1
                self.claimants.right += same_name(
                    pair.found.claimant, pair.marked.claimant
                )

    def _add_by_form(
        self, text: str, *, found: list[Attribution], marked: list[Attribution]
    ) -> None:
        quoted_found = [each for each in found if each.quoted]
        quoted_marked = [each for each in marked if each.quoted]
        pairs = paired(text, found=quoted_found, marked=quoted_marked)
        same = [pair for pair in pairs if pair.overlap >= SAME_SPAN]
        rightly = [pair for pair in same if right_source(text, pair)]
        _count(self.quoted, right=same, found=quoted_found, marked=quoted_marked)
        _count(
            self.quoted_end_to_end,
            right=rightly,
            found=quoted_found,
            marked=quoted_marked,
        )
        bare_found = [each for each in found if not each.quoted]
        bare_marked = [each for each in marked if not each.quoted]
        pairs = paired(text, found=bare_found, marked=bare_marked)
        same = [pair for pair in pairs if pair.overlap >= SAME_SPAN]
        _count(self.indirect, right=same, found=bare_found, marked=bare_marked)

    def fractions(self) -> dict[str, float | None]:
        """Every measure under its name, as a fraction of 1; None: nothing to measure."""
        return {
            "span_f1": self.spans.f1,
            "span_f1_90": self.spans_90.f1,
            "char_f1": self.characters.f1,
            "source_accuracy": self.sources.value,
            "end_to_end_f1": self.end_to_end.f1,
            "quoted_f1": self.quoted.f1,
            "quoted_end_to_end_f1": self.quoted_end_to_end.f1,
            "indirect_f1": self.indirect.f1,
            "claimant_accuracy": self.claimants.value,
        }


def paired(
    text: str, *, found: Iterable[Attribution], marked: Iterable[Attribution]
) -> list[Pair]:
    """Pair found with marked statements one to one, best overlap first."""
    found, marked = list(found), list(marked)
    in_found = [_characters(text, each.content) for each in found]
    in_marked = [_characters(text, each.content) for each in marked]
    overlaps = sorted(
        (
            (-_overlap(mine, theirs), i, j)
            for i, mine in enumerate(in_found)
            for j, theirs in enumerate(in_marked)
            if not mine.isdisjoint(theirs)
        ),
    )
    pairs = []
    free_found, free_marked = set(range(len(found))), set(range(len(marked)))
    for overlap, i, j in overlaps:
        if i in free_found and j in free_marked:
            pairs.append(Pair(found[i], marked[j], -overlap))
            free_found.remove(i)
            free_marked.remove(j)
    return pairs


def right_source(text: str, pair: Pair) -> bool:
    """Tell whether the found source is the marked one: overlaps, shares a word."""
    found, marked = pair.found.source, pair.marked.source
    if not found or not marked:
        return not found and not marked
    touching = any(
        start < other_end and other_start < end
        for start, end in found
        for other_start, other_end in marked
    )
    return touching and bool(_words(text, found) & _words(text, marked))


def same_name(found: str, marked: str) -> bool:
    """Tell whether two names are one; case, "the" and titles make no difference."""
    return _bare_name(found) == _bare_name(marked)


def _count(
    tally: Tally,
    *,
    right: list[Pair],
    found: list[Attribution],
    marked: list[Attribution],
) -> None:
    tally.right += len(right)
    tally.found += len(found)
    tally.marked += len(marked)


def _characters(text: str, ranges: Ranges) -> set[int]:
    return {
        place
        for start, end in ranges
        for place in range(start, end)
        if text[place].isalnum()
    }


def _overlap(mine: set[int], theirs: set[int]) -> float:
    return len(mine & theirs) / len(mine | theirs)


def _words(text: str, ranges: Ranges) -> set[str]:
    written = " ".join(text[start:end] for start, end in ranges)
    words = set(re.findall(r"\w+", written.casefold()))
    return words - EMPTY_WORDS or words


def _bare_name(name: str) -> list[str]:
    words = re.findall(r"\w+", name.casefold())
    if words[:1] == ["the"]:
        words = words[1:]
    while len(words) > 1 and words[0] in TITLES:
        words = words[1:]
    return words
