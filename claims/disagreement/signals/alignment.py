"""Which word of a statement answers which word of a claim."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from claims.disagreement.signals.wordnet import AGREEING, ORDER, Tie, tie
from claims.disagreement.signals.words import Text, Word


@dataclass(frozen=True, slots=True)
class Answer:
    """A word of the claim, and the closest word of the statement, where there is one."""

    asked: Word
    given: Word | None
    tie: Tie

    @property
    def agrees(self) -> bool:
        """Whether both speak of the same thing."""
        return self.tie in AGREEING


@dataclass(frozen=True)
class Pair:
    """A statement beside a claim, word by word."""

    statement: Text
    claim: Text
    answers: tuple[Answer, ...]  # for each telling word of the claim

    @cached_property
    def by_word(self) -> dict[int, Answer]:
        """The answers by the place of the claim's word."""
        return {answer.asked.place: answer for answer in self.answers}

    @cached_property
    def agreeing(self) -> tuple[Answer, ...]:
        return tuple(answer for answer in self.answers if answer.agrees)

    @cached_property
    def shared_in_claim(self) -> frozenset[int]:
        """Places of the claim's words of which the statement speaks as well."""
        return frozenset(answer.asked.place for answer in self.agreeing)

    @cached_property
    def shared_in_statement(self) -> frozenset[int]:
        return frozenset(a.given.place for a in self.agreeing if a.given is not None)


def align(statement: Text, claim: Text) -> Pair:
    """Lay a statement beside a claim."""
    return Pair(statement, claim, tuple(_answers(statement, claim)))


def _answers(statement: Text, claim: Text) -> Iterator[Answer]:
    for asked in claim.telling:
        best, given = Tie.NONE, None
        for word in statement.telling:
            found = _tie(word, asked)
            if ORDER[found] < ORDER[best]:
                best, given = found, word
            if best is Tie.SAME:
                break
        yield Answer(asked, given, best)


def _tie(word: Word, asked: Word) -> Tie:
    if word.form == asked.form:
        return Tie.SAME
    return tie(word.base, word.kind, asked.base, asked.kind)


def near(one: Word, places: frozenset[int], within: int = 4) -> bool:
    """Tell whether a word hangs together with one of these places, or stands close."""
    return one.head in places or any(
        0 < abs(one.place - place) <= within for place in places
    )
