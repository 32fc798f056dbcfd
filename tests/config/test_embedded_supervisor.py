"""The processes around the servers: kept alive, told about, stopped."""

import os
import sys
import time
from pathlib import Path

import pytest

from config.embedded import EmbeddedError
from config.embedded.supervisor import Part, Supervisor, error_in

SLEEPS = "import time; time.sleep(600)"
IGNORES_SIGNALS = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
signal.signal(signal.SIGQUIT, signal.SIG_IGN)
print("deaf", flush=True)
time.sleep(600)
"""


@pytest.fixture
def supervise(tmp_path):
    """A call that supervises programs, and what the supervisor has said."""
    made = []

    def start(**programs):
        said: list[str] = []
        supervisor = Supervisor(
            [
                Part(
                    name=name,
                    command=(sys.executable, "-c", program),
                    environment=os.environ,
                    folder=tmp_path,
                )
                for name, program in programs.items()
            ],
            logs=tmp_path,
            say=said.append,
        )
        made.append(supervisor)
        supervisor.start()
        return supervisor, said

    yield start
    for supervisor in made:
        supervisor.kill()
        supervisor.stop()


def until(true):
    deadline = time.monotonic() + 20
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_part_that_dies_is_started_again_after_a_while_and_said_aloud(supervise):
    supervisor, said = supervise(web=SLEEPS)
    first = supervisor.lives[0].process
    first.kill()
    first.wait()

    supervisor.tend(now=100)
    assert supervisor.living() == []
    supervisor.tend(now=101)

    assert "web died (SIGKILL)" in said[0]
    assert supervisor.lives[0].process.pid != first.pid
    assert supervisor.living()


def test_a_part_that_keeps_dying_ends_it_all(supervise):
    supervisor, said = supervise(web="raise SystemExit(3)")

    for now in range(0, 300, 60):
        supervisor.lives[0].process.wait()
        supervisor.tend(now=now)
        supervisor.tend(now=now + 30)
    supervisor.lives[0].process.wait()
    with pytest.raises(EmbeddedError, match="web died 6 times"):
        supervisor.tend(now=300)

    assert len([words for words in said if "exit code 3" in words]) == 5


def test_all_parts_are_stopped_together(supervise):
    supervisor, _ = supervise(web=SLEEPS, worker=SLEEPS)

    supervisor.stop()

    assert supervisor.living() == []


def test_a_part_that_does_not_listen_is_killed(supervise, monkeypatch):
    monkeypatch.setattr("config.embedded.supervisor.PATIENCE_SECONDS", ((15, 0.1),))
    supervisor, _ = supervise(web=IGNORES_SIGNALS)
    log = supervisor.lives[0].log
    until(lambda: log.exists() and "deaf" in log.read_text())

    supervisor.stop()

    assert supervisor.living() == []


def test_what_a_part_has_started_goes_with_it(supervise, tmp_path):
    child = (
        "import subprocess, sys; subprocess.Popen([sys.executable, '-c', %r]).wait()"
    )
    supervisor, _ = supervise(web=child % f"open('up', 'w').close(); {SLEEPS}")
    until((tmp_path / "up").exists)

    group = supervisor.lives[0].process.pid
    supervisor.lives[0].process.kill()
    supervisor.lives[0].process.wait()
    supervisor.tend(now=0)

    until(lambda: not members(group))


def members(group: int) -> list[int]:
    """Return the living processes of a group; zombies have no command line."""
    found = []
    for process in Path("/proc").iterdir():
        try:
            pid = int(process.name)
            if os.getpgid(pid) == group and (process / "cmdline").read_text():
                found.append(pid)
        except (ValueError, OSError):
            continue
    return found


def test_errors_in_a_log_are_told_once(supervise):
    supervisor, said = supervise(
        web="""
import sys, time
for _ in range(3):
    sys.stderr.write('{"level": "error", "logger": "web", "event": "it broke\\\\nbadly"}\\n')
sys.stderr.write('{"level": "info", "logger": "web", "event": "all is well"}\\n')
sys.stderr.flush()
time.sleep(600)
"""
    )
    log = supervisor.lives[0].log
    until(lambda: "all is well" in log.read_text())

    supervisor.tend(now=0)
    supervisor.tend(now=1)

    assert said == ["!! web: web: it broke"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("[2026-01-01 10:00:00: ERROR/MainProcess] lost", True),
        ("Traceback (most recent call last):", True),
        ('{"level": "critical", "event": "lost"}', True),
        ('{"level": "info", "event": "ERROR pages are shown"}', False),
        ('{"broken', False),
        ("all is well", False),
    ],
)
def test_a_line_is_told_if_it_is_an_error(line, told):
    assert bool(error_in(line)) is told
