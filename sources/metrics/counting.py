"""Counters of checks, kept in Redis: each worker adds, and nobody has to hold still."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache

import redis
from django.conf import settings

from sources.models import Check

logger = logging.getLogger(__name__)

KEY = "counterclaim:checks"
CHECKS, MILLISECONDS, BYTES = "checks", "ms", "bytes"
_PATIENCE_SECONDS = 2


def count(checks: Iterable[Check]) -> None:
    """
    Add checks that were written down to the counters, in one round trip.

    Call it once for each batch, after its transaction. Without Redis the numbers of
    this batch are lost, and nothing else: the rows say what happened.
    """
    added: Counter[str] = Counter()
    for check in checks:
        added[f"{CHECKS}:{check.outcome}"] += 1
        added[f"{MILLISECONDS}:{check.outcome}"] += check.duration_ms
        added[f"{BYTES}:{check.outcome}"] += check.bytes
    if not added:
        return
    try:
        with _store().pipeline(transaction=False) as pipeline:
            for field, number in added.items():
                pipeline.hincrby(KEY, field, number)
            pipeline.execute()
    except redis.RedisError as exc:
        logger.warning("checks were not counted", extra={"reason": str(exc)})


def counted() -> Mapping[str, int]:
    """Return the counters by name and outcome ("checks:unchanged"). Raises RedisError."""
    return {str(field): int(number) for field, number in _store().hgetall(KEY).items()}


@cache
def _store() -> redis.Redis:
    return redis.Redis.from_url(
        settings.REDIS_URL,
        decode_responses=True,
        socket_timeout=_PATIENCE_SECONDS,
        socket_connect_timeout=_PATIENCE_SECONDS,
    )
