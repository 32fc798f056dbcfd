"""The embedded Valkey: a Redis that keeps its list of commands on disk."""

import contextlib
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from config.embedded.account import Account
from config.embedded.binaries import Binaries
from config.embedded.errors import EmbeddedError
from config.embedded.layout import Layout
from config.embedded.program import await_ready, spawn, stop

LEAVE_SECONDS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Valkey:
    """Valkey with its data in one folder and its socket in another."""

    layout: Layout
    account: Account
    binaries: Binaries
    data_home: Path

    @property
    def data(self) -> Path:
        return self.data_home / "valkey"

    @property
    def log(self) -> Path:
        return self.layout.logs / "valkey.log"

    def prepare(self) -> None:
        """Make the folder; wait for the server of a killed keeper to leave it."""
        self.data.mkdir(mode=0o700, exist_ok=True)
        self.account.own(self.data)
        deadline = time.monotonic() + LEAVE_SECONDS
        while self.ask("SHUTDOWN") is not None:
            if time.monotonic() > deadline:
                raise EmbeddedError(
                    f"a Valkey that nobody minds still answers on "
                    f"{self.layout.valkey_socket}: end it and start again"
                )
            time.sleep(0.02)
        self.layout.valkey_socket.unlink(missing_ok=True)

    def start(self) -> subprocess.Popen[bytes]:
        """Return the running server, ready for connections."""
        process = spawn(
            [
                self.binaries.valkey_server,
                *("--port", "0", "--dir", self.data, "--daemonize", "no"),
                *("--unixsocket", self.layout.valkey_socket, "--unixsocketperm", "700"),
                *("--databases", "64", "--maxmemory-policy", "noeviction"),
                *("--save", "", "--appendfsync", "everysec"),
                *("--appendonly", "no" if self.layout.throwaway else "yes"),
            ],
            account=self.account,
            log=self.log,
            when_orphaned=signal.SIGTERM,
        )
        await_ready(process, lambda: self.ask("PING") == "+PONG", log=self.log)
        return process

    def ask(self, command: str) -> str | None:
        """Return the first line of the answer, or None when nobody listens."""
        with socket.socket(socket.AF_UNIX) as line, contextlib.suppress(OSError):
            line.settimeout(5)
            line.connect(str(self.layout.valkey_socket))
            line.sendall(f"{command}\r\n".encode())
            return line.recv(1_000).decode(errors="replace").partition("\r\n")[0]
        return None

    def stop(self, process: subprocess.Popen[bytes]) -> None:
        """End it after it has written what it holds."""
        stop(process, (signal.SIGTERM,))
