"""
Finding what stands in quotation marks.

Works on one paragraph as written: curly, straight, doubled and angled marks, and
single marks where they cannot be apostrophes. Marks inside a quotation belong to
it. A quotation that is opened and never closed runs to the end of its paragraph:
that is how newspapers write one that goes on in the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_OPENING = frozenset("“„«‟")
_CLOSING = frozenset("”»")
_MARK = re.compile(r"''|``|’’|‘‘|[“”„‟«»\"]")
_SINGLE_OPENING = re.compile(
    r"(?<![\w'’.,!?])['‘](?=[\w\[$])(?!\d\ds\b|em\b|til\b|tis\b)"
)
_SINGLE_CLOSING = re.compile(r"(?<=[\w.,!?…%)])['’](?![\w'’])")
MAX_SINGLE_QUOTED_CHARACTERS = 400


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation with its marks, as offsets into the paragraph."""

    start: int  # of the opening mark
    end: int  # one past the closing mark
    inner_start: int
    inner_end: int
    closed: bool

    def holds(self, place: int) -> bool:
        """Tell whether a place lies inside, marks included."""
        return self.start <= place < self.end


def quotations(text: str) -> list[Quotation]:
    """Return the outermost quotations of a paragraph, in order, never overlapping."""
    found = list(_double(text))
    gaps = zip(
        [0, *(quotation.end for quotation in found)],
        [*(quotation.start for quotation in found), len(text)],
        strict=True,
    )
    for start, end in list(gaps):
        found.extend(_single(text, start, end))
    return sorted(found, key=lambda quotation: quotation.start)


def _double(text: str) -> Iterator[Quotation]:
    opened: re.Match[str] | None = None
    depth = 0
    closing: re.Match[str] | None = None
    for mark in _MARK.finditer(text):
        if opened is None or (
            not _closes(text, mark, opened) and _restarts(text, mark)
        ):
            # One that was open and never closed was a stray mark.
            if _can_open(text, mark):
                opened, depth, closing = mark, 1, None
            continue
        if _closes(text, mark, opened):
            depth, closing = depth - 1, mark
        elif mark.group() in _OPENING:
            depth += 1
        if closing is not None and depth == 0:
            yield _between(opened, closing)
            opened = None
    if opened is not None:
        yield from _unclosed(text, opened, closing)


def _unclosed(
    text: str, opened: re.Match[str], closing: re.Match[str] | None
) -> Iterator[Quotation]:
    if closing is not None:
        yield _between(opened, closing)
    elif text[opened.end() :].strip():
        yield Quotation(
            opened.start(), len(text), opened.end(), len(text), closed=False
        )


def _between(opening: re.Match[str], closing: re.Match[str]) -> Quotation:
    return Quotation(
        opening.start(), closing.end(), opening.end(), closing.start(), closed=True
    )


def _can_open(text: str, mark: re.Match[str]) -> bool:
    if mark.group() in _CLOSING:
        return False
    return mark.group() in _OPENING or not _only_closes(text, mark)


def _closes(text: str, mark: re.Match[str], opened: re.Match[str]) -> bool:
    if mark.group() in _OPENING:
        return False
    # An inch or a year's apostrophe aside, a straight mark closes whatever is open.
    return mark.group() in _CLOSING or (
        opened.group() not in _OPENING and not _only_opens(text, mark)
    )


def _restarts(text: str, mark: re.Match[str]) -> bool:
    return mark.group() not in _OPENING and _only_opens(text, mark)


def _only_opens(text: str, mark: re.Match[str]) -> bool:
    before, after = _around(text, mark)
    return (before.isspace() or before in "([—") and not after.isspace()


def _only_closes(text: str, mark: re.Match[str]) -> bool:
    before, after = _around(text, mark)
    return not before.isspace() and before not in "([—–-:" and not after.isalnum()


def _around(text: str, mark: re.Match[str]) -> tuple[str, str]:
    before = text[mark.start() - 1] if mark.start() else " "
    after = text[mark.end()] if mark.end() < len(text) else " "
    return before, after


def _single(text: str, start: int, end: int) -> Iterator[Quotation]:
    place = start
    while opening := _SINGLE_OPENING.search(text, place, end):
        limit = min(end, opening.end() + MAX_SINGLE_QUOTED_CHARACTERS)
        closings = list(_SINGLE_CLOSING.finditer(text, opening.end(), limit))
        # "the officials' car" ends no quotation where a better end follows.
        best = next(
            (mark for mark in closings if text[mark.start() - 1] in ".,!?…"), None
        ) or next(iter(closings), None)
        if best is None:
            place = opening.end()
            continue
        yield _between(opening, best)
        place = best.end()
