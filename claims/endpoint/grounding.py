"""
What a model proposed, put where it stands in the article. Pure.

A statement whose words, or whose speaker's mention, do not stand there is left out. A
name, a role or a time that does not is left away. Whether it is a quotation is seen
from the marks in the article, and not believed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from claims.endpoint.chat import words_in
from claims.endpoint.finding import Place, in_order, nearest, places
from claims.extraction import Candidate, Form, Kind, Span, Speaker
from claims.extraction.quotations import quotations
from claims.extraction.times import day_of

KINDS = tuple(kind.value for kind in Kind)
MOST_STATEMENTS = 200  # in one answer
MOST_PIECES = 8
MOST_APART = 2_000  # characters between a statement and its speaker
_MOST_NAME = 500
_MOST_WORDS = 5_000


class Ground:
    """A stretch of an article, in which words are looked for."""

    def __init__(
        self, text: str, *, within: Place, published_on: date | None = None
    ) -> None:
        self._text, self._within = text, within
        self._published_on = published_on
        start = within[0]
        # A quotation that is not closed ends with its paragraph.
        self._marks: list[Place] = []
        for paragraph in text[slice(*within)].splitlines(keepends=True):
            self._marks += [
                (start + each.start, start + each.end) for each in quotations(paragraph)
            ]
            start += len(paragraph)

    def candidates(self, proposed: Sequence[Any]) -> list[Candidate]:  # Any: JSON
        """Return what stands in the article, in its order, no two over each other."""
        found: list[Candidate] = []
        for each in proposed:
            candidate = self._candidate(each) if isinstance(each, dict) else None
            if candidate and not any(_meet(candidate, other) for other in found):
                found.append(candidate)
        return sorted(found, key=lambda candidate: candidate.start)

    def _candidate(self, told: dict[str, Any]) -> Candidate | None:
        pieces = _pieces_in(told)
        mentions = self._places(words_in(told, "mention", most=_MOST_NAME))
        if not pieces or not mentions:
            return None
        found = self._located(pieces, mentions)
        if not found:
            return None
        pieces_at = tuple(map(self._with_its_marks, found))
        whole = (pieces_at[0][0], pieces_at[-1][1])
        outside = [m for m in mentions if not any(_over(m, p) for p in pieces_at)]
        mention = nearest(outside, whole) if outside else None
        if mention is None or _gap(mention, whole) > MOST_APART:
            return None
        when = self._beside(words_in(told, "when", most=100), whole)
        cue = self._beside(words_in(told, "cue", most=100), mention)
        return Candidate(
            start=whole[0],
            end=whole[1],
            text=self._text[slice(*whole)],
            pieces=tuple(map(self._span, pieces_at)),
            form=self._form(pieces_at),
            cue=cue or Span(mention[1], mention[1], ""),
            source=self._span(mention),
            speaker=self._speaker(told, mention),
            said=when,
            said_on=day_of(when.text, published_on=self._published_on)
            if when and self._published_on
            else None,
        )

    def _located(
        self, pieces: Sequence[str], mentions: Sequence[Place]
    ) -> tuple[Place, ...]:
        """Return where the pieces stand nearest to a mention of their speaker."""
        tries = [
            in_order(pieces, self._text, within=self._within, near=mention)
            for mention in mentions[:20]
        ]
        stands = [
            (_gap(mention, (found[0][0], found[-1][1])), found)
            for mention, found in zip(mentions, tries, strict=False)
            if found
        ]
        return min(stands)[1] if stands else ()

    def _speaker(self, told: dict[str, Any], mention: Place) -> Speaker:
        name = words_in(told, "speaker", most=_MOST_NAME)
        kind = told.get("kind")
        return Speaker(
            name=self._anywhere(name) or self._text[slice(*mention)],
            kind=Kind(kind) if kind in KINDS else Kind.GROUP,
            role=self._anywhere(words_in(told, "role", most=_MOST_NAME)),
            affiliation=self._anywhere(words_in(told, "affiliation", most=_MOST_NAME)),
        )

    def _anywhere(self, words: str) -> str:
        """Return the words as the article has them, wherever; else nothing."""
        found = places(words, self._text, within=(0, len(self._text)))
        return " ".join(self._text[slice(*found[0])].split()) if found else ""

    def _places(self, words: str) -> list[Place]:
        return places(words, self._text, within=self._within)

    def _beside(self, words: str, place: Place) -> Span | None:
        found = self._places(words)
        if not found or _gap(near := nearest(found, place), place) > MOST_APART:
            return None
        return self._span(near)

    def _span(self, place: Place) -> Span:
        return Span(*place, self._text[slice(*place)])

    def _with_its_marks(self, piece: Place) -> Place:
        """Return a piece that is all of a quotation with the marks around it."""
        for mark in self._marks:
            if _over(mark, piece) and _same_words(self._text, mark, piece):
                return min(mark[0], piece[0]), max(mark[1], piece[1])
        return piece

    def _form(self, pieces: Sequence[Place]) -> Form:
        if all(any(_holds(mark, p) for mark in self._marks) for p in pieces):
            return Form.DIRECT
        if any(_over(mark, piece) for mark in self._marks for piece in pieces):
            return Form.MIXED
        return Form.INDIRECT


def _pieces_in(told: dict[str, Any]) -> list[str]:
    found = told.get("pieces")
    if not isinstance(found, list) or not 0 < len(found) <= MOST_PIECES:
        return []
    if not all(isinstance(each, str) and len(each) <= _MOST_WORDS for each in found):
        return []
    return [each.strip() for each in found]


def _over(one: Place, other: Place) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _holds(one: Place, other: Place) -> bool:
    return one[0] <= other[0] and other[1] <= one[1]


def _gap(one: Place, other: Place) -> int:
    return max(0, one[0] - other[1], other[0] - one[1])


def _same_words(text: str, one: Place, other: Place) -> bool:
    """Tell whether two stretches differ by marks and points at their edges only."""
    edges = (min(one[0], other[0]), max(one[0], other[0]))
    ends = (min(one[1], other[1]), max(one[1], other[1]))
    beside = text[slice(*edges)] + text[slice(*ends)]
    return not any(map(str.isalnum, beside))


def _meet(one: Candidate, other: Candidate) -> bool:
    return any(
        _over((mine.start, mine.end), (theirs.start, theirs.end))
        for mine in one.pieces
        for theirs in other.pieces
    )
