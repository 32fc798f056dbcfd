"""The Redis of the wire, asked by nobody who could not do without."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import cache
from typing import TypeVar

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

T = TypeVar("T")

# Whoever asks is in the middle of something that matters more.
_PATIENCE_SECONDS = 0.5
_LEFT_ALONE_SECONDS = 5


class WireDown(Exception):
    """Redis does not answer, or did not a moment ago."""


class _Trouble:
    """Since when it is no use to ask; shared by all threads of a process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._until = 0.0

    def is_on(self) -> bool:
        return time.monotonic() < self._until

    def begin(self) -> None:
        with self._lock:
            self._until = time.monotonic() + _LEFT_ALONE_SECONDS

    def end(self) -> None:
        with self._lock:
            self._until = 0.0


trouble = _Trouble()


def ask(question: Callable[[redis.Redis], T]) -> T:
    """
    Return what Redis answers to a question.

    Raises WireDown: at once, for some seconds after it did not answer, so that no more
    than one request in a while is kept waiting.
    """
    if trouble.is_on():
        raise WireDown("Redis did not answer a moment ago.")
    try:
        return question(store())
    except redis.RedisError as exc:
        trouble.begin()
        raise WireDown(str(exc)) from exc


@cache
def store() -> redis.Redis:
    """Return the client of this process, for short questions."""
    return client()


def client() -> redis.Redis:
    """Return one more, for whoever keeps it busy."""
    return redis.Redis.from_url(
        settings.REDIS_URL,
        decode_responses=True,
        socket_timeout=_PATIENCE_SECONDS,
        socket_connect_timeout=_PATIENCE_SECONDS,
        # Its own answer to trouble is to try for some seconds.
        retry=Retry(NoBackoff(), 0),
    )


def channel() -> str:
    """Return the name of the wire: Redis has one for all of its numbered databases."""
    number = store().connection_pool.connection_kwargs.get("db") or 0
    return f"counterclaim:wire:{number}"
