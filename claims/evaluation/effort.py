"""How much computing something took, here and in the database."""

from __future__ import annotations

import time
from pathlib import Path

from django.db import connection

NANOSECONDS = 1_000_000_000


class Effort:
    """Adds up CPU seconds of this process and of its connection's own backend."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            self._schedule = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")

    def now(self) -> float:
        """Return seconds, to be compared with a later reading."""
        return time.process_time() + self._of_database()

    def _of_database(self) -> float:
        # Linux counts what each process ran in nanoseconds. A database on another host
        # or system does not show: then the figure is of this process alone.
        try:
            return int(self._schedule.read_text().split()[0]) / NANOSECONDS
        except OSError:
            return 0.0

    @property
    def sees_the_database(self) -> bool:
        return self._schedule.exists()
