"""What workers do for sources. Rows are the truth: each task may run twice or never."""

from __future__ import annotations

import logging
from functools import cache
from uuid import UUID

from celery import shared_task
from celery.signals import worker_process_shutdown
from django.conf import settings
from django.utils import timezone

from sources import checking, leasing, merging
from sources.archiving import seeking
from sources.leasing import Lease
from sources.net import Doorkeeper

logger = logging.getLogger(__name__)

_LEASES_AT_A_TIME = 10  # rounds of leasing in one tick


@shared_task
def dispatch() -> None:
    """Lease what is due and send it to the workers. Any number may run at once."""
    terms = checking.terms()
    for _ in range(_LEASES_AT_A_TIME):
        leases = leasing.lease_due(now=timezone.now(), terms=terms)
        for lease in leases:
            send(lease)
        if sum(len(lease.source_ids) for lease in leases) < terms.batch:
            break


def send(lease: Lease) -> None:
    """Give a lease to the workers. A message older than its lease is worth nothing."""
    check_batch.apply_async(
        kwargs={
            "source_ids": [str(pk) for pk in lease.source_ids],
            "lease_token": str(lease.token),
        },
        expires=settings.SOURCES_LEASE.total_seconds(),
    )


@shared_task(time_limit=int(settings.SOURCES_LEASE.total_seconds()) * 2)
def check_batch(*, source_ids: list[str], lease_token: str) -> None:
    """Look at the sources of one lease, and see whether more can be leased."""
    lease = Lease(token=UUID(lease_token), source_ids=tuple(map(UUID, source_ids)))
    written = list(
        checking.check(
            lease,
            door=doorkeeper(),
            rules=checking.Rules.from_settings(),
            clock=timezone.now,
        )
    )
    logger.info("batch checked", extra={"lease": lease_token, "checks": len(written)})
    if written:
        dispatch.delay()


@shared_task
def merge_sources() -> None:
    """Make sources that turned out to be one page one."""
    merging.sweep(now=timezone.now())


@shared_task
def look_in_archive() -> None:
    """Look for copies of pages whose words were lost, where an archive is named."""
    if settings.SOURCES_ARCHIVE_URL:
        seeking.sweep(clock=timezone.now)


@cache
def doorkeeper() -> Doorkeeper:
    """Return the door of this process, opened the first time somebody asks."""
    return Doorkeeper(checking.door_config()).__enter__()


@worker_process_shutdown.connect
def close_door(**_: object) -> None:
    """Close the door of a worker process that ends in peace."""
    if doorkeeper.cache_info().currsize:
        doorkeeper().__exit__(None, None, None)
        doorkeeper.cache_clear()
