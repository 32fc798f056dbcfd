"""
Hearing what has changed: one subscription for a process, shared by all who follow.

Each browser that is told is a `Stream`, and keeps a thread of the web server waiting;
how many there may be is bounded, so that pages are never kept from being served.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from functools import cache

import redis
from django.conf import settings

from sources.wire import pulse
from sources.wire.store import WireDown, channel, client, trouble

logger = logging.getLogger(__name__)

WORKERS = "workers"  # followed by everybody: whether they answer
_ROUND_SECONDS = 1.0
_READY_SECONDS = 1.0


class NoRoom(Exception):
    """As many are told as this process has threads for."""


class Stream:
    """What one browser is to hear: what it follows, each name once until it was read."""

    def __init__(self, follows: Iterable[str], *, owner: str) -> None:
        self.follows = frozenset(follows) | {WORKERS}
        self.owner = owner
        self._heard: set[str] = set()
        self._is_open = True
        self._changed = threading.Condition()

    def hear(self, names: Iterable[str]) -> None:
        """Take those of the names that are followed."""
        with self._changed:
            self._heard |= self.follows.intersection(names)
            if self._heard:
                self._changed.notify()

    def close(self) -> None:
        """End it; whoever waits comes back at once."""
        with self._changed:
            self._is_open = False
            self._changed.notify()

    @property
    def is_open(self) -> bool:
        """Whether there is anything more to come."""
        return self._is_open

    def wait(self, seconds: float) -> frozenset[str] | None:
        """Return what was heard, nothing after so many seconds; None when it is over."""
        with self._changed:
            self._changed.wait_for(lambda: self._heard or not self._is_open, seconds)
            if not self._is_open and not self._heard:
                return None
            heard, self._heard = frozenset(self._heard), set()
            return heard


class Switchboard:
    """Joins the wire to the streams of a process, as long as there are any."""

    def __init__(self, *, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._streams: set[Stream] = set()
        self._is_stopped = False
        self._listener: threading.Thread | None = None
        self._is_heard = threading.Event()

    def open(self, follows: Iterable[str], *, owner: str) -> Stream:
        """
        Return a stream of what happens to what is named so, from now on.

        An owner has one stream: a browser that went to another page has left the one
        it had, which is noticed only when something is sent to it. Raises NoRoom,
        WireDown.
        """
        stream = Stream(follows, owner=owner)
        with self._lock:
            if self._is_stopped or trouble.is_on():
                raise WireDown("Nothing is told at this moment.")
            for left in [each for each in self._streams if each.owner == owner]:
                self._streams.discard(left)
                left.close()
            if len(self._streams) >= self._most:
                raise NoRoom(f"{self._most} are told already.")
            self._streams.add(stream)
            if self._listener is None:
                self._is_heard = threading.Event()
                self._listener = threading.Thread(
                    target=self._listen, args=[self._is_heard], name="wire", daemon=True
                )
                self._listener.start()
            is_heard = self._is_heard
        if not is_heard.wait(_READY_SECONDS) or not stream.is_open:
            self.leave(stream)
            raise WireDown("Redis does not answer.")
        return stream

    def leave(self, stream: Stream) -> None:
        """Forget a stream that nobody reads any more."""
        with self._lock:
            self._streams.discard(stream)
        stream.close()

    def stop(self) -> None:
        """End all streams and open no more: the process is about to end."""
        with self._lock:
            self._is_stopped = True
        self._end_all()

    @property
    def streams(self) -> int:
        """How many there are."""
        return len(self._streams)

    # --- The thread that listens ---------------------------------------------------

    def _listen(self, is_heard: threading.Event) -> None:
        try:
            with client() as own, contextlib.closing(_subscription(own)) as line:
                is_heard.set()
                self._spread_all(line)
        except (WireDown, redis.RedisError, OSError) as exc:
            trouble.begin()
            logger.warning("the wire went down", extra={"reason": str(exc)})
            self._spread([WORKERS])  # the last word: nobody reaches them
        finally:
            with self._lock:
                broke = self._listener is threading.current_thread()
                if broke:
                    self._listener = None
            if broke:
                self._end_all()  # they would wait for words that never come
            is_heard.set()

    def _spread_all(self, line: redis.client.PubSub) -> None:
        workers = _Workers()
        while self._is_needed():
            message = line.get_message(
                ignore_subscribe_messages=True, timeout=_ROUND_SECONDS
            )
            if message is not None:
                self._spread(message["data"].split())
            if workers.changed():
                self._spread([WORKERS])

    def _is_needed(self) -> bool:
        with self._lock:
            if self._streams:
                return True
            self._listener = None
            return False

    def _spread(self, names: list[str]) -> None:
        with self._lock:
            streams = list(self._streams)
        for stream in streams:
            stream.hear(names)

    def _end_all(self) -> None:
        with self._lock:
            left, self._streams = self._streams, set()
        for stream in left:
            stream.close()


class _Workers:
    """Whether it is another set of queues that no worker answers for than before."""

    def __init__(self) -> None:
        self._silent: tuple[str, ...] | None = None
        self._next_at = 0.0

    def changed(self) -> bool:
        """Ask now and then. Raises WireDown: a Redis that hangs is silent otherwise."""
        if time.monotonic() < self._next_at:
            return False
        self._next_at = time.monotonic() + pulse.EVERY.total_seconds()
        silent = tuple(each.queue for each in pulse.silent(pulse.everybody()))
        before, self._silent = self._silent, silent
        return before is not None and before != silent


def _subscription(own: redis.Redis) -> redis.client.PubSub:
    """Return a line to the wire, on which everything is heard from now on."""
    line: redis.client.PubSub = own.pubsub()  # type: ignore[no-untyped-call]  # theirs
    line.subscribe(channel())
    if line.get_message(timeout=_READY_SECONDS) is None:
        raise redis.TimeoutError("no answer to the subscription")
    return line


def events(
    stream: Stream, *, lasts: float, beat: float, clock: Callable[[], float]
) -> Iterator[bytes]:
    """
    Yield what a browser hears, in the words of server-sent events.

    A comment each `beat` seconds shows whether somebody still reads; after `lasts`
    seconds it ends, and a browser that is there asks again.
    """
    yield b"retry: 5000\n\n"
    over_at = clock() + lasts
    while (left := over_at - clock()) > 0:
        heard = stream.wait(min(beat, left))
        if heard is None:
            return
        yield f"data: {' '.join(sorted(heard))}\n\n".encode() if heard else b":\n\n"


@cache
def switchboard() -> Switchboard:
    """Return the one of this process."""
    return Switchboard(most=settings.STREAMS)
