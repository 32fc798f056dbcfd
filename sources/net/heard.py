"""What origins said to automatic visitors, as far as a worker's memory goes."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sources.net.manners import RobotsSaid
from sources.net.robots import Rules, reduced

_KEPT = timedelta(days=1)  # RFC 9309, section 2.4
_KEPT_UNREACHABLE = timedelta(minutes=15)
_MOST_ORIGINS = 10_000
_MOST_CHARACTERS = 8_000_000  # of rules as text
_MOST_LINES = 40_000  # of rules that can be asked, about 330 bytes each
_LARGE = 16 * 1024  # characters: read beside the loop, which others wait for


@dataclass(slots=True)
class Entry:
    """What one origin said; once its rules were read, the text of those about us."""

    said: RobotsSaid
    rules: Rules | None = None

    def is_fresh(self, now: datetime) -> bool:
        """Say whether it need not be asked for again."""
        unreachable = self.said.standing == "unreachable"
        age = now - self.said.fetched_at
        # Of a moment to come is what a clock said that has since been set back.
        return abs(age) < (_KEPT_UNREACHABLE if unreachable else _KEPT)


class Heard:
    """
    Keeps what was heard, and lets go of what was kept first.

    Rules that were read take ten times the place of their text, so that of many sites
    the text is kept and of few the rules.
    """

    def __init__(self, token: str) -> None:
        self._token = token
        self._lock = threading.Lock()
        self._kept: dict[str, Entry] = {}
        self._characters = 0
        self._read: dict[str, Entry] = {}
        self._lines = 0

    def get(self, origin: str) -> Entry | None:
        """Return what the origin said the last time, fresh or not."""
        return self._kept.get(origin)

    def keep(self, said: RobotsSaid) -> Entry:
        """Keep it in place of what was kept."""
        with self._lock:
            self._drop(said.origin)
            entry = self._kept[said.origin] = Entry(said)
            self._characters += len(said.text)
            while (
                self._characters > _MOST_CHARACTERS or len(self._kept) > _MOST_ORIGINS
            ):
                oldest = next(iter(self._kept))
                if oldest == said.origin:
                    break
                self._drop(oldest)
            return entry

    async def rules(self, entry: Entry) -> Rules:
        """Return the rules of an entry, read if they were not."""
        if (known := entry.rules) is not None:
            return known
        text = entry.said.text
        if len(text) < _LARGE:
            rules, about_us = self._understand(text)
        else:
            rules, about_us = await asyncio.to_thread(self._understand, text)
        with self._lock:
            entry.rules = rules
            if self._kept.get(entry.said.origin) is entry:
                self._characters += len(about_us) - len(entry.said.text)
                entry.said = replace(entry.said, text=about_us)
                self._count_in(entry)
        return rules

    def _understand(self, text: str) -> tuple[Rules, str]:
        about_us = reduced(text, token=self._token)
        return Rules.read(about_us, token=self._token), about_us

    def _count_in(self, entry: Entry) -> None:
        origin = entry.said.origin
        self._forget_rules(origin)
        self._read[origin] = entry
        self._lines += entry.rules.size if entry.rules else 0
        while self._lines > _MOST_LINES and len(self._read) > 1:
            self._forget_rules(next(iter(self._read)))

    def _forget_rules(self, origin: str) -> None:
        entry = self._read.pop(origin, None)
        if entry is not None and entry.rules is not None:
            self._lines -= entry.rules.size
            entry.rules = None

    def _drop(self, origin: str) -> None:
        self._forget_rules(origin)
        entry = self._kept.pop(origin, None)
        if entry is not None:
            self._characters -= len(entry.said.text)
