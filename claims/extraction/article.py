"""From the text of an article to the statements in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from claims.extraction.candidate import Candidate, Form, Span, Speaker
from claims.extraction.continuations import Reading, Statement, join
from claims.extraction.draft import Draft, Stretch
from claims.extraction.errors import ArticleTooLong
from claims.extraction.grammar import parsed
from claims.extraction.learned.choosing import chosen
from claims.extraction.learned.page import Page
from claims.extraction.names import read_mention
from claims.extraction.paragraphs import paragraphs
from claims.extraction.quotations import Quotation, quotations
from claims.extraction.resolution import Cast
from claims.extraction.rules import ruled
from claims.extraction.speech import announcing
from claims.extraction.splitting import single_claims
from claims.extraction.times import day_of

if TYPE_CHECKING:
    from claims.extraction.learned.weights import Weights

# Twice the longest magazine story; reading so much takes some ten seconds of CPU.
MAX_ARTICLE_CHARACTERS = 300_000
# Quotations in one paragraph; beyond, each word beside each mark would be weighed.
MOST_WEIGHED = 40


def read_article(
    text: str,
    *,
    published_on: date | None = None,
    weights: Weights | None = None,
    known: Mapping[str, str] | None = None,
) -> list[Candidate]:
    """
    Return the attributed statements of an English article, in reading order.

    Offsets count code points of `text` exactly as given. `published_on` turns
    "on Saturday" into a date. With `weights` what was learned from marked articles
    decides what is a statement, without them the rules alone. `known` gives the name
    for each alias of somebody who is known, by the alias in lower case without "the".
    Raises ArticleTooLong above MAX_ARTICLE_CHARACTERS.
    """
    if len(text) > MAX_ARTICLE_CHARACTERS:
        raise ArticleTooLong(
            f"an article has at most {MAX_ARTICLE_CHARACTERS:,} characters,"
            f" this one {len(text):,}"
        )
    return read_pages(
        text,
        pages(text),
        published_on=published_on,
        weights=weights,
        known=known,
    )


def read_pages(
    text: str,
    parsed: Iterable[tuple[int, Page]],
    *,
    published_on: date | None = None,
    weights: Weights | None = None,
    known: Mapping[str, str] | None = None,
) -> list[Candidate]:
    """Return the statements of an article that is parsed: paragraphs with places."""
    readings = [_reading(page, start=start, weights=weights) for start, page in parsed]
    join(readings)
    cast = Cast(mention for reading in readings for mention in reading.mentions)
    return [
        _candidate(
            text,
            reading,
            each.draft,
            speaker=_by_known_name(cast.speaker(each.speaker), known or {}),
            published_on=published_on,
        )
        for reading in readings
        for each in reading.statements
    ]


def _by_known_name(speaker: Speaker, known: Mapping[str, str]) -> Speaker:
    name = known.get(speaker.name.casefold().removeprefix("the "))
    return replace(speaker, name=name) if name else speaker


def pages(text: str) -> Iterator[tuple[int, Page]]:
    """Give each paragraph of an article, parsed, with its place in the text."""
    read = list(paragraphs(text))
    for number, (paragraph, doc) in enumerate(parsed(read)):
        quoted = quotations(paragraph.text)
        yield (
            paragraph.start,
            Page(
                text=paragraph.text,
                doc=doc,
                quoted=quoted,
                rules=ruled(paragraph.text, doc, quoted),
                number=number,
                last=number + 1 == len(read),
            ),
        )


def _reading(page: Page, *, start: int, weights: Weights | None) -> Reading:
    text, doc, quoted = page.text, page.doc, page.quoted
    marks = [Stretch(each.start, each.end) for each in quoted]

    def statement(draft: Draft) -> Statement:
        if not any(mark.meets(piece) for mark in marks for piece in draft.pieces):
            draft = replace(draft, singles=single_claims(doc, draft.pieces))
        return Statement(draft.moved(start), read_mention(draft.speaker, offset=start))

    announced = announcing(text, doc)
    beside = [text[slice(*gap)] for gap in _besides(text, quoted)]
    opens = bool(quoted) and not beside[0].strip()
    return Reading(
        quoted=[mark.moved(start) for mark in marks],
        statements=[statement(draft) for draft in _drafts(page, weights)],
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


def _besides(text: str, quoted: Sequence[Quotation]) -> list[Stretch]:
    """Return what lies around and between the quotations."""
    starts = [0, *(each.end for each in quoted)]
    ends = [*(each.start for each in quoted), len(text)]
    return [Stretch(*gap) for gap in zip(starts, ends, strict=True)]


def _drafts(page: Page, weights: Weights | None) -> list[Draft]:
    # A printed interview says itself who speaks; there is nothing to weigh.
    if weights is None or page.rules.dialogue or len(page.quoted) > MOST_WEIGHED:
        return list(page.rules.chosen)
    return chosen(page, weights)


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
        singles=tuple(map(span, draft.singles)),
    )


def _form(draft: Draft, marks: list[Stretch]) -> Form:
    if all(any(piece.within(mark) for mark in marks) for piece in draft.pieces):
        return Form.DIRECT
    if any(piece.meets(mark) for piece in draft.pieces for mark in marks):
        return Form.MIXED
    return Form.INDIRECT
