"""A text cut into paragraphs and stretches, each knowing what is marked there. (pure)"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of the text to be marked, as `number`; several may share one."""

    number: int
    start: int  # first code point
    end: int  # one past the last


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Text throughout which the same marks hold."""

    text: str
    numbers: tuple[int, ...]  # the innermost last
    ends: tuple[int, ...]  # of the numbers, those whose piece ends here
    first_of: int | None  # the number whose first stretch this is


def paragraphs(text: str, spans: Iterable[Span]) -> list[list[Stretch]]:
    """
    Return the text line by line, each line cut where a mark begins or ends.

    Marks may nest, overlap and cross lines; what lies outside the text is left out.
    Joined again, the stretches are the lines, and empty lines are dropped.
    """
    inside = [s for s in spans if 0 <= s.start < s.end <= len(text)]
    cuts = sorted({0, len(text), *(s.start for s in inside), *(s.end for s in inside)})
    seen: set[int] = set()
    lines: list[list[Stretch]] = []
    begin = 0
    for line in text.split("\n"):
        end = begin + len(line)
        if line.strip():
            lines.append(_stretches(text, begin, end, cuts, inside, seen))
        begin = end + 1
    return lines


def _stretches(
    text: str,
    begin: int,
    end: int,
    cuts: Sequence[int],
    spans: Sequence[Span],
    seen: set[int],
) -> list[Stretch]:
    edges = [begin, *(cut for cut in cuts if begin < cut < end), end]
    here = [s for s in spans if s.start < end and s.end > begin]
    found = []
    for start, stop in itertools.pairwise(edges):
        # The longest first: what is drawn last is the innermost.
        over = sorted(
            (s for s in here if s.start <= start and s.end >= stop),
            key=lambda s: (s.start - s.end, s.start),
        )
        numbers = tuple(dict.fromkeys(s.number for s in over))
        new = [number for number in numbers if number not in seen]
        seen.update(new[-1:])
        found.append(
            Stretch(
                text=text[start:stop],
                numbers=numbers,
                ends=tuple(sorted({s.number for s in over if s.end == stop})),
                first_of=new[-1] if new else None,
            )
        )
    return found
