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
    kept = not connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS")
    with (
        connection.wrap_database_errors,
        psycopg.Cursor(connection.connection) as cursor,
    ):
        cursor.execute(sql, asked, prepare=kept, binary=True)
        return cursor.fetchall()
