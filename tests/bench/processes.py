"""What other processes cost: their CPU time, and their memory."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.cache import cache
from django.db import connection

from tests.environment import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
STOP_SECONDS = 20
LOGS = PROJECT / ".run" / "bench"


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """Of one process, in megabytes."""

    rss: float
    pss: float  # what is shared with others, in parts


class BenchFailed(Exception):
    """What was measured did not do its work."""


@contextmanager
def running(
    name: str, *command: str, environment: Mapping[str, str] | None = None, **how
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a module of ours beside; what it complains of stands in `.run/bench`."""
    LOGS.mkdir(parents=True, exist_ok=True)
    with (LOGS / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=PROJECT,
            env={**os.environ, **(environment or {})},
            start_new_session=True,
            **{"stdout": log, "stderr": log, **how},
        )
    try:
        yield process
    finally:
        _stop(process)


def log_of(name: str) -> str:
    """Return the last lines of what such a process said."""
    return (LOGS / f"{name}.log").read_text(errors="replace")[-3_000:]


def cpu_seconds(*roots: int, but: Iterable[int] = ()) -> float:
    """Return what these processes and all below them used, those that ended too."""
    spared = set(but)
    ticks = 0
    for pid in _family(roots):
        own, ended = _ticks(pid)
        ticks += ended + (0 if pid in spared else own)
    return ticks / TICKS_PER_SECOND


def own_cpu_seconds(pid: int) -> float:
    """Return what one process used, without those below it."""
    return _ticks(pid)[0] / TICKS_PER_SECOND


def children(pid: int) -> list[int]:
    """Return the processes that this one started."""
    return [child for child, parent in _parents().items() if parent == pid]


def memory(pid: int) -> Memory:
    """Return what a process holds."""
    sums = {}
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]:
        name, amount, *_ = line.split()
        sums[name] = int(amount) / 1_000
    return Memory(rss=sums["Rss:"], pss=sums["Pss:"])


def database_pid() -> int:
    """Return the process above all of PostgreSQL's, if it is on this machine."""
    parent = _parents().get(backend_pid())
    if parent is None:
        raise BenchFailed("the database of a bench has to be on this machine")
    return parent


def backend_pid() -> int:
    """Return the process that serves the connection of this one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def redis_pid() -> int:
    """Return the process of Redis or Valkey."""
    # Django's cache and Celery's broker are one server here.
    client = cache._cache.get_client(None, write=True)
    pid = int(client.info("server")["process_id"])
    if pid not in _parents():
        raise BenchFailed(f"{settings.REDIS_URL} has to be on this machine")
    return pid


def _stop(process: subprocess.Popen[bytes]) -> None:
    for number in (signal.SIGTERM, signal.SIGKILL):
        if process.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, number)
            with suppress(subprocess.TimeoutExpired):
                process.wait(STOP_SECONDS)


def _family(roots: Iterable[int]) -> set[int]:
    below: dict[int, list[int]] = {}
    for child, parent in _parents().items():
        below.setdefault(parent, []).append(child)
    found: set[int] = set()
    waiting = list(roots)
    while waiting:
        pid = waiting.pop()
        found.add(pid)
        waiting += below.get(pid, [])
    return found


def _parents() -> dict[int, int]:
    parents = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with suppress(OSError):  # it may end while we look
                parents[int(folder.name)] = int(_fields(int(folder.name))[1])
    return parents


def _ticks(pid: int) -> tuple[int, int]:
    """Return the time of a process, and of those below it that ended."""
    try:
        fields = _fields(pid)
    except OSError:
        return 0, 0
    # proc(5): utime, stime, cutime, cstime are fields 14 to 17.
    own, ended = fields[11:13], fields[13:15]
    return sum(map(int, own)), sum(map(int, ended))


def _fields(pid: int) -> list[str]:
    # The name before may hold spaces.
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
