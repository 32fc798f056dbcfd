"""Statements that hang on a verb: "X said that …", "X denied …", "X urged Y to …"."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from claims.extraction.cues import ASKING, SPEECH, admits
from claims.extraction.draft import Draft, Stretch
from claims.extraction.drafting import attributed, has_that, trimmed
from claims.extraction.introductions import PAPERS
from claims.extraction.times import time_told

if TYPE_CHECKING:
    from spacy.tokens import Token

_BRINGING_OUT = frozenset({"publish", "issue", "release", "announce"})
_COMPLEMENTS = frozenset({"dobj", "oprd", "attr", "ccomp"})


def of_verb(verb: Token) -> Iterator[Draft]:
    """Give every statement that a verb introduces."""
    for construction in _CONSTRUCTIONS:
        yield from construction(verb)


def _clause(verb: Token) -> Iterator[Draft]:
    """Find: X said (that) …"""
    for child in verb.children:
        if child.dep_ == "ccomp" and (
            admits("clause", verb.lemma_)
            or (has_that(child) and verb.lemma_.lower() in SPEECH)
        ):
            yield from attributed("clause", verb, [child])


def _infinitive(verb: Token) -> Iterator[Draft]:
    """Find: X claimed to have struck …; X urged Y to go."""
    if not admits("infinitive", verb.lemma_):
        return
    for child in verb.rights:
        asked = child.dep_ == "advcl" and verb.lemma_ in ASKING
        if _has_to(child) and (child.dep_ == "xcomp" or asked):
            named = [each for each in _objects(verb) if each.i < child.i]
            yield from attributed("infinitive", verb, [*named, child])


def _gerund(verb: Token) -> Iterator[Draft]:
    """Find: X suggested looking …"""
    for child in verb.rights:
        if (
            child.dep_ == "xcomp"
            and not _has_to(child)
            and admits("gerund", verb.lemma_)
        ):
            yield from attributed("gerund", verb, [child])


def _object(verb: Token) -> Iterator[Draft]:
    """Find: X denied the report."""
    if any(child.dep_ in {"ccomp", "oprd", "xcomp"} for child in verb.rights):
        return
    if admits("object", verb.lemma_):
        told = [each for each in _objects(verb)[:1] if not _only_names(verb, each)]
        yield from attributed("object", verb, told)


def _only_names(verb: Token, thing: Token) -> bool:
    """Tell what states nothing: a paper that is published, a bare number."""
    if verb.lemma_ in _BRINGING_OUT and thing.lower_ in PAPERS:
        return True
    return thing.left_edge.i == thing.right_edge.i and (
        thing.like_num or thing.is_digit
    )


def _naming(verb: Token) -> Iterator[Draft]:
    """Find: X called the plan a disaster."""
    if not admits("naming", verb.lemma_):
        return
    told = [child for child in verb.rights if child.dep_ in _COMPLEMENTS]
    if len(told) > 1 or any(child.dep_ in {"oprd", "ccomp"} for child in told):
        yield from attributed("naming", verb, told)


def _prepositional(verb: Token) -> Iterator[Draft]:
    """Find: X spoke of …; X accused Y of …"""
    objects = _objects(verb)
    # The parser hangs "of fraud" on Y as often as on the verb.
    for holder in (verb, *objects):
        for child in holder.rights:
            if child.dep_ != "prep" or not admits(
                "about", f"{verb.lemma_} {child.lower_}"
            ):
                continue
            told = [each for each in child.rights if each.dep_ in {"pobj", "pcomp"}]
            named = [each for each in objects if each.i < child.i]
            if told:
                yield from attributed("about", verb, [*named, *told[:1]])


def _passive(verb: Token) -> Iterator[Draft]:
    """Find: Y is denounced by X."""
    if admits("passive", verb.lemma_):
        subject = [each for each in verb.lefts if each.dep_ == "nsubjpass"]
        yield from attributed("passive", verb, subject)


def _accused(verb: Token) -> Iterator[Draft]:
    """Find: Y was accused by X of …; both Y and the charge are the statement."""
    if verb.lemma_ != "accuse":
        return
    accused = next((each for each in verb.lefts if each.dep_ == "nsubjpass"), None)
    by = next((each for each in verb.rights if each.dep_ == "agent"), None)
    accuser = by and next((each for each in by.rights if each.dep_ == "pobj"), None)
    if not accused or not accuser:
        return
    for of in (*verb.rights, *accuser.rights):
        if of.lower_ == "of" and of.dep_ == "prep":
            pieces = [
                *trimmed(verb.doc, accused.left_edge.i, accused.right_edge.i),
                *trimmed(verb.doc, of.i, of.right_edge.i),
            ]
            start, end = accuser.left_edge.idx, accuser.idx + len(accuser)
            yield Draft(
                pieces=tuple(pieces),
                cue=Stretch(verb.idx, verb.idx + len(verb)),
                source=Stretch(start, end),
                speaker=accuser,
                construction="accused",
                said=time_told(verb),
            )


_CONSTRUCTIONS: tuple[Callable[[Token], Iterator[Draft]], ...] = (
    _clause,
    _infinitive,
    _gerund,
    _object,
    _naming,
    _prepositional,
    _passive,
    _accused,
)


def _objects(verb: Token) -> list[Token]:
    return [child for child in verb.rights if child.dep_ == "dobj"]


def _has_to(verb: Token) -> bool:
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.lefts)
