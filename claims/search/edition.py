"""Whether anything changed that the page of a claim shows, without showing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from claims.search.appearances import FAMILY

if TYPE_CHECKING:
    from uuid import UUID

# PostgreSQL keeps with each row the transaction that wrote it (xmin) and its place
# (ctid): whatever changes a row changes these, be it a form, a worker or SQL by hand.
# Readers see reviews and notes by the clock, so whether each is out counts as well.
_EDITION = (
    FAMILY  # noqa: S608 — of these files alone
    + """
, voice AS (
    SELECT id, claim_id, based_on_id, assessor_id, concat(xmin, ctid) AS written
    FROM claims_assessment WHERE claim_id = %(claim)s OR based_on_id = %(claim)s
), claim AS (
    SELECT id, claimant_id, concat(xmin, ctid) AS written
    FROM claims_claim WHERE id IN (
        SELECT %(claim)s::uuid AS id UNION SELECT claim_id FROM voice
        UNION SELECT based_on_id FROM voice
        UNION SELECT id FROM family
    )
), speaker AS (
    SELECT id, affiliation_id, concat(xmin, ctid) AS written
    FROM claims_claimant WHERE id IN (
        SELECT claimant_id FROM claim UNION SELECT assessor_id FROM voice
    )
), review AS (
    SELECT found.* FROM claim, LATERAL (
        SELECT id, claim_id, written_by_id, second_reviewer_id, arbiter_id,
            concat(xmin, ctid) AS written, published_at <= now() AS is_out,
            valid_to <= now() AS is_over
        FROM claims_review WHERE claim_id = claim.id
    ) found
), own AS (
    SELECT id, written_by_id, second_reviewer_id, arbiter_id
    FROM review WHERE claim_id = %(claim)s
), citation AS (
    SELECT id, passage_id, concat(xmin, ctid) AS written FROM claims_citation
    WHERE claim_id IN (SELECT id FROM family)
    UNION SELECT id, passage_id, concat(xmin, ctid) AS written FROM claims_citation
    WHERE assessment_id IN (SELECT id FROM voice)
    UNION SELECT id, passage_id, concat(xmin, ctid) AS written FROM claims_citation
    WHERE review_id IN (SELECT id FROM own)
), passage AS (
    SELECT id, source_id, snapshot_id, concat(xmin, ctid) AS written
    FROM sources_passage
    WHERE id IN (SELECT passage_id FROM citation)
), source AS (
    SELECT id, concat(xmin, ctid) AS written FROM sources_source
    WHERE id IN (SELECT source_id FROM passage)
), read AS (
    SELECT id::text AS key, written FROM voice
    UNION ALL SELECT id::text, written FROM claim
    UNION ALL SELECT id::text, written FROM speaker
    UNION ALL SELECT id::text, concat(xmin, ctid) FROM claims_claimant
        WHERE id IN (SELECT affiliation_id FROM speaker)
    UNION ALL SELECT id::text, concat(written, is_out, is_over) FROM review
    UNION ALL SELECT id::text, concat(xmin, ctid) FROM auth_user WHERE id IN (
        SELECT written_by_id FROM own UNION SELECT second_reviewer_id FROM own
        UNION SELECT arbiter_id FROM own
    )
    UNION ALL SELECT id::text, concat(xmin, ctid, at <= now()) FROM claims_correction
        WHERE claim_id = %(claim)s
    UNION ALL SELECT id::text, concat(xmin, ctid) FROM claims_move
        WHERE claim_id = %(claim)s
    UNION ALL SELECT id::text, written FROM citation
    UNION ALL SELECT id::text, written FROM passage
    UNION ALL SELECT id::text, written FROM source
    UNION ALL SELECT id::text, concat(xmin, ctid) FROM sources_sighting
        WHERE passage_id IN (SELECT id FROM passage)
    UNION ALL SELECT id::text, concat(xmin, ctid) FROM sources_snapshot
        WHERE id IN (SELECT snapshot_id FROM passage)
    UNION ALL SELECT newest.id::text, newest.written FROM source, LATERAL (
        SELECT id, concat(xmin, ctid) AS written FROM sources_check
        WHERE source_id = source.id ORDER BY started_at DESC, id DESC LIMIT 1
    ) newest
)
SELECT md5(string_agg(key || ' ' || written, ',' ORDER BY key, written)) FROM read
"""
)


def edition_of_claim(claim: UUID) -> str:
    """
    Return a short text that is another one as soon as the claim's page reads otherwise.

    It may be another one where the page reads the same; empty where there is no claim.
    """
    with connection.cursor() as cursor:
        cursor.execute(_EDITION, {"claim": claim})
        (found,) = cursor.fetchone()
    return found or ""
