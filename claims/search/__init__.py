"""Questions that readers ask, answered from what is published."""

from claims.search.appearances import Appearance, Appearances, appearances
from claims.search.cited import about, cited_pages
from claims.search.edition import edition_of_claim
from claims.search.keyset import Mark, MarkRefused, Page, page
from claims.search.near import is_sentence, near
from claims.search.published import (
    Choices,
    Tally,
    Wanted,
    choices,
    counted,
    highlighted,
    published,
    tallies,
    withdrawn,
)
from claims.search.speakers import heard, heard_about, speaking_in_public
from claims.search.surroundings import following, leading
from claims.search.ties import Disagreement, Tie, around_claim, around_claimant

__all__ = [
    "Appearance",
    "Appearances",
    "Choices",
    "Disagreement",
    "Mark",
    "MarkRefused",
    "Page",
    "Tally",
    "Tie",
    "Wanted",
    "about",
    "appearances",
    "around_claim",
    "around_claimant",
    "choices",
    "cited_pages",
    "counted",
    "edition_of_claim",
    "following",
    "heard",
    "heard_about",
    "highlighted",
    "is_sentence",
    "leading",
    "near",
    "page",
    "published",
    "speaking_in_public",
    "tallies",
    "withdrawn",
]
