"""From the text of an article to the statements in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from claims.extraction.candidate import Candidate, Form, Span, Speaker
from claims.extraction.clauses import told
from claims.extraction.draft import Draft, Stretch
from claims.extraction.errors import ArticleTooLong
from claims.extraction.grammar import parsed
from claims.extraction.names import Mention, read_mention
from claims.extraction.paragraphs import Paragraph, paragraphs
from claims.extraction.quotations import Quotation, quotations
from claims.extraction.resolution import Cast
from claims.extraction.speech import spoken

if TYPE_CHECKING:
    from spacy.tokens import Doc

MAX_ARTICLE_CHARACTERS = 1_000_000


def read_article(text: str, *, published_on: date | None = None) -> list[Candidate]:
    """
    Return the attributed statements of an English article, in reading order.

    Offsets count code points of `text` exactly as given. `published_on` turns
    "on Saturday" into a date. Raises ArticleTooLong above MAX_ARTICLE_CHARACTERS.
    """
    if len(text) > MAX_ARTICLE_CHARACTERS:
        raise ArticleTooLong(
            f"an article has at most {MAX_ARTICLE_CHARACTERS:,} characters,"
            f" this one {len(text):,}"
        )
    readings = [_reading(paragraph, doc) for paragraph, doc in parsed(paragraphs(text))]
    cast = Cast(mention for reading in readings for mention in reading.mentions)
    return [
        _candidate(text, reading, draft, cast.speaker(speaker))
        for reading in readings
        for draft, speaker in reading.statements
    ]


@dataclass(frozen=True, slots=True)
class _Reading:
    """What is kept of a paragraph once its parse is let go."""

    start: int
    quoted: list[Quotation]
    statements: list[tuple[Draft, Mention]]
    mentions: list[Mention]


def _reading(paragraph: Paragraph, doc: Doc) -> _Reading:
    quoted = quotations(paragraph.text)
    drafts = _chosen(
        spoken(paragraph.text, doc, quoted),
        [_whole_quotations(draft, quoted) for draft in told(doc)],
        quoted,
    )
    return _Reading(
        paragraph.start,
        quoted,
        [
            (draft, read_mention(draft.speaker, offset=paragraph.start))
            for draft in drafts
        ],
        [
            read_mention(token, offset=paragraph.start)
            for token in doc
            if token.pos_ in {"PROPN", "NOUN"}
            and token.dep_ not in {"compound", "amod"}
        ],
    )


def _chosen(
    direct: list[Draft], indirect: Iterable[Draft], quoted: list[Quotation]
) -> list[Draft]:
    """Keep what does not lie within another statement, quotations first."""
    chosen = list(direct)
    for draft in sorted(
        indirect, key=lambda each: each.covering.start - each.covering.end
    ):
        if any(quotation.holds(draft.cue.start) for quotation in quoted):
            continue
        if any(_overlap(draft, other) for other in chosen):
            continue
        chosen.append(draft)
    return sorted(chosen, key=lambda draft: draft.covering)


def _whole_quotations(draft: Draft, quoted: list[Quotation]) -> Draft:
    """Stretch a statement over quotations that it would cut in two."""
    pieces: list[Stretch] = []
    for piece in draft.pieces:
        start, end = piece
        for mark in quoted:
            if (
                mark.start < end
                and start < mark.end
                and not mark.holds(draft.cue.start)
            ):
                start, end = min(start, mark.start), max(end, mark.end)
        if pieces and start < pieces[-1].end:
            start = pieces.pop().start
        pieces.append(Stretch(start, end))
    return replace(draft, pieces=tuple(pieces))


def _overlap(draft: Draft, other: Draft) -> bool:
    return any(
        mine.meets(theirs) for mine in draft.pieces for theirs in other.pieces
    ) or any(draft.cue.within(t) for t in other.pieces)


def _candidate(
    text: str, reading: _Reading, draft: Draft, speaker: Speaker
) -> Candidate:
    def span(stretch: Stretch) -> Span:
        start, end = reading.start + stretch.start, reading.start + stretch.end
        return Span(start, end, text[start:end])

    whole = span(draft.covering)
    return Candidate(
        start=whole.start,
        end=whole.end,
        text=whole.text,
        pieces=tuple(map(span, draft.pieces)),
        form=_form(draft, reading.quoted),
        cue=span(draft.cue),
        source=span(draft.source),
        speaker=speaker,
    )


def _form(draft: Draft, quoted: list[Quotation]) -> Form:
    marks = [Stretch(each.start, each.end) for each in quoted]
    if all(any(piece.within(mark) for mark in marks) for piece in draft.pieces):
        return Form.DIRECT
    if any(piece.meets(mark) for piece in draft.pieces for mark in marks):
        return Form.MIXED
    return Form.INDIRECT
