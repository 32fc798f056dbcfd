"""What is weighed about one way to cut a statement out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

from claims.extraction.draft import Stretch
from claims.extraction.learned.features import (
    CUT_FROM,
    listed,
    number,
    roughly,
    slots,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from claims.extraction.learned.leads import Lead
    from claims.extraction.learned.page import Page
    from claims.extraction.learned.stretches import Cut

MOST_WORDS = 80  # of a stretch that are looked at one by one
MOST_STEPS = 25
_PER_CLASS = 6  # characters of a size class of one
_SAYING = 3  # the first two lists


@dataclass(slots=True)
class _View:
    """A cut with what several features ask about it."""

    lead: Lead
    page: Page
    pieces: tuple[Stretch, ...]
    shape: int
    name: int
    first: int  # its words, by their places
    last: int
    opening: Token  # the first word that is no mark
    top: Token  # the word that holds it together
    marks: int  # how quotation marks lie in it
    lists: int
    standing: int  # what the rules make of it: 2 chosen, 1 with another cue, 0
    grammar: int  # the rules' construction, where they have it at all


def of_cut(lead: Lead, cut: Cut, page: Page, *, sure: int) -> list[int]:
    """Return the features of a cut; `sure` is how much is thought of its lead."""
    view = _view(lead, cut, page)
    return slots(
        chain(
            _of_shape(view),
            _of_words(view),
            _of_edges(view),
            _of_hold(view),
            _of_rules(view, cut),
            _of_inside(view),
            _of_lead(view, sure),
        ),
        start=CUT_FROM,
    )


def _view(lead: Lead, cut: Cut, page: Page) -> _View:
    pieces, doc = cut.pieces, page.doc
    first, last = page.words(Stretch(pieces[0].start, pieces[-1].end))
    opening = doc[first + 1] if doc[first].is_punct and first < last else doc[first]
    chosen, seen = page.chosen.get(pieces), page.seen.get(pieces)
    standing = 0
    if chosen is not None:
        standing = 2 if chosen.cue.start == lead.cue.idx else 1
    shape = cut.shape
    name = number(shape.name)
    return _View(
        lead=lead,
        page=page,
        pieces=pieces,
        shape=hash((name, number(shape.first), number(shape.last), shape.place)),
        name=name,
        first=first,
        last=last,
        opening=opening,
        top=_top(opening, first, last),
        marks=_marks(page, pieces),
        lists=listed(lead.cue.lemma_.lower()),
        standing=standing,
        grammar=number(seen[0].construction) if seen else 0,
    )


def _top(word: Token, first: int, last: int) -> Token:
    for _ in range(MOST_STEPS):
        if word.head.i == word.i or not first <= word.head.i <= last:
            break
        word = word.head
    return word


def _marks(page: Page, pieces: tuple[Stretch, ...]) -> int:
    found = 0
    for mark in page.quoted:
        for piece in pieces:
            if mark.start < piece.end and piece.start < mark.end:
                found |= 1
                found |= 2 * (mark.start <= piece.start and piece.end <= mark.end)
                found |= 4 * (piece.start < mark.start or piece.end > mark.end)
    return found


def _of_shape(view: _View) -> Iterator[Any]:
    lemma, shape, name, lists = (
        view.lead.cue.lemma,
        view.shape,
        view.name,
        view.lists,
    )
    size = roughly(sum(piece.end - piece.start for piece in view.pieces) // _PER_CLASS)
    way, marks = number(view.lead.way), view.marks
    yield from (
        shape,
        (shape, lists),
        (shape, lemma),
        (name, size),
        (name, view.lead.cue.pos),
        (name, lemma),
        size,
        (size, lists),
        (marks, lists),
        (marks, name),
        (marks, lemma),
        (marks, size),
        (way, shape),
        min(len(view.pieces), 3),
        (min(len(view.pieces), 3), marks),
        (view.standing, view.grammar, size),
    )


def _of_words(view: _View) -> Iterator[Any]:
    opening, last, top = view.opening, view.page.doc[view.last], view.top
    lemma, name, lists = view.lead.cue.lemma, view.name, view.lists
    yield from (
        (opening.lower, lists),
        (opening.lower, lemma),
        (opening.lower, view.shape),
        (opening.pos, name),
        (opening.tag, top.dep, lists),
        (opening.is_title, name, view.first == 0),
        (last.lower, name),
        (last.dep, name),
        top.lemma,
        (top.lemma, lists),
        (top.lemma, lemma),
    )


def _of_edges(view: _View) -> Iterator[Any]:
    doc, name, first, last = view.page.doc, view.name, view.first, view.last
    before = doc[first - 1] if first else None
    behind = doc[last + 1] if last + 1 < len(doc) else None
    end, sentence = view.pieces[-1].end, view.lead.cue.sent
    at_end = end >= sentence.end_char - 2
    at_start = view.pieces[0].start <= sentence.start_char + 1
    follows, attached = _following(view)
    mark = _mark(behind)
    loose = _loose_end(view)
    yield from (
        (before.lower if before else 0, name),
        (before.pos if before else 0, view.lead.cue.pos),
        (behind.lower if behind else 1, name),
        (behind.pos if behind else 1, name),
        (at_end, at_start, name),
        (ord(view.page.text[end : end + 1] or " "), view.marks),
        (follows, attached, mark),
        (follows, attached, name),
        (attached, mark, at_end),
        (_before(view, before), before.dep if before else 0, name),
        loose,
        (loose, view.top.pos),
        (loose, name),
        (loose, view.lists),
        (loose, follows, attached),
    )


def _of_hold(view: _View) -> Iterator[Any]:
    """Give how the stretch hangs together, and on what."""
    top, first, last, cue = view.top, view.first, view.last, view.lead.cue
    name, lists, lemma = view.name, view.lists, cue.lemma
    starts = top.left_edge.i in (first, view.opening.i)
    whole = (
        starts and top.right_edge.i == last,
        top.left_edge.i >= first and top.right_edge.i <= last,
        top.head.i == cue.i,
    )
    subject = any(child.dep_ in {"nsubj", "nsubjpass"} for child in top.lefts)
    far = (
        roughly(abs(first - cue.i if first > cue.i else cue.i - last)),
        first > cue.i,
    )
    speaks = any(
        piece.start <= view.lead.speaker.idx < piece.end for piece in view.pieces
    )
    yield from (
        (top.dep, name),
        (top.dep, lemma),
        (top.dep, view.shape),
        (top.dep, subject, lists),
        (top.dep, subject, whole[2], lemma),
        (top.pos, lists, whole[2]),
        whole,
        (whole, name),
        (far, name),
        (far, lists),
        (speaks, name),
    )


def _of_rules(view: _View, cut: Cut) -> Iterator[Any]:
    page, at, lists = view.page, view.lead.cue.idx, view.lists
    standing, grammar = view.standing, view.grammar
    same_cue = any(draft.cue.start == at for draft in page.seen.get(view.pieces, ()))
    other = 0 if standing else _in_the_way(view)
    yield from (
        (grammar, same_cue, standing),
        (other, view.name),
        (other, standing, grammar, lists),
        (at in page.chosen_cues, standing),
        (number(view.lead.way), standing, grammar),
        (cut.shape.place, standing),
    )


def _of_inside(view: _View) -> Iterator[Any]:
    doc, first, last = view.page.doc, view.first, view.last
    verbs = [
        token
        for token in doc[first : min(last + 1, first + MOST_WORDS)]
        if token.pos_ == "VERB"
    ]
    saying = sum(bool(listed(verb.lemma_.lower()) & _SAYING) for verb in verbs)
    crosses = doc[first].sent.start != doc[last].sent.start
    yield from (
        (min(len(verbs), 5), view.lists),
        (min(len(verbs), 5), view.top.dep),
        (min(saying, 3), view.lists),
        (min(saying, 3), view.name, view.marks),
        (crosses, view.name, view.marks),
    )


def _of_lead(view: _View, sure: int) -> Iterator[Any]:
    yield from (sure, (sure, view.name), (sure, view.marks, view.standing))


def _in_the_way(view: _View) -> int:
    """Say whether the rules chose something else there: 2 by the same cue, 1 not."""
    for pieces, draft in view.page.chosen.items():
        if any(mine.meets(theirs) for mine in view.pieces for theirs in pieces):
            return 2 if draft.cue.start == view.lead.cue.idx else 1
    return 0


def _following(view: _View) -> tuple[int, int]:
    """Return how the next word stands to the sentence, and to the stretch."""
    doc: Doc = view.page.doc
    behind = doc[view.last + 1 : view.last + 4]
    word = next((token for token in behind if not token.is_punct), None)
    if word is None:
        return 0, 0
    above = word.head.i
    if view.first <= above <= view.last:
        return word.dep, 1
    if above == view.lead.cue.i:
        return word.dep, 2
    return word.dep, 3 if above < view.first else 4


def _before(view: _View, word: Token | None) -> int:
    if word is None:
        return 0
    if view.first <= word.head.i <= view.last:
        return 1
    return 2 if word.i == view.lead.cue.i else 3


def _mark(word: Token | None) -> int:
    if word is None or not word.is_punct:
        return 0
    return 1 if word.text == "," else 2


def _loose_end(view: _View) -> tuple[int, int, int]:
    """Describe what hangs at the end of the stretch, and the mark before it."""
    doc, first, top, end = view.page.doc, view.first, view.top, view.last
    while end > first and doc[end].is_punct:
        end -= 1
    word = doc[end]
    for _ in range(MOST_STEPS):
        if top.i in (word.i, word.head.i):
            break
        if not first <= word.head.i <= view.last or word.head.i == word.i:
            break
        word = word.head
    if word.i == top.i:
        return 0, 0, 0
    before = word.left_edge.i - 1
    return word.dep, word.tag, _mark(doc[before]) if before > first else 0
