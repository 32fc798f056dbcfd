"""Questions that readers ask, answered from what is published."""

from claims.search.keyset import Mark, MarkRefused, Page, page
from claims.search.published import (
    Choices,
    Tally,
    Wanted,
    choices,
    counted,
    highlighted,
    published,
    tallies,
)
from claims.search.speakers import heard, speaking_in_public

__all__ = [
    "Choices",
    "Mark",
    "MarkRefused",
    "Page",
    "Tally",
    "Wanted",
    "choices",
    "counted",
    "heard",
    "highlighted",
    "page",
    "published",
    "speaking_in_public",
    "tallies",
]
