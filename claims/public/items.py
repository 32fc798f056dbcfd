"""Claims as they stand in lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from claims import search
from claims.public import wording
from claims.search import Mark, MarkRefused, Tally
from claims.vocabulary import Form

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.utils.safestring import SafeString

    from claims.models import Claim, Review
    from claims.search import Page

NOBODY = Tally(against=0, in_favour=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One reviewed claim in a list."""

    claim: Claim
    review: Review
    words: str | SafeString
    quoted: bool
    said: str
    tally: Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """The addresses of the pages before and after; empty at an end."""

    newer: str
    older: str


def items(reviews: Iterable[Review]) -> list[Item]:
    """Return what a list shows of these reviews; asks the database once."""
    reviews = list(reviews)
    tallies = search.tallies(review.claim_id for review in reviews)
    return [
        Item(
            claim=review.claim,
            review=review,
            words=_words(review),
            quoted=is_quoted(review.claim),
            said=wording.said_when(review.claim),
            tally=tallies.get(review.claim_id, NOBODY),
        )
        for review in reviews
    ]


def is_quoted(claim: Claim) -> bool:
    """Whether the statement is in the claimant's own words, and so in quotes."""
    return claim.form == Form.DIRECT


def steps(page: Page[Any], asked: Mapping[str, str]) -> Steps:
    """Return the addresses around a page of the list that `asked` describes."""
    kept = {name: value for name, value in asked.items() if value}
    return Steps(
        newer="?" + urlencode(kept | {"newer": str(page.newer)}) if page.newer else "",
        older="?" + urlencode(kept | {"older": str(page.older)}) if page.older else "",
    )


def marks(asked: Mapping[str, str]) -> dict[str, Mark | None]:
    """Return the place in a list that an address names. Raises MarkRefused."""
    if asked.get("older") and asked.get("newer"):
        raise MarkRefused(_("This is two places in a list."))
    return {
        f"{name}_than": Mark.read(asked[name]) if asked.get(name) else None
        for name in ("older", "newer")
    }


def _words(review: Review) -> str | SafeString:
    marked = getattr(review, "marked", None)
    return review.claim.statement if marked is None else wording.with_marks(marked)
