"""Rows into a table by COPY, each column filled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.db import connection
from psycopg import sql

if TYPE_CHECKING:
    from django.db.models import Model


def copy(
    model: type[Model],
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    into: str = "",
) -> None:
    """
    Write rows whose values come in the order of these columns.

    The others get what Django gives them where nothing is said. `into` names a table
    with the same columns.
    """
    rest = [
        field
        for field in model._meta.concrete_fields
        if not field.generated
        and field.attname not in columns
        # Counted by the database.
        and field.get_internal_type() not in {"BigAutoField", "AutoField"}
    ]
    defaults = [
        field.get_db_prep_save(field.get_default(), connection) for field in rest
    ]
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(into or model._meta.db_table),
        sql.SQL(", ").join(
            map(sql.Identifier, [*columns, *(field.attname for field in rest)])
        ),
    )
    with connection.cursor() as cursor, cursor.copy(statement) as out:
        for row in rows:
            out.write_row((*row, *defaults))
