"""What workers do for sources. Rows are the truth: each task may run twice or never."""

from __future__ import annotations

import gc
import logging
import time
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from typing import Any
from uuid import UUID

from celery import current_app, shared_task
from celery.signals import worker_process_init, worker_process_shutdown
from django.conf import settings
from kombu.exceptions import ChannelError

from sources import checking, leasing, merging, metrics, reaching, wire
from sources.archiving import seeking
from sources.clock import shared_clock, shared_now
from sources.errors import FetchError
from sources.leasing import Lease
from sources.net import Doorkeeper, Fetched
from sources.net.courtesy import Courtesy

logger = logging.getLogger(__name__)

_LEASES_AT_A_TIME = 10  # rounds of leasing in one tick
_MOST_BATCHES_WAITING = 10  # messages for those who fetch; more would only grow old
_PAGES_IN_A_MESSAGE = 4  # to be read; what is lost with a reader that is killed
_LEASE_SECONDS = int(settings.SOURCES_LEASE.total_seconds())
_READING_SECONDS = int(settings.SOURCES_READING_LIMIT.total_seconds())
_ARCHIVE_SECONDS = 10 * 60  # for looking in the archive, its waits among it
_COLLECTED_AFTER = 50_000, 50, 50  # objects, then rounds of the younger generation


@shared_task
def dispatch() -> None:
    """Lease what is due and send it to the workers. Any number may run at once."""
    terms = checking.terms()
    rounds = min(_LEASES_AT_A_TIME, _MOST_BATCHES_WAITING - _batches_waiting())
    for _ in range(rounds):
        leases = leasing.lease_due(now=shared_now(), terms=terms)
        for lease in leases:
            send(lease)
        if sum(len(lease.source_ids) for lease in leases) < terms.batch:
            break


def send(lease: Lease) -> None:
    """Give a lease to the workers. A message older than its lease is worth nothing."""
    task, size = check_batch, len(lease.source_ids)
    if lease.fetched:
        task, size = read_pages, _PAGES_IN_A_MESSAGE
    ids = [str(pk) for pk in lease.source_ids]
    for start in range(0, len(ids), size):
        message = {
            "source_ids": ids[start : start + size],
            "lease_token": str(lease.token),
            "alone": lease.alone,
        }
        task.apply_async(kwargs=message, expires=_LEASE_SECONDS)
    _tell(lease.source_ids)


@shared_task(time_limit=2 * _LEASE_SECONDS)
def check_batch(
    *, source_ids: list[str], lease_token: str, alone: bool = False
) -> None:
    """Fetch the sources of one lease, and see whether more can be leased."""
    lease = Lease(
        token=UUID(lease_token), source_ids=tuple(map(UUID, source_ids)), alone=alone
    )
    waves = checking.fetch(
        lease,
        door=doorkeeper(),
        rules=checking.Rules.from_settings(),
        clock=shared_now,
        more=_another_lease,
    )
    written = unread = 0
    for wave in waves:
        for each in wave.unread:
            send(each)
            unread += len(each.source_ids)
        metrics.count(wave.checks)
        _tell(check.source_id for check in wave.checks)
        written += len(wave.checks)
    if written or unread:
        logger.info("batch fetched", extra={"checks": written, "to_be_read": unread})
        dispatch.delay()


@shared_task(time_limit=_READING_SECONDS)
def read_pages(*, source_ids: list[str], lease_token: str, alone: bool = False) -> None:
    """
    Read what was kept of some sources.

    What is left after a while goes into another message, so that the limit counts for
    a page and not for those before it.
    """
    lease = Lease(
        token=UUID(lease_token), source_ids=tuple(map(UUID, source_ids)), fetched=True
    )
    began = time.monotonic()
    rules = checking.Rules.from_settings()
    for place, source_id in enumerate(lease.source_ids):
        if time.monotonic() - began > _READING_SECONDS / 3:
            send(replace(lease, source_ids=lease.source_ids[place:]))
            return
        one = replace(lease, source_ids=(source_id,))
        metrics.count(checking.read(one, probe=_probe, rules=rules, clock=shared_now))
        _tell([source_id])


def _tell(sources: Iterable[UUID]) -> None:
    """Say that there is something new to be seen of them: one message for all."""
    wire.tell(f"source:{key}" for key in sources)


def _another_lease(most: int) -> Lease | None:
    """Return the lease of some more sources; what has to go alone is sent."""
    terms = replace(checking.terms(), batch=most)
    leases = leasing.lease_due(now=shared_now(), terms=terms, begun=True)
    mine = next((each for each in leases if not each.fetched and not each.alone), None)
    for each in leases:
        if each is not mine:
            send(each)
    return mine


def _probe(url: str) -> Fetched | FetchError:
    """Fetch one more page of a site; the door stays shut until somebody asks."""
    return checking.probing(doorkeeper())(url)


def _batches_waiting() -> int:
    """Return how many messages wait for those who fetch."""
    queue = settings.CELERY_TASK_ROUTES[check_batch.name]["queue"]
    pool: Any = current_app.pool  # its stubs take it for another one
    with pool.acquire(block=True) as broker:
        declare = broker.default_channel.queue_declare
        try:
            return int(declare(queue, passive=True).message_count)
        except ChannelError:
            return 0  # there is no queue before the first message


@shared_task
def merge_sources() -> None:
    """Make sources that turned out to be one page one."""
    merging.sweep(now=shared_now())


@shared_task(time_limit=_ARCHIVE_SECONDS)
def look_in_archive() -> None:
    """Look for copies of pages whose words were lost, where an archive is named."""
    if settings.SOURCES_ARCHIVE_URL:
        seeking.sweep(clock=shared_now)


@worker_process_init.connect
def spare_the_collector(**_: object) -> None:
    """
    Leave out of each collection what was there before the first task.

    A batch makes thousands of objects and no circles: looking for some in all that was
    ever imported took a quarter of the time of a worker that fetches (2026-11).
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECTED_AFTER)


@cache
def doorkeeper() -> Doorkeeper:
    """Return the door of this process, opened the first time somebody asks."""
    courtesy = Courtesy(reaching.manners(), clock=shared_clock())
    return Doorkeeper(checking.door_config(), courtesy=courtesy).__enter__()


@worker_process_shutdown.connect
def close_door(**_: object) -> None:
    """Close the door of a worker process that ends in peace."""
    if doorkeeper.cache_info().currsize:
        doorkeeper().__exit__(None, None, None)
        doorkeeper.cache_clear()
