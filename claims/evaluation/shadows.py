"""
Tables of the same names, for this connection alone, in which a corpus can be claims.

Temporary tables stand before the newsroom's own on the search path and go with the
connection, however that ends: what is measured asks the very questions of the product,
and neither sees nor touches a claim of the newsroom.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.db import connection

from claims.matching import gathering
from claims.models import Assessment, Claim, Claimant
from claims.models.claim import STATEMENT_MAX_CHARACTERS
from claims.vocabulary import AssessmentState, ClaimantKind, Stance

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from uuid import UUID

    from claims.evaluation.checked import CheckedClaim

TABLES = (
    "claims_claimant",
    "claims_claim",
    "claims_assessment",
    "claims_imprint",
    "claims_review",
)
ROWS_AT_ONCE = 1_000
THEN = datetime(2000, 1, 1, tzinfo=UTC)  # when all of it came, which nothing asks
RATING_MAX_CHARACTERS = 200
NOBODY = "nobody named"
ADDRESS = "https://check.example/"  # makes an assessment a published fact-check


@contextmanager
def shadowed() -> Iterator[None]:
    """Have empty tables in the place of the newsroom's, with their indexes."""
    with connection.cursor() as cursor:
        for table in TABLES:
            # Only the words above come in here. Identity columns come along as such.
            cursor.execute(
                f"CREATE TEMPORARY TABLE {table} (LIKE {table} INCLUDING ALL)"
            )
        gathering.forget_counts()
        try:
            yield
        finally:
            gathering.forget_counts()
            if connection.connection and not connection.connection.broken:
                cursor.execute(
                    "DROP TABLE " + ", ".join(f"pg_temp.{name}" for name in TABLES)
                )


def fill(corpus: Iterable[CheckedClaim]) -> dict[UUID, str]:
    """Keep a corpus as claims and published fact-checks; return whose row is whose."""
    rows = list(corpus)
    speakers = {
        name: Claimant(kind=ClaimantKind.PERSON, name=name or NOBODY, created_at=THEN)
        for each in rows
        for name in (each.speaker, each.publisher)
    }
    Claimant.objects.bulk_create(speakers.values(), batch_size=ROWS_AT_ONCE)
    claims = [
        Claim(
            statement=each.claim[:STATEMENT_MAX_CHARACTERS],
            claimant=speakers[each.speaker],
            said_at=each.said_at,
            moved_at=THEN,
            created_at=THEN,
            updated_at=THEN,
        )
        for each in rows
    ]
    Claim.objects.bulk_create(claims, batch_size=ROWS_AT_ONCE)
    Assessment.objects.bulk_create(
        (
            Assessment(
                claim=claim,
                assessor=speakers[each.publisher],
                stance=Stance.QUALIFIES,
                state=AssessmentState.SUGGESTED,
                statement=each.check[:STATEMENT_MAX_CHARACTERS],
                said_at=each.checked_at,
                rating_text=each.rating[:RATING_MAX_CHARACTERS],
                url=ADDRESS,
                created_at=THEN,
                updated_at=THEN,
            )
            for claim, each in zip(claims, rows, strict=True)
            if each.check
        ),
        batch_size=ROWS_AT_ONCE,
    )
    return {claim.pk: each.id for claim, each in zip(claims, rows, strict=True)}


def settle() -> None:
    """Tidy the indexes and count the words, as the database does by itself in time."""
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"VACUUM ANALYZE {table}")
    gathering.forget_counts()
