"""Statements that hang on a noun or an adjective: "X's claim that …", "X is sure …"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from claims.extraction.cues import admits
from claims.extraction.draft import Draft
from claims.extraction.drafting import attributed, has_that
from claims.extraction.sources import possessor, speaker_of

if TYPE_CHECKING:
    from spacy.tokens import Token


def of_noun(noun: Token) -> Iterator[Draft]:
    """Find: X's claim that …; X expressed fear of …; a statement from X that …"""
    for child in noun.rights:
        if child.dep_ in {"acl", "ccomp", "relcl"}:
            # A participle describes the noun; only "that" makes it a statement.
            told = child.tag_ not in {"VBN", "VBG"} or has_that(child)
            if told and admits("noun_clause", noun.lemma_):
                yield from _by_its_speaker("noun_clause", noun, child)
        elif child.dep_ == "prep" and admits(
            "noun_about", f"{noun.lemma_} {child.lower_}"
        ):
            for each in child.rights:
                if each.dep_ in {"pobj", "pcomp"}:
                    yield from _by_its_speaker("noun_about", noun, each)


def of_adjective(adjective: Token) -> Iterator[Draft]:
    """Find: X is confident that …; X is worried about …"""
    if adjective.dep_ != "acomp":
        return
    speaker = speaker_of(adjective.head)
    for child in adjective.rights:
        if child.dep_ in {"ccomp", "xcomp"} and admits("adjective", adjective.lemma_):
            yield from attributed("adjective", adjective, [child], speaker=speaker)
        elif child.dep_ == "prep" and admits(
            "adjective_about", f"{adjective.lemma_} {child.lower_}"
        ):
            told = list(child.rights)[:1]
            yield from attributed("adjective_about", adjective, told, speaker=speaker)


def _by_its_speaker(construction: str, noun: Token, told: Token) -> Iterator[Draft]:
    speaker = possessor(noun) or _giver(noun)
    if speaker is None and noun.dep_ == "dobj":
        speaker = speaker_of(noun.head)
    elif speaker is None and noun.dep_ == "pobj":
        speaker = speaker_of(noun.head.head)
    if speaker is not None:
        yield from attributed(construction, noun, [told], speaker=speaker)


def _giver(noun: Token) -> Token | None:
    """Return the company of "a statement from the company that …"."""
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ in {"from", "by"}:
            return next((each for each in child.rights if each.dep_ == "pobj"), None)
    return None
