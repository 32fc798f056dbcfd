"""What programs write: one claim, and many at once, beside a row in the table."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.db import connection
from uuid_utils.compat import uuid7

from claims.access import Role
from claims.models import Claimant
from tests.bench import archive
from tests.bench.calling import a_token, post
from tests.bench.clock import Ratio, kept_connection, side_by_side

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bench.sizes import Sizes

BATCH = 100
RAW = "raw INSERT with commit"


def measures(sizes: Sizes) -> Iterator[object]:
    """Time what the API does to record claims against their rows alone."""
    with kept_connection():
        archive.fill(sizes.claims)
        yield f"recording into {sizes.claims:,} claims: CPU of server and database"
        token, claimant = a_token(Role.EDITOR), Claimant.objects.order_by("pk")[0]
        one = json.dumps(_claim(claimant)).encode()
        ours, theirs = side_by_side(
            lambda: post("/api/v1/claims", token, one),
            lambda: _insert(claimant),
            times=30,
        )
        yield Ratio(
            name="record a claim: rules, history",
            ours=ours,
            theirs=theirs,
            theirs_is=RAW,
            budget="3",
        )
        many = json.dumps({"claims": [_claim(claimant)] * BATCH}).encode()
        ours, theirs = side_by_side(
            lambda: post("/api/v1/claims:batch", token, many),
            lambda: [_insert(claimant) for _ in range(BATCH)],
            times=3,
        )
        yield Ratio(
            name=f"record {BATCH} claims at once, each",
            ours=ours / BATCH,
            theirs=theirs / BATCH,
            theirs_is=RAW,
            budget="3",
        )


def _claim(claimant: Claimant) -> dict[str, str]:
    return {"statement": "The dam held.", "claimant": str(claimant.pk)}


def _insert(claimant: Claimant) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO claims_claim (id, statement, original_wording, form, language,"
            " topics, claimant_id, role_at_time, said_at_precision, status, moved_at,"
            " version, created_at, updated_at) VALUES (%s, 'The dam held.', '',"
            " 'indirect', 'en', '{}', %s, '', 'day', 'new', now(), 1, now(), now())",
            [uuid7(), claimant.pk],
        )
