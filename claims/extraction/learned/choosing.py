"""The statements of a paragraph, by what was learned."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from claims.extraction.learned.proposals import apart, proposals

if TYPE_CHECKING:
    from claims.extraction.draft import Draft
    from claims.extraction.learned.page import Page
    from claims.extraction.learned.weights import Weights

# Where as much is found as is missed at the best balance of the two, by a trial.
LEAST_ODDS = -1.5


def chosen(page: Page, weights: Weights) -> list[Draft]:
    """Return what people would have marked in a paragraph, in reading order."""
    weighed = sorted(_weighed(page, weights), key=lambda each: -each[0])
    return sorted(
        apart(draft for _odds, draft in weighed), key=lambda draft: draft.covering
    )


def _weighed(page: Page, weights: Weights) -> Iterator[tuple[float, Draft]]:
    for group in proposals(page, sure=weights.sure):
        odds = weights.odds(group.features, group.cut_features(page))
        for place in (odds > LEAST_ODDS).nonzero()[0]:
            yield float(odds[place]), group.draft(int(place))
