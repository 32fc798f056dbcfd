"""Running the reader over marked articles, as the product runs it."""

from __future__ import annotations

import time
from contextlib import ExitStack
from pathlib import Path

from claims.evaluation.annotations import (
    AnnotatedArticle,
    Attribution,
    BadData,
    holds_quotation,
    prediction_line,
    read_annotated,
)
from claims.evaluation.extraction import ExtractionMeasures
from claims.extraction import Candidate, read_article

ARTICLES = "articles.jsonl"


Measures = dict[str, float | int | None]


def evaluate(data: Path, *, predictions: Path | None = None) -> Measures:
    """
    Read every article of `data`/articles.jsonl and measure what was found.

    The measures are fractions of 1, or None where the data marks nothing to measure;
    the time is milliseconds of CPU for an article.
    Writes what was found to `predictions` where one is named. Raises OSError and
    BadData.
    """
    measures = ExtractionMeasures()
    read_article("The parser is loaded, she said.")
    cpu_seconds = 0.0
    with ExitStack() as files:
        out = (
            files.enter_context(predictions.open("w", encoding="utf-8"))
            if predictions
            else None
        )
        for article in read_annotated(data / ARTICLES):
            started = time.process_time()
            found = _found(article)
            cpu_seconds += time.process_time() - started
            measures.add(article.text, found=found, marked=article.attributions)
            if out is not None:
                out.write(prediction_line(article.id, found) + "\n")
    if not measures.articles:
        raise BadData(f"{data / ARTICLES} holds no article")
    return {
        "articles": measures.articles,
        **measures.fractions(),
        "cpu_ms_per_article": round(cpu_seconds * 1000 / measures.articles, 1),
    }


def _found(article: AnnotatedArticle) -> list[Attribution]:
    candidates = read_article(article.text, published_on=article.published_on)
    return [_attribution(candidate, article.text) for candidate in candidates]


def _attribution(candidate: Candidate, text: str) -> Attribution:
    content = tuple((piece.start, piece.end) for piece in candidate.pieces)
    return Attribution(
        content=content,
        source=((candidate.source.start, candidate.source.end),),
        quoted=holds_quotation(text, content),
        claimant=candidate.speaker.name,
    )
