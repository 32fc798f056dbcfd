"""How a command gets the servers and lets go of them."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from config.embedded.errors import EmbeddedError, EmbeddedRefused
from config.embedded.layout import LOCK_HELD, READY, Layout

# An initdb on a slow disk, and a recovery after a crash, take their time.
READY_SECONDS = 120
LEAVE_SECONDS = 45
PROJECT = Path(__file__).resolve().parents[2]
OFF = {"", "0", "false", "no", "off"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A hold on running servers."""

    layout: Layout
    line: socket.socket

    def is_alive(self) -> bool:
        """Tell whether the keeper is still there."""
        try:
            return bool(self.line.recv(1, socket.MSG_DONTWAIT | socket.MSG_PEEK))
        except BlockingIOError:
            return True
        except OSError:
            return False

    def release(self) -> None:
        """Let go; when nobody else holds on, return after the servers are down."""
        with self.line, contextlib.suppress(OSError):
            self.line.settimeout(LEAVE_SECONDS)
            self.line.shutdown(socket.SHUT_WR)
            self.line.recv(1)


@contextlib.contextmanager
def running(layout: Layout) -> Iterator[Attachment]:
    """
    Have both servers for the length of the block.

    Whoever comes first starts them, whoever leaves last stops them. Raises
    EmbeddedRefused in production, EmbeddedError when they do not start.
    """
    attachment = attach(layout)
    try:
        yield attachment
    finally:
        attachment.release()


def attach(layout: Layout) -> Attachment:
    """Return a hold on the servers, which answer; the caller releases it."""
    if os.environ.get("COUNTERCLAIM_PRODUCTION", "").strip().lower() not in OFF:
        raise EmbeddedRefused(
            "COUNTERCLAIM_PRODUCTION is on, and production brings its own servers: "
            "set DATABASE_URL and REDIS_URL"
        )
    layout.prepare()
    deadline = time.monotonic() + READY_SECONDS
    while (left := deadline - time.monotonic()) > 0:
        if (line := call(layout, seconds=left)) is not None:
            return Attachment(layout=layout, line=line)
        start_keeper(layout)
    raise EmbeddedError(
        f"the embedded servers did not answer within {READY_SECONDS} s; "
        f"see {layout.logs}"
    )


def call(layout: Layout, *, seconds: float) -> socket.socket | None:
    """
    Return a line to the keeper once it says that the servers are ready.

    None means that no keeper listens, or that it is just leaving. Raises EmbeddedError
    with what it says if it cannot start them.
    """
    line = socket.socket(socket.AF_UNIX)
    try:
        line.settimeout(seconds)
        line.connect(str(layout.keeper_socket))
        said = line.recv(10_000)
    except TimeoutError as exc:
        line.close()
        raise EmbeddedError(
            f"the embedded servers are not ready; see {layout.logs}"
        ) from exc
    except OSError:
        said = b""
    if said == READY:
        line.settimeout(None)
        return line
    line.close()
    if said:
        raise EmbeddedError(said.decode(errors="replace").strip())
    return None


def start_keeper(layout: Layout) -> None:
    """Start a keeper, which outlives this command if others need it."""
    log = layout.logs / "keeper.log"
    with log.open("ab") as output:
        done = subprocess.run(
            [
                *(sys.executable, "-m", "config.embedded.keeper"),
                *("--home", str(layout.home)),
                *(("--throwaway",) if layout.throwaway else ()),
            ],
            cwd=PROJECT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            check=False,
        )
    if done.returncode == LOCK_HELD:
        # Another one is starting, or has just stopped listening and goes.
        time.sleep(0.05)
    elif done.returncode:
        raise EmbeddedError(f"the embedded servers did not start; see {log}")
