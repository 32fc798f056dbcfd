"""One claim and its repeats: where it appeared, and from how many origins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection

from claims.models import Claim
from claims.search.origins import AROUND_CHARACTERS, Around, origins
from claims.vocabulary import CitationRole
from sources.models import Source

if TYPE_CHECKING:
    from collections.abc import Sequence

REPEATS_AT_MOST, PAGES_AT_MOST = 100, 200

# A repeat may be said of a repeat, and by mistake of one another: UNION ends all the same.
FAMILY = """
WITH RECURSIVE above AS (
    SELECT id, canonical_id FROM claims_claim WHERE id = %(claim)s
    UNION SELECT c.id, c.canonical_id FROM claims_claim c
    JOIN above ON c.id = above.canonical_id
), family AS (
    SELECT id FROM above
    UNION SELECT c.id FROM claims_claim c JOIN family ON c.canonical_id = family.id
)
"""
_MEMBERS = (
    FAMILY
    + """
SELECT c.id FROM family JOIN claims_claim c USING (id)
WHERE NOT %(public)s OR c.id = %(claim)s OR EXISTS (
    SELECT FROM claims_review r
    WHERE r.claim_id = c.id AND r.published_at <= statement_timestamp()
)
ORDER BY c.said_at NULLS LAST, c.id LIMIT %(most)s
"""
)
_PAGES = """
SELECT DISTINCT ON (p.source_id) p.source_id, c.claim_id,
    CASE WHEN p.start IS NULL THEN p.prefix
        ELSE substr(n.text, greatest(p.start - %(around)s, 0) + 1,
            least(p.start, %(around)s)) END,
    CASE WHEN p.start IS NULL THEN p.suffix
        ELSE substr(n.text, p.end + 1, %(around)s) END,
    coalesce(n.text_sha256, '')
FROM claims_citation c
JOIN sources_passage p ON p.id = c.passage_id
LEFT JOIN sources_snapshot n ON n.id = p.snapshot_id
WHERE c.claim_id = ANY (%(claims)s) AND c.role = %(role)s
ORDER BY p.source_id, c.created_at, c.id LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """A page on which the claim, or a repeat of it, was said."""

    source: Source
    claim: Claim
    origin: int  # pages that print one text have one number


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearances:
    """Where a claim and its repeats appeared."""

    canonical: (
        Claim | None
    )  # what it repeats, in the end; None where it repeats nothing
    repeats: Sequence[Claim]  # the other occasions, the first one first
    pages: Sequence[Appearance]  # by origin, of each the earliest first
    origins: int  # independent ones

    @property
    def copies(self) -> int:
        """How many of the pages print what another one prints."""
        return len(self.pages) - self.origins


def appearances(claim: Claim, *, public: bool) -> Appearances:
    """
    Return where a claim and its repeats appeared; with `public`, as readers may know it.

    Asks the database at most four times, however many there are.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _MEMBERS,
            {"claim": claim.pk, "public": public, "most": REPEATS_AT_MOST},
        )
        keys = [key for (key,) in cursor.fetchall()]
        cursor.execute(
            _PAGES,
            {
                "claims": keys,
                "role": CitationRole.SAID_HERE.value,
                "around": AROUND_CHARACTERS,
                "most": PAGES_AT_MOST,
            },
        )
        rows = cursor.fetchall()
    others = [key for key in keys if key != claim.pk]
    claims = {claim.pk: claim}
    if others:
        claims |= Claim.objects.select_related("claimant").in_bulk(others)
    members = [claims[key] for key in keys if key in claims]
    pages = _pages(rows, claims)
    return Appearances(
        canonical=_canonical(claim, claims),
        repeats=[each for each in members if each.pk != claim.pk],
        pages=pages,
        origins=max((each.origin for each in pages), default=0),
    )


def _pages(
    rows: list[tuple[UUID, UUID, str, str, str]], claims: dict[UUID, Claim]
) -> list[Appearance]:
    sources = Source.objects.in_bulk([row[0] for row in rows])
    known = [row for row in rows if row[0] in sources and row[1] in claims]
    known.sort(key=lambda row: _since(sources[row[0]]))
    numbers = origins(
        [
            Around(before=before, after=after, text_sha256=sha256)
            for _source, _claim, before, after, sha256 in known
        ]
    )
    found = [
        Appearance(source=sources[row[0]], claim=claims[row[1]], origin=number)
        for row, number in zip(known, numbers, strict=True)
    ]
    return sorted(found, key=lambda each: each.origin)


def _since(source: Source) -> tuple[bool, str, str]:
    day = source.published_at
    return day is None, day.isoformat() if day else "", str(source.pk)


def _canonical(claim: Claim, claims: dict[UUID, Claim]) -> Claim | None:
    found, seen = None, {claim.pk}
    key = claim.canonical_id
    while key is not None and key not in seen and key in claims:
        seen.add(key)
        found = claims[key]
        key = found.canonical_id
    return found
