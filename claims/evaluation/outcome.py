"""
What measuring one subject gives: figures, what they are held against, and where it
went wrong.

A subject is a function `evaluate(run: Run) -> Outcome`. The command prints the figures
and writes the report of any subject alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from claims.endpoint.terms import Terms

Measures = dict[str, float | int | None]
Item = TypeVar("Item")


class Through(Protocol):
    """
    Goes through what is measured, telling how far it has come.

    It ends early when the person at the terminal presses Ctrl-C; the outcome is then
    of the items that came.
    """

    def __call__(self, items: Iterable[Item], *, of: int | None) -> Iterator[Item]:
        """Yield each item; `of` is how many there are, None where nobody knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a subject is given: the data, and where predictions and progress go."""

    data: Path  # a folder
    keep: Callable[[Mapping[str, Any]], None]  # one line of predictions; Any: JSON
    through: Through
    most_misses: int = 20
    terms: Terms | None = None  # of the plugged-in model, where that is measured


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One measure of a comparison."""

    measure: str  # its key in `Outcome.measures`
    title: str
    least: float | None = None  # what it has to reach
    most: float | None = None  # what it may cost
    decimals: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """Somebody else's figures, by measure; what is not known is left out."""

    name: str
    scores: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A table of systems, in which a row of ours is put last."""

    title: str
    measured_on: str  # what the others' figures were measured on
    columns: tuple[Column, ...]
    systems: tuple[System, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Confusions:
    """How often what people marked as one thing was taken for another."""

    title: str
    counts: Mapping[tuple[str, str], int]  # (as marked, as found)


class Hue(StrEnum):
    """What a mark in a text says. Words and an underline tell them apart, too."""

    AGREED = "agreed"  # found as marked
    MISSED = "missed"  # marked by people only
    INVENTED = "invented"  # found by the machine only
    NOTED = "noted"  # what the machine went by: a cue, shared words, words that clash


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a shown text; marks of one text do not overlap."""

    start: int  # first code point
    end: int  # one past the last
    hue: Hue


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A text of a miss, with the words that matter marked."""

    title: str  # "As people marked it", "The claim that was wanted"
    text: str
    marks: tuple[Mark, ...] = ()
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """One thing that went wrong: its texts side by side, and what is wrong in words."""

    id: str
    says: str  # "Two statements were missed, and one was found that is none."
    texts: tuple[Shown, ...]
    loss: float  # how bad it is; the worst come first


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of measuring one subject."""

    measures: Measures  # fractions of 1, counts and times; None: nothing to measure
    comparisons: tuple[Comparison, ...] = ()
    confusions: tuple[Confusions, ...] = ()
    misses: tuple[Miss, ...] = ()
    parts: Mapping[str, Measures] = field(default_factory=dict)  # of parts of the data
    method: str = ""  # what was measured: "the built-in rules", a model's name
