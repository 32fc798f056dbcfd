"""CPU time of this process and of its PostgreSQL backend."""

from __future__ import annotations

import gc
import os
import statistics
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROUNDS = 5
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """Two things timed side by side."""

    name: str
    ours: float  # CPU milliseconds of one call
    theirs: float  # the same
    theirs_is: str
    budget: str = ""

    def __str__(self) -> str:
        aim = f"   (budget {self.budget})" if self.budget else ""
        return (
            f"{self.name:<38} {self.ours:9.3f} ms   {self.theirs_is:<34} "
            f"{self.theirs:9.3f} ms   ratio {self.ours / self.theirs:8.2f}{aim}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number that was measured."""

    name: str
    value: float
    unit: str
    most: float | None = None  # the budget
    least: float | None = None  # the budget of what should be large
    note: str = ""

    def __str__(self) -> str:
        line = f"{self.name:<38} {self.value:9.3f} {self.unit:<7} {self.note}".rstrip()
        if self.most is not None:
            line += f"   (budget {self.most:g}{self._missed(self.value > self.most)})"
        if self.least is not None:
            line += (
                f"   (budget {self.least:,g} or more"
                f"{self._missed(self.value < self.least)})"
            )
        return line

    @staticmethod
    def _missed(missed: bool) -> str:
        return ", MISSED" if missed else ""


def side_by_side(
    ours: Callable[[], object], theirs: Callable[[], object], *, times: int
) -> tuple[float, float]:
    """
    Return the CPU milliseconds of one call of each: medians over rounds in turn.

    `times` calls make a round; choose it so that a round takes a tenth of a second at
    least, for some kernels count a backend's time in hundredths.
    """
    ours(), theirs()
    rounds = [
        (_milliseconds(ours, times), _milliseconds(theirs, times))
        for _ in range(ROUNDS)
    ]
    return (
        statistics.median(mine for mine, _ in rounds),
        max(statistics.median(other for _, other in rounds), 1e-6),
    )


def _milliseconds(act: Callable[[], object], times: int) -> float:
    gc.collect()
    there, here = backend_milliseconds(), time.process_time()
    for _ in range(times):
        act()
    server = (time.process_time() - here) * 1_000
    return (server + backend_milliseconds() - there) / times


@contextmanager
def kept_connection() -> Iterator[None]:
    """
    Leave the connection open between two requests, as the pool of the web does.

    Closed after each, its process would take its time along unseen.
    """
    before = connection.settings_dict["CONN_MAX_AGE"]
    connection.settings_dict["CONN_MAX_AGE"] = None
    connection.close()
    try:
        yield
    finally:
        connection.settings_dict["CONN_MAX_AGE"] = before
        connection.close()


def backend_milliseconds() -> float:
    """
    Return the CPU time of the process that serves our connection, finely.

    Not of workers that it calls for a query read in parallel.
    """
    fine = Path(f"/proc/{_backend_pid()}/schedstat")
    if not fine.exists():  # a kernel that does not count, macOS, a server elsewhere
        return _backend_seconds() * 1_000
    return int(fine.read_text().split()[0]) / 1e6


def _backend_pid() -> int:
    connection.ensure_connection()
    pid: int = connection.connection.info.backend_pid
    return pid


def _backend_seconds() -> float:
    stat = Path(f"/proc/{_backend_pid()}/stat")
    if not stat.exists():  # macOS, or a server elsewhere: then only our own time counts
        return 0.0
    # proc(5): utime and stime are fields 14 and 15; the name before may hold spaces.
    fields = stat.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS_PER_SECOND
