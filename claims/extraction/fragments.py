"""Quoted words that no construction accounts for, but a cue leads to."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from claims.extraction.cues import CLAUSE, SPEECH
from claims.extraction.draft import Draft, Stretch
from claims.extraction.drafting import trimmed
from claims.extraction.sources import mention, speaker_of
from claims.extraction.times import time_told
from claims.extraction.words import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_LEADING = frozenset({"that", "to", "as"})
# "She said" without "that" leads to a clause or to a whole quotation, else to a title.
_NEED_LEADING = frozenset({"say", "tell"})
_CUES = (SPEECH | CLAUSE) - words("know go speak show see offer read")
MAX_WORDS_BETWEEN = 40
_STOPS = frozenset({".", "!", "?", ";"})


def led_to(
    doc: Doc, marks: Sequence[Stretch], taken: Sequence[Draft]
) -> Iterable[Draft]:
    """
    Give quoted words that stand in nobody's statement to the cue before them.

    The statement runs from "that", "to" or "as" behind the cue to the end of the
    last quotation that it leads to: a parse that broke at its marks is not needed.
    """
    places = [token.idx for token in doc]
    found: dict[int, Draft] = {}
    for number, mark in enumerate(marks):
        if any(piece.meets(mark) for draft in taken for piece in draft.pieces):
            continue
        start = bisect_left(places, mark.start)
        cue = _cue_before(doc[:start], marks[:number][::-1])
        draft = cue and _led_by(cue, mark, start, bisect_left(places, mark.end))
        if cue and draft:
            found[cue.i] = draft
    return [
        draft
        for draft in found.values()
        if not any(draft.overlaps(other) for other in taken)
    ]


def _led_by(cue: Token, mark: Stretch, start: int, end: int) -> Draft | None:
    """Draft what a cue leads to; the quotation's words are those from start to end."""
    speaker = speaker_of(cue)
    between = cue.doc[cue.i + 1 : start]
    leading = next((token for token in between if token.lower_ in _LEADING), None)
    if speaker is None or (leading is None and cue.lemma_ in _NEED_LEADING):
        return None
    pieces = trimmed(cue.doc, leading.i if leading else cue.i + 1, end - 1)
    if not pieces:
        return None
    return Draft(
        pieces=(Stretch(pieces[0].start, mark.end),),
        cue=Stretch(cue.idx, cue.idx + len(cue)),
        source=mention(speaker),
        speaker=speaker,
        construction="fragment",
        said=time_told(cue),
    )


def _cue_before(before: Span, marks: Iterable[Stretch]) -> Token | None:
    """Return the last verb of the words before, where it is one of saying."""
    quoted = iter(marks)
    mark = next(quoted, None)
    for token in reversed([*before[-MAX_WORDS_BETWEEN:]]):
        while mark is not None and token.idx < mark.start:
            mark = next(quoted, None)
        if token.text in _STOPS:
            return None
        if token.pos_ == "VERB" and not (mark and token.idx < mark.end):
            return token if token.lemma_.lower() in _CUES else None
    return None
