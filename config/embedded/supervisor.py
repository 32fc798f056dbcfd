"""Several processes as one: all started, each started again when it dies, all stopped."""

import contextlib
import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from config.embedded.errors import KeepsEnding
from config.embedded.program import spawn

# How often a part may die before it is given up, and within which time.
DEATHS = 5
DEATHS_WITHIN_SECONDS = 600
# Celery ends a running task first; on the second signal it leaves it to be run again.
PATIENCE_SECONDS = ((signal.SIGTERM, 6.0), (signal.SIGQUIT, 3.0))
ERROR_LINE = re.compile(r"\b(ERROR|CRITICAL)\b|^Traceback ")
LINES_AT_ONCE = 5
LINE_CHARACTERS = 300
REPEAT_SECONDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One process to keep alive."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    folder: Path


@dataclass(slots=True, kw_only=True)
class Life:
    """What has become of a part."""

    part: Part
    log: Path
    process: subprocess.Popen[bytes] | None = None
    deaths: list[float] = field(default_factory=list)
    again_at: float = 0
    read_to: int = 0  # bytes of the log that were looked through for errors
    told: dict[str, float] = field(default_factory=dict)

    def start(self) -> None:
        self.process = spawn(
            self.part.command,
            log=self.log,
            when_orphaned=signal.SIGTERM,
            environment=self.part.environment,
            folder=self.part.folder,
        )

    def send(self, number: int) -> None:
        """Send a signal to the part, which passes on what its children must know."""
        if self.process is not None:
            self.process.send_signal(number)

    def sweep(self) -> None:
        """Kill the part and all it has started."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def mourn(self, now: float) -> None:
        """Note a death, and clear away what it left behind. Raises KeepsEnding."""
        self.sweep()
        self.process = None
        self.deaths = [at for at in self.deaths if now - at < DEATHS_WITHIN_SECONDS]
        self.deaths.append(now)
        if len(self.deaths) > DEATHS:
            raise KeepsEnding(
                f"{self.part.name} died {len(self.deaths)} times; see {self.log}"
            )
        self.again_at = now + 2 ** (len(self.deaths) - 1)

    def new_errors(self) -> list[str]:
        """Return the errors that its log has got since the last look."""
        if not self.log.exists():
            return []
        if self.log.stat().st_size < self.read_to:  # it was rolled
            self.read_to = 0
        with self.log.open("rb") as lines:
            lines.seek(self.read_to)
            whole, _, _ = lines.read().rpartition(b"\n")
        self.read_to += len(whole) + bool(whole)
        told = map(error_in, whole.decode(errors="replace").splitlines())
        return [line for line in dict.fromkeys(told) if line]


class Supervisor:
    """Keeps parts alive until it is told to stop them."""

    def __init__(
        self, parts: Iterable[Part], *, logs: Path, say: Callable[[str], None]
    ) -> None:
        self.lives = [Life(part=part, log=logs / f"{part.name}.log") for part in parts]
        self.say = say
        for life in self.lives:
            life.read_to = life.log.stat().st_size if life.log.exists() else 0

    def start(self) -> None:
        for life in self.lives:
            life.start()

    def tend(self, *, now: float) -> None:
        """
        Start again what has died, when its time has come. Raises KeepsEnding.

        `now` is in seconds of any clock that only goes forward.
        """
        for life in self.lives:
            self.tell_errors(life, now=now)
            if life.process is None:
                if life.again_at <= now:
                    life.start()
            elif (code := life.process.poll()) is not None:
                life.mourn(now)
                self.say(
                    f"!! {life.part.name} died ({how(code)}); it is started again in "
                    f"{life.again_at - now:.0f} s. Its log: {life.log}"
                )

    def tell_errors(self, life: Life, *, now: float) -> None:
        """Say what is new in a log; what comes again and again, once a minute."""
        errors = [
            line
            for line in life.new_errors()
            if now - life.told.get(line, -REPEAT_SECONDS) >= REPEAT_SECONDS
        ]
        life.told |= dict.fromkeys(errors, now)
        for line in errors[:LINES_AT_ONCE]:
            self.say(f"!! {life.part.name}: {line}")
        if len(errors) > LINES_AT_ONCE:
            self.say(f"!! {life.part.name}: and {len(errors) - LINES_AT_ONCE} more")

    def stop(self) -> None:
        """End all parts together, politely first."""
        for number, patience in PATIENCE_SECONDS:
            for life in self.living():
                life.send(number)
            self.wait(patience)
        for life in self.lives:
            # Also those that have ended: what they started may still be there.
            life.sweep()
            if life.process is not None:
                life.process.wait()

    def kill(self) -> None:
        """End all parts at once."""
        for life in self.lives:
            life.sweep()

    def wait(self, patience: float) -> None:
        """Wait until all have ended, or for so many seconds."""
        deadline = time.monotonic() + patience
        while self.living() and time.monotonic() < deadline:
            time.sleep(0.02)

    def living(self) -> list[Life]:
        return [
            life for life in self.lives if life.process and life.process.poll() is None
        ]


def error_in(line: str) -> str:
    """Return what a line of a log says if it tells of an error; else nothing."""
    if line.startswith("{"):
        try:
            event = json.loads(line)
        except ValueError:
            return ""
        if event.get("level") in {"error", "critical"}:
            said = str(event.get("event", "")).partition("\n")[0]
            return f"{event.get('logger', '')}: {said}"[:LINE_CHARACTERS]
        return ""
    return line[:LINE_CHARACTERS] if ERROR_LINE.search(line) else ""


def how(code: int) -> str:
    """Say how a process ended."""
    if code >= 0:
        return f"exit code {code}"
    return signal.Signals(-code).name
