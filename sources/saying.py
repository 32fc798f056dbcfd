"""
Sentences that are worded when somebody reads them, in the language of that person.

A worker that finds something out does not know who will read of it. So what it says
stays as it is written in the code, with named places, beside the facts that belong
there; both are kept, and put together where they are shown. Nothing here needs Django,
so that pure rules can speak too; who has no other words gets English.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

# What fits into JSON. A number is an amount and is spelled with separators; a status
# or a port is a name and therefore a string. Where the name of a fact ends in "_at", it
# is a moment (ISO 8601); several are sentences themselves.
Fact: TypeAlias = str | int | Sequence[str]
Facts: TypeAlias = Mapping[str, Fact]

# The fact that something has been so for long, which can be said of any trouble.
SINCE = "so_since_at"


def gettext_noop(text: str) -> str:
    """Return the text as it is, marked for translators."""
    return text


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as it is written in the code, and the facts that belong into it."""

    text: str
    facts: Facts = field(default_factory=dict)

    def __str__(self) -> str:
        return _word(self)

    def saying(self, **facts: Fact) -> Sentence:
        """Return the sentence with more facts."""
        return replace(self, facts={**self.facts, **facts})


def _in_english(sentence: Sentence) -> str:
    return sentence.text % sentence.facts if sentence.facts else sentence.text


_word: Callable[[Sentence], str] = _in_english


def word_by(word: Callable[[Sentence], str]) -> None:
    """Have sentences worded so in this process."""
    global _word  # noqa: PLW0603 - said once, when the process begins
    _word = word
