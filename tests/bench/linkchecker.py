"""LinkChecker beside ours: installed once, into an environment of its own."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
from pathlib import Path

from tests.bench.processes import BenchFailed
from tests.environment import PROJECT

HOME = PROJECT / ".run" / "bench" / "linkchecker"
LOCK = Path(__file__).with_name("linkchecker.txt")
UV = Path(sys.executable).with_name("uv")
INSTALL_SECONDS = 120
RUN_SECONDS = 600

_DONE = re.compile(
    rb"That's it\. (\d+) links? in (\d+) URLs? checked\..* (\d+) errors? found"
)


class NotInstalled(Exception):
    """LinkChecker cannot be had here; the message says why."""


def install() -> None:
    """Have LinkChecker. Raises NotInstalled."""
    stamp = HOME / "installed.txt"
    if stamp.exists() and stamp.read_bytes() == LOCK.read_bytes():
        return
    if not UV.exists():
        raise NotInstalled("uv is not in the environment")
    _uv("venv", "--quiet", "--clear", "--python", sys.executable, HOME)
    _uv(
        *("pip", "install", "--quiet", "--python", HOME / "bin" / "python"),
        *("--require-hashes", "-r", LOCK),
    )
    stamp.write_bytes(LOCK.read_bytes())


def check(listing: str, *, links: int) -> float:
    """Follow every link of a page, and return the CPU seconds that it took."""
    before = _cpu_seconds()
    done = subprocess.run(
        [
            *(HOME / "bin" / "python", "-m", "linkcheck", "--check-extern"),
            *("--recursion-level=1", "--no-status", "--no-warnings", listing),
        ],
        cwd=HOME,
        env={"PATH": os.environ["PATH"], "HOME": "/nonexistent"},
        capture_output=True,
        timeout=RUN_SECONDS,
        check=False,
    )
    seconds = _cpu_seconds() - before
    said = _DONE.search(done.stdout)
    # The page that lists them is one of them.
    if said is None or [int(n) for n in said.groups()] != [links + 1, links + 1, 0]:
        raise BenchFailed(
            f"LinkChecker did not check {links} links: "
            f"{(done.stdout + done.stderr)[-1_000:].decode(errors='replace')}"
        )
    return seconds


def _uv(*words: str | Path) -> None:
    try:
        done = subprocess.run(
            [UV, *words],
            env={
                **os.environ,
                "UV_PYTHON_DOWNLOADS": "never",
                "UV_LINK_MODE": "copy",
                "UV_SYSTEM_CERTS": "true",
            },
            capture_output=True,
            text=True,
            timeout=INSTALL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as exc:
        raise NotInstalled(f"uv was not done in {INSTALL_SECONDS} s") from exc
    if done.returncode:
        raise NotInstalled(" ".join(done.stderr.split())[:400])


def _cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
