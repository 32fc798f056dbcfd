"""Claims that a text may be about: by words that few claims have, and by vectors."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from django.db import connection

from claims.matching.rank import Asked, Near
from claims.models.imprint import BUILT_IN, BUILT_IN_DIMENSIONS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from claims.matching.sentences import Vector

BY_WORDS = 50
BY_VECTOR = 60
LOOKED_AT = 70  # vectors, while the index is walked; 40 unless told otherwise
ROWS_AT_MOST = 1_000  # that share a word with the text, looked at in all
EACH_AT_MOST = 500  # of them for one word, or one pair
RARE_AT_MOST = 16
ENOUGH = 3  # rare words, to ask for nothing else
COMMON_AT_MOST = 5
FEWEST = 1_000  # claims; below, how many have a word tells little
CONFIGURATION = "english"  # of Claim.search and of Assessment.search

# Behind the shares of the words stand the least and the most of them.
_COUNTS = """
SELECT word, max(rows) FROM unnest(%(tables)s::text[]) AS name
JOIN pg_class ON pg_class.oid = to_regclass(name)
JOIN pg_namespace ON pg_namespace.oid = relnamespace
JOIN pg_stats ON schemaname = nspname AND tablename = relname AND attname = 'search',
LATERAL (
    SELECT unnest(most_common_elems::text::text[]) AS word,
        unnest(most_common_elem_freqs[:cardinality(most_common_elem_freqs) - 2])
            * greatest(reltuples, 0) AS rows
) counted
GROUP BY word
"""
_CLAIMS = """
SELECT max(reltuples) FROM unnest(%(tables)s::text[]) AS name
JOIN pg_class ON pg_class.oid = to_regclass(name)
"""
_WORDS = "SELECT lexeme FROM unnest(to_tsvector(%s::regconfig, %s))"
_TABLES = ["claims_claim", "claims_assessment"]
COUNTED_FOR_SECONDS = 60.0

_NEAR = """
WITH asked AS MATERIALIZED (
    SELECT query::tsquery, weight
    FROM unnest(%(queries)s::text[], %(weights)s::real[]) AS asked (query, weight)
), by_words AS (
    SELECT claim_id FROM (
        SELECT said.id AS claim_id, weight FROM asked, LATERAL (
            SELECT id FROM claims_claim c
            WHERE search @@ asked.query {seen} LIMIT %(each)s
        ) said
        UNION ALL
        SELECT checked.claim_id, weight FROM asked, LATERAL (
            SELECT claim_id FROM claims_assessment c
            WHERE url > '' AND search @@ asked.query {seen_of} LIMIT %(each)s
        ) checked
    ) shared
    GROUP BY claim_id ORDER BY sum(weight) DESC, claim_id LIMIT %(by_words)s
), by_vector AS (
    SELECT claim_id FROM claims_imprint c WHERE model = %(model)s {seen_of}
    ORDER BY vector::halfvec({dimensions}) <#> %(vector)s::halfvec({dimensions})
    LIMIT %(by_vector)s
)
SELECT c.id, c.said_at::date,
    tsvector_to_array(c.search) || tsvector_to_array(
        to_tsvector(%(configuration)s::regconfig, p.name)),
    ARRAY(
        SELECT unnest(tsvector_to_array(a.search)) FROM claims_assessment a
        WHERE a.claim_id = c.id AND a.url > '' AND a.state <> 'rejected'
    ),
    ARRAY(
        SELECT a.said_at::date FROM claims_assessment a
        WHERE a.claim_id = c.id AND a.url > '' AND a.said_at IS NOT NULL
        AND a.state <> 'rejected'
    ),
    near.said, near.checked
