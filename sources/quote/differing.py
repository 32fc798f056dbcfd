"""What became of quoted words, word by word, with what matters most marked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from rapidfuzz.distance import Indel

from sources.quote.folding import UNSPACED, fold

MAX_TOKENS = 4_000

# In folded text: a word, a number or a mark, with the space that follows it; where
# no space parts words, a letter.
_TOKEN = re.compile(
    rf'(?:\d+(?:[.,:/"]\d+)*%?|[{UNSPACED}]'
    rf'|[^\W\d_{UNSPACED}]+(?:"[^\W\d_{UNSPACED}]+)*|[^\W{UNSPACED}]+|[^\w ]) *'
)
_NUMBER = re.compile(
    r".*[\d¹²³⁰⁴-⁹₀-₉①-⓿¼-¾⅐-⅞].*|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen"
    r"|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?"
    r"|[mb]illions?|trillions?|dozens?|half|twice|once|double|triple|first|second|third)"
)
_NEGATION = re.compile(
    r"no|not|never|none|nobody|nothing|nowhere|neither|nor|cannot|without|hardly|barely"
    r"|\w+n\"t|nicht|kein\w*|nie|niemals|ne|pas|jamais|aucune?|rien|nunca|jamás|sin|nada"
    r"|não|mai|niente|senza|не|нет|ни|никогда|без|لا|لم|لن|ليس|نه|هرگز|نمی\w*|不|没|沒|非|無"
)


class Kind(StrEnum):
    """What became of a stretch of the quotation."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A stretch of words that stayed, went or came."""

    kind: Kind
    text: str
    number: bool = False  # a number went or came
    negation: bool = False  # a "not" went or came


def changes(before: str, after: str) -> tuple[Change, ...]:
    """Tell what leads from one wording to the other; typography does not count."""
    old, new = _tokens(before), _tokens(after)
    steps = Indel.opcodes(
        [token.folded for token in old], [token.folded for token in new]
    )
    found: list[Change] = []
    for step in steps:
        if step.tag == "equal":
            found.append(_change(Kind.SAME, new[step.dest_start : step.dest_end]))
        elif step.tag == "insert":
            found.append(_change(Kind.ADDED, new[step.dest_start : step.dest_end]))
        else:
            removed = _change(Kind.REMOVED, old[step.src_start : step.src_end])
            # What went is read before what came in its place.
            place = len(found) - bool(found and found[-1].kind is Kind.ADDED)
            found.insert(place, removed)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Token:
    folded: str
    text: str


def _tokens(text: str) -> list[_Token]:
    folded = fold(text)
    matches = islice(_TOKEN.finditer(folded.text), MAX_TOKENS)
    return [_Token(m[0].strip(), folded.between(m.start(), m.end())) for m in matches]


def _change(kind: Kind, tokens: list[_Token]) -> Change:
    changed = () if kind is Kind.SAME else tokens
    return Change(
        kind=kind,
        text="".join(token.text for token in tokens),
        number=any(_NUMBER.fullmatch(token.folded) for token in changed),
        negation=any(_NEGATION.fullmatch(token.folded) for token in changed),
    )
