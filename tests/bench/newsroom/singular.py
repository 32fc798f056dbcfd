"""The rows that are larger than others: what pages are measured on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from claims.models import Assessment, Citation, Claim
from sources.models import Check, Passage, Snapshot, Source
from tests.bench.newsroom.writing import insert, remember, table

if TYPE_CHECKING:
    from django.contrib.auth.models import User

ASSESSMENTS, CITATIONS, VERSIONS = 50, 60, 200
LOOKS, WATCHED = 500, 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Singular:
    """Their keys."""

    workspace: UUID  # a claim with 50 assessments and 60 citations
    history: UUID  # a public claim with 200 versions
    public: UUID  # a public claim with five assessments, which was corrected
    second: UUID  # a claim that waits for a second verdict
    claimant: UUID  # who said one claim in twenty
    source: UUID  # a page with 500 looks and 60 passages
    host: str
    article: UUID  # with open candidates
    view: UUID  # saved


def write(cursor: Any, *, reviewer: User) -> Singular:
    """Let a few rows have very much around them."""
    mine = f"assigned_to_id = {reviewer.pk}"
    chosen = Singular(
        workspace=_claim(cursor, f"status = 'in_review' AND {mine}"),
        history=_claim(cursor, "status = 'published'"),
        public=_claim(
            cursor,
            "status = 'published' AND EXISTS (SELECT FROM claims_correction c"
            " WHERE c.claim_id = claims_claim.id)",
        ),
        second=_claim(cursor, f"status = 'second_review' AND NOT {mine}"),
        claimant=_one(cursor, "SELECT pg_temp.key('claimant', 1)"),
        source=_one(cursor, "SELECT pg_temp.key('source', 7)"),
        host=_one(cursor, "SELECT host FROM page WHERE n = 7"),
        article=_one(cursor, "SELECT pg_temp.key('article', pg_temp.articles())"),
        view=_one(cursor, "SELECT pg_temp.key('view', 1)"),
    )
    _discuss(cursor, chosen.workspace, ASSESSMENTS, citations=CITATIONS)
    _discuss(cursor, chosen.public, 5, citations=10)
    _edit(cursor, chosen.history)
    _look_often(cursor, chosen.source)
    return chosen


def _one(cursor: Any, question: str) -> Any:
    cursor.execute(question)
    (found,) = cursor.fetchone()
    return found


def _claim(cursor: Any, which: str) -> UUID:
    found = _one(
        cursor,
        f"SELECT id FROM {table(Claim)} WHERE {which} AND language = 'en'"
        " ORDER BY created_at DESC LIMIT 1",
    )
    return UUID(str(found))


def _discuss(cursor: Any, claim: UUID, many: int, *, citations: int) -> None:
    insert(
        cursor,
        Assessment,
        f"generate_series(1, {many}) n",
        id=f"pg_temp.key('{claim}', n)",
        claim_id=f"'{claim}'::uuid",
        assessor_id="pg_temp.key('claimant', n)",
        stance="'contradicts'",
        statement="'The register of that year says otherwise, line ' || n || '.'",
        said_at="pg_temp.moment() - n * interval '1 day'",
        said_at_precision="'day'",
        state="'confirmed'",
        decided_by_id="pg_temp.reviewer(n, 0)",
        decided_at="pg_temp.moment()",
        version="1",
        created_at="pg_temp.moment() - interval '1 day'",
        updated_at="pg_temp.moment() - interval '1 day'",
    )
    insert(
        cursor,
        Citation,
        f"generate_series(1, {citations}) n",
        id=f"pg_temp.key('cited {claim}', n)",
        claim_id=f"CASE WHEN n > {many} THEN '{claim}'::uuid END",
        assessment_id=f"CASE WHEN n <= {many} THEN pg_temp.key('{claim}', n) END",
        passage_id="pg_temp.key('passage', n * 3 + 1)",
        role="'evidence_for'",
        created_at="pg_temp.moment() - interval '1 day'",
    )


def _edit(cursor: Any, claim: UUID) -> None:
    remember(
        cursor,
        Claim,
        "update",
        f"{table(Claim)} r, generate_series(2, {VERSIONS}) k WHERE r.id = '{claim}'",
        version="k",
        statement="r.statement || ' It was edited ' || k || ' times.'",
        pgh_created_at="r.created_at + k * interval '1 second'",
    )


def _look_often(cursor: Any, source: UUID) -> None:
    insert(
        cursor,
        Snapshot,
        f"{table(Snapshot)} s, generate_series(1, 20) k WHERE s.source_id = '{source}'",
        id="gen_random_uuid()",
        source_id="s.source_id",
        sha256="md5(k::text) || md5('b' || k)",
        fetched_at="s.fetched_at + k * interval '1 day'",
        final_url="s.final_url",
        media_type="s.media_type",
        charset="s.charset",
        body_zstd="s.body_zstd",
        body_bytes="s.body_bytes",
        text="s.text || k",
        text_sha256="md5('t' || k) || md5('u' || k)",
        title="s.title",
        metadata="'{}'",
    )
    insert(
        cursor,
        Check,
        f"{table(Source)} s, generate_series(1, {LOOKS}) k WHERE s.id = '{source}'",
        id="gen_random_uuid()",
        source_id="s.id",
        lease_token="gen_random_uuid()",
        started_at="s.added_at + k * interval '7 hours'",
        duration_ms="120",
        outcome="'unchanged'",
        http_status="304",
        bytes="200",
    )
    insert(
        cursor,
        Passage,
        f"{table(Passage)} p, generate_series(10, {10 + WATCHED}) k WHERE p.id ="
        " pg_temp.key('passage', 7 * 3)",
        id="gen_random_uuid()",
        source_id="p.source_id",
        exact="p.exact || k",
        prefix="p.prefix",
        suffix="p.suffix",
        state="'intact'",
        state_since="p.state_since",
        snapshot_id="p.snapshot_id",
        start="31",
        end="60",
        added_at="p.added_at",
    )