FROM (SELECT claim_id FROM by_words UNION SELECT claim_id FROM by_vector) found
JOIN claims_claim c ON c.id = found.claim_id
JOIN claims_claimant p ON p.id = c.claimant_id
CROSS JOIN LATERAL (
    SELECT max(likeness) FILTER (WHERE assessment_id IS NULL) AS said,
        max(likeness) FILTER (WHERE assessment_id IS NOT NULL) AS checked
    FROM (
        SELECT assessment_id, -(vector::halfvec({dimensions})
            <#> %(vector)s::halfvec({dimensions})) AS likeness
        FROM claims_imprint i WHERE i.claim_id = c.id AND model = %(model)s
    ) likenesses
) near
ORDER BY c.id
"""
_SEEN = """AND EXISTS (
    SELECT FROM claims_review r
    WHERE r.claim_id = c.{claim} AND r.published_at <= statement_timestamp()
)"""


def _sql(*, public: bool) -> str:
    # Only the words of this file come in here, never input.
    return _NEAR.format(
        dimensions=BUILT_IN_DIMENSIONS,
        seen=_SEEN.format(claim="id") if public else "",
        seen_of=_SEEN.format(claim="claim_id") if public else "",
    )


_ALL, _PUBLIC = _sql(public=False), _sql(public=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A lexeme of a text."""

    lexeme: str
    rows: float  # claims that have it, about
    tells: float  # the rarer, the more


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many claims have the commonest words, as the database counted last."""

    rows: Mapping[str, float]
    claims: float
    beyond: float  # claims that have a word which is not among these, at a guess
    at: float  # on this process's clock

    def word(self, lexeme: str) -> Word:
        """Return a word with what it tells."""
        rows = min(self.rows.get(lexeme, self.beyond), self.claims)
        tells = math.log(1 + (self.claims - rows + 0.5) / (rows + 0.5))
        return Word(lexeme=lexeme, rows=rows, tells=tells)


_counted: dict[str, Counts] = {}  # by connection: asking takes as long as the rest


def forget_counts() -> None:
    """Have the words counted anew: by the next question, not within a minute."""
    _counted.clear()


def words(text: str) -> list[Word]:
    """Return the lexemes of a text, the rarest first."""
    counts = _counts()
    with connection.cursor() as cursor:
        cursor.execute(_WORDS, [CONFIGURATION, text])
        found = [counts.word(lexeme) for (lexeme,) in cursor.fetchall()]
    return sorted(found, key=lambda word: (word.rows, -len(word.lexeme), word.lexeme))


def _counts() -> Counts:
    now = time.monotonic()
    known = _counted.get(connection.alias)
    if known is None or now - known.at > COUNTED_FOR_SECONDS:
        with connection.cursor() as cursor:
            cursor.execute(_COUNTS, {"tables": _TABLES})
            rows = dict(cursor.fetchall())
            cursor.execute(_CLAIMS, {"tables": _TABLES})
            claims = cursor.fetchone()[0] or 0
        known = Counts(
            rows=rows,
            claims=max(claims, FEWEST),
            beyond=min(rows.values(), default=2.0) / 2,
            at=now,
        )
        _counted[connection.alias] = known
    return known


def near(
    asked: Sequence[Word], vector: Vector, *, public: bool, on: date | None = None
) -> tuple[Asked, list[Near]]:
    """
    Return what is asked, weighed, and the claims that it may be about.

    With `public`, only those with a verdict that readers can see.
    """
    queries = _queries(asked)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('hnsw.ef_search', %s, false)", [str(LOOKED_AT)]
        )
        cursor.execute(
            _PUBLIC if public else _ALL,
            {
                "queries": [query for query, _ in queries],
                "weights": [weight for _, weight in queries],
                "each": EACH_AT_MOST,
                "by_words": BY_WORDS,
                "by_vector": BY_VECTOR,
                "model": BUILT_IN,
                "vector": f"[{','.join(f'{part:.5f}' for part in vector)}]",
                "configuration": CONFIGURATION,
            },
        )
        found = [_near(*row) for row in cursor.fetchall()]
    return Asked(words={word.lexeme: word.tells for word in asked}, on=on), found


def _queries(asked: Sequence[Word]) -> list[tuple[str, float]]:
    """Return what finds claims with one of the rare words, or two of the common ones."""
    total, rare = 0.0, 0
    for word in asked[:RARE_AT_MOST]:
        total += word.rows
        if total > ROWS_AT_MOST:
            break
        rare += 1
    found = [(_quoted(word.lexeme), word.tells) for word in asked[:rare]]
    if rare < ENOUGH:
        common = asked[rare:][:COMMON_AT_MOST]
        found += [
            (
                f"{_quoted(one.lexeme)} & {_quoted(other.lexeme)}",
                one.tells + other.tells,
            )
            for one, other in combinations(common, 2)
        ] or [(_quoted(word.lexeme), word.tells) for word in common]
    return found


def _near(
    claim: Any,  # Any: as the database gives them
    said_on: date | None,
    said: list[str],
    checks: list[str],
    checked_on: list[date],
    likeness: float | None,
    likeness_of_checks: float | None,
) -> Near:
    return Near(
        claim=claim,
        words=frozenset(said).union(checks),
        likeness=likeness,
        likeness_of_checks=likeness_of_checks,
        days=(*([said_on] if said_on else ()), *checked_on),
    )


def _quoted(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
