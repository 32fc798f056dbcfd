"""Which questions a page asks, and how the database answers them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import connection

from tests.bench.processes import BenchFailed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Below that an index would be the longer way.
MANY_ROWS = 20_000

Question = tuple[str, Any]


def asked(act: Callable[[], object]) -> list[Question]:
    """Return what is asked of the database meanwhile. Raises BenchFailed for an OFFSET."""
    found: list[Question] = []

    def listen(execute, sql, params, many, context):
        found.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        act()
    for sql, _ in found:
        if " OFFSET " in sql:
            raise BenchFailed(f"a page is cut with OFFSET: {sql[:500]}")
    return found


def read_whole(questions: list[Question]) -> tuple[str, ...]:
    """Return the tables of many rows that these questions read from end to end."""
    large = _large()
    found = set()
    for sql, params in questions:
        if not sql.lstrip().upper().startswith(("SELECT", "WITH")):
            continue
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
            (told,) = cursor.fetchone()
        plan = json.loads(told) if isinstance(told, str) else told
        found |= {
            node["Relation Name"]
            for node in _nodes(plan[0]["Plan"])
            if node["Node Type"] == "Seq Scan" and node["Relation Name"] in large
        }
    return tuple(sorted(found))


def _large() -> set[str]:
    ours = [
        model._meta.db_table
        for label in ("claims", "sources")
        for model in apps.get_app_config(label).get_models()
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relname = ANY (%s) AND reltuples > %s",
            [ours, MANY_ROWS],
        )
        return {name for (name,) in cursor.fetchall()}


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for part in plan.get("Plans", ()):
        yield from _nodes(part)
