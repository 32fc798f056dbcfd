"""Statements told in the writer's grammar: "X said that …", "X denied …"."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from claims.extraction.cues import ASKING, SPEECH, admits
from claims.extraction.draft import Draft, Stretch
from claims.extraction.sources import mention, possessor, speaker_of
from claims.extraction.times import time_told

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

Construction = Callable[["Token"], Iterator[Draft]]


def told(doc: Doc) -> Iterator[Draft]:
    """Give every statement that the grammar of a paragraph shows."""
    for token in doc:
        if token.lower_ == "according":
            yield from _according(token)
        elif token.pos_ in {"VERB", "AUX"}:
            for construction in _OF_VERBS:
                yield from construction(token)
        elif token.pos_ == "NOUN":
            for construction in _OF_NOUNS:
                yield from construction(token)
        elif token.pos_ == "ADJ":
            yield from _adjective(token)


def _clause(verb: Token) -> Iterator[Draft]:
    """Find: X said (that) …"""
    for child in verb.children:
        if child.dep_ == "ccomp" and (
            admits("clause", verb.lemma_)
            or (_has_that(child) and verb.lemma_.lower() in SPEECH)
        ):
            yield from _draft("clause", verb, [child])


def _infinitive(verb: Token) -> Iterator[Draft]:
    """Find: X claimed to have struck …"""
    for child in verb.rights:
        if (
            (child.dep_ == "xcomp" or (child.dep_ == "advcl" and verb.lemma_ in ASKING))
            and _has_to(child)
            and admits("infinitive", verb.lemma_)
        ):
            named = [
                each for each in verb.rights if each.dep_ == "dobj" and each.i < child.i
            ]
            yield from _draft("infinitive", verb, [*named, child])


def _gerund(verb: Token) -> Iterator[Draft]:
    """Find: X suggested looking …"""
    for child in verb.rights:
        if (
            child.dep_ == "xcomp"
            and not _has_to(child)
            and admits("gerund", verb.lemma_)
        ):
            yield from _draft("gerund", verb, [child])


def _object(verb: Token) -> Iterator[Draft]:
    """Find: X denied the report."""
    if any(child.dep_ in {"ccomp", "oprd", "xcomp"} for child in verb.rights):
        return
    for child in verb.rights:
        if child.dep_ == "dobj" and admits("object", verb.lemma_):
            yield from _draft("object", verb, [child])


def _named(verb: Token) -> Iterator[Draft]:
    """Find: X called the plan a disaster."""
    for child in verb.rights:
        if child.dep_ == "oprd" and admits("naming", verb.lemma_):
            named = [each for each in verb.rights if each.dep_ == "dobj"]
            yield from _draft("naming", verb, [*named, child])
        elif child.dep_ == "ccomp" and admits("naming", verb.lemma_):
            yield from _draft("naming", verb, [child])


def _prepositional(verb: Token) -> Iterator[Draft]:
    """Find: X spoke of …; X accused Y of …"""
    for child in verb.rights:
        if child.dep_ == "prep" and admits("about", f"{verb.lemma_} {child.lower_}"):
            told_of = [each for each in child.rights if each.dep_ in {"pobj", "pcomp"}]
            named = [
                each for each in verb.rights if each.dep_ == "dobj" and each.i < child.i
            ]
            if told_of:
                yield from _draft("about", verb, [*named, *told_of[:1]])


def _passive(verb: Token) -> Iterator[Draft]:
    """Find: Y is supported by X."""
    subject = next((each for each in verb.lefts if each.dep_ == "nsubjpass"), None)
    if subject is not None and admits("passive", verb.lemma_):
        yield from _draft("passive", verb, [subject])


def _noun_clause(noun: Token) -> Iterator[Draft]:
    """Find: X's claim that …"""
    for child in noun.rights:
        if (
            child.dep_ in {"acl", "ccomp", "relcl"}
            and (child.tag_ not in {"VBN", "VBG"} or _has_that(child))
            and admits("noun_clause", noun.lemma_)
        ):
            yield from _noun_draft("noun_clause", noun, child)


def _noun_about(noun: Token) -> Iterator[Draft]:
    """Find: X's criticism of …"""
    for child in noun.rights:
        if child.dep_ == "prep" and admits(
            "noun_about", f"{noun.lemma_} {child.lower_}"
        ):
            for each in child.rights:
                if each.dep_ in {"pobj", "pcomp"}:
                    yield from _noun_draft("noun_about", noun, each)


