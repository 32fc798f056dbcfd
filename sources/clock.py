"""The time by which workers on all machines go."""

from __future__ import annotations

from datetime import datetime

from django.db import connection


def shared_now() -> datetime:
    """
    Return the database's time.

    A machine whose own clock is ahead would take the leases that others hold for
    lapsed, and count what they are at as broken attempts.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment
