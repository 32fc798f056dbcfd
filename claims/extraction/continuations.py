"""
Quotations whose speaker is named in another paragraph.

A speaker is announced ("She wrote:") before a paragraph that is all quotation,
or a quotation goes on in the next paragraph: by custom, without a closing mark
in the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from claims.extraction.draft import Draft, Stretch
from claims.extraction.names import Mention


@dataclass(frozen=True, slots=True)
class Statement:
    """A draft, and the mention of its speaker."""

    draft: Draft  # with places in the article
    speaker: Mention


@dataclass(slots=True)
class Reading:
    """What is kept of a paragraph once its parse is let go. Places in the article."""

    quoted: list[Stretch]
    statements: list[Statement]
    mentions: list[Mention]
    opening: Stretch | None = None  # a quotation that the paragraph starts with
    unfinished: bool = False  # its last quotation is not closed
    all_quoted: bool = False  # there is nothing besides quotations
    announced: Statement | None = None  # "She wrote:" at its end; no piece yet
    waiting: list[Stretch] = field(default_factory=list)  # quotations before it


def join(readings: Sequence[Reading]) -> None:
    """Give quotations that open a paragraph to the speaker beside them."""
    for before, here in pairwise(readings):
        opening = here.opening
        if opening is None:
            continue
        own = _statement_with(here, opening)
        if own is not None:
            if before.unfinished and before.waiting:
                _put(here, own, [*before.waiting, *own.draft.pieces])
        elif before.announced is not None:
            _announce(here, before.announced, opening)
        elif before.statements and (here.all_quoted or before.unfinished):
            _go_on(before, here, opening)
        elif not here.statements and here.unfinished:
            here.waiting = [*before.waiting, opening]


def _announce(here: Reading, announced: Statement, opening: Stretch) -> None:
    pieces = tuple(here.quoted) if here.all_quoted else (opening,)
    draft = replace(announced.draft, pieces=pieces)
    here.statements.insert(0, Statement(draft, announced.speaker))


def _go_on(before: Reading, here: Reading, opening: Stretch) -> None:
    last = before.statements[-1]
    if not any(piece in before.quoted for piece in last.draft.pieces):
        return
    pieces = here.quoted if here.all_quoted else [opening]
    del before.statements[-1]
    here.quoted = [*last.draft.pieces, *here.quoted]
    draft = replace(last.draft, pieces=(*last.draft.pieces, *pieces))
    here.statements.insert(0, Statement(draft, last.speaker))


def _put(here: Reading, old: Statement, pieces: list[Stretch]) -> None:
    place = here.statements.index(old)
    here.quoted = [*pieces, *here.quoted]
    draft = replace(old.draft, pieces=tuple(pieces))
    here.statements[place] = Statement(draft, old.speaker)


def _statement_with(here: Reading, opening: Stretch) -> Statement | None:
    return next(
        (
            statement
            for statement in here.statements
            if any(piece.meets(opening) for piece in statement.draft.pieces)
        ),
        None,
    )
