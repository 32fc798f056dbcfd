"""Running the reader over marked articles, as the product runs it."""

from __future__ import annotations

import time
from collections import Counter
from functools import partial

from claims.endpoint import reading as plugged_in
from claims.endpoint.terms import Terms
from claims.evaluation.annotations import (
    AnnotatedArticle,
    Attribution,
    BadData,
    holds_quotation,
    prediction_fields,
    read_annotated,
)
from claims.evaluation.extraction import ExtractionMeasures
from claims.evaluation.misreading import forms_taken_for, misread_paragraphs
from claims.evaluation.outcome import (
    Column,
    Comparison,
    Confusions,
    Miss,
    Outcome,
    Run,
    System,
)
from claims.evaluation.worst import Worst
from claims.extraction import Candidate, Weights, read_article
from claims.learned import extraction_weights
from sources.clock import shared_now

ARTICLES = "articles.jsonl"

PUBLISHED = Comparison(
    title="Attributed statements in political news, F1",
    measured_on="84 held-out articles with 2,049 statements",
    columns=(
        Column(measure="span_f1", title="all", least=0.64),
        Column(measure="quoted_f1", title="quoted", least=0.85),
        Column(measure="indirect_f1", title="indirect", least=0.48),
        Column(measure="quoted_end_to_end_f1", title="quoted, end to end", least=0.77),
        Column(measure="source_accuracy", title="source", least=0.91),
        Column(
            measure="cpu_ms_per_article",
            title="CPU ms an article",
            most=250,
            decimals=0,
        ),
    ),
    systems=(
        System(
            name="textacy, per paragraph",
            scores={
                "span_f1": 0.274,
                "quoted_f1": 0.573,
                "indirect_f1": 0.001,
                "quoted_end_to_end_f1": 0.530,
                "source_accuracy": 0.92,
            },
        ),
        System(
            name="rules of GenderGapTracker",
            scores={
                "span_f1": 0.498,
                "quoted_f1": 0.656,
                "indirect_f1": 0.377,
                "quoted_end_to_end_f1": 0.495,
            },
        ),
        System(
            name="plain dependency rules on spaCy",
            scores={
                "span_f1": 0.548,
                "quoted_f1": 0.749,
                "indirect_f1": 0.394,
                "quoted_end_to_end_f1": 0.612,
                "source_accuracy": 0.84,
            },
        ),
        System(
            name="a CRF trained on 840 articles, with spaCy's features",
            scores={
                "span_f1": 0.691,
                "quoted_f1": 0.872,
                "indirect_f1": 0.590,
                "quoted_end_to_end_f1": 0.758,
                "source_accuracy": 0.84,
            },
        ),
    ),
)


def evaluate(run: Run) -> Outcome:
    """
    Read every article of articles.jsonl and measure what was found.

    The measures are fractions of 1, or None where the data marks nothing to measure;
    the time is milliseconds of CPU for an article. Raises OSError and BadData.
    """
    measures = ExtractionMeasures()
    forms: Counter[tuple[str, str]] = Counter()
    worst: Worst[Miss] = Worst(run.most_misses)
    weights = extraction_weights()
    read_article("The parser is loaded, she said.", weights=weights)
    read = partial(_asked, terms=run.terms) if run.terms else partial(_found, weights)
    cpu_seconds = 0.0
    articles = list(read_annotated(run.data / ARTICLES))
    for article in run.through(articles, of=len(articles)):
        started = time.process_time()
        found = read(article)
        cpu_seconds += time.process_time() - started
        measures.add(article.text, found=found, marked=article.attributions)
        forms += forms_taken_for(article, found)
        for miss in misread_paragraphs(article, found):
            worst.add(miss, by=miss.loss)
        run.keep(prediction_fields(article.id, found))
    if not measures.articles:
        raise BadData(f"{run.data / ARTICLES} holds no article")
    return Outcome(
        measures={
            "articles": measures.articles,
            **measures.fractions(),
            "cpu_ms_per_article": round(cpu_seconds * 1000 / measures.articles, 1),
        },
        comparisons=(PUBLISHED,),
        confusions=(Confusions(title="Form of the statements", counts=forms),),
        misses=worst.first(),
        method=_method(run.terms, weights),
    )


def _method(terms: Terms | None, weights: Weights | None) -> str:
    if terms:
        return f"the plugged-in model {terms.model}"
    if weights:
        return f"weights learned from {weights.articles} articles"
    return "the built-in rules"


def _asked(article: AnnotatedArticle, *, terms: Terms) -> list[Attribution]:
    """Return what the plugged-in model finds, and the text holds. Raises NoAnswer."""
    found = plugged_in.read(
        article.text, terms=terms, now=shared_now(), published_on=article.published_on
    )
    return [attribution(candidate, article.text) for candidate in found.candidates]


def _found(weights: Weights | None, article: AnnotatedArticle) -> list[Attribution]:
    candidates = read_article(
        article.text, published_on=article.published_on, weights=weights
    )
    return [attribution(candidate, article.text) for candidate in candidates]


def attribution(candidate: Candidate, text: str) -> Attribution:
    """Return what was found in the form in which it is measured."""
    content = tuple((piece.start, piece.end) for piece in candidate.pieces)
    return Attribution(
        content=content,
        source=((candidate.source.start, candidate.source.end),),
        quoted=holds_quotation(text, content),
        claimant=candidate.speaker.name,
    )
