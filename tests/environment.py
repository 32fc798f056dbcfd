"""
The servers that the tests run against; a pytest plugin.

pytest-django reads the settings before any conftest.py, so what the settings need must
stand in the environment earlier: `-p tests.environment` in addopts.

Servers named in DATABASE_URL and REDIS_URL are used as they are. Otherwise the run takes
the first of the homes `.run/tests/1`, `.run/tests/2`, … that no other run holds, and
starts a PostgreSQL and a Valkey there that trust no disk. pytest-xdist's workers share
them: each has a test database of its own, and a Redis database of its own.
"""

import contextlib
import fcntl
import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from config import embedded

PROJECT = Path(__file__).resolve().parents[1]
HOMES = PROJECT / ".run" / "tests"
MOST_RUNS = 32  # at one time, in one checkout
# Below those that the kernel hands out, so that they stay free.
OPEN_PORTS = range(28_400, 28_500)

# Everything here ends with pytest, however that ends.
held = contextlib.ExitStack()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests():
    """Have the servers and the environment before the settings are read."""
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker is None:
        set_the_scene()
        start_servers()
    else:
        number = int(worker.removeprefix("gw")) + 1
        os.environ["REDIS_URL"] = redis_database(os.environ["REDIS_URL"], number)
    return (yield)


def pytest_unconfigure():
    held.close()


def set_the_scene() -> None:
    """Set what the settings read, whatever the shell that calls has set."""
    for name in list(os.environ):
        if name.startswith(
            ("COUNTERCLAIM_", "CLAIMS_", "SOURCES_", "EXTRACTION_")
        ) and name not in ("COUNTERCLAIM_CHROMIUM", "COUNTERCLAIM_PG_BINDIR"):
            del os.environ[name]
    os.environ["COUNTERCLAIM_SECRET_KEY"] = "for tests only, and long enough to be one"
    # What was learned on this machine makes no difference to what is tested.
    os.environ["COUNTERCLAIM_MODELS"] = str(HOMES / "nothing-learned")
    # The pages that tests fetch are served on loopback.
    os.environ["SOURCES_ALLOW_NETWORKS"] = "127.0.0.0/8"
    os.environ["SOURCES_ALLOW_PORTS"] = ",".join(map(str, OPEN_PORTS))
    # All of those pages are on one host, and few tests are about waiting for a turn.
    os.environ["SOURCES_LEAST_GAP_SECONDS"] = "0"
    # All of these requests are of one address, and come as fast as they can.
    os.environ["COUNTERCLAIM_API_A_MINUTE"] = "0"
    os.environ["COUNTERCLAIM_API_A_MINUTE_FOR_STRANGERS"] = "0"
    # No test looks at a claim as long as a person does.
    os.environ["CLAIMS_HASTE_SECONDS"] = "0"
    # WhiteNoise warns of a folder that nothing was collected into.
    (PROJECT / ".run" / "static").mkdir(parents=True, exist_ok=True)
    # What went well is not worth a line in the report of a test that failed.
    os.environ["COUNTERCLAIM_LOG_LEVEL"] = "WARNING"
    # Playwright's loop runs in the thread of the test.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def start_servers() -> None:
    """Have a PostgreSQL and a Redis, named in DATABASE_URL and REDIS_URL."""
    if os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"):
        return
    layout = embedded.Layout(home=free_home(), throwaway=True)
    held.enter_context(embedded.running(layout))
    os.environ.setdefault("DATABASE_URL", layout.database_url)
    os.environ.setdefault("REDIS_URL", layout.redis_url)


def free_home() -> Path:
    """Return a home that is ours until this process ends."""
    for number in range(1, MOST_RUNS + 1):
        home = HOMES / str(number)
        home.mkdir(parents=True, exist_ok=True)
        lock = (home / "run.lock").open("a")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
        else:
            held.enter_context(lock)
            return home
    raise pytest.UsageError(f"{MOST_RUNS} test runs hold every home in {HOMES}")


def redis_database(url: str, number: int) -> str:
    """Return the address of another numbered database on the same server."""
    if url.startswith("unix://"):
        return f"{url.partition('?')[0]}?db={number}"
    return urlsplit(url)._replace(path=f"/{number}").geturl()
