"""Questions for the door, and the basket in which its answers come."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from uuid import UUID

from sources.net.answers import Fetched

# Each answer for itself would wake the other thread, and stop this one, each time.
_GATHER_SECONDS = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A page to be fetched, under a key that the answer bears as well."""

    key: UUID
    url: str
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of an ask: a page, a FetchError, or what nobody foresaw."""

    key: UUID
    told: Fetched | Exception


class Basket:
    """Brings answers from the loop's thread to one other thread, some at a time."""

    def __init__(self) -> None:
        self.under_way = 0  # asked, and not taken out yet
        self._full: SimpleQueue[list[Answer]] = SimpleQueue()
        self._gathered: list[Answer] = []

    def expect(self, number: int) -> None:
        """Count what was asked. For the thread that takes out."""
        self.under_way += number

    def take(self, *, seconds: float) -> list[Answer]:
        """Return what came, waiting that long for the first; [] if nothing did."""
        try:
            answers = self._full.get(timeout=seconds)
            while not self._full.empty():
                answers += self._full.get_nowait()
        except Empty:
            return []
        self.under_way -= len(answers)
        return answers

    def put(self, answer: Answer, *, loop: asyncio.AbstractEventLoop) -> None:
        """Lay an answer in. For the loop's thread."""
        if not self._gathered:
            loop.call_later(_GATHER_SECONDS, self._hand_over)
        self._gathered.append(answer)

    def _hand_over(self) -> None:
        gathered, self._gathered = self._gathered, []
        self._full.put(gathered)
