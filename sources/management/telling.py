"""How far a run has come: a bar for people, plain lines for a file."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from sources.models import Check
from sources.vocabulary import Outcome

_LINE_EVERY_SECONDS = 10.0


class Teller:
    """Counts what was found, and shows it as it goes."""

    def __init__(self, *, total: int) -> None:
        self.found: Counter[str] = Counter()
        self._total = total
        self._console = Console(stderr=True, soft_wrap=True)
        self._told_at = time.monotonic()
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[parts]}"),
            TimeElapsedColumn(),
            TextColumn("left:"),
            TimeRemainingColumn(),
            console=self._console,
            disable=not self._console.is_terminal,
        )
        self._task = self._bar.add_task("Looking at sources", total=total, parts="")

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._bar.stop()

    def looked(self, checks: Iterable[Check]) -> None:
        """Take in what was just looked at."""
        for check in checks:
            self.found[check.outcome] += 1
        done = self.found.total()
        self._bar.update(
            self._task, completed=min(done, self._total), parts=self.parts()
        )
        self._line(done)

    def waits(self, seconds: float) -> None:
        """Say that the next turn comes in a while."""
        self._bar.update(
            self._task, parts=f"{self.parts()} (waiting {seconds:.0f} s for a turn)"
        )
        self._line(self.found.total())

    def parts(self) -> str:
        """Return what was found, by outcome."""
        return ", ".join(
            f"{self.found[outcome]} {outcome.label.lower()}"
            for outcome in Outcome
            if self.found[outcome]
        )

    def sentence(self) -> str:
        """Return what was found in all."""
        found = self.found.total()
        return f"{found} looked at: {self.parts()}." if found else "None looked at."

    def _line(self, done: int) -> None:
        """Write a line now and then, where there is no bar."""
        now = time.monotonic()
        if self._console.is_terminal or now - self._told_at < _LINE_EVERY_SECONDS:
            return
        self._told_at = now
        self._console.print(
            f"{done} of {self._total} looked at: {self.parts() or 'none yet'}",
            highlight=False,
        )
