"""
How workers, and their clock, say that they are there: each touches its queues every
few seconds.

Asking them instead (Celery's ping) takes half a second when none is there to answer.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import redis
from django.conf import settings

from sources.wire.store import WireDown, ask

logger = logging.getLogger(__name__)

KEY = "counterclaim:pulse"
# Not a queue, but who fills them: it is heard and missed like those who empty them.
SCHEDULE = "schedule"
EVERY = timedelta(seconds=5)
# Four beats that did not come: one may, where a machine is busy or a worker starts.
PATIENCE = timedelta(seconds=20)


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """A queue that no worker answers for."""

    queue: str
    since: datetime | None  # None: none ever did


def everybody() -> frozenset[str]:
    """Return whoever has to be heard for the work to go on."""
    return frozenset({*settings.WORKER_QUEUES, SCHEDULE})


def beat(queues: Iterable[str]) -> None:
    """Say that a worker takes these queues. By Redis' clock, which all share."""
    try:
        now, _ = ask(lambda store: store.time())
        beats = [word for queue in queues for word in (queue, now)]
        ask(lambda store: store.hset(KEY, items=beats))
    except WireDown as exc:
        logger.warning("a worker was not heard", extra={"reason": str(exc)})


def silent(queues: Iterable[str]) -> tuple[Silence, ...]:
    """Return those of the queues that no worker answers for. Raises WireDown."""
    (now, _), beats = ask(_beats)
    found = []
    for queue in sorted(queues):
        last = beats.get(queue)
        if last is None:
            found.append(Silence(queue=queue, since=None))
        elif int(last) < now - PATIENCE.total_seconds():
            since = datetime.fromtimestamp(int(last), UTC)
            found.append(Silence(queue=queue, since=since))
    return tuple(found)


def _beats(store: redis.Redis) -> tuple[tuple[int, int], dict[str, str]]:
    with store.pipeline(transaction=False) as both:
        both.time()
        both.hgetall(KEY)
        now, beats = both.execute()
    return now, beats
