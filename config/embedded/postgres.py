"""The embedded PostgreSQL: made once, started and stopped by the keeper."""

import contextlib
import os
import platform
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from config.embedded.account import Account
from config.embedded.binaries import Binaries
from config.embedded.errors import EmbeddedError, ServerDidNotStart
from config.embedded.layout import DATABASE, ROLE, Layout
from config.embedded.program import BARE_ENVIRONMENT, await_ready, spawn, stop

LEAVE_SECONDS = 20
# Not sys.platform: the type checker would take the other branches for dead.
ON_LINUX = platform.system() == "Linux"
# The line of postmaster.pid that says how far the start has come.
STATUS_LINE = 7
# Older ones know Unicode's cases from the C library or ICU only.
UNICODE_LOCALE_SINCE = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Postgres:
    """PostgreSQL with its data in one folder and its socket in another."""

    layout: Layout
    account: Account
    binaries: Binaries
    # Holds the data folder; not always the home, which the account may be unable to
    # enter.
    data_home: Path

    @property
    def data(self) -> Path:
        """The cluster. Another major version cannot read it, so the name says which."""
        return self.data_home / f"pg{self.binaries.postgres_major}"

    @property
    def log(self) -> Path:
        return self.layout.logs / "postgres.log"

    @property
    def pid_file(self) -> Path:
        return self.data / "postmaster.pid"

    def prepare(self) -> None:
        """Make the cluster and its database, whole or not at all."""
        if self.layout.throwaway and self.pid_file.exists():
            # It ended without a goodbye, and nothing of it was flushed.
            self.evict()
            shutil.rmtree(self.data)
        if self.data.exists():
            self.account.own(self.data)
            self.evict()
            return
        draft = self.data.with_name(f"{self.data.name}.new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        self.account.own(draft)
        locale = (
            ("--locale-provider=builtin", "--builtin-locale=PG_UNICODE_FAST")
            if self.binaries.postgres_major >= UNICODE_LOCALE_SINCE
            else ()
        )
        self.run(
            "initdb",
            *("-D", draft, "-U", ROLE, "--auth=trust", "--encoding=UTF8"),
            *("--locale=C.UTF-8", *locale, "--no-instructions"),
            *(("--no-sync",) if self.layout.throwaway else ()),
        )
        self.run(
            "postgres",
            *("--single", "-D", draft, "template1"),
            typed=f"CREATE DATABASE {DATABASE};\n",
        )
        draft.rename(self.data)

    def run(self, program: str, *words: str | Path, typed: str = "") -> None:
        """Run one of PostgreSQL's programs to its end. Raises ServerDidNotStart."""
        done = subprocess.run(
            [self.binaries.postgres_folder / program, *words],
            cwd="/",
            env=BARE_ENVIRONMENT,
            input=typed,
            capture_output=True,
            check=False,
            text=True,
            errors="replace",
            **self.account.popen_keywords(),
        )
        if done.returncode:
            said = " / ".join(done.stderr.strip().splitlines()[-4:])
            raise ServerDidNotStart(f"{program} failed: {said}")

    def start(self) -> subprocess.Popen[bytes]:
        """Return the running server, ready for connections."""
        process = spawn(
            [
                self.binaries.postgres_folder / "postgres",
                *("-D", self.data, "-k", self.layout.sockets, "-h", ""),
                *("-c", "port=5432", "-c", "max_connections=200"),
                *("-c", "timezone=UTC", "-c", "log_timezone=UTC"),
                *self.carelessness(),
            ],
            account=self.account,
            log=self.log,
            when_orphaned=signal.SIGINT,
        )
        await_ready(process, lambda: self.is_ready(process.pid), log=self.log)
        return process

    def carelessness(self) -> tuple[str, ...]:
        """The settings that make tests quick and a crash fatal."""
        if not self.layout.throwaway:
            return ()
        return (
            *("-c", "fsync=off", "-c", "synchronous_commit=off"),
            *("-c", "full_page_writes=off", "-c", "autovacuum=off"),
            *("-c", "max_wal_size=4GB"),
        )

    def is_ready(self, pid: int) -> bool:
        """Read what pg_ctl reads: the server's own note of how far it has come."""
        lines = self.pid_lines()
        return (
            len(lines) > STATUS_LINE
            and lines[0] == str(pid)
            and lines[STATUS_LINE].strip() == "ready"
        )

    def pid_lines(self) -> list[str]:
        try:
            return self.pid_file.read_text().splitlines()
        except FileNotFoundError:
            return []

    def evict(self) -> None:
        """
        Wait for the processes of a killed server or keeper to leave, and tell them to.

        On Linux they are leaving already. Raises EmbeddedError when they stay.
        """
        deadline = time.monotonic() + LEAVE_SECONDS
        told = False
        while pids := self.living():
            if not told and (lines := self.pid_lines()) and lines[0] in map(str, pids):
                os.kill(int(lines[0]), signal.SIGINT)
                told = True
            if time.monotonic() > deadline:
                raise EmbeddedError(
                    f"a PostgreSQL that nobody minds (process {pids[0]}) still uses "
                    f"{self.data}: end it and start again"
                )
            time.sleep(0.02)
        if ON_LINUX:
            # The number in them may be that of a zombie nobody collects, as in a
            # container without an init, and PostgreSQL would never start again.
            self.pid_file.unlink(missing_ok=True)
            (self.layout.sockets / ".s.PGSQL.5432.lock").unlink(missing_ok=True)

    def living(self) -> list[int]:
        """Return the processes that serve this folder."""
        if ON_LINUX:
            return working_in(self.data.resolve())
        lines = self.pid_lines()
        # The number alone may by now be that of any other program.
        if lines and lines[0].isdigit() and str(self.data) in command_line(lines[0]):
            return [int(lines[0])]
        return []

    def stop(self, process: subprocess.Popen[bytes]) -> None:
        """End it: sessions are cut off, everything committed is kept."""
        stop(process, (signal.SIGINT, signal.SIGQUIT))


def working_in(folder: Path) -> list[int]:
    """Return the processes whose working directory this is; zombies have none."""
    found = []
    for process in Path("/proc").iterdir():
        # One may end while we look, and those of others are not ours to see.
        with contextlib.suppress(OSError):
            if process.name.isdigit() and (process / "cwd").readlink() == folder:
                found.append(int(process.name))
    return found


def command_line(pid: str) -> str:
    """Return how a process was called; empty when there is no such process."""
    return subprocess.run(
        ["/bin/ps", "-o", "command=", "-p", pid],
        capture_output=True,
        check=False,
        text=True,
    ).stdout
