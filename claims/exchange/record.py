"""What one row of a file says, once it is understood (pure)."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from claims.vocabulary import ClaimantKind, Form, Precision, Stance
from sources.saying import Facts, Sentence

EXCERPT_CHARACTERS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with a row, or with a whole file, and what to do about it."""

    field: str  # as the file calls it; empty: the row as a whole
    code: str
    problem: str  # as it is written in the code; worded where it is read
    advice: str
    facts: Facts = dataclasses.field(default_factory=dict)

    @property
    def said(self) -> str:
        """What is wrong."""
        return str(Sentence(self.problem, self.facts))

    @property
    def advised(self) -> str:
        """What to do about it."""
        return str(Sentence(self.advice, self.facts))

    def kept(self) -> dict[str, Any]:
        """Return it as it is stored."""
        return {
            "field": self.field,
            "code": self.code,
            "problem": self.problem,
            "advice": self.advice,
            "facts": dict(self.facts),
        }


class RowRefused(Exception):
    """The row cannot be taken in; `faults` says why."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(fault.code for fault in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Somebody who says things, as a file names them."""

    name: str
    kind: ClaimantKind
    role: str = ""
    same_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Words on a page."""

    url: str  # in its one spelling
    given: str  # as it was given
    exact: str
    role: str = "said_here"


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """What somebody else says about the claim."""

    assessor: Who
    stance: Stance
    clear: (
        bool  # whether the stance follows from what is written; else a person decides
    )
    statement: str
    said_at: datetime | None = None
    precision: Precision = Precision.DAY
    rating_text: str = ""
    url: str = ""
    pages: tuple[Page, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A claim, where it stands written, and what others say about it."""

    statement: str
    claimant: Who
    wording: str = ""
    form: Form = Form.INDIRECT
    language: str = "en"
    topics: tuple[str, ...] = ()
    role_at_time: str = ""
    said_at: datetime | None = None
    precision: Precision = Precision.DAY
    pages: tuple[Page, ...] = ()
    voices: tuple[Voice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a file: what it says, or what is wrong with it."""

    number: int  # 1 is the first after the header
    excerpt: str
    record: Record | None = None  # nothing and no faults: it is about something else
    faults: tuple[Fault, ...] = ()
