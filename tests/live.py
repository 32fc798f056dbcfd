"""
The real thing for tests that go through the whole: a Celery worker, and a browser.

`worker` is a worker process on the test's own database and Redis, at work while a test
asks for it; its rows are really committed. Pages for it to fetch are served at a port
of `open_port()`.

`page` is pytest-playwright's, on the live server, with the Chromium that is there;
without one the test is skipped.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from urllib.parse import urlsplit

import pytest
from django.core.signals import request_finished, request_started
from django.db import connection, connections

from config.celery import app
from sources.wire.listening import switchboard
from tests.environment import OPEN_PORTS, PROJECT

CHROMIUM_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
QUEUES = ("desk", "fetch", "read", "extract")
READY_SECONDS = 60
IDLE_SECONDS = 30
STOP_SECONDS = 15


@pytest.fixture
def worker(worker_process, transactional_db):
    """A Celery worker process that takes every queue, until the test ends."""
    app.control.purge()  # what earlier tests have sent means rows that are gone
    tell_worker(app.control.add_consumer)
    yield worker_process
    tell_worker(app.control.cancel_consumer)
    await_idleness()


def tell_worker(order) -> None:
    for queue in QUEUES:
        order(queue, destination=[worker_name()], reply=True, limit=1)


def await_idleness() -> None:
    """A task that is at its rows while they are taken away is a deadlock."""
    deadline = time.monotonic() + IDLE_SECONDS
    worker = app.control.inspect(destination=[worker_name()], limit=1)
    while any(
        any(tasks.values())
        for tasks in (worker.active() or {}, worker.reserved() or {})
    ):
        assert time.monotonic() < deadline, "the Celery worker does not come to an end"


@pytest.fixture(scope="session")
def worker_process(request, django_db_setup, tmp_path_factory):
    """A Celery worker process that takes no queue, ready to work."""
    log = tmp_path_factory.mktemp("worker") / "worker.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "celery", "-A", "config", "worker"),
                *("-Q", "none", "-c", "2", "-l", "info", "-n", worker_name()),
                *("--without-gossip", "--without-mingle"),
            ],
            cwd=PROJECT,
            env={**os.environ, "DATABASE_URL": test_database_url()},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        await_worker(process, log)
        yield process
    finally:
        stop(process)


def worker_name() -> str:
    return f"{os.getpid()}@test"


def test_database_url() -> str:
    """Return the address of the database that this test process uses."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    name = connection.settings_dict["NAME"]
    # Not geturl(), which leaves out the slashes before an empty host.
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.scheme}://{parts.netloc}/{name}{query}"


test_database_url.__test__ = False


def await_worker(process, log) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while not app.control.ping(destination=[worker_name()], timeout=0.5, limit=1):
        if process.poll() is not None or time.monotonic() > deadline:
            pytest.fail(f"the Celery worker did not start: {log.read_text()[-3_000:]}")


def stop(process) -> None:
    for number in (signal.SIGTERM, signal.SIGQUIT, signal.SIGKILL):
        if process.poll() is None:
            os.killpg(process.pid, number)
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                continue


def open_port() -> int:
    """Return a free port of this machine that pages may be fetched from."""
    for port in OPEN_PORTS:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError(f"every port of {OPEN_PORTS} is taken")


def chromium() -> str | None:
    """Return the Chromium of this machine, if it has one."""
    named = os.environ.get("COUNTERCLAIM_CHROMIUM")
    return named or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


@pytest.fixture(scope="session")
def playwright(playwright):
    """
    Playwright's own, with the connections closed that were opened beside it.

    While its loop runs, Django gives the same thread other connections than before
    and after; nobody would close those, and the test database could not be dropped.
    """
    yield playwright
    connections.close_all()


class UnderWay:
    """How many requests the live server is answering now."""

    def __init__(self):
        self._number, self._changed = 0, threading.Condition()
        request_started.connect(self._begun, weak=False)
        request_finished.connect(self._done, weak=False)

    def begin(self) -> None:
        """Forget what a test without a browser has opened and not closed."""
        with self._changed:
            self._number = 0

    def _begun(self, **_):
        with self._changed:
            self._number += 1

    def _done(self, **_):
        with self._changed:
            self._number -= 1
            self._changed.notify_all()

    def ended(self) -> bool:
        """Wait until none is; tell whether that came in time."""
        with self._changed:
            return self._changed.wait_for(lambda: self._number <= 0, timeout=2)


@pytest.fixture(scope="session")
def under_way():
    """The requests that are being answered in this process."""
    return UnderWay()


@pytest.fixture
def new_context(new_context, browser, under_way):
    """
    Playwright's own, cut off from the server at the end of a test.

    A page sends word when it is closed; that would be answered while the rows are
    taken away, or in the middle of another test. Streams are ended, since they would
    wait for words until their time is up.
    """
    under_way.begin()
    yield new_context
    for context in browser.contexts:
        context.set_offline(True)
    switchboard()._end_all()
    under_way.ended()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """What pytest-playwright starts its browser with."""
    program = chromium()
    if program is None:
        pytest.skip(
            "NO CHROMIUM here: install one, or name it in COUNTERCLAIM_CHROMIUM"
        )
    return {
        **browser_type_launch_args,
        "executable_path": program,
        "args": CHROMIUM_FLAGS,
    }


def until(page, true: str) -> None:
    """Return when ``true``, an expression of JavaScript, holds on ``page``.

    Our pages forbid ``eval``, which is how playwright's ``wait_for_function`` looks
    at a string from the second time on.

    Raises:
        playwright.sync_api.Error: it did not within ten seconds
    """
    page.evaluate(
        f"""() => new Promise((done, fail) => {{
            const late = setTimeout(() => fail(new Error("not in time")), 10000);
            const look = () => {{
                if (!({true})) {{ setTimeout(look, 20); return; }}
                clearTimeout(late);
                done();
            }};
            look();
        }})"""
    )
