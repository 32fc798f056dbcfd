"""Published claims that say what a whole sentence says, in whatever words."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from claims.matching import nearest
from claims.search.published import highlighted, published

if TYPE_CHECKING:
    from claims.models import Review
    from claims.search.published import Wanted

FEWEST_WORDS = 5  # of a sentence; names and topics are shorter
LOOKED_AT = 50
UNLIKELY = 0.03  # that it says the same: not worth a place in the list
# What asks for words as they stand, rather than for what they say.
_OPERATORS = re.compile(r'"|(?:^|\s)-\w|\sOR\s')


def is_sentence(words: str) -> bool:
    """Tell whether somebody typed what was said, rather than words of it."""
    return len(words.split()) >= FEWEST_WORDS and not _OPERATORS.search(words)


def near(wanted: Wanted, *, most: int) -> list[Review]:
    """
    Return the reviews that stand of the claims nearest to a sentence, nearest first.

    Verdict, topic, language and claimant narrow as they do for words.
    """
    (found,) = nearest([wanted.words], most=LOOKED_AT, public=True)
    keys = [each.claim for each in found if each.probability >= UNLIKELY]
    reviews = published(replace(wanted, words="")).filter(claim__in=keys)
    by_claim = {each.claim_id: each for each in highlighted(reviews, wanted.words)}
    return [by_claim[key] for key in keys if key in by_claim][:most]
