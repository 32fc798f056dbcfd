"""Making a draft: which characters are the statement, and which introduce it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from claims.extraction.draft import Draft, Stretch
from claims.extraction.sources import mention, speaker_of
from claims.extraction.times import time_told

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# What relative clauses and talk to the reader say of somebody is seldom a
# statement, unless a whole clause follows (measured on marked articles).
_FAINT_SPEAKERS = frozenset({"that", "which", "what", "you"})


def attributed(
    construction: str,
    cue: Token,
    contents: Sequence[Token],
    *,
    speaker: Token | None = None,
) -> Iterator[Draft]:
    """Draft what these words and all that hangs on them say, if somebody does."""
    speaker = speaker or speaker_of(cue)
    if speaker is None or not contents:
        return
    if construction != "clause" and (
        speaker.lower_ in _FAINT_SPEAKERS or _only_points_back(contents)
    ):
        return
    source = mention(speaker)
    first = min(content.left_edge.i for content in contents)
    last = max(content.right_edge.i for content in contents)
    if _spells_out(cue, last):
        last = cue.sent.end - 1
    pieces = _around_cue(cue, source, first, last)
    if pieces:
        yield Draft(
            pieces=pieces,
            cue=Stretch(cue.idx, cue.idx + len(cue)),
            source=source,
            speaker=speaker,
            construction=construction,
            said=time_told(cue),
        )


def rest_of_sentence(
    construction: str, cue: Stretch, speaker: Token, *, aside: tuple[Token, Token]
) -> Iterator[Draft]:
    """Draft all of a sentence but an aside, given by its first and last word."""
    first, last = aside
    sentence = first.sent
    pieces = [
        *trimmed(first.doc, sentence.start, first.i - 1),
        *trimmed(first.doc, last.i + 1, sentence.end - 1),
    ]
    if pieces:
        yield Draft(
            pieces=tuple(pieces),
            cue=cue,
            source=mention(speaker),
            speaker=speaker,
            construction=construction,
        )


def trimmed(doc: Doc, first: int, last: int) -> list[Stretch]:
    """Return the stretch between two words without marks at its edges, if any."""
    while first <= last and _at_edge(doc[first], keep="\"'(["):
        first += 1
    while first <= last and _at_edge(doc[last], keep="\"')]"):
        last -= 1
    if first > last:
        return []
    return [Stretch(doc[first].idx, doc[last].idx + len(doc[last]))]


def has_that(verb: Token) -> bool:
    """Tell whether a clause opens with "that"."""
    return any(child.dep_ == "mark" and child.lower_ == "that" for child in verb.lefts)


def _only_points_back(contents: Sequence[Token]) -> bool:
    """Tell whether "X praised it" is all that is told: no statement to check."""
    return all(
        token.pos_ == "PRON" and token.left_edge.i == token.right_edge.i
        for token in contents
    )


def _spells_out(cue: Token, last: int) -> bool:
    """Tell whether a colon follows, and behind it what the statement consists of."""
    rest = cue.doc[last + 1 : cue.sent.end]
    return (
        last > cue.i and len(rest) > 2 and rest[0].text == ":" and not rest[1].is_quote
    )


def _around_cue(
    cue: Token, source: Stretch, first: int, last: int
) -> tuple[Stretch, ...]:
    """Leave the cue out: "The plan, he said, works" has a piece on each side."""
    doc, parts = cue.doc, [(first, last)]
    if first <= cue.i <= last:
        saying = [
            cue.i,
            *(token.i for token in doc if source.start <= token.idx < source.end),
        ]
        parts = [(first, min(saying) - 1), (max(saying) + 1, last)]
    return tuple(piece for a, b in parts for piece in trimmed(doc, a, b))


def _at_edge(token: Token, *, keep: str) -> bool:
    return (token.is_punct or token.is_space) and token.text not in keep
