"""What reading an article gives: statements, each with its place and its speaker."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum


class Form(StrEnum):
    """How the words reach us. Stored values are those of a claim's form."""

    DIRECT = "direct"  # all of it stands in quotation marks
    INDIRECT = "indirect"  # none of it does
    MIXED = "mixed"  # some of it does


class Kind(StrEnum):
    """What a speaker seems to be. Stored values are those of a claimant's kind."""

    PERSON = "person"
    ORGANISATION = "organisation"
    GOVERNMENT = "government"
    MILITARY = "military"
    MEDIA = "media"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the article: `article[span.start:span.end] == span.text`."""

    start: int  # first code point
    end: int  # one past the last
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Whom a mention stands for, as far as the article itself tells."""

    name: str  # "Trita Parsi", also where the text says "he" or "Parsi"
    kind: Kind  # a guess
    role: str = ""  # "executive vice president"
    affiliation: str = ""  # "the Quincy Institute"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """
    A statement somebody made, with its exact place in the article.

    `start`, `end` and `text` cover the whole statement, so that always
    `article[start:end] == text`. A quotation split by its speaker ("…," he
    stated, "…") has several `pieces`; `text` then also holds what stands
    between them, and `statement` leaves it out.
    """

    start: int  # first code point
    end: int  # one past the last
    text: str
    pieces: tuple[Span, ...]  # at least one, in order, apart from each other
    form: Form
    cue: Span  # "said", "according to", "claimed"
    source: Span  # the mention as written: "he", "the ministry"
    speaker: Speaker
    said: Span | None = None  # "on Saturday", as written
    said_on: date | None = None  # that day, where the article's date is known
    singles: tuple[Span, ...] = ()  # the claims it joins, where there are several

    @property
    def statement(self) -> str:
        """The statement alone: its pieces, with an ellipsis where one is left out."""
        return " … ".join(piece.text for piece in self.pieces)

    def apart(self) -> tuple[Candidate, ...]:
        """Return a candidate for each single claim, or this one where it makes one."""
        if not self.singles:
            return (self,)
        return tuple(
            replace(
                self,
                start=single.start,
                end=single.end,
                text=single.text,
                pieces=(single,),
                form=Form.INDIRECT,
                singles=(),
            )
            for single in self.singles
        )
