"""Every published ClaimReview as one DataFeed of schema.org, a page after another."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection
from django.db.models import Max

from claims import document
from claims.models import Correction, Review
from claims.search import Mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime
    from uuid import UUID

REVIEWS_ON_A_PAGE = 1_000
REVIEWS_AT_ONCE = 100  # that are in memory

# schema.org has no word for the page of a feed that comes next; Hydra has.
CONTEXT = [
    "https://schema.org",
    {"next": {"@id": "http://www.w3.org/ns/hydra/core#next", "@type": "@id"}},
]

# What a ClaimReview shows of each row. Of a page only its address: workers write
# something else to its row at every look.
_PAGE = """
SELECT review.published_at, review.id, md5(concat_ws(' ',
    review.written, claim.xmin, claim.ctid, claimant.xmin, claimant.ctid,
    (
        SELECT string_agg(source.canonical_url, ' ' ORDER BY made.created_at, made.id)
        FROM claims_citation made
        JOIN sources_passage passage ON passage.id = made.passage_id
        JOIN sources_source source ON source.id = passage.source_id
        WHERE made.claim_id = claim.id AND made.role = 'said_here'
    )
)) FROM (
    SELECT id, claim_id, published_at, concat(xmin, ctid) AS written
    FROM claims_review
    WHERE published_at <= now() AND (valid_to IS NULL OR valid_to > now())
        AND (%(at)s::timestamptz IS NULL OR (published_at, id) < (%(at)s, %(pk)s))
    ORDER BY published_at DESC, id DESC LIMIT %(limit)s
) review
JOIN claims_claim claim ON claim.id = review.claim_id
JOIN claims_claimant claimant ON claimant.id = claim.claimant_id
ORDER BY review.published_at DESC, review.id DESC
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Which reviews are on a page of the feed, the newest first, before they are read."""

    reviews: tuple[UUID, ...]
    older: Mark | None  # where the next page goes on; None at the end
    edition: str  # another text as soon as anything on the page reads otherwise


def page(*, limit: int, older_than: Mark | None = None) -> Page:
    """Return a page of the reviews that stand now; asks the database once."""
    at, pk = older_than or (None, None)
    with connection.cursor() as cursor:
        cursor.execute(_PAGE, {"at": at, "pk": pk, "limit": limit + 1})
        rows = cursor.fetchall()
    shown = rows[:limit]
    older = Mark(shown[-1][0], shown[-1][1]) if len(rows) > limit else None
    return Page(
        reviews=tuple(pk for _, pk, _ in shown),
        older=older,
        edition=" ".join([*(written for *_, written in shown), str(older)]),
    )


def changed_at() -> datetime | None:
    """Return when something was published, corrected or withdrawn last."""
    published = Review.objects.published().aggregate(last=Max("published_at"))["last"]
    noted = Correction.objects.public().aggregate(last=Max("at"))["last"]
    return max(filter(None, (published, noted)), default=None)


def elements(reviews: Sequence[UUID]) -> Iterator[dict[str, Any]]:
    """
    Return the DataFeedItem of each of these reviews that still stands, in their order.

    Asks the database twice for every hundred.
    """
    for start in range(0, len(reviews), REVIEWS_AT_ONCE):
        some = reviews[start : start + REVIEWS_AT_ONCE]
        standing = Review.objects.shown().select_related("claim__claimant")
        found = standing.defer("explanation", "claim__search").in_bulk(some)
        in_order = [found[pk] for pk in some if pk in found]
        document.prepare(in_order)
        yield from map(element, in_order)


def element(review: Review) -> dict[str, Any]:
    """Return a published review, with its claim and claimant at hand, as DataFeedItem."""
    if review.published_at is None:
        raise ValueError("a review that is not published is in no feed")
    return {
        "@type": "DataFeedItem",
        "dateModified": review.published_at.isoformat(),
        "item": document.claim_review(review.claim, review, at=review.published_at),
    }


def written(
    elements: Iterable[dict[str, Any]],
    *,
    url: str,
    changed_at: datetime | None = None,
    following: str = "",
) -> Iterator[str]:
    """
    Return a DataFeed as JSON, piece by piece, one element on a line.

    `url` is its address, and `following` that of the next page.
    """
    head: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "DataFeed",
        "name": settings.SITE_NAME,
        "url": url,
    }
    if changed_at:
        head["dateModified"] = changed_at.isoformat()
    if following:
        head["next"] = following
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "dataFeedElement": ['
    before = "\n"
    for each in elements:
        yield before + json.dumps(each, ensure_ascii=False)
        before = ",\n"
    yield "\n]}\n"
