"""Who says it: from a cue word to the mention that is its speaker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.extraction.draft import Stretch

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "csubj"})
# Parts of a noun phrase that tell more about the speaker and do not name him.
_ASIDES = frozenset({"appos", "relcl", "acl", "advcl", "punct", "conj", "cc", "dep"})
MAX_STEPS_UP = 6


def speaker_of(verb: Token) -> Token | None:
    """Return the head of whoever does what this verb says, or None."""
    token = verb
    for _ in range(MAX_STEPS_UP):
        passive = _is_passive(token)
        if found := _agent(token) if passive else _subject(token):
            return found
        if token.dep_ == "acl":
            return token.head if token.head.pos_ in {"NOUN", "PROPN", "PRON"} else None
        if passive and token is verb:
            return None
        if token.dep_ not in {"conj", "xcomp", "advcl", "pcomp", "prep", "ccomp"}:
            return None
        if token.dep_ == "ccomp" and token.tag_ not in {"VBG", "VB"}:
            return None
        token = token.head
    return None


def mention(head: Token) -> Stretch:
    """Return the mention around its head, without what stands in apposition."""
    first, last = head.left_edge, head
    for child in head.rights:
        if child.dep_ in _ASIDES or _tells_a_deed(child):
            break
        last = child.right_edge
    while first.i < head.i and (
        first.is_punct or first.is_space or first.dep_ in {"cc", "advmod"}
    ):
        first = head.doc[first.i + 1]
    while last.i > head.i and last.text == ",":
        last = last.nbor(-1)
    return Stretch(first.idx, last.idx + len(last))


def _tells_a_deed(preposition: Token) -> bool:
    """Tell "the union of hiding the report", which is no kind of union."""
    return any(child.dep_ == "pcomp" for child in preposition.rights)


def possessor(noun: Token) -> Token | None:
    """Return "Trump" of "Trump's claim", or None."""
    return next((child for child in noun.lefts if child.dep_ == "poss"), None)


def _subject(verb: Token) -> Token | None:
    return next((child for child in verb.children if child.dep_ in SUBJECTS), None)


def _is_passive(verb: Token) -> bool:
    if any(child.dep_ in {"nsubjpass", "auxpass"} for child in verb.children):
        return True
    # "Asked whether …, she said": the one who was asked does not ask.
    bare = verb.tag_ == "VBN" and verb.dep_ in {"advcl", "acl"}
    return bare and not any(child.dep_ in {"aux", *SUBJECTS} for child in verb.children)


def _agent(verb: Token) -> Token | None:
    for child in verb.rights:
        if child.dep_ == "agent":
            return next((each for each in child.rights if each.dep_ == "pobj"), None)
    return None
