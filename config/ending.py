"""Hearing that the process is to end, where somebody else handles the signals."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable

_ENDS = frozenset({signal.SIGINT, signal.SIGTERM})


def when_told_to_end(do: Callable[[], None]) -> None:
    """
    Have something done, in a thread of its own, once the process is told to end.

    Whoever handles the signals goes on doing so, now or later: Python writes the number
    of each that it handles into a pipe as well, and that is read here. For the main
    thread; elsewhere, and where somebody has that pipe, nothing is done.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    heard, told = os.pipe()
    os.set_blocking(told, False)
    before = signal.set_wakeup_fd(told, warn_on_full_buffer=False)
    if before != -1:
        signal.set_wakeup_fd(before)
        os.close(heard)
        os.close(told)
        return
    threading.Thread(target=_wait, args=(heard, do), name="ending", daemon=True).start()


def _wait(heard: int, do: Callable[[], None]) -> None:
    while number := os.read(heard, 1):
        if number[0] in _ENDS:
            do()
