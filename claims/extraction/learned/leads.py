"""Words that may introduce a statement, each with who would be saying it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from claims.extraction.sources import possessor, speaker_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

MOST_SPEAKERS = 2
_LEADING = frozenset({"VERB", "AUX", "NOUN", "ADJ", "PROPN", "ADP", "ADV", "SCONJ"})
_NEVER = frozenset({"aux", "auxpass", "compound"})
_VERBS = frozenset({"VERB", "AUX"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_PREDICATES = frozenset({"acomp", "oprd", "attr", "xcomp", "conj"})

Found = Iterator[tuple["Token | None", str]]


class Lead(NamedTuple):
    """A word, somebody, and the grammar that ties the two."""

    cue: Token
    speaker: Token
    way: str  # "subj", "poss", "giver": how the speaker was found


def leads(doc: Doc) -> Iterator[Lead]:
    """Give all that might introduce a statement, far more than what does."""
    for cue in doc:
        if _may_lead(cue):
            yield from _with_speakers(cue)


def _may_lead(word: Token) -> bool:
    if word.pos_ not in _LEADING or word.dep_ in _NEVER:
        return False
    if word.pos_ in {"ADV", "SCONJ", "ADP"}:
        return word.lower_ == "according" or word.dep_ == "prep"
    return True


def _with_speakers(cue: Token) -> Iterator[Lead]:
    found: list[Token] = []
    for speaker, way in _speakers(cue):
        if speaker is None or speaker in (cue, *found):
            continue
        found.append(speaker)
        yield Lead(cue, speaker, way)
        if len(found) == MOST_SPEAKERS:
            return


def _speakers(cue: Token) -> Found:
    if cue.lower_ == "according":
        return _source_of(cue)
    if cue.pos_ in _VERBS:
        return _of_verb(cue)
    if cue.pos_ in _NOUNS:
        return _of_noun(cue)
    return _of_others(cue)


def _source_of(according: Token) -> Found:
    for to in according.rights:
        if to.lower_ == "to":
            yield _object(to), "to"


def _of_verb(verb: Token) -> Found:
    subject = speaker_of(verb)
    yield subject, "subj"
    if subject is None:
        yield from (
            (child, "pass") for child in verb.children if child.dep_ == "nsubjpass"
        )


def _of_noun(noun: Token) -> Found:
    owner, giver = possessor(noun), _giver(noun)
    yield owner, "poss"
    yield giver, "giver"
    if noun.dep_ in {"dobj", "attr"}:
        yield speaker_of(noun.head), "dobj"
    elif noun.dep_ == "pobj":
        yield speaker_of(noun.head.head), "pobj"
    elif noun.dep_ in {"nsubj", "nsubjpass"} and owner is None and giver is None:
        named = (
            child for child in noun.lefts if child.dep_ in {"compound", "amod", "nmod"}
        )
        yield next(named, None), "named"


def _of_others(word: Token) -> Found:
    above: Token = word.head
    if word.pos_ in {"ADJ", "ADV"} and word.dep_ in {"amod", "acl"}:
        yield above, "described"
    elif above.pos_ in _VERBS and (word.dep_ in _PREDICATES or word.dep_ == "prep"):
        yield speaker_of(above), "prep" if word.dep_ == "prep" else "complement"


def _giver(noun: Token) -> Token | None:
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ in {"from", "by", "of"}:
            return _object(child)
    return None


def _object(preposition: Token) -> Token | None:
    return next((each for each in preposition.rights if each.dep_ == "pobj"), None)
