"""Printing documents: from the rows as they stand now, into the rows that are sent."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

from claims import search
from claims.documents import wording
from claims.models import Assessment, Claim, Document, Review
from claims.workflow.seen import mark_of
from sources.clock import shared_now

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from uuid import UUID

PRINTED_AT_ONCE = 200

# What somebody changes, or prints, this very moment is left to them: whoever reads it
# has what was printed here all the same. A document whose edition was counted up since
# it was read keeps what it has, for it shows another time.
_KEEP = """
UPDATE claims_document SET printed = new.edition, changes_at = new.changes_at,
    by_press = %s, etag = new.etag, body = new.body
FROM (
    SELECT news.* FROM unnest(
        %s::uuid[], %s::int[], %s::timestamptz[], %s::text[], %s::bytea[]
    ) AS news (claim, edition, changes_at, etag, body)
    JOIN claims_document held ON held.claim_id = news.claim
    ORDER BY news.claim FOR UPDATE OF held SKIP LOCKED
) AS new
WHERE claim_id = new.claim AND claims_document.edition = new.edition
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """One document, as it was printed."""

    claim: UUID
    edition: int
    changes_at: datetime | None
    etag: str
    body: bytes


def print_due(*, most: int = PRINTED_AT_ONCE) -> int:
    """Print documents that are out of date, as many as that; return how many."""
    due = Document.objects.stale().values_list("pk", flat=True)
    return len(print_these(due[:most]))


def print_these(claims: Iterable[UUID]) -> dict[UUID, Print]:
    """Print the documents of these claims, keep them, and return them."""
    # The editions first: what changes after this makes them others.
    editions = dict(Document.objects.of(claims).values_list("pk", "edition"))
    if not editions:
        return {}
    # By the database's clock, as it is asked who may see what.
    prints = {each.claim: each for each in _printed(editions, now=shared_now())}
    _keep(sorted(prints.values(), key=lambda each: each.claim))
    return prints


def _keep(prints: list[Print]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            _KEEP,
            [
                wording.press(),
                [each.claim for each in prints],
                [each.edition for each in prints],
                [each.changes_at for each in prints],
                [each.etag for each in prints],
                [each.body for each in prints],
            ],
        )


def _printed(editions: dict[UUID, int], *, now: datetime) -> Iterator[Print]:
    claims = (
        Claim.objects.filter(pk__in=editions)
        .defer("search")
        .select_related("claimant", "canonical")
    )
    keys = set(editions)
    canonicals = {each.canonical_id for each in claims if each.canonical_id}
    reviews = _reviews(keys | canonicals)
    tallies, voices = search.tallies(keys), _voices(keys)
    for claim in claims:
        own = reviews[claim.pk]
        other = reviews[claim.canonical_id] if claim.canonical_id else []
        body = wording.told(
            claim,
            next((each for each in own if _stands(each, now)), None),
            tallies.get(claim.pk, wording.NONE),
            repeats=claim.canonical if _is_out(other, now) else None,
            now=now,
        )
        yield Print(
            claim=claim.pk,
            edition=editions[claim.pk],
            changes_at=_next(now, claim.updated_at, *_moments(own), *_moments(other)),
            etag=_etag(claim, voices[claim.pk], body),
            body=body,
        )


def _reviews(claims: Iterable[UUID]) -> dict[UUID, list[Review]]:
    found: dict[UUID, list[Review]] = defaultdict(list)
    # Also those that go out soon: a document knows until when it holds.
    rows = Review.objects.exclude(published_at=None).filter(claim__in=list(claims))
    for review in rows.defer("explanation"):
        found[review.claim_id].append(review)
    return found


def _voices(claims: Iterable[UUID]) -> dict[UUID, list[Assessment]]:
    found: dict[UUID, list[Assessment]] = defaultdict(list)
    rows = Assessment.objects.confirmed().filter(claim__in=list(claims))
    for voice in rows.only("claim", "version", "state"):
        found[voice.claim_id].append(voice)
    return found


def _is_out(reviews: list[Review], now: datetime) -> bool:
    return any(each.published_at and each.published_at <= now for each in reviews)


def _stands(review: Review, now: datetime) -> bool:
    return _is_out([review], now) and (review.valid_to is None or review.valid_to > now)


def _moments(reviews: list[Review]) -> Iterator[datetime]:
    for each in reviews:
        yield from filter(None, (each.published_at, each.valid_to))


def _next(now: datetime, *moments: datetime) -> datetime | None:
    """Return which of these comes next; None where all have passed."""
    return min((each for each in moments if each > now), default=None)


def _etag(claim: Claim, voices: list[Assessment], body: bytes) -> str:
    """Return the tag that the API gives to this representation of the claim."""
    mark = hashlib.sha256(f"{claim.pk} {claim.version}".encode()).hexdigest()[:16]
    body_mark = hashlib.sha256(body).hexdigest()[:32]
    return f'"{mark}.{mark_of(voices)}.{body_mark}"'
