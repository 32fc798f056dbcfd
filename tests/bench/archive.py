"""A newsroom's years of work, made quickly: published claims without their history."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from django.contrib.auth.models import User
from django.db import connection, transaction
from uuid_utils.compat import uuid7

from claims import documents
from claims.models import Assessment, Claim, Claimant, Review
from claims.vocabulary import ClaimantKind, ClaimStatus, Stance, Verdict

START = datetime(2020, 1, 1, tzinfo=UTC)
SUBJECTS = [
    "dam",
    "harbour",
    "tariff",
    "vaccine",
    "budget",
    "bridge",
    "election",
    "strike",
    "outage",
    "school",
]
DOINGS = [
    "collapsed",
    "doubled",
    "reopened",
    "failed",
    "cost",
    "saved",
    "reached",
    "lost",
    "gained",
    "closed",
]


def fill(claims: int) -> None:
    """Have that many published claims, each with a review and an assessment."""
    if Claim.objects.exists():
        return  # another measure had them written
    chance = random.Random(7)
    ana = User.objects.create_user("bench-ana")
    ben = User.objects.create_user("bench-ben")
    claimants = Claimant.objects.bulk_create(
        Claimant(
            name=f"Speaker {n}",
            kind=chance.choice(ClaimantKind.values),
            created_at=START,
        )
        for n in range(max(10, claims // 50))
    )
    with transaction.atomic():
        # What the triggers would refuse is what they cost: a year in a second.
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
        rows = Claim.objects.bulk_create(
            (_claim(n, chance, claimants, ana) for n in range(claims)),
            batch_size=5_000,
        )
        Review.objects.bulk_create(
            (_review(claim, chance, ana, ben) for claim in rows), batch_size=5_000
        )
        Assessment.objects.bulk_create(
            (_assessment(claim, chance, claimants, ana) for claim in rows),
            batch_size=5_000,
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def make_documents() -> None:
    """Print the documents of all claims, as the triggers and the workers would."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO claims_document (claim_id, created_at, public_since, edition,"
            " printed, by_press, etag, body) SELECT c.id, c.created_at, r.published_at,"
            " 1, 0, '', '', '' FROM claims_claim c JOIN claims_review r"
            " ON r.claim_id = c.id"
        )
    while documents.print_due():
        pass
    _settle("claims_document")


def copy_documents(many: int) -> None:
    """Have so many documents in all: older ones, that no claim stands behind."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "INSERT INTO claims_document (claim_id, created_at, public_since, edition,"
            " printed, changes_at, by_press, etag, body) SELECT gen_random_uuid(),"
            " created_at - n * interval '10 days', public_since, edition, printed,"
            " changes_at, by_press, etag, body FROM claims_document,"
            " generate_series(1, %s / (SELECT count(*) FROM claims_document)) n"
            " LIMIT %s - (SELECT count(*) FROM claims_document)",
            [many, many],
        )
    _settle("claims_document")


def _settle(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM ANALYZE {table}")  # what autovacuum does in time


def _claim(number, chance, claimants, ana) -> Claim:
    at = START + timedelta(minutes=number)
    return Claim(
        id=uuid7(),
        statement=f"The {chance.choice(SUBJECTS)} {chance.choice(DOINGS)} "
        f"{chance.randrange(10**6)} times in {chance.choice(SUBJECTS)} year {number}.",
        claimant=chance.choice(claimants),
        status=ClaimStatus.PUBLISHED,
        said_at=at,
        moved_at=at,
        created_at=at,
        updated_at=at,
        created_by=ana,
    )


def _review(claim, chance, ana, ben) -> Review:
    verdict = chance.choice(Verdict.values)
    at = claim.created_at
    return Review(
        claim=claim,
        version=1,
        verdict=verdict,
        first_verdict=verdict,
        second_verdict=verdict,
        summary="Two registers were compared, and they agree with each other.",
        explanation="The registers are public. " * 20,
        written_by=ana,
        second_reviewer=ben,
        created_at=at,
        submitted_at=at,
        seconded_at=at,
        published_at=at,
        valid_from=at,
    )


def _assessment(claim, chance, claimants, ana) -> Assessment:
    return Assessment(
        claim=claim,
        assessor=chance.choice(claimants),
        stance=chance.choice(Stance.values),
        statement="The register says otherwise, and has done so for years.",
        state="confirmed",
        decided_by=ana,
        decided_at=claim.created_at,
        created_at=claim.created_at,
        updated_at=claim.created_at,
    )
