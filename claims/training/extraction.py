"""Learning to read articles from articles in which people marked the statements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from claims.evaluation.extraction import ExtractionMeasures
from claims.evaluation.reading import attribution
from claims.extraction.article import read_pages
from claims.extraction.learned.features import SLOTS
from claims.extraction.learned.weights import Weights
from claims.training.examples import Examples, Parsed, examples, joined, parse
from claims.training.fitting import Fitted, fit_odds, fit_ranks

if TYPE_CHECKING:
    from claims.evaluation.annotations import AnnotatedArticle
    from claims.extraction.learned.proposals import Sure

LEAD_ROUNDS, LEAD_BATCH = 6, 8_000
CUT_ROUNDS, CUT_BATCH = 4, 20_000
RANK_ROUNDS = 4
HALVES = 2

Through = Callable[[str, Sequence[int]], Iterable[int]]  # tells how far it is


def in_silence(_what: str, items: Sequence[int]) -> Iterable[int]:
    """Go through numbers without telling anybody."""
    return items


def parsed(
    articles: Sequence[AnnotatedArticle], *, through: Through = in_silence
) -> list[Parsed]:
    """Parse marked articles, once for all that is learned from them."""
    return [parse(articles[n]) for n in through("Parsing", range(len(articles)))]


def train_on(articles: Sequence[Parsed], *, through: Through = in_silence) -> Weights:
    """
    Learn from articles that were parsed.

    How likely a lead introduces a statement is one of the things that are weighed
    for its cuts. What was learned of the lead itself would look surer than it will
    of new ones, so each half of the articles is seen with what the other one taught.
    """
    first = [examples(articles[n]) for n in through("Leads", range(len(articles)))]
    halves = [_of_leads(first[1 - half :: HALVES] or first) for half in range(HALVES)]
    whole = _of_leads(first)
    sures = [_sure(fitted) for fitted in halves]
    seen = joined(
        [
            examples(articles[n], sure=sures[n % HALVES])
            for n in through("Statements", range(len(articles)))
        ]
    )
    return _weights(whole, seen, articles=len(articles))


def _of_leads(parts: Sequence[Examples]) -> Fitted:
    seen = joined(parts)
    return fit_odds(
        seen.leads,
        seen.wanted_leads,
        slots=SLOTS,
        rounds=LEAD_ROUNDS,
        batch=LEAD_BATCH,
    )


def _sure(fitted: Fitted) -> Sure:
    def sure(features: list[int]) -> float:
        return float(fitted.weights[features].sum()) + fitted.bias

    return sure


def _weights(leads: Fitted, seen: Examples, *, articles: int) -> Weights:
    # What nobody says is no example of either kind.
    told = ~seen.unsaid
    both = np.concatenate([seen.leads[seen.lead_of[told]], seen.cuts[told]], axis=1)
    cuts = fit_odds(
        both, seen.wanted[told], slots=SLOTS, rounds=CUT_ROUNDS, batch=CUT_BATCH
    )
    ranks = fit_ranks(
        seen.cuts, seen.wanted, groups=seen.lead_of, slots=SLOTS, rounds=RANK_ROUNDS
    )
    return Weights(
        leads=leads.weights,
        cuts=cuts.weights,
        ranks=ranks.weights,
        lead_bias=leads.bias,
        cut_bias=cuts.bias,
        articles=articles,
    )


def cross_validated(
    articles: Sequence[Parsed], *, folds: int, through: Through = in_silence
) -> dict[str, float]:
    """
    Measure what is learned on articles that it was not learned from.

    So many times it is learned from all but every Nth article, and those are read.
    """
    measures = ExtractionMeasures()
    for fold in range(folds):
        others = [each for n, each in enumerate(articles) if n % folds != fold]
        weights = train_on(others, through=through)
        for n in through(
            f"Reading, part {fold + 1}", range(fold, len(articles), folds)
        ):
            text = articles[n].article.text
            found = read_pages(text, articles[n].pages, weights=weights)
            measures.add(
                text,
                found=[attribution(each, text) for each in found],
                marked=articles[n].article.attributions,
            )
    return {
        name: value for name, value in measures.fractions().items() if value is not None
    }
