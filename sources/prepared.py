"""Questions that are asked at every request, past the ORM, and planned once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg
from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Mapping


def ask(sql: str, asked: Mapping[str, Any]) -> list[Any]:
    """
    Return the rows, by a statement that the connection keeps prepared.

    Planning takes longer than answering. A pooler that hands connections on between two
    statements knows nothing of what was prepared, and is told of by the setting that
    Django has for it.
    """
    connection.ensure_connection()
    held = connection.connection
    kept = not connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS")
    if kept:
        # Django has left it at «never». Its own questions go by cursors that do not
        # prepare, whatever stands here.
        held.prepare_threshold = 0
    with connection.wrap_database_errors, psycopg.Cursor(held) as cursor:
        try:
            cursor.execute(sql, asked, prepare=kept, binary=True)
        except psycopg.errors.FeatureNotSupported:
            if connection.in_atomic_block:
                raise
            # A migration has changed what the statement gives, since it was planned.
            cursor.execute(sql, asked, prepare=False, binary=True)
        return cursor.fetchall()
