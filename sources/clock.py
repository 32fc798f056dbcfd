"""The time by which workers on all machines go."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection

# Goes on while the machine sleeps, on Linux under a name of its own.
_NEVER_STOPS = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


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


def shared_clock() -> Callable[[], datetime]:
    """
    Return a clock that goes on from the database's time, and asks for it no more.

    For whoever may not wait for the database. It does not follow this machine's own
    clock, which may be set meanwhile.
    """
    began, since = shared_now(), time.clock_gettime(_NEVER_STOPS)
    return lambda: began + timedelta(seconds=time.clock_gettime(_NEVER_STOPS) - since)
