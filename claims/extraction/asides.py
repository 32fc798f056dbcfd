"""Sentences whose speaker is named in passing: "…, according to X", "as X put it"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from claims.extraction.cues import AS_SAID, admits
from claims.extraction.draft import Draft, Stretch
from claims.extraction.drafting import rest_of_sentence
from claims.extraction.sources import speaker_of

if TYPE_CHECKING:
    from spacy.tokens import Token


def according_to(word: Token) -> Iterator[Draft]:
    """Find: …, according to X."""
    to = next((child for child in word.rights if child.lower_ == "to"), None)
    speaker = to and next((each for each in to.rights if each.dep_ == "pobj"), None)
    if to and speaker:
        cue = Stretch(word.idx, to.idx + len(to))
        yield from rest_of_sentence(
            "according", cue, speaker, aside=(word, speaker.right_edge)
        )


def in_passing(verb: Token) -> Iterator[Draft]:
    """Find: The plan, X said, works; as X put it, the plan works."""
    if verb.dep_ == "parataxis":
        told = admits("clause", verb.lemma_)
    else:
        told = _opens_with_as(verb) and verb.lemma_.lower() in AS_SAID
    if not told or any(child.dep_ == "ccomp" for child in verb.children):
        return
    speaker = speaker_of(verb)
    if speaker is not None and speaker.lower_ != "you":
        yield from rest_of_sentence(
            "in passing",
            Stretch(verb.idx, verb.idx + len(verb)),
            speaker,
            aside=(verb.left_edge, verb.right_edge),
        )


def _opens_with_as(verb: Token) -> bool:
    return verb.dep_ == "advcl" and verb.left_edge.lower_ == "as"
