"""A statement that makes two claims, cut into single ones that can each be checked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from claims.extraction.draft import Stretch

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

FEWEST_WORDS = 3  # of a claim that stands alone
_CLAUSES = frozenset({"VERB", "AUX"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl", "csubj"})
# "Or" leaves open which of the two is said; a condition holds for all behind it.
_JOINING = frozenset({"and", "but", "while"})
_CONDITIONS = frozenset({"if", "unless", "whether", "when", "because", "although"})
_HEDGES = frozenset(
    [
        "probably",
        "perhaps",
        "possibly",
        "maybe",
        "likely",
        "allegedly",
        "reportedly",
        "supposedly",
    ]
)
_MARKS = "\"“”'‘’«»"


def single_claims(doc: Doc, pieces: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
    """
    Return the claims that a statement joins with "and", each a clause of its own.

    Empty where it makes one only, or where the parts would not say the same apart.
    """
    if len(pieces) != 1:
        return ()
    words = [token for token in doc if pieces[0].start <= token.idx < pieces[0].end]
    if not words or words[0].lower_ in _CONDITIONS:
        return ()
    clauses = list(_clauses(words))
    if len(clauses) < 2 or _holds_for_all(clauses[0]) or not _only_joined(clauses):
        return ()
    parts = tuple(_parts(doc, pieces[0], clauses))
    whole = all(_stands_alone(doc, part) for part in parts)
    return parts if whole else ()


def _clauses(words: list[Token]) -> Iterator[Token]:
    """Give the verb that a statement hangs on, and those beside it."""
    places = {word.i for word in words}
    tops = (word for word in words if word.head.i not in places or word.head == word)
    verb = next((top for top in tops if top.pos_ in _CLAUSES), None)
    while verb is not None and verb.i in places and _has_subject(verb):
        yield verb
        verb = next((child for child in verb.rights if child.dep_ == "conj"), None)


def _has_subject(verb: Token) -> bool:
    return verb.pos_ in _CLAUSES and any(
        child.dep_ in _SUBJECTS for child in verb.lefts
    )


def _holds_for_all(verb: Token) -> bool:
    """Tell whether a condition or a hedge before the first clause is meant for all."""
    return any(child.dep_ == "advcl" or child.lower_ in _HEDGES for child in verb.lefts)


def _only_joined(clauses: list[Token]) -> bool:
    last = clauses[-1]
    if any(child.dep_ == "conj" for child in last.rights):
        return False  # a clause without a subject goes on behind the last one
    joints = [
        child.lower_
        for verb in clauses
        for child in verb.children
        if child.dep_ == "cc" and child.i < last.i
    ]
    return bool(joints) and _JOINING.issuperset(joints)


def _parts(doc: Doc, piece: Stretch, clauses: list[Token]) -> Iterator[Stretch]:
    start = piece.start
    for verb in clauses[1:]:
        first = verb.left_edge
        end = first.i - 1
        while end > 0 and (doc[end].is_punct or doc[end].dep_ == "cc"):
            end -= 1
        yield Stretch(start, max(start, doc[end].idx + len(doc[end])))
        start = first.idx
    yield Stretch(start, piece.end)


def _stands_alone(doc: Doc, part: Stretch) -> bool:
    text = doc.text[part.start : part.end]
    return len(text.split()) >= FEWEST_WORDS and not any(
        mark in text for mark in _MARKS if mark not in "'’"
    )
