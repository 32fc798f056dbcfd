"""The real workers, and what they cost together with their database and Redis."""

from __future__ import annotations

import os
import subprocess
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings

from config.celery import app
from tests.bench import processes
from tests.bench.processes import BenchFailed
from tests.live import test_database_url

if TYPE_CHECKING:
    from collections.abc import Iterator

READY_SECONDS = 60
FETCHERS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """Everything that has a part in a check, but for the page server."""

    fetch: int  # the worker that takes the queue `fetch`, above its children
    others: int  # the one that takes every other queue
    press: int
    port: int  # of the pages
    database: int
    redis: int

    def cpu_seconds(self) -> dict[str, float]:
        """Return what was used so far, by whom."""
        return {
            "fetching": processes.cpu_seconds(self.fetch),
            "other workers": processes.cpu_seconds(self.others),
            # Nothing but this process needs the connection that asks how far they are.
            "PostgreSQL": processes.cpu_seconds(
                self.database, but=[processes.backend_pid()]
            ),
            "Redis": processes.cpu_seconds(self.redis),
        }

    def press_seconds(self) -> float:
        return processes.cpu_seconds(self.press)

    def fetchers(self) -> list[processes.Memory]:
        """Return the memory of each child that fetches."""
        return [processes.memory(pid) for pid in processes.children(self.fetch)]


@contextmanager
def crew() -> Iterator[Crew]:
    """Start the page server and the workers, and wait until they are ready."""
    app.control.purge()
    routed = {route["queue"] for route in settings.CELERY_TASK_ROUTES.values()}
    rest = sorted({settings.CELERY_TASK_DEFAULT_QUEUE, *routed} - {"fetch"})
    with ExitStack() as held:
        press = held.enter_context(
            processes.running(
                "press",
                "tests.bench.press",
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
        )
        fetch = held.enter_context(_worker("fetch", "fetch", children=FETCHERS))
        others = held.enter_context(_worker("others", ",".join(rest), children=1))
        said = press.stdout.readline()
        if not said.strip().isdigit():
            raise BenchFailed(f"no page server: {processes.log_of('press')}")
        for name in ("fetch", "others"):
            _await(name)
        yield Crew(
            fetch=fetch.pid,
            others=others.pid,
            press=press.pid,
            port=int(said),
            database=processes.database_pid(),
            redis=processes.redis_pid(),
        )


def complaints() -> str:
    """Return what the workers said last."""
    return "\n".join(
        f"--- {name} ---\n{processes.log_of(name)}" for name in ("fetch", "others")
    )


def _worker(name: str, queues: str, *, children: int):
    return processes.running(
        name,
        *("celery", "-A", "config", "worker", "-Q", queues, "-c", str(children)),
        *("-n", _node(name), "--without-gossip", "--without-mingle", "-l", "warning"),
        environment={"DATABASE_URL": test_database_url(), "SKIP_CHECKS": "1"},
    )


def _node(name: str) -> str:
    return f"{name}-{os.getpid()}@bench"


def _await(name: str) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while not app.control.ping(destination=[_node(name)], timeout=0.5, limit=1):
        if time.monotonic() > deadline:
            raise BenchFailed(f"the worker {name} did not start: {complaints()}")
