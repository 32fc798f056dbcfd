"""How far a measurement has come, on stderr; and an end to it by Ctrl-C."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, TypeVar

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

Item = TypeVar("Item")

_LINE_EVERY_SECONDS = 10.0


class Walk:
    """
    Goes through items: a bar for people, a plain line now and then for a file.

    The first Ctrl-C ends the walk after the item that is under way, so that what was
    measured by then is told; the second one breaks off.
    """

    def __init__(self, console: Console | None = None) -> None:
        self.stopped = False
        self.seen = 0  # items, of all walks
        self._console = console or Console(stderr=True, soft_wrap=True)

    def __call__(self, items: Iterable[Item], *, of: int | None) -> Iterator[Item]:
        """Yield each item, as long as nobody wants it to end."""
        bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("left:"),
            TimeRemainingColumn(),
            console=self._console,
            disable=not self._console.is_terminal,
        )
        told_at = time.monotonic()
        task = bar.add_task("Measuring", total=of)
        with bar, self._heeding():
            for number, item in enumerate(items, start=1):
                if self.stopped:
                    return
                yield item
                self.seen += 1
                bar.update(task, completed=number)
                told_at = self._line(number, of=of, told_at=told_at)

    def _line(self, number: int, *, of: int | None, told_at: float) -> float:
        now = time.monotonic()
        if self._console.is_terminal or now - told_at < _LINE_EVERY_SECONDS:
            return told_at
        total = "" if of is None else f" of {of}"
        self._console.print(f"{number}{total} measured", highlight=False)
        return now

    @contextmanager
    def _heeding(self) -> Iterator[None]:
        """Take Ctrl-C for a wish, once; a thread beside the main one hears none."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return

        def stop(_signal: int, _frame: FrameType | None) -> None:
            if self.stopped:
                raise KeyboardInterrupt
            self.stopped = True
            self._console.print("Stopping after this one; again to break off.")

        before: Any = signal.signal(signal.SIGINT, stop)  # Any: as signal has it
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)
