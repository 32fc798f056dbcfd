"""Ways to cut a statement out of the sentence around a word that leads to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from claims.extraction.draft import Stretch
from claims.extraction.drafting import trimmed
from claims.extraction.rules import whole_quotations

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from claims.extraction.learned.leads import Lead
    from claims.extraction.quotations import Quotation

MOST_CHILDREN = 3  # beside each other that are one statement
MOST_CUTS = 4
MOST_LEVELS = 4
FAR_WORDS = 40  # between a speaker and a cue
FAR_CHARACTERS = 400  # between a quotation and the cue's sentence

_NO_PART = frozenset(
    [
        "punct",
        "cc",
        "conj",
        "nsubj",
        "nsubjpass",
        "neg",
        "aux",
        "auxpass",
        "prt",
        "agent",
        "det",
        "csubj",
    ]
)
_BEFORE_CUE = frozenset(
    ["ccomp", "nsubjpass", "dobj", "csubj", "advcl", "prep", "pcomp"]
)
_LOOSE = frozenset(
    [
        "advcl",
        "prep",
        "relcl",
        "conj",
        "appos",
        "acl",
        "npadvmod",
        "dep",
        "parataxis",
        "ccomp",
        "advmod",
    ]
)
_WITHIN_OBJECT = frozenset({"prep", "acl", "relcl", "ccomp"})
_PREDICATES = frozenset({"ccomp", "attr", "acomp", "xcomp", "advcl"})

Words = tuple[int, int]  # the first and the last word, by their places


class Shape(NamedTuple):
    """By what grammar a stretch was cut out."""

    name: str
    first: str = ""
    last: str = ""
    place: int = 0


class Cut(NamedTuple):
    """A statement as it might be, and how it came about."""

    shape: Shape
    pieces: tuple[Stretch, ...]


def cuts(lead: Lead, quoted: Sequence[Quotation]) -> Iterator[Cut]:
    """Give every way to cut out what is said there, no stretch twice."""
    seen: set[tuple[Stretch, ...]] = set()
    cue, doc = lead.cue, lead.cue.doc
    for cut in (*_by_grammar(lead, doc, quoted), *_by_marks(cue, quoted)):
        if not cut.pieces or cut.pieces in seen:
            continue
        seen.add(cut.pieces)
        if not any(piece.start <= cue.idx < piece.end for piece in cut.pieces):
            yield cut


def _by_grammar(lead: Lead, doc: Doc, quoted: Sequence[Quotation]) -> Iterator[Cut]:
    at = lead.cue.idx
    for shape, words in _parts(lead):
        yield Cut(shape, _pieces(doc, words, quoted, cue=at))
        if len(words) != 1 or shape.name not in _CUT_SHORTER:
            continue
        for first, last, how in _trims(doc, *words[0]):
            trimmed_shape = Shape(f"{how.name} {shape.name}", *how[1:])
            yield Cut(trimmed_shape, _pieces(doc, [(first, last)], quoted, cue=at))


def _trims(doc: Doc, first: int, last: int) -> Iterator[tuple[int, int, Shape]]:
    """Give smaller stretches: less at the end, less at the start, less at both."""
    if first > last:
        return
    starts = [(first, "short"), *((late, "late") for late in _late(doc, first, last))]
    for start, name in starts:
        if start > first:
            yield start, last, Shape(name, doc[first].dep_)
        for end, dropped, level in _shorter(doc, start, last):
            yield start, end, Shape(name, dropped.dep_, dropped.tag_, level)


def _late(doc: Doc, first: int, last: int) -> Iterator[int]:
    """Give the subject's place in "this weekend he would go"."""
    top = _top(doc, first, last)
    for child in top.lefts:
        if child.dep_ in {"nsubj", "nsubjpass"}:
            if first + 1 < child.left_edge.i <= last:
                yield child.left_edge.i
            return


_CUT_SHORTER = frozenset({"right", "object", "inner object", "left", "inner", "rest"})


def _by_marks(cue: Token, quoted: Sequence[Quotation]) -> Iterator[Cut]:
    start, end = cue.sent.start_char, cue.sent.end_char
    for mark in quoted:
        near = start - FAR_CHARACTERS <= mark.start <= end + 3 and mark.end >= start - 3
        if near and not mark.holds(cue.idx):
            side = "after" if mark.start > cue.idx else "before"
            yield Cut(Shape("quotation", side), (Stretch(mark.start, mark.end),))


def _pieces(
    doc: Doc, words: Sequence[Words], quoted: Sequence[Quotation], *, cue: int
) -> tuple[Stretch, ...]:
    bare = [piece for first, last in words for piece in trimmed(doc, first, last)]
    return whole_quotations(bare, quoted, cue=cue)


def _parts(lead: Lead) -> Iterator[tuple[Shape, list[Words]]]:
    cue, speaker = lead.cue, lead.speaker
    behind = [
        child
        for child in cue.rights
        if child.dep_ not in _NO_PART
        and not child.left_edge.i <= speaker.i <= child.right_edge.i
    ]
    yield from _behind(behind)
    yield _rest(cue, behind)
    yield from _around(lead)
    yield from _before(lead, behind)
    yield from _elsewhere(cue)


