"""From the text of an article to the statements in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from claims.extraction.candidate import Candidate, Form, Span, Speaker
from claims.extraction.clauses import told
from claims.extraction.continuations import Reading, Statement, join
from claims.extraction.draft import Draft, Stretch
from claims.extraction.errors import ArticleTooLong
from claims.extraction.fragments import led_to
from claims.extraction.grammar import parsed
from claims.extraction.names import read_mention
from claims.extraction.paragraphs import Paragraph, paragraphs
from claims.extraction.quotations import Quotation, quotations
from claims.extraction.resolution import Cast
from claims.extraction.speech import announcing, spoken
from claims.extraction.times import day_of
from claims.extraction.transcript import transcribed

if TYPE_CHECKING:
    from spacy.tokens import Doc

# Twice the longest magazine story; reading so much takes some ten seconds of CPU.
MAX_ARTICLE_CHARACTERS = 300_000


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
    join(readings)
    cast = Cast(mention for reading in readings for mention in reading.mentions)
    return [
        _candidate(
            text,
            reading,
            each.draft,
            speaker=cast.speaker(each.speaker),
            published_on=published_on,
        )
        for reading in readings
        for each in reading.statements
    ]


def _reading(paragraph: Paragraph, doc: Doc) -> Reading:
    text, start = paragraph.text, paragraph.start
    quoted = quotations(text)

    def statement(draft: Draft) -> Statement:
        return Statement(draft.moved(start), read_mention(draft.speaker, offset=start))

    announced = announcing(text, doc)
    beside = [text[slice(*gap)] for gap in _besides(text, quoted)]
    opens = bool(quoted) and not beside[0].strip()
    return Reading(
        quoted=[Stretch(each.start, each.end).moved(start) for each in quoted],
        statements=[statement(draft) for draft in _drafts(text, doc, quoted)],
        mentions=[
            read_mention(token, offset=start)
            for token in doc
            if token.pos_ in {"PROPN", "NOUN"}
            and token.dep_ not in {"compound", "amod"}
        ],
        opening=Stretch(quoted[0].start, quoted[0].end).moved(start) if opens else None,
        unfinished=bool(quoted) and not quoted[-1].closed,
        all_quoted=bool(quoted)
        and not any(any(map(str.isalnum, gap)) for gap in beside),
        announced=statement(announced) if announced else None,
    )


def _besides(text: str, quoted: list[Quotation]) -> list[Stretch]:
    """Return what lies around and between the quotations."""
    starts = [0, *(each.end for each in quoted)]
    ends = [*(each.start for each in quoted), len(text)]
    return [Stretch(*gap) for gap in zip(starts, ends, strict=True)]


def _drafts(text: str, doc: Doc, quoted: list[Quotation]) -> list[Draft]:
    dialogue = transcribed(text, doc)
    if dialogue is not None:
        return [dialogue]
    chosen = _chosen(
        spoken(text, doc, quoted),
        [_whole_quotations(draft, quoted) for draft in told(doc)],
        quoted,
    )
    marks = [Stretch(each.start, each.end) for each in quoted]
    chosen.extend(led_to(doc, marks, chosen))
    return sorted(chosen, key=lambda draft: draft.covering)


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
        if any(draft.overlaps(other) for other in chosen):
            continue
        chosen.append(draft)
    return chosen


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


def _candidate(
    text: str,
    reading: Reading,
    draft: Draft,
    *,
    speaker: Speaker,
    published_on: date | None,
) -> Candidate:
    def span(stretch: Stretch) -> Span:
        return Span(stretch.start, stretch.end, text[slice(*stretch)])

    whole = span(draft.covering)
    said = span(draft.said) if draft.said else None
    return Candidate(
        start=whole.start,
        end=whole.end,
        text=whole.text,
        pieces=tuple(map(span, draft.pieces)),
        form=_form(draft, reading.quoted),
        cue=span(draft.cue),
        source=span(draft.source),
        speaker=speaker,
        said=said,
        said_on=day_of(said.text, published_on=published_on)
        if said and published_on
        else None,
    )


def _form(draft: Draft, marks: list[Stretch]) -> Form:
    if all(any(piece.within(mark) for mark in marks) for piece in draft.pieces):
        return Form.DIRECT
    if any(piece.meets(mark) for piece in draft.pieces for mark in marks):
        return Form.MIXED
    return Form.INDIRECT
