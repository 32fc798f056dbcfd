"""What lies at the desk: articles, candidates, leases, drafts, snoozes, views, audits."""

from __future__ import annotations

from typing import Any

from claims.models import (
    Article,
    Audit,
    Candidate,
    Draft,
    Lease,
    Opening,
    Review,
    SavedView,
    Snooze,
)
from tests.bench.newsroom.writing import insert, table

CANDIDATES_OF_AN_ARTICLE = 10
_TEXT = "The harbour office said on Monday that the ferry had saved 40 days of work. "


def write(cursor: Any) -> None:
    """Write what people at work leave about."""
    _write_articles(cursor)
    insert(
        cursor,
        Lease,
        "claim WHERE status = 'in_review' AND pg_temp.lot(n, 41, 10) = 0",
        claim_id="id",
        holder_id="pg_temp.reviewer(n, 0)",
        since="pg_temp.moment()",
        until="pg_temp.moment() + interval '1 hour'",
    )
    insert(
        cursor,
        Draft,
        "claim WHERE status = 'in_review' AND pg_temp.lot(n, 42, 3) = 0",
        id="pg_temp.key('draft', n)",
        claim_id="id",
        author_id="pg_temp.reviewer(n, 0)",
        form="'review'",
        fields='\'{"summary": "Two registers were compared."}\'',
        earlier="'{}'",
        edition="1",
        saved_at="pg_temp.moment()",
    )
    insert(
        cursor,
        Snooze,
        "claim WHERE status IN ('new', 'in_review') AND pg_temp.lot(n, 43, 20) = 0",
        id="pg_temp.key('snooze', n)",
        claim_id="id",
        person_id="pg_temp.reviewer(n, 0)",
        set_at="pg_temp.moment()",
        until="pg_temp.moment() + interval '2 days'",
    )
    insert(
        cursor,
        SavedView,
        "generate_series(1, 20) n",
        id="pg_temp.key('view', n)",
        owner_id="pg_temp.reviewer(0, n::int)",
        name="'View ' || n",
        filters="""'{"tab": "unclaimed", "language": "de", "due": "week"}'""",
        shared="true",
        created_at="pg_temp.moment()",
    )
    _write_attention(cursor)


def _write_articles(cursor: Any) -> None:
    insert(
        cursor,
        Article,
        "generate_series(1, pg_temp.articles()) n",
        id="pg_temp.key('article', n)",
        title="'What the harbour office said, part ' || n",
        publisher="'Paper ' || n % 97",
        language="'en'",
        text=f"repeat('{_TEXT}', 60)",
        text_sha256="md5(n::text) || md5('a' || n)",
        source_id="pg_temp.key('source', 1 + n % pg_temp.pages())",
        added_by_id="pg_temp.reviewer(n, 0)",
        added_at="pg_temp.at(n * (pg_temp.many() / pg_temp.articles()))",
        read_at="pg_temp.moment()",
    )
    # Those of the last articles are still open.
    open_ones = "n > pg_temp.articles() * 0.97 AND k > 2"
    place = f"{len(_TEXT)} * k"
    insert(
        cursor,
        Candidate,
        f"(SELECT n, k, {open_ones} AS waits FROM generate_series(1, pg_temp.articles())"
        f" n, generate_series(1, {CANDIDATES_OF_AN_ARTICLE}) k) candidate",
        id="pg_temp.key('candidate', n * 20 + k)",
        article_id="pg_temp.key('article', n)",
        text=f"'{_TEXT.strip()}'",
        start=place,
        end=f"{place} + {len(_TEXT.strip())}",
        pieces=f"jsonb_build_array(jsonb_build_array({place},"
        f" {place} + {len(_TEXT.strip())}))",
        form="'indirect'",
        cue="'said'",
        mention="'The harbour office'",
        mention_start=place,
        mention_end=f"{place} + 18",
        claimant_name="'Speaker ' || k",
        claimant_kind="'organisation'",
        state="CASE WHEN waits THEN 'proposed' WHEN k = 1 THEN 'accepted'"
        " ELSE 'rejected' END",
        claim_id="CASE WHEN NOT waits AND k = 1 THEN pg_temp.key('claim', n) END",
        decided_by_id="CASE WHEN NOT waits THEN pg_temp.reviewer(n, 0) END",
        decided_at="CASE WHEN NOT waits THEN pg_temp.moment() END",
    )


def _write_attention(cursor: Any) -> None:
    insert(
        cursor,
        Opening,
        f"{table(Review)} r WHERE r.second_reviewer_id IS NOT NULL",
        id="nextval(pg_get_serial_sequence('claims_opening', 'id'))",
        review_id="r.id",
        person_id="r.second_reviewer_id",
        opened_at="r.seconded_at - interval '10 minutes'",
    )
    insert(
        cursor,
        Audit,
        f"(SELECT r.*, row_number() OVER (ORDER BY id) AS n FROM {table(Review)} r"
        " WHERE published_at IS NOT NULL) r WHERE pg_temp.lot(n, 44, 40) = 0",
        id="gen_random_uuid()",
        review_id="r.id",
        drawn_at="r.published_at",
        read_by_id="CASE WHEN n % 10 > 0 THEN pg_temp.reviewer(n, 7) END",
        verdict="CASE WHEN n % 10 > 0 THEN r.verdict ELSE '' END",
        read_at="CASE WHEN n % 10 > 0 THEN r.published_at + interval '1 day' END",
    )