def _behind(children: Sequence[Token]) -> Iterator[tuple[Shape, list[Words]]]:
    for place, child in enumerate(children):
        for more, last in enumerate(children[place : place + MOST_CHILDREN]):
            shape = Shape("right", child.dep_, last.dep_, more)
            yield shape, [(child.left_edge.i, last.right_edge.i)]
        if child.dep_ in {"prep", "dative"}:
            yield from _objects("object", child, place)
        elif child.dep_ == "dobj":
            yield from _inside(child, place)


def _inside(thing: Token, place: int) -> Iterator[tuple[Shape, list[Words]]]:
    for part in thing.rights:
        if part.dep_ in _WITHIN_OBJECT:
            yield Shape("inner", part.dep_, "", place), [_all_of(part)]
            if part.dep_ == "prep":
                yield from _objects("inner object", part, place)


def _objects(
    name: str, preposition: Token, place: int
) -> Iterator[tuple[Shape, list[Words]]]:
    for each in preposition.rights:
        if each.dep_ in {"pobj", "pcomp"}:
            yield Shape(name, preposition.lower_, each.dep_, place), [_all_of(each)]


def _rest(cue: Token, behind: Sequence[Token]) -> tuple[Shape, list[Words]]:
    last = cue.sent.end - 1
    if behind and behind[0].left_edge.i > cue.i:
        return Shape("rest", behind[0].dep_), [(behind[0].left_edge.i, last)]
    return Shape("rest"), [(cue.i + 1, last)]


def _around(lead: Lead) -> Iterator[tuple[Shape, list[Words]]]:
    cue, speaker, sentence = lead.cue, lead.speaker, lead.cue.sent
    start = min(cue.i, speaker.left_edge.i)
    end = max(cue.i, speaker.right_edge.i)
    before, behind = (sentence.start, start - 1), (end + 1, sentence.end - 1)
    if end - start < FAR_WORDS:
        yield Shape("before"), [before]
        yield Shape("around"), [before, behind]
        yield Shape("behind"), [behind]
    if cue.dep_ in {"parataxis", "advcl"} or cue.lower_ == "according":
        aside = [
            (sentence.start, cue.left_edge.i - 1),
            (cue.right_edge.i + 1, sentence.end - 1),
        ]
        yield Shape("but the aside", cue.dep_), aside


def _before(lead: Lead, behind: Sequence[Token]) -> Iterator[tuple[Shape, list[Words]]]:
    for child in lead.cue.lefts:
        if child.dep_ not in _BEFORE_CUE or child.i == lead.speaker.i:
            continue
        yield Shape("left", child.dep_), [_all_of(child)]
        if behind:
            rest = (behind[0].left_edge.i, behind[-1].right_edge.i)
            yield (
                Shape("both sides", child.dep_, behind[-1].dep_),
                [
                    _all_of(child),
                    rest,
                ],
            )


def _elsewhere(cue: Token) -> Iterator[tuple[Shape, list[Words]]]:
    above = cue.head
    if cue.dep_ in {"relcl", "acl"}:
        last = max(above.i, cue.left_edge.i - 1)
        yield Shape("described"), [(above.left_edge.i, last)]
    if cue.pos_ == "NOUN" and cue.dep_ in {"nsubj", "attr"}:
        for child in above.rights:
            if child.dep_ in _PREDICATES and child.i != cue.i:
                yield Shape("predicate", child.dep_), [_all_of(child)]


def _all_of(word: Token) -> Words:
    return word.left_edge.i, word.right_edge.i


def _shorter(doc: Doc, first: int, last: int) -> Iterator[tuple[int, Token, int]]:
    """Give earlier ends of a stretch, each leaving out what hangs loosely at its end."""
    return islice(_ends(doc, first, last), MOST_CUTS)


def _ends(doc: Doc, first: int, last: int) -> Iterator[tuple[int, Token, int]]:
    seen = {last}
    word: Token | None = _top(doc, first, last)
    level = 0
    while word is not None and level < MOST_LEVELS:
        parts = [
            part
            for part in word.rights
            if first < part.i <= last and part.dep_ not in {"punct", "cc"}
        ]
        for part in reversed(parts):
            if part.dep_ not in _LOOSE:
                break
            end = _last_word_before(part, first)
            if end not in seen and part.left_edge.i > first:
                seen.add(end)
                yield end, part, min(level, 2)
        word = parts[-1] if parts else None
        level += 1


def _top(doc: Doc, first: int, last: int) -> Token:
    """Return the word that holds the stretch together, or its sentence's."""
    word = doc[first]
    while word.head.i != word.i and not (
        word.left_edge.i <= first and word.right_edge.i >= last
    ):
        word = word.head
    return word


def _last_word_before(part: Token, first: int) -> int:
    end: int = part.left_edge.i - 1
    while end > first and (part.doc[end].is_punct or part.doc[end].dep_ == "cc"):
        end -= 1
    return end
