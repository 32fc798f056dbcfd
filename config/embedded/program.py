"""One program as a child of ours: started, waited for, stopped."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from config.embedded.account import Account
from config.embedded.errors import ServerDidNotStart

START_SECONDS = 60
STOP_SECONDS = 20
LOG_BYTES = 5 * 1024 * 1024
PR_SET_PDEATHSIG = 1
BARE_ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


def spawn(
    command: Sequence[str | Path],
    *,
    log: Path,
    when_orphaned: int,
    account: Account | None = None,
    environment: Mapping[str, str] | None = None,
    folder: Path = Path("/"),
) -> subprocess.Popen[bytes]:
    """
    Start a program, in a session of its own, whose output goes to the end of `log`.

    On Linux the kernel sends it the signal `when_orphaned` as soon as the thread that
    started it is gone, however that ended. Without an environment it gets a bare one.
    """
    roll(log)
    with log.open("ab") as output:
        return subprocess.Popen(
            command,
            cwd=folder,
            env=environment or BARE_ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            # After the change of user, which would clear it. Those who call have one
            # thread, so nothing else can hold a lock while this runs.
            preexec_fn=tied_to_parent(when_orphaned),  # noqa: PLW1509
            **(account.popen_keywords() if account else {}),
        )


def tied_to_parent(signal_number: int) -> Callable[[], None] | None:
    """Return what a child runs before its program, on Linux; elsewhere nothing."""
    if sys.platform != "linux":
        return None
    # Loaded here: the child must not import anything.
    libc = ctypes.CDLL(None, use_errno=True)
    parent = os.getpid()

    def tie() -> None:
        libc.prctl(PR_SET_PDEATHSIG, signal_number)
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)

    return tie


def roll(log: Path) -> None:
    """Put a log that has grown long aside, as `….1`."""
    if log.exists() and log.stat().st_size > LOG_BYTES:
        log.replace(log.with_name(f"{log.name}.1"))


def await_ready(
    process: subprocess.Popen[bytes], ready: Callable[[], bool], *, log: Path
) -> None:
    """Return when the server answers. Raises ServerDidNotStart with its last words."""
    deadline = time.monotonic() + START_SECONDS
    while not ready():
        if process.poll() is not None:
            raise ServerDidNotStart(f"{log.stem} did not start: {last_words(log)}")
        if time.monotonic() > deadline:
            process.kill()
            raise ServerDidNotStart(
                f"{log.stem} did not answer within {START_SECONDS} s; see {log}"
            )
        time.sleep(0.01)


def last_words(log: Path) -> str:
    """Return the last lines of a log as one line."""
    with log.open("rb") as lines:
        lines.seek(max(0, log.stat().st_size - 2_000))
        tail = lines.read().decode(errors="replace").splitlines()
    return " / ".join(line.strip() for line in tail[-4:]) or f"see {log}"


def stop(process: subprocess.Popen[bytes], signals: Sequence[int]) -> None:
    """Ask the server to end with each signal in turn, then insist."""
    for number in (*signals, signal.SIGKILL):
        if process.poll() is not None:
            return
        process.send_signal(number)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            continue
