"""Telling events as they happen, to a few at a time."""

from __future__ import annotations

import json
import threading
import time
from collections import deque
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.conf import settings
from django.db import close_old_connections
from rest_framework.utils.encoders import JSONEncoder

from claims.api.shapes.webhooks import EventOut
from claims.outbox.telling import FOLLOWED_AS
from sources.wire.listening import NoRoom, Stream, switchboard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.models import Event

MEDIA_TYPE = "text/event-stream"
LASTS_SECONDS = 5 * 60
BEAT_SECONDS = 15
AGAIN_SECONDS = 30
AT_A_TIME = 100

# Strangers may follow too: the desk keeps most of the threads that streams may take.
_places = threading.BoundedSemaphore(max(1, settings.STREAMS // 3))


class Telling:
    """
    The body of an answer that goes on.

    An object and not a generator: one that was never begun would keep its place.
    """

    def __init__(self, stream: Stream, rows: Any, *, after: int) -> None:
        self._stream, self._rows, self._last = stream, rows, after
        self._over_at = time.monotonic() + LASTS_SECONDS
        self._chunks = deque([b"retry: 5000\n\n"])
        self._is_open = True

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        while not self._chunks:
            left = self._over_at - time.monotonic()
            if left <= 0:
                raise StopIteration
            if self._look():
                break
            heard = self._stream.wait(min(BEAT_SECONDS, left))
            if heard is None:
                raise StopIteration
            if not heard:
                self._chunks.append(b":\n\n")  # whether somebody still reads
        return self._chunks.popleft()

    def close(self) -> None:
        """Give the place to somebody else; twice is once."""
        if self._is_open:
            self._is_open = False
            switchboard().leave(self._stream)
            _places.release()

    def _look(self) -> bool:
        """Take in what was told since; others need the connection afterwards."""
        rows = list(self._rows.after(self._last).in_order()[:AT_A_TIME])
        close_old_connections()
        for row in rows:
            self._last = row.number
            self._chunks.append(_spelled(row))
        return bool(rows)


def open_telling(rows: Any, *, after: int) -> Telling:
    """Tell those of the rows that come after a number. Raises NoRoom, WireDown."""
    if not _places.acquire(blocking=False):
        raise NoRoom("All places for those who follow events are taken.")
    try:
        stream = switchboard().open([FOLLOWED_AS], owner=str(uuid4()))
    except BaseException:
        _places.release()
        raise
    return Telling(stream, rows, after=after)


def _spelled(row: Event) -> bytes:
    told = json.dumps(EventOut(row).data, cls=JSONEncoder, ensure_ascii=False)
    return f"id: {row.pk}\nevent: {row.type}\ndata: {told}\n\n".encode()
