"""Who said what against whom, drawn: where each word and line of the picture stands."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import ngettext

from claims.public import wording
from claims.vocabulary import CONTRADICTING, Stance

if TYPE_CHECKING:
    from claims.search import Disagreement, Tie

# In pixels of the drawing, which is as wide as the columns that it has.
CHARACTER = 8
LINE = 130
MIDDLE = 150
ROW = 44
LEAST_ROWS = 2
NAME_CHARACTERS = 28
MIDDLE_CHARACTERS = 18
MIDDLE_LINES = 5
LEADING = 20
ARROW = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """One line of the picture with its words."""

    name: str
    name_x: int
    anchor: str
    label: str
    label_x: int
    y: int
    label_y: int
    start: int
    end: int
    head: str  # the corners of its tip
    side: str  # "against", "for" or "beside"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the name in the middle."""

    words: str
    y: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table that says what the picture shows."""

    who: str
    who_url: str
    stance: str
    whom: str
    whom_url: str
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A drawing, and the same as a table."""

    width: int
    height: int
    middle_x: int
    middle_width: int
    middle_center: int
    middle_lines: list[Line]
    arrows: list[Arrow]
    rows: list[Row]


def drawn(ties: Disagreement, *, name: str, url: str) -> Picture | None:
    """Return the picture around somebody; one arrow alone is no picture."""
    count = max(len(ties.heard_from), len(ties.spoken_of))
    if len(ties.heard_from) + len(ties.spoken_of) < 2:
        return None
    room = _room(ties.heard_from)
    left = room + LINE if ties.heard_from else 0
    right = _room(ties.spoken_of) + LINE if ties.spoken_of else 0
    height = max(count, LEAST_ROWS) * ROW
    incoming = [
        _incoming(tie, y=y, room=room)
        for tie, y in zip(
            ties.heard_from, _places(len(ties.heard_from), height), strict=True
        )
    ]
    outgoing = [
        _outgoing(tie, y=y, start=left + MIDDLE)
        for tie, y in zip(
            ties.spoken_of, _places(len(ties.spoken_of), height), strict=True
        )
    ]
    return Picture(
        width=left + MIDDLE + right,
        height=height,
        middle_x=left + 1,
        middle_width=MIDDLE - 2,
        middle_center=left + MIDDLE // 2,
        middle_lines=_wrapped(name, height),
        arrows=incoming + outgoing,
        rows=_rows(ties, name=name, url=url),
    )


def _places(count: int, height: int) -> list[int]:
    """Return where the rows stand, spread over the height of the picture."""
    return [round(height * (2 * row + 1) / (2 * count)) for row in range(count)]


def _room(ties: list[Tie]) -> int:
    """Return how wide the column of these names has to be."""
    longest = max((len(tie.other.name) for tie in ties), default=0)
    return CHARACTER * min(longest, NAME_CHARACTERS) + 4


def _incoming(tie: Tie, *, y: int, room: int) -> Arrow:
    return _arrow(
        tie, y=y, start=room + 10, end=room + LINE - 2, name_x=room, anchor="end"
    )


def _outgoing(tie: Tie, *, y: int, start: int) -> Arrow:
    end = start + LINE
    return _arrow(tie, y=y, start=start + 2, end=end - 10, name_x=end, anchor="start")


def _arrow(
    tie: Tie, *, y: int, start: int, end: int, name_x: int, anchor: str
) -> Arrow:
    tip = f"{end},{y} {end - ARROW},{y - 4} {end - ARROW},{y + 4}"
    return Arrow(
        name=wording.shortened(tie.other.name, most=NAME_CHARACTERS),
        name_x=name_x,
        anchor=anchor,
        label=_label(tie),
        label_x=(start + end) // 2,
        y=y,
        label_y=y - 7,
        start=start,
        end=end - ARROW,
        head=tip,
        side=_side(tie.stance),
    )


def _label(tie: Tie) -> str:
    word = tie.stance.label.lower()
    if tie.times == 1:
        return word
    said = ngettext("%(stance)s, %(n)s time", "%(stance)s, %(n)s times", tie.times)
    return said % {"stance": word, "n": tie.times}


def _side(stance: Stance) -> str:
    if stance in CONTRADICTING:
        return "against"
    return "for" if stance == Stance.SUPPORTS else "beside"


def _wrapped(name: str, height: int) -> list[Line]:
    most = max(1, min(MIDDLE_LINES, height // LEADING - 1))
    lines = textwrap.wrap(
        name, MIDDLE_CHARACTERS, max_lines=most, placeholder=" …"
    ) or [name]
    first = height // 2 - (len(lines) - 1) * LEADING // 2 + 5
    return [
        Line(words=words, y=first + row * LEADING) for row, words in enumerate(lines)
    ]


def _rows(ties: Disagreement, *, name: str, url: str) -> list[Row]:
    return [
        Row(
            who=tie.other.name,
            who_url=tie.other.get_absolute_url(),
            stance=tie.stance.label.lower(),
            whom=name,
            whom_url=url,
            times=tie.times,
        )
        for tie in ties.heard_from
    ] + [
        Row(
            who=name,
            who_url=url,
            stance=tie.stance.label.lower(),
            whom=tie.other.name,
            whom_url=tie.other.get_absolute_url(),
            times=tie.times,
        )
        for tie in ties.spoken_of
    ]
