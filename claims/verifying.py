"""Whether the record still tells what happened, or was changed behind its back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast
from uuid import UUID

import pghistory.models
import pgtrigger
from django.apps import apps
from django.db import connection, transaction
from pgtrigger.core import INSTALLED

from claims.vocabulary import ClaimStatus
from sources.errors import BodyDamaged
from sources.models import Snapshot

if TYPE_CHECKING:
    from django.db import models

_AT_ONCE = 500

# What a row's history writes down when something else changes, but does not follow.
_IN_PASSING = {"SourceEvent": frozenset({"archived_url"})}


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """One place where the record contradicts itself."""

    where: str  # «claims.claim 0192…»
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Something that holds of the whole record, and the question that asks for it."""

    says: str
    breaches: Callable[[], Iterator[Breach]]


def rules() -> Iterator[Rule]:
    """Every rule that the database can be asked at once; the quick ones first."""
    yield Rule(says="The database guards what is not to change", breaches=_unguarded)
    for history in _histories():
        yield from _rules_of(history)
    yield _asked("Each claim stands where its moves led", _STATUS_IS_WHERE_MOVES_LED)
    yield _asked("One published review follows the other", _REVIEWS_FOLLOW_EACH_OTHER)
    yield _asked("What readers were told is unchanged", _PUBLISHED_IS_UNCHANGED)
    yield _asked("What was published is still there", _PUBLISHED_IS_STILL_THERE)
    yield _asked("Each correction leads to a later review", _CORRECTIONS_GO_FORWARD)


def snapshots_after(last: UUID | None) -> models.QuerySet[Snapshot]:
    """Return the kept copies in their order, from behind this one."""
    kept = Snapshot.objects.select_related("dictionary").order_by("pk")
    return kept if last is None else kept.filter(pk__gt=last)


def damaged(snapshot: Snapshot) -> Breach | None:
    """Read a kept copy as a reader would; return what is wrong with it."""
    try:
        snapshot.body  # noqa: B018  read for what it raises
    except BodyDamaged as exc:
        return Breach(where=f"sources.snapshot {snapshot.pk}", says=str(exc))
    return None


def _unguarded() -> Iterator[Breach]:
    for model, trigger in pgtrigger.registered():
        status, enabled = trigger.get_installation_status(model)
        if status != INSTALLED or not enabled:
            stands = "switched off" if status == INSTALLED else status.lower()
            yield Breach(
                where=f"{model._meta.label_lower} {trigger.name}",
                says=f"This rule of the database is {stands}.",
            )


def _histories() -> Iterator[type[pghistory.models.Event]]:
    for model in apps.get_models():
        if issubclass(model, pghistory.models.Event):
            yield model


def _rules_of(history: type[pghistory.models.Event]) -> Iterator[Rule]:
    kept = cast("type[models.Model]", history.pgh_tracked_model)
    label = kept._meta.label_lower
    table, events = kept._meta.db_table, history._meta.db_table
    followed = [
        field.column
        for field in history._meta.concrete_fields
        if not field.name.startswith("pgh_")
        and field.name not in _IN_PASSING.get(history.__name__, ())
    ]
    now = ", ".join(f"kept.{column}" for column in followed)
    then = ", ".join(f"told.{column}" for column in followed)
    yield _asked(
        f"The history of each {label} ends with the row as it is",
        f"""
        SELECT '{label} ' || kept.id, CASE WHEN told.pgh_id IS NULL
            THEN 'It has no history.'
            ELSE 'It was changed without a word in its history.' END
        FROM {table} kept LEFT JOIN LATERAL (
            SELECT * FROM {events} e WHERE e.pgh_obj_id = kept.id
            ORDER BY e.pgh_id DESC LIMIT 1
        ) told ON true
        WHERE told.pgh_id IS NULL OR ({now}) IS DISTINCT FROM ({then})
        """,  # noqa: S608  names of tables and columns of our own
    )
    if "version" in followed:
        yield _asked(
            f"No version is missing from the history of each {label}",
            f"""
            SELECT '{label} ' || pgh_obj_id,
                'Its history goes from version ' || before || ' to ' || version || '.'
            FROM (
                SELECT pgh_obj_id, version, lag(version)
                    OVER (PARTITION BY pgh_obj_id ORDER BY pgh_id) AS before
                FROM {events}
            ) steps
            WHERE version - before NOT IN (0, 1)
            """,  # noqa: S608
        )


def _asked(says: str, sql: str) -> Rule:
    def breaches() -> Iterator[Breach]:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
            while rows := cursor.fetchmany(_AT_ONCE):
                for where, wrong in rows:
                    yield Breach(where=where, says=wrong)

    return Rule(says=says, breaches=breaches)


# By counting, not by the clock: two people's moves may carry the same moment.
_STATUS_IS_WHERE_MOVES_LED = f"""
    SELECT DISTINCT 'claims.claim ' || claim_id,
        'Its moves do not lead from new to where it stands.'
    FROM (
        SELECT id AS claim_id, '{ClaimStatus.NEW}' AS status, 1 AS came FROM claims_claim
        UNION ALL SELECT claim_id, to_status, 1 FROM claims_move
        UNION ALL SELECT claim_id, from_status, -1 FROM claims_move
        UNION ALL SELECT id, status, -1 FROM claims_claim
    ) steps
    GROUP BY claim_id, status HAVING sum(came) <> 0
"""  # noqa: S608

_REVIEWS_FOLLOW_EACH_OTHER = """
    SELECT 'claims.review ' || id, 'It begins before the one it replaced had ended.'
    FROM (
        SELECT id, version, valid_from, lag(version) OVER earlier AS before,
            lag(coalesce(valid_to, 'infinity')) OVER earlier AS ended
        FROM claims_review WHERE published_at IS NOT NULL
        WINDOW earlier AS (PARTITION BY claim_id ORDER BY version)
    ) published
    WHERE before IS NOT NULL AND valid_from < ended
"""

_PUBLISHED_IS_UNCHANGED = """
    SELECT DISTINCT 'claims.review ' || now.id,
        'It reads otherwise than when it was published.'
    FROM claims_review now JOIN claims_reviewevent told ON told.pgh_obj_id = now.id
    WHERE now.published_at <= statement_timestamp()
    AND told.published_at = now.published_at
    AND to_jsonb(now) - 'valid_to' <> (
        SELECT jsonb_object_agg(key, value) FROM jsonb_each(to_jsonb(told))
        WHERE key NOT LIKE 'pgh\\_%' AND key <> 'valid_to'
    )
"""

_PUBLISHED_IS_STILL_THERE = """
    SELECT 'claims.review ' || pgh_obj_id, 'It was published, and is not there any more.'
    FROM (
        SELECT DISTINCT ON (pgh_obj_id) pgh_obj_id, published_at
        FROM claims_reviewevent ORDER BY pgh_obj_id, pgh_id DESC
    ) last
    WHERE published_at IS NOT NULL
    AND NOT EXISTS (SELECT FROM claims_review r WHERE r.id = pgh_obj_id)
"""

_CORRECTIONS_GO_FORWARD = """
    SELECT 'claims.correction ' || note.id,
        'It does not lead from a published review of its claim to a later one.'
    FROM claims_correction note
    JOIN claims_review was ON was.id = note.review_from_id
    LEFT JOIN claims_review is_now ON is_now.id = note.review_to_id
    WHERE was.claim_id <> note.claim_id OR was.published_at IS NULL
    OR is_now.claim_id <> note.claim_id OR is_now.version <= was.version
"""
