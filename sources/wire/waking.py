"""Waking a worker from a page: rows are the truth, so nobody waits for a message."""

from __future__ import annotations

import logging
from functools import partial

import redis
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

from sources.wire.store import WireDown, ask, trouble

logger = logging.getLogger(__name__)

# Workers wait half a minute for what comes; whoever waits for a page does not.
_PATIENCE = {"socket_timeout": 0.4, "socket_connect_timeout": 0.4}


def wake(task: str, **about: str) -> None:
    """
    Send a task by its name. Where Redis is dead or does not answer it is lost, soon.

    Whoever calls has a sweep that finds the row without it.
    """
    try:
        # A Redis that hangs costs half a second here. To send costs several tries and
        # pauses, which the library below does not let us choose.
        ask(lambda store: store.ping())
        with current_app.connection_for_write(transport_options=_PATIENCE) as line:
            current_app.send_task(task, kwargs=about, connection=line, retry=False)
    except WireDown as exc:
        logger.warning("nobody was woken", extra={"task": task, "reason": str(exc)})
    except (OperationalError, redis.RedisError, OSError) as exc:
        trouble.begin()
        logger.warning("nobody was woken", extra={"task": task, "reason": str(exc)})


def wake_after_commit(task: str, **about: str) -> None:
    """Wake a worker once what is being written can be seen, and never if it is not."""
    transaction.on_commit(partial(wake, task, **about), robust=True)
