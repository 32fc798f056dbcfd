"""Quoted words that no construction accounts for, but a cue leads to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from claims.extraction.cues import CLAUSE, SPEECH
from claims.extraction.draft import Draft, Stretch
from claims.extraction.drafting import trimmed
from claims.extraction.sources import mention, speaker_of
from claims.extraction.times import time_told
from claims.extraction.words import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LEADING = frozenset({"that", "to", "as"})
# "She said" without "that" leads to a clause or to a whole quotation, else to a title.
_NEED_LEADING = frozenset({"say", "tell"})
_CUES = (SPEECH | CLAUSE) - words("know go speak show see offer read")
_STOPS = frozenset({".", "!", "?", ";"})


def led_to(
    doc: Doc, marks: Sequence[Stretch], taken: Sequence[Draft]
) -> Iterable[Draft]:
    """
    Give quoted words that stand in nobody's statement to the cue before them.

    The statement runs from "that", "to" or "as" behind the cue to the end of the
    last quotation that it leads to: a parse that broke at its marks is not needed.
    """
    found: dict[int, Draft] = {}
    for mark in marks:
        if any(piece.meets(mark) for draft in taken for piece in draft.pieces):
            continue
        cue = _cue_before(doc, mark, marks)
        draft = cue and _led_by(cue, mark)
        if cue and draft:
            found[cue.i] = draft
    return [
        draft
        for draft in found.values()
        if not any(draft.overlaps(other) for other in taken)
    ]


def _led_by(cue: Token, mark: Stretch) -> Draft | None:
    speaker = speaker_of(cue)
    between = [token for token in cue.doc[cue.i + 1 :] if token.idx < mark.start]
    leading = next((token for token in between if token.lower_ in _LEADING), None)
    if speaker is None or (leading is None and cue.lemma_ in _NEED_LEADING):
        return None
    start = leading.i if leading else cue.i + 1
    last = max(token.i for token in cue.doc if token.idx < mark.end)
    pieces = trimmed(cue.doc, start, last)
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


def _cue_before(doc: Doc, mark: Stretch, marks: Sequence[Stretch]) -> Token | None:
    """Return the nearest verb before a quotation, where it is one of saying."""
    for token in reversed([token for token in doc if token.idx < mark.start]):
        if token.text in _STOPS:
            return None
        if any(other.start <= token.idx < other.end for other in marks):
            continue
        if token.pos_ == "VERB":
            return token if token.lemma_.lower() in _CUES else None
    return None
