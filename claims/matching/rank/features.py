"""What a text and a claim have in common, as numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

# BM25 for texts that say a word once: how soon more words count less.
SATURATION, LENGTH_COUNTS, USUAL_WORDS = 1.2, 0.75, 25
WEEK_DAYS, MONTH_DAYS = 7, 30
FAR_APART = 3.0  # where a day is not known: about as five months


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A text that claims are looked for."""

    words: Mapping[str, float]  # its lexemes, with how much each tells
    on: date | None = None  # when it was written

    @property
    def weight(self) -> float:
        return sum(self.words.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """A claim that shares words with a text, or lies near it."""

    claim: UUID
    words: frozenset[str]  # lexemes of all it says
    likeness: float | None  # of its statement to the text; None: not known yet
    likeness_of_checks: float | None = None  # the most, of published fact-checks
    days: tuple[date, ...] = field(default=())  # when it was said, and checked


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """What the ranking goes by."""

    words: float  # BM25, in tens
    rarest: float  # what the rarest shared word tells, in tens
    covered: float  # share of the text's weight that the claim has
    statement: float  # likeness, 0 to 1
    checks: float
    nearest: float  # the greater of the two
    apart: float  # how far the days are apart: 0 for the same one
    later: float  # 1 where the text is more than a month younger


def features(asked: Asked, near: Near) -> Features:
    """Return what a text and a claim have in common."""
    shared = [told for word, told in asked.words.items() if word in near.words]
    length = 1 - LENGTH_COUNTS + LENGTH_COUNTS * len(near.words) / USUAL_WORDS
    covered = sum(shared) / (asked.weight or 1)
    # A claim that no model has seen yet is as near as its words are.
    statement = covered if near.likeness is None else near.likeness
    checks = statement if near.likeness_of_checks is None else near.likeness_of_checks
    apart, later = _in_time(asked.on, near.days)
    return Features(
        words=sum(shared) * (SATURATION + 1) / (1 + SATURATION * length) / 10,
        rarest=max(shared, default=0.0) / 10,
        covered=covered,
        statement=statement,
        checks=checks,
        nearest=max(statement, checks),
        apart=apart,
        later=later,
    )


def _in_time(on: date | None, days: Iterable[date]) -> tuple[float, float]:
    if on is None:
        return FAR_APART, 0.0
    between = [(on - day).days for day in days]
    if not between:
        return FAR_APART, 0.0
    closest = min(between, key=abs)
    return math.log1p(abs(closest) / WEEK_DAYS), float(closest > MONTH_DAYS)
