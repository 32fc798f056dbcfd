"""Answers that were kept, read whole and written down."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction

from sources import leasing
from sources.checking import capturing
from sources.checking.judging import Probe, judge
from sources.checking.recording import Look, record
from sources.checking.rules import Rules
from sources.leasing import Lease
from sources.models import Capture, Check, Source

logger = logging.getLogger(__name__)


def read(
    lease: Lease, *, probe: Probe, rules: Rules, clock: Callable[[], datetime]
) -> Iterator[Check]:
    """
    Read what was kept of the sources of a lease; yield each check once it is written.

    What was read already, or is leased to somebody else by now, is passed over. A page
    that breaks its reader stays leased: it is read again when that has lapsed, alone,
    and a few times only.
    """
    for source_id in lease.source_ids:
        try:
            check = _read(source_id, lease.token, probe=probe, rules=rules, clock=clock)
        except Exception:
            logger.exception("page could not be read", extra={"source": str(source_id)})
            continue
        if check is not None:
            yield check


def _read(
    source_id: UUID,
    token: UUID,
    *,
    probe: Probe,
    rules: Rules,
    clock: Callable[[], datetime],
) -> Check | None:
    capture = Capture.objects.filter(source=source_id, lease_token=token).first()
    if capture is None:
        return None
    # Begun one by one, so that of many in one message only the page that breaks its
    # reader has an attempt to answer for.
    lease = Lease(token=token, source_ids=(source_id,))
    held = leasing.begin_reading(lease, now=clock(), lasts=rules.lease)
    return next((_judged(s, capture, probe, rules, clock) for s in held), None)


def _judged(
    source: Source,
    capture: Capture,
    probe: Probe,
    rules: Rules,
    clock: Callable[[], datetime],
) -> Check | None:
    caught = capturing.opened(capture)
    look = Look(
        source=source,
        token=caught.token,
        started_at=caught.started_at,
        seen=judge(source, caught.fetched, probe, now=clock()),
        passage_ids=frozenset(passage.pk for passage in source.watched()),
    )
    with transaction.atomic():
        checks = record([look], now=clock(), rules=rules)
        if checks:
            Capture.objects.filter(pk=capture.pk).delete()
    return checks[0] if checks else None
