"""Many looks in a few statements, however many they are."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from sources.models import Check, Source
from sources.models.source import uuids

# What a look that keeps no page can change of its source, and as what it is sent.
_SOURCE = {
    "state": "text",
    "state_since": "timestamptz",
    "failing_since": "timestamptz",
    "failures": "int",
    "final_url": "text",
    "points_to": "text",
    "etag": "text",
    "last_modified": "text",
    "body_sha256": "text",
    "text_sha256": "text",
    "media_type": "text",
    "interval": "interval",
    "due_at": "timestamptz",
    "last_checked_at": "timestamptz",
    "looks": "int",
}
_CHECK = {
    "id": "uuid",
    "source_id": "uuid",
    "lease_token": "uuid",
    "started_at": "timestamptz",
    "duration_ms": "int",
    "outcome": "text",
    "http_status": "smallint",
    "hops": "jsonb",
    "bytes": "int",
    "detail": "text",
    "facts": "jsonb",
}


def _statement() -> str:
    """
    Return the statement that ends the leases that still hold, and adds their checks.

    Words that began to be watched meanwhile, on it or on an alias of it, make their
    source due at once.
    """
    kinds = {**_SOURCE, **_CHECK, "watched": "int"}
    columns = ", ".join(f'"{name}" {kind}' for name, kind in kinds.items())
    sets = [f'"{name}" = look."{name}"' for name in _SOURCE if name != "due_at"]
    return f"""
        WITH look AS MATERIALIZED (
            SELECT * FROM json_to_recordset(%s) AS look ({columns})
        ),
        ended AS (
            UPDATE sources_source s
            SET {", ".join(sets)},
                due_at = CASE WHEN look.watched < (
                    SELECT count(*) FROM sources_passage p WHERE p.source_id = s.id
                ) + (
                    SELECT count(*) FROM sources_passage p
                    JOIN sources_source a ON a.id = p.source_id
                    WHERE a.same_as_id = s.id
                ) THEN look.last_checked_at ELSE look.due_at END,
                attempts = 0, lease_token = NULL, lease_until = NULL
            FROM look
            WHERE s.id = look.source_id AND s.lease_token = look.lease_token
            RETURNING s.id
        )
        INSERT INTO sources_check ({_names(_CHECK)})
        SELECT {", ".join(f'look."{name}"' for name in _CHECK)}
        FROM look JOIN ended ON ended.id = look.source_id
        RETURNING id
    """  # noqa: S608 - names of our own


def _names(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


_STATEMENT = _statement()


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A source with what a look changed of it, and the check that says so."""

    source: Source
    check: Check
    watched: int  # passages that the look knew of, aliases' too


def write(looks: Sequence[Weighed]) -> list[Check]:
    """
    Write sources and checks, where the leases of the checks still hold.

    Returns the checks that were written. For use in a transaction.
    """
    # One document, written at once: as arrays, each value is quoted for itself, which
    # took a third of the time (2026-11).
    rows = json.dumps([_row(look) for look in looks], default=_spelled)
    with connection.cursor() as cursor:
        # Whoever is about to watch words of a source holds its row; without waiting
        # for them here, what they add would be seen by nobody until the next look.
        cursor.execute(
            "SELECT FROM sources_source WHERE id = ANY(%s::uuid[])"
            " ORDER BY id FOR UPDATE",
            [uuids(look.source.pk for look in looks)],
        )
        cursor.execute(_STATEMENT, [rows])
        written = {pk for (pk,) in cursor.fetchall()}
    return [look.check for look in looks if look.check.pk in written]


def _row(look: Weighed) -> dict[str, object]:
    source, check = look.source, look.check
    row: dict[str, object] = {name: getattr(source, name) for name in _SOURCE}
    row.update((name, getattr(check, name)) for name in _CHECK)
    row["watched"] = look.watched
    return row


def _spelled(value: object) -> str:
    match value:
        case UUID():
            return str(value)
        case datetime():
            return value.isoformat()
        case timedelta():
            return f"{value.days} days {value.seconds}.{value.microseconds:06} seconds"
    raise TypeError(f"{type(value)} is no column of a look")
