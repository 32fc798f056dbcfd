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

# Print has its customs: "…" — Jane Doe. They are too rare to be learned.
_BY_CUSTOM = frozenset({"signature"})


def chosen(page: Page, weights: Weights) -> list[Draft]:
    """Return what people would have marked in a paragraph, in reading order."""
    sure = [each for each in page.rules.chosen if each.construction in _BY_CUSTOM]
    weighed = sorted(_weighed(page, weights), key=lambda each: -each[0])
    drafts = apart((*sure, *(draft for _odds, draft in weighed)))
    return sorted(drafts, key=lambda draft: draft.covering)


def _weighed(page: Page, weights: Weights) -> Iterator[tuple[float, Draft]]:
    for group in proposals(page, sure=weights.sure):
        odds = weights.odds(group.features, group.cut_features(page))
        for place in (odds > LEAST_ODDS).nonzero()[0]:
            yield float(odds[place]), group.draft(int(place))
