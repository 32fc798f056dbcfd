"""`manage.py demo`: everything on one machine, started and stopped as one."""

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from config import embedded
from config.demo import surroundings

PROJECT = Path(__file__).resolve().parents[2]
TREE = ("config", "claims", "sources", "manage.py")


class RunningDemo:
    """A demo in a checkout of its own, and what it says."""

    def __init__(self, checkout: Path, *words: str, **environment: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-u", "manage.py", "demo", *words],
            cwd=checkout,
            env=own_environment() | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.said = ""

    def hear(self, words: str) -> str:
        """Read on until the demo has said these words; return all it has said."""
        assert self.process.stdout is not None
        while words not in self.said:
            line = self.process.stdout.readline()
            self.said += line
            if not line:
                self.process.communicate()
                pytest.fail(f"the demo ended: {self.said}")
        return self.said

    @property
    def address(self) -> str:
        found = re.search(r"http://([\d.:]+)/ ", self.hear("Ctrl-C stops"))
        assert found
        return found[1]

    def page(self) -> int:
        line = http.client.HTTPConnection(self.address, timeout=20)
        line.request("GET", "/")
        status = line.getresponse().status
        line.close()
        return status

    def end(self, number: int) -> int:
        """Send a signal; return the exit code."""
        self.process.send_signal(number)
        rest, _ = self.process.communicate(timeout=120)
        self.said += rest
        return self.process.returncode


def own_environment() -> dict[str, str]:
    """Return our environment without what names the tests' own servers."""
    mine = ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE")
    return {
        name: value
        for name, value in os.environ.items()
        if name not in mine and not name.startswith(("COUNTERCLAIM_", "SOURCES_"))
    }


@pytest.fixture(scope="module")
def checkout():
    """A copy of the tree, with nothing in it that running has left."""
    folder = Path(tempfile.mkdtemp(prefix="counterclaim-test-"))
    folder.chmod(0o755)
    for name in TREE:
        if (PROJECT / name).is_dir():
            shutil.copytree(PROJECT / name, folder / name)
        else:
            shutil.copy(PROJECT / name, folder / name)
    yield folder
    shutil.rmtree(folder)
    shutil.rmtree(embedded.Layout.of_checkout(folder).sockets, ignore_errors=True)


@pytest.fixture(scope="module")
def demo(checkout):
    """A demo that runs, on a port that was not the one it was asked for."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        running = RunningDemo(checkout, PORT=str(taken.getsockname()[1]))
        running.hear("Ctrl-C stops everything")
    yield running
    if running.process.poll() is None:
        running.end(signal.SIGTERM)


def processes_of(checkout: Path) -> dict[int, str]:
    """Return the processes that work in a checkout, or for it, and what each is."""
    found = {}
    for process in Path("/proc").iterdir():
        try:
            about = (process / "cmdline").read_text() + str(
                (process / "cwd").readlink()
            )
        except OSError:
            continue
        if process.name.isdigit() and str(checkout) in about:
            found[int(process.name)] = about.replace("\0", " ")
    return found


def none_works_in(checkout, *, seconds=90):
    deadline = time.monotonic() + seconds
    while left := processes_of(checkout):
        assert time.monotonic() < deadline, left
        time.sleep(0.02)


def until(true, *, seconds=90):
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_ports_and_networks_of_the_environment_are_allowed_beside_the_press(
    monkeypatch,
):
    monkeypatch.setenv("SOURCES_ALLOW_PORTS", "9000, 8090,")
    monkeypatch.setenv("SOURCES_ALLOW_NETWORKS", "10.0.0.0/8")

    chosen = surroundings.of_the_demo(web_port=8000, press_port=8090)

    assert chosen["SOURCES_ALLOW_PORTS"] == "8090,9000"
    assert chosen["SOURCES_ALLOW_NETWORKS"] == "127.0.0.0/8,10.0.0.0/8"


def test_the_press_alone_is_allowed_where_the_environment_is_silent(monkeypatch):
    monkeypatch.delenv("SOURCES_ALLOW_PORTS", raising=False)
    monkeypatch.setenv("SOURCES_ALLOW_NETWORKS", "")

    chosen = surroundings.of_the_demo(web_port=8000, press_port=8090)

    assert chosen["SOURCES_ALLOW_PORTS"] == "8090"
    assert chosen["SOURCES_ALLOW_NETWORKS"] == "127.0.0.0/8"


def test_the_first_page_is_served_where_the_demo_says(demo):
    assert demo.page() == 200


def test_it_says_who_can_sign_in(demo):
    for name in ("admin", "editor", "ana", "ben", "contributor", "reader"):
        assert f"  {name} " in demo.said
    assert "the password is `demo`" in demo.said


def test_a_port_in_use_is_left_alone_and_the_next_one_said_aloud(demo):
    assert re.search(r"Port \d+ is in use; taking \d+\.", demo.said)


def test_another_demo_of_the_same_checkout_is_refused(demo, checkout):
    other = RunningDemo(checkout)
    said, _ = other.process.communicate(timeout=120)

    assert other.process.returncode == 1
    assert f"runs already: http://{demo.address}" in said


def test_a_command_beside_it_shares_its_servers_and_leaves_them_running(demo, checkout):
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--check"],
        cwd=checkout,
        env=own_environment(),
        check=True,
        timeout=120,
    )

    assert demo.page() == 200


def test_a_command_beside_it_reaches_its_press(demo, checkout):
    port = (checkout / ".run" / "press.port").read_text()

    read = subprocess.run(
        [sys.executable, "manage.py", "ingest", f"http://127.0.0.1:{port}/nothing"],
        cwd=checkout,
        env=own_environment(),
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert "The page answered 404" in read.stderr


def test_a_web_server_that_is_killed_comes_back(demo, checkout):
    web = next(
        pid for pid, about in processes_of(checkout).items() if "granian" in about
    )
    os.kill(web, signal.SIGKILL)
    demo.hear("web died (SIGKILL)")

    def is_back():
        try:
            return demo.page() == 200
        except OSError:
            return False

    until(is_back)


def test_a_sigterm_ends_it_all_and_counts_as_success(demo, checkout):
    assert demo.end(signal.SIGTERM) == 0
    assert "Stopped." in demo.said
    none_works_in(checkout, seconds=10)


def test_the_next_start_is_quick_and_a_ctrl_c_ends_it_too(demo, checkout):
    again = RunningDemo(checkout)
    again.hear("Ctrl-C stops everything")

    assert again.page() == 200
    assert again.end(signal.SIGINT) == 0
    none_works_in(checkout, seconds=10)


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel must know of orphans")
def test_a_demo_that_is_killed_leaves_nothing_behind(demo, checkout):
    again = RunningDemo(checkout)
    again.hear("Ctrl-C stops everything")

    again.end(signal.SIGKILL)

    none_works_in(checkout)


def test_the_demo_never_starts_in_production(checkout):
    demo = RunningDemo(
        checkout,
        COUNTERCLAIM_PRODUCTION="on",
        COUNTERCLAIM_SECRET_KEY="x" * 60,
        COUNTERCLAIM_ALLOWED_HOSTS="example.org",
        DATABASE_URL="postgres://nobody@127.0.0.1:1/none",
        REDIS_URL="redis://127.0.0.1:1/0",
    )
    said, _ = demo.process.communicate(timeout=120)

    assert demo.process.returncode == 1
    assert "never starts in production" in said
