"""Claims whose words are most like some others, found by the words that few claims have."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LOOKED_AT = 1_000  # claims for each text, whose likeness is worked out
RARE_AT_MOST = 12  # words that lead to claims one by one; of others it takes two
ENOUGH = 3  # of those, to ask for nothing else
COMMON_AT_MOST = 5
CONFIGURATION = "english"  # of Claim.search


_NEAREST = """
SELECT asked.key, close.id, close.likeness
FROM unnest(%s::uuid[], %s::text[], %s::text[]) AS asked (key, text, query),
LATERAL (
    SELECT id, similarity(statement, asked.text) AS likeness
    FROM (
        SELECT id, statement FROM claims_claim
        WHERE search @@ asked.query::tsquery LIMIT %s
    ) near
    WHERE similarity(statement, asked.text) >= %s
    ORDER BY likeness DESC, id LIMIT %s
) close
ORDER BY close.likeness DESC, close.id
"""
# Behind the shares of the words stand the least and the most of them.
_LEXEMES = """
WITH counted AS (
    SELECT unnest(most_common_elems::text::text[]) AS word,
        unnest(most_common_elem_freqs[:cardinality(most_common_elem_freqs)
            - 2]) AS share
    FROM pg_stats
    WHERE schemaname = ANY (current_schemas(false))
        AND tablename = 'claims_claim' AND attname = 'search'
), size AS (
    SELECT greatest(reltuples, 0) AS claims FROM pg_class
    WHERE oid = to_regclass('claims_claim')
)
SELECT asked.key, words.lexeme, coalesce(share, 0) * size.claims AS many
FROM size, unnest(%s::uuid[], %s::text[]) AS asked (key, text),
    LATERAL unnest(to_tsvector(%s::regconfig, asked.text)) words
    LEFT JOIN counted ON counted.word = words.lexeme
ORDER BY asked.key, many, length(words.lexeme) DESC, words.lexeme
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """A claim that has words in common with a text."""

    claim: UUID
    likeness: float  # of their trigrams, 0 to 1


def alike(
    texts: Mapping[UUID, str], *, least: float, most: int
) -> dict[UUID, list[Alike]]:
    """
    Return for each text at most so many claims that are like it, the most alike first.

    `least` is the likeness below which a claim is none. A text without a single word
    for the index, such as "Who is it?", is like nothing. Asks the database twice,
    whatever the number of texts and of claims.
    """
    asked = {
        key: query
        for key, words in _lexemes(texts).items()
        if (query := _query(words, most=LOOKED_AT))
    }
    if not asked:
        return {}
    found: dict[UUID, list[Alike]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            _NEAREST,
            [
                list(asked),
                [texts[key] for key in asked],
                list(asked.values()),
                LOOKED_AT,
                least,
                most,
            ],
        )
        for key, claim, likeness in cursor.fetchall():
            found.setdefault(key, []).append(Alike(claim=claim, likeness=likeness))
    return found


def _lexemes(texts: Mapping[UUID, str]) -> dict[UUID, list[tuple[str, float]]]:
    """Return the words of each text with how many claims have them, rarest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            _LEXEMES,
            [
                list(texts),
                list(texts.values()),
                CONFIGURATION,
            ],
        )
        found: dict[UUID, list[tuple[str, float]]] = {}
        for key, word, many in cursor.fetchall():
            found.setdefault(key, []).append((word, many))
    return found


def _query(words: Sequence[tuple[str, float]], *, most: int) -> str:
    """Return what finds claims with one of the rare words, or two of the common ones."""
    total, rare = 0.0, []
    for word, many in words[:RARE_AT_MOST]:
        total += many
        if total > most:
            break
        rare.append(_quoted(word))
    if len(rare) >= ENOUGH:
        return " | ".join(rare)
    common = [_quoted(word) for word, _ in words[len(rare) :][:COMMON_AT_MOST]]
    pairs = [f"({one} & {other})" for one, other in combinations(common, 2)]
    return " | ".join([*rare, *(pairs or common)])


def _quoted(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
