"""Rows in great number: one INSERT for a table, whatever columns it has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import Model

YEARS = 3  # of work
PAGES_FOR_CLAIMS = 5  # one page for so many claims
SPEAKERS_FOR_CLAIMS = 20
ARTICLES_FOR_CLAIMS = 20

_NOTHING = {
    "CharField": "''",
    "TextField": "''",
    "URLField": "''",
    "ArrayField": "'{}'",
    "JSONField": "'[]'",
    "BooleanField": "false",
    "PositiveIntegerField": "0",
    "PositiveSmallIntegerField": "0",
    "IntegerField": "0",
    "DurationField": "interval '1 day'",
}


def prepare(cursor: Any, many: int, *, staff: list[int], now: datetime) -> None:
    """Give the session the words that all the other statements speak."""
    for signature, body in (
        # Keys in the order of time, as those of UUIDv7 are.
        (
            "key(kind text, n bigint) RETURNS uuid",
            (
                "(lpad(to_hex(n), 12, '0') || '70008000' || substr(md5(kind || n), 1, 12))"
                "::uuid"
            ),
        ),
        # A number from 0 to most - 1, which only the salt and n decide.
        (
            "lot(n bigint, salt int, most int) RETURNS int",
            "mod(hashint8extended(n, salt) & 9223372036854775807, most)::int",
        ),
        (
            "one_of(words text[], n bigint, salt int) RETURNS text",
            "words[1 + pg_temp.lot(n, salt, cardinality(words))]",
        ),
        ("moment() RETURNS timestamptz", f"timestamptz '{now.isoformat()}'"),
        (
            "at(n bigint) RETURNS timestamptz",
            (
                f"pg_temp.moment() - ({many} - n) * (interval '{YEARS} years' / {many})"
                " - interval '1 minute'"
            ),
        ),
        (
            "reviewer(n bigint, salt int) RETURNS int",
            (
                f"(ARRAY{staff})[1 + mod(pg_temp.lot(n, 70, {len(staff)}) + salt,"
                f" {len(staff)})]"
            ),
        ),
        ("many() RETURNS int", f"{many}"),
        ("pages() RETURNS int", f"{max(200, many // PAGES_FOR_CLAIMS)}"),
        ("speakers() RETURNS int", f"{max(50, many // SPEAKERS_FOR_CLAIMS)}"),
        ("articles() RETURNS int", f"{max(50, many // ARTICLES_FOR_CLAIMS)}"),
    ):
        cursor.execute(
            f"CREATE OR REPLACE FUNCTION pg_temp.{signature}"
            f" LANGUAGE sql IMMUTABLE RETURN {body}"
        )


def words(*of: str) -> str:
    """Return an array of texts, as SQL spells it."""
    return (
        "ARRAY[" + ", ".join("'" + each.replace("'", "''") + "'" for each in of) + "]"
    )


def insert(cursor: Any, model: type[Model], source: str, /, **values: str) -> None:
    """
    Write a row for each that `FROM source` gives.

    What is not named is as a new one has it, or null, or nothing where that is not
    allowed.
    """
    filled = {}
    for field in model._meta.concrete_fields:
        if field.generated or field.column in values:
            continue
        kind = field.get_internal_type()
        if field.primary_key and kind == "UUIDField":
            filled[field.column] = "gen_random_uuid()"
        if isinstance(field.default, (str, bool, int)):
            filled[field.column] = _spelled(field.default)
        elif not field.null and kind in _NOTHING:
            filled[field.column] = _NOTHING[kind]
    every = values | filled
    _insert(cursor, model._meta.db_table, every, source)


def _spelled(value: str | bool | int) -> str:
    return "'" + str(value).replace("'", "''") + "'"


def remember(
    cursor: Any, model: type[Model], label: str, source: str, /, **other: str
) -> None:
    """
    Write down in the history how rows of this model stood.

    `source` names the row as `r`; `other` is what was different about it then.
    """
    history = model._meta.apps.get_model(
        model._meta.app_label, f"{model._meta.object_name}Event"
    )
    own = {field.column for field in model._meta.concrete_fields}
    values = {
        field.column: f"r.{connection.ops.quote_name(field.column)}"
        for field in history._meta.concrete_fields
        if field.column in own
    }
    values |= {
        "pgh_created_at": "r.created_at",
        "pgh_label": f"'{label}'",
        "pgh_obj_id": "r.id",
    }
    _insert(cursor, history._meta.db_table, values | other, source)


def table(model: type[Model]) -> str:
    return model._meta.db_table


def _insert(cursor: Any, into: str, values: dict[str, str], source: str) -> None:
    columns = ", ".join(connection.ops.quote_name(name) for name in values)
    cursor.execute(
        f"INSERT INTO {into} ({columns}) SELECT {', '.join(values.values())}"
        f" FROM {source}"
    )
