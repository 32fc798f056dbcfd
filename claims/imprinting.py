"""Making the vectors of what claims say. Rows without one are the queue."""

from __future__ import annotations

from django.db import connection

from claims.matching.sentences import vectors
from claims.models import Imprint
from claims.models.imprint import BUILT_IN, BUILT_IN_DIMENSIONS

AT_ONCE = 64

_DUE = """
SELECT i.id, i.edition, coalesce(a.statement, c.statement)
FROM claims_imprint i
JOIN claims_claim c ON c.id = i.claim_id
LEFT JOIN claims_assessment a ON a.id = i.assessment_id
WHERE i.vector IS NULL ORDER BY i.id LIMIT %s
"""
# Two workers may make the same vector: the edition tells that the words are the same.
_KEEP = """
UPDATE claims_imprint i
SET vector = made.vector::halfvec, model = %s, dimension = %s
FROM unnest(%s::bigint[], %s::int[], %s::text[]) AS made (id, edition, vector)
WHERE i.id = made.id AND i.edition = made.edition AND i.vector IS NULL
"""
# The triggers put a row beside all words that come; these are for words that came when
# there were no triggers, as in a table that was filled by COPY with them switched off.
_CLAIMS = """
INSERT INTO claims_imprint (claim_id, edition, model)
SELECT id, 1, '' FROM claims_claim c
WHERE NOT EXISTS (
    SELECT FROM claims_imprint i WHERE i.claim_id = c.id AND i.assessment_id IS NULL
)
ORDER BY id ON CONFLICT DO NOTHING
"""
_CHECKS = """
INSERT INTO claims_imprint (claim_id, assessment_id, edition, model)
SELECT claim_id, id, 1, '' FROM claims_assessment a
WHERE url > '' AND NOT EXISTS (
    SELECT FROM claims_imprint i WHERE i.assessment_id = a.id
)
ORDER BY id ON CONFLICT DO NOTHING
"""


def imprint_some() -> int:
    """
    Make the vectors that wait longest, a batch of them; tell how many were waiting.

    Nothing is locked while the model computes: words that changed meanwhile keep
    waiting, for the vector of the new ones.
    """
    with connection.cursor() as cursor:
        cursor.execute(_DUE, [AT_ONCE])
        due = cursor.fetchall()
        if not due:
            return 0
        made = vectors([words for _, _, words in due])
        cursor.execute(
            _KEEP,
            [
                BUILT_IN,
                BUILT_IN_DIMENSIONS,
                [key for key, _, _ in due],
                [edition for _, edition, _ in due],
                [f"[{','.join(f'{part:.5f}' for part in vector)}]" for vector in made],
            ],
        )
    return len(due)


def mark_missing() -> int:
    """Let words wait that have no row at all; tell how many there are."""
    marked = 0
    with connection.cursor() as cursor:
        for statement in (_CLAIMS, _CHECKS):
            cursor.execute(statement)
            marked += cursor.rowcount
    return marked


def forget(*, every: bool) -> int:
    """Let vectors of another model, or all, be made anew; tell how many there are."""
    made = Imprint.objects.exclude(vector=None)
    if not every:
        made = made.exclude(model=BUILT_IN)
    return made.update(vector=None, model="", dimension=None)
