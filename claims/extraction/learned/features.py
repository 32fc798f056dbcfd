"""
What is weighed, as numbers of weights: about a lead, and about a cut of it.

A feature is a hash of integers, so it is the same in every process of one Python;
texts come in as spaCy's own hashes, or by `number`. VERSION names this arrangement:
weights learned for another one mean nothing here.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any

from claims.extraction import cues
from claims.extraction.titles import OFFICES

if TYPE_CHECKING:
    from spacy.tokens import Token

    from claims.extraction.learned.leads import Lead
    from claims.extraction.learned.page import Page

VERSION = 2
SLOTS = 1 << 20  # weights in one table
CUT_FROM = 100  # where the numbers of a cut's features begin

_LISTS = (
    cues.SPEECH,
    cues.CLAUSE,
    cues.INFINITIVE,
    cues.GERUND,
    cues.OBJECT,
    cues.NAMING,
    cues.PASSIVE,
    cues.NOUN_CLAUSE,
    cues.ADJECTIVE,
    cues.AS_SAID,
)
_CHILDREN = {
    "ccomp": 1,
    "xcomp": 2,
    "dobj": 4,
    "dative": 4,
    "advcl": 8,
    "prep": 16,
    "auxpass": 32,
    "acomp": 64,
    "attr": 64,
    "oprd": 64,
    "agent": 128,
}
_ROUGHLY = ((6, 0), (9, 6), (13, 7), (20, 8), (35, 9))

Facts = Iterable[Any]  # integers, and tuples of them; no text, which hashes at random


@cache
def number(text: str) -> int:
    """Return the same number for a text in every process."""
    return zlib.crc32(text.encode())


@cache
def listed(lemma: str) -> int:
    """Say by a bit each in which of the rules' lists a word stands."""
    return sum(1 << place for place, words in enumerate(_LISTS) if lemma in words)


def roughly(count: int) -> int:
    """Return a small count as it is and a large one by its size class."""
    if count < _ROUGHLY[0][0]:
        return count
    return next((name for below, name in _ROUGHLY[1:] if count < below), 10)


def slots(facts: Facts, *, start: int = 0) -> list[int]:
    """Return which weights speak about these facts; each fact has its own."""
    last = SLOTS - 1
    return [hash(pair) & last for pair in enumerate(facts, start)]


def of_lead(lead: Lead, page: Page) -> list[int]:
    """Return the features of a word that may introduce a statement."""
    return slots(chain(_of_cue(lead, page), _of_speaker(lead), _of_place(lead, page)))


def _of_cue(lead: Lead, page: Page) -> Iterator[Any]:
    cue = lead.cue
    lemma, dep, way = cue.lemma, cue.dep, number(lead.way)
    lists, children = listed(cue.lemma_.lower()), _children(cue)
    aux, denied, particle, mark = _small_words(cue)
    yield from (
        lemma,
        (lemma, cue.pos),
        (lemma, dep),
        (lemma, way),
        (lemma, children),
        (lemma, particle),
        (cue.tag, dep),
        (dep, cue.head.lemma),
        (lists, dep),
        (lists, children),
        (lemma, aux),
        (aux, denied, lists),
        denied,
        (lemma, denied),
        (mark, dep),
        cue.suffix,
        (cue.ent_type, cue.pos),
        (children, way, cue.pos),
        (cue.head.lemma, lemma),
        (min(len(page.quoted), 2), lists),
        (min(len(page.quoted), 2), lemma),
    )


def _of_speaker(lead: Lead) -> Iterator[Any]:
    cue, speaker, way = lead.cue, lead.speaker, number(lead.way)
    lists, far = listed(cue.lemma_.lower()), cue.i - speaker.i
    kind = (speaker.pos, speaker.ent_type)
    yield from (
        (speaker.lower, lists),
        speaker.lower,
        kind,
        (kind, lists),
        (kind, cue.lemma),
        speaker.lemma,
        (speaker.dep, way),
        (speaker.tag, way),
        (way, cue.pos),
        (roughly(abs(far)), far > 0, way),
        speaker.lower_ in OFFICES,
        (speaker.i == 0, cue.i == 0),
    )


def _of_place(lead: Lead, page: Page) -> Iterator[Any]:
    cue, doc = lead.cue, page.doc
    quoted, lists = page.in_quotation(cue.idx), listed(cue.lemma_.lower())
    behind = doc[cue.i + 1].lower if cue.i + 1 < len(doc) else 0
    before = doc[cue.i - 1].lower if cue.i else 0
    yield from (
        quoted,
        (quoted, lists),
        page.place,
        behind,
        before,
        (behind, cue.lemma),
    )


def _children(word: Token) -> int:
    found = 0
    for child in word.children:
        found |= _CHILDREN.get(child.dep_, 0)
    return found


def _small_words(word: Token) -> tuple[int, bool, int, int]:
    by_dep = {child.dep_: child.lower for child in word.children}
    return (
        by_dep.get("aux", 0),
        "neg" in by_dep,
        by_dep.get("prt", 0),
        by_dep.get("mark", 0),
    )