def _noun_draft(construction: str, noun: Token, content: Token) -> Iterator[Draft]:
    speaker = possessor(noun)
    if speaker is None and noun.dep_ in {"dobj", "pobj"}:
        speaker = speaker_of(noun.head if noun.dep_ == "dobj" else noun.head.head)
    if speaker is None:
        return
    yield from _draft(construction, noun, [content], speaker=speaker)


def _adjective(adjective: Token) -> Iterator[Draft]:
    """Find: X is confident that …"""
    if adjective.dep_ != "acomp":
        return
    for child in adjective.rights:
        if child.dep_ in {"ccomp", "xcomp"} and admits("adjective", adjective.lemma_):
            yield from _draft(
                "adjective", adjective, [child], speaker=speaker_of(adjective.head)
            )
        if child.dep_ == "prep" and admits(
            "adjective_about", f"{adjective.lemma_} {child.lower_}"
        ):
            yield from _draft(
                "adjective_about",
                adjective,
                list(child.rights)[:1],
                speaker=speaker_of(adjective.head),
            )


def _according(word: Token) -> Iterator[Draft]:
    """Find: according to X, …"""
    to = next((child for child in word.rights if child.lower_ == "to"), None)
    speaker = to and next((each for each in to.rights if each.dep_ == "pobj"), None)
    if not to or speaker is None:
        return
    last = max(speaker.right_edge.i, to.right_edge.i)
    sentence = word.sent
    yield from _sentence_but(
        Stretch(word.idx, to.idx + len(to)), speaker, word.i, last, sentence
    )


def _parenthetical(verb: Token) -> Iterator[Draft]:
    """Find: The plan, X said, works."""
    if verb.dep_ != "parataxis" or not admits("clause", verb.lemma_):
        return
    speaker = speaker_of(verb)
    if speaker is None or any(child.dep_ == "ccomp" for child in verb.children):
        return
    yield from _sentence_but(
        Stretch(verb.idx, verb.idx + len(verb)),
        speaker,
        min(verb.left_edge.i, verb.i),
        verb.right_edge.i,
        verb.sent,
    )


def _sentence_but(
    cue: Stretch, speaker: Token, first: int, last: int, sentence: Span
) -> Iterator[Draft]:
    pieces = [
        *_trimmed(sentence.doc, sentence.start, first - 1),
        *_trimmed(sentence.doc, last + 1, sentence.end - 1),
    ]
    if pieces:
        yield Draft(
            pieces=tuple(pieces),
            cue=cue,
            source=mention(speaker),
            speaker=speaker,
            construction="sentence",
        )


def _draft(
    construction: str,
    cue: Token,
    contents: list[Token],
    *,
    speaker: Token | None = None,
) -> Iterator[Draft]:
    speaker = speaker or speaker_of(cue)
    if speaker is None or not contents:
        return
    first = min(content.left_edge.i for content in contents)
    last = max(content.right_edge.i for content in contents)
    source = mention(speaker)
    pieces = _around_cue(cue.doc, first, last, cue, source)
    if pieces:
        yield Draft(
            pieces=pieces,
            cue=Stretch(cue.idx, cue.idx + len(cue)),
            source=source,
            speaker=speaker,
            construction=construction,
            said=time_told(cue),
        )


def _around_cue(
    doc: Doc, first: int, last: int, cue: Token, source: Stretch
) -> tuple[Stretch, ...]:
    """Leave the cue out: "The plan, he said, works" has a piece on each side."""
    parts = [(first, last)]
    if first <= cue.i <= last:
        saying = [
            cue.i,
            *(token.i for token in doc if source.start <= token.idx < source.end),
        ]
        parts = [(first, min(saying) - 1), (max(saying) + 1, last)]
    return tuple(piece for a, b in parts for piece in _trimmed(doc, a, b))


def _trimmed(doc: Doc, first: int, last: int) -> list[Stretch]:
    """Return the stretch between two tokens without marks at its edges."""
    while first <= last and _at_edge(doc[first], keep="\"'(["):
        first += 1
    while first <= last and _at_edge(doc[last], keep="\"')]"):
        last -= 1
    if first > last:
        return []
    return [Stretch(doc[first].idx, doc[last].idx + len(doc[last]))]


def _at_edge(token: Token, *, keep: str) -> bool:
    return (token.is_punct or token.is_space) and token.text not in keep


def _has_that(verb: Token) -> bool:
    return any(child.dep_ == "mark" and child.lower_ == "that" for child in verb.lefts)


def _has_to(verb: Token) -> bool:
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.lefts)


_OF_VERBS: tuple[Construction, ...] = (
    _clause,
    _infinitive,
    _gerund,
    _object,
    _named,
    _prepositional,
    _passive,
    _parenthetical,
)
_OF_NOUNS: tuple[Construction, ...] = (_noun_clause, _noun_about)
