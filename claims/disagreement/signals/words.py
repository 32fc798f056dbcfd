"""The words of a statement: what each is, where it stands, and whether it is denied."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from claims.disagreement.signals.manners import CONCEDING, DENIALS, EMPTY, TURNING
from claims.extraction.grammar import parsed_texts

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

CHARACTERS_AT_MOST = 2_000  # of a statement; what follows is not compared

Vector = Sequence[float]

_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV", "NUM", "X"})
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_SPELLED = {
    word: float(number)
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ]
    )
} | {
    "couple": 2.0,
    "pair": 2.0,
    "dozen": 12.0,
    "hundred": 100.0,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "half": 0.5,
}


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a statement."""

    place: int  # among the words
    start: int  # first code point
    end: int  # one past the last
    form: str  # as written, in lower case
    base: str  # "be" for "was"
    kind: str  # NOUN, VERB, …
    tag: str  # NNS, VBD, …
    part: str  # nsubj, ROOT, …
    head: int  # place of the word it hangs from
    entity: str  # GPE, DATE, …
    number: float | None
    denied: bool  # "not", "no", "never" go with it
    conceded: bool  # "while there may be …", before the comma

    @property
    def tells(self) -> bool:
        """Whether it says anything by itself."""
        return self.kind in _CONTENT and self.base not in EMPTY and self.form.isascii()


@dataclass(frozen=True)
class Text:
    """A statement that was read."""

    text: str
    words: tuple[Word, ...]  # at least one
    vector: Vector = ()  # of length 1, what it is about; empty where nobody made one

    @cached_property
    def telling(self) -> tuple[Word, ...]:
        return tuple(word for word in self.words if word.tells)

    @cached_property
    def forms(self) -> frozenset[str]:
        return frozenset(word.form for word in self.words)

    @cached_property
    def root(self) -> Word:
        return next((w for w in self.words if w.part == "ROOT"), self.words[0])

    @cached_property
    def subject(self) -> Word | None:
        return next((w for w in self.words if w.part in {"nsubj", "nsubjpass"}), None)

    @property
    def length(self) -> float:
        """Of its words, as a logarithm."""
        return math.log(len(self.words))


def read(texts: Iterable[str]) -> Iterator[Text]:
    """Read statements; much faster together than one by one. An empty one is «—»."""
    written = [text[:CHARACTERS_AT_MOST] if text.strip() else "—" for text in texts]
    for text, doc in zip(written, parsed_texts(written), strict=True):
        yield Text(text, tuple(_words(doc)))


def _words(doc: Doc) -> Iterator[Word]:
    denied, conceded = _denied(doc), _conceded(doc)
    for token in doc:
        yield Word(
            place=token.i,
            start=token.idx,
            end=token.idx + len(token.text),
            form=token.lower_,
            base=token.lemma_.lower(),
            kind=token.pos_,
            tag=token.tag_,
            part=token.dep_,
            head=token.head.i,
            entity=token.ent_type_,
            number=_number(token),
            denied=token.i in denied,
            conceded=token.i in conceded,
        )


def _number(token: Token) -> float | None:
    if token.pos_ != "NUM" and not token.text[0].isdigit():
        return None
    written = token.lower_.replace(",", "")
    if written in _SPELLED:
        return _SPELLED[written]
    return float(written) if _NUMBER.fullmatch(written) else None


def _denied(doc: Doc) -> set[int]:
    found: set[int] = set()
    for token in doc:
        if token.lower_ in DENIALS or token.lemma_.lower() in DENIALS:
            # «no», «without» deny; two others undo each other: «not without».
            if token.lower_ in {"no", "without", "neither"}:
                found |= _with_what_it_is(token.head)
            else:
                found ^= _with_what_it_is(token.head)
    return found


def _with_what_it_is(token: Token) -> set[int]:
    """Return the word and, of «is», what is: «is not safe» denies «safe»."""
    found = {token.i}
    if token.lemma_ == "be":
        found |= {t.i for t in token.children if t.dep_ in {"acomp", "attr"}}
    return found


def _conceded(doc: Doc) -> set[int]:
    """Return what is granted before the point is made: «While …,» and «…, yet»."""
    commas = [token.i for token in doc if token.text == ","]
    begins = next((t.i for t in doc if t.is_alpha), 0)
    found: set[int] = set()
    if commas and doc[begins].lower_ in CONCEDING:
        found |= set(range(begins, next((c for c in commas if c > begins), begins)))
    for comma in commas:
        if comma + 1 < len(doc) and doc[comma + 1].lower_ in TURNING:
            found |= set(range(begins, comma))
    return found
