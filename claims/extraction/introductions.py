"""Whom a noun introduces: "the mayor, Oda Prell", "a study by the Institute"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from claims.extraction.sources import possessor
from claims.extraction.titles import OFFICES, PERSONAL
from claims.extraction.words import words

if TYPE_CHECKING:
    from spacy.tokens import Token

# A paper says nothing by itself: whoever wrote it does.
PAPERS = words(
    """
    study studies report reports survey surveys poll polls analysis paper papers memo
    memorandum letter review investigation assessment statement audit estimate
    estimates brochure leaflet bulletin filing complaint
    """
)
_WRITTEN_BY = frozenset({"by", "from"})


def introduced(noun: Token) -> Token:
    """Return the name that a noun introduces, or the noun itself."""
    if noun.pos_ != "NOUN":
        return noun
    return _named(noun) or _author(noun) or noun


def titled(head: Token) -> Token | None:
    """Return the title of "Councillor Maren Holt", which a parser takes for a firm."""
    first: Token = head
    while first.i > head.left_edge.i and first.nbor(-1).text.istitle():
        first = first.nbor(-1)
    personal = first.i < head.i and first.lower_ in PERSONAL
    return first if personal and head.pos_ == "PROPN" else None


def _named(noun: Token) -> Token | None:
    """Find Prell for "the mayor of Aldmoor, Oda Prell"; the parse may hang her on it."""
    for name in _in_apposition(noun):
        behind_comma = name.left_edge.i > noun.i and name.left_edge.nbor(-1).text == ","
        if name.ent_type_ == "PERSON":
            return name
        if noun.lower_ in OFFICES and behind_comma and _is_full_name(name):
            return name
    return None


def _in_apposition(noun: Token) -> Iterator[Token]:
    yield from (child for child in noun.rights if child.dep_ == "appos")
    if noun.lower_ not in OFFICES:
        return
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ in {"of", "at", "for"}:
            for body in child.rights:
                # The town of a body is in apposition too, and no person.
                yield from (
                    each
                    for each in body.rights
                    if each.dep_ == "appos" and each.ent_type_ == "PERSON"
                )


def _is_full_name(name: Token) -> bool:
    alone = name.ent_type_ == "" and name.pos_ == "PROPN"
    return alone and name.left_edge.i < name.i and name.left_edge.text.istitle()


def _author(noun: Token) -> Token | None:
    if noun.lower_ not in PAPERS:
        return None
    for child in noun.rights:
        if child.dep_ in {"prep", "agent"} and child.lower_ in _WRITTEN_BY:
            return next((each for each in child.rights if _is_body(each)), None)
    owner = possessor(noun)
    return owner if owner is not None and _is_body(owner) else None


def _is_body(word: Token) -> bool:
    return word.pos_ == "PROPN" or word.ent_type_ in {"ORG", "PERSON", "GPE"}
