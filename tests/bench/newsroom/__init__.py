"""
A newsroom's years of work, written by the database itself: the same at every run.

What the triggers would refuse or keep a history of is passed by; the rows obey the
constraints all the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection, transaction

from tests.bench.newsroom import claims, desk, pages, people, singular
from tests.bench.newsroom.writing import prepare

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import User

    from tests.bench.newsroom.singular import Singular

__all__ = ["Newsroom", "empty", "fill"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsroom:
    """Who works there, and the rows that pages are measured on."""

    reviewer: User
    editor: User
    singular: Singular


def empty() -> None:
    """Leave nothing of what was said, cited and found."""
    with connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE claims_claimant, claims_article, claims_savedview,"
            " sources_source, sources_host CASCADE"
        )


def fill(many: int, *, now: datetime) -> Newsroom:
    """Write so many claims with everything around them, ending at `now`."""
    staff = people.staff()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        prepare(cursor, many, staff=[each.pk for each in staff], now=now)
        pages.write(cursor)
        claims.write(cursor)
        pages.cite(cursor)
        desk.write(cursor)
        found = singular.write(cursor, reviewer=staff[0])
    with connection.cursor() as cursor:
        # What autovacuum does in time.
        cursor.execute("VACUUM ANALYZE")
    return Newsroom(reviewer=staff[0], editor=people.editor(), singular=found)
