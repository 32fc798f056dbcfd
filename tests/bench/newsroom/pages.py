"""Pages of the press, what was seen on them, and what cites them."""

from __future__ import annotations

import hashlib
from typing import Any

from claims.models import Assessment, Citation, Review
from sources import packing
from sources.models import Check, Host, Passage, Sighting, Snapshot, Source, Title
from tests.bench.newsroom.writing import insert, table, words

HOSTS_FOR_PAGES = 10  # one host for so many pages
PASSAGES_OF_A_PAGE = 3
CHECKS_OF_A_PAGE = 5
_BODY = b"<p>The registers are public, and the harbour office keeps them.</p>" * 40
_TEXT = (
    "The registers are public, and the harbour office keeps them. Whoever reads two of "
    "them beside each other finds what one of them left out. "
) * 20


def write(cursor: Any) -> None:
    """Write pages with their sites, versions, looks and watched words."""
    cursor.execute(
        "CREATE TEMP TABLE page ON COMMIT DROP AS SELECT n,"
        " pg_temp.key('source', n) AS id,"
        f" 'paper-' || n % (pg_temp.pages() / {HOSTS_FOR_PAGES}) || '.example' AS host,"
        " pg_temp.moment() - (pg_temp.pages() - n) *"
        " (interval '3 years' / pg_temp.pages()) AS at,"
        " (ARRAY['gone', 'failing', 'moved', 'blocked', 'pending'])"
        "[1 + pg_temp.lot(n, 1, 100)] AS odd"
        " FROM generate_series(1, pg_temp.pages()) n"
    )
    insert(
        cursor,
        Host,
        "(SELECT DISTINCT host FROM page) h",
        id="gen_random_uuid()",
        name="host",
        latency_ms="80",
        answered_at="pg_temp.moment()",
    )
    _write_sources(cursor)
    _write_looks(cursor)
    _write_words(cursor)


def _write_sources(cursor: Any) -> None:
    url = "'https://' || host || '/story/' || n"
    insert(
        cursor,
        Source,
        "page",
        id="id",
        url=url,
        canonical_url=url,
        final_url=url,
        host="host",
        title="'The harbour and its registers, part ' || n",
        publisher="'Paper ' || n % 97",
        language="'en'",
        media_type="'text/html'",
        version="1",
        state="coalesce(odd, 'live')",
        state_since="at",
        due_at="pg_temp.moment() + n * interval '1 minute'",
        looks=f"{CHECKS_OF_A_PAGE}",
        last_checked_at="pg_temp.moment() - interval '1 day'",
        added_at="at",
    )

    insert(
        cursor,
        Title,
        f"{table(Source)} s",
        source_id="s.id",
        title="s.title",
    )


def _write_looks(cursor: Any) -> None:
    packed = packing.pack(_BODY)
    insert(
        cursor,
        Snapshot,
        "page",
        id="pg_temp.key('snapshot', n)",
        source_id="id",
        sha256=f"'{hashlib.sha256(_BODY).hexdigest()}'",
        fetched_at="at",
        final_url="'https://' || host || '/story/' || n",
        media_type="'text/html'",
        charset="'utf-8'",
        body_zstd=f"'\\x{packed.hex()}'::bytea",
        body_bytes=f"{len(_BODY)}",
        text=f"'{_TEXT}'",
        text_sha256="md5('one') || md5('two')",
        title="'The harbour and its registers, part ' || n",
        metadata="'{}'",
    )
    insert(
        cursor,
        Check,
        f"page, generate_series(1, {CHECKS_OF_A_PAGE}) k",
        id=f"pg_temp.key('check', n * {CHECKS_OF_A_PAGE} + k)",
        source_id="id",
        lease_token="gen_random_uuid()",
        started_at="at + k * interval '1 hour'",
        duration_ms="120",
        outcome="CASE k WHEN 1 THEN 'changed' ELSE 'unchanged' END",
        http_status="CASE k WHEN 1 THEN 200 ELSE 304 END",
        bytes="2000",
        snapshot_id="CASE k WHEN 1 THEN pg_temp.key('snapshot', n) END",
    )


def _write_words(cursor: Any) -> None:
    number = f"(n - 1) * {PASSAGES_OF_A_PAGE} + k"
    state = (
        f"CASE pg_temp.lot({number}, 2, 200) WHEN 0 THEN 'altered'"
        " WHEN 1 THEN 'missing' ELSE 'intact' END"
    )
    insert(
        cursor,
        Passage,
        f"page, generate_series(1, {PASSAGES_OF_A_PAGE}) k",
        id=f"pg_temp.key('passage', {number})",
        source_id="id",
        exact="'the harbour office keeps them, part ' || k",
        prefix="'The registers are public, and '",
        suffix="'. Whoever reads two of them'",
        state=state,
        state_since="at",
        snapshot_id="pg_temp.key('snapshot', n)",
        start="31",
        end="60",
        added_at="at",
    )
    insert(
        cursor,
        Sighting,
        f"{table(Passage)} p",
        id="gen_random_uuid()",
        passage_id="p.id",
        at="p.state_since",
        state="p.state",
        snapshot_id="p.snapshot_id",
    )


def cite(cursor: Any) -> None:
    """Let each claim, assessment and review that was handed in cite some words."""
    passages = f"pg_temp.pages() * {PASSAGES_OF_A_PAGE}"
    insert(
        cursor,
        Citation,
        "claim",
        id="pg_temp.key('claim-cites', n)",
        claim_id="id",
        passage_id=f"pg_temp.key('passage', 1 + pg_temp.lot(n, 3, {passages}))",
        role="'said_here'",
        created_at="at",
    )
    for salt, model, name in (
        (4, Assessment, "assessment_id"),
        (5, Review, "review_id"),
    ):
        insert(
            cursor,
            Citation,
            f"(SELECT id, created_at, row_number() OVER (ORDER BY id) AS n"
            f" FROM {table(model)}) cites",
            **{
                "id": "gen_random_uuid()",
                name: "id",
                "passage_id": "pg_temp.key('passage',"
                f" 1 + pg_temp.lot(n, {salt}, {passages}))",
                "role": "'evidence_' || pg_temp.one_of("
                + words("for", "against")
                + f", n, {salt})",
                "created_at": "created_at",
            },
        )
