"""A lease of sources, looked at one beside the other."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import Future, as_completed
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from sources import leasing
from sources.checking.judging import glance, judge, wants_a_whole_look
from sources.checking.recording import Look, record
from sources.checking.rules import Rules
from sources.checking.verdicts import Seen, of_error
from sources.errors import FetchError
from sources.leasing import Lease
from sources.models import Check, Source
from sources.net import Doorkeeper, Fetched

logger = logging.getLogger(__name__)

_WHOLE_EVERY = 5  # a site's word that nothing changed is not taken for ever


def check(
    lease: Lease, *, door: Doorkeeper, rules: Rules, clock: Callable[[], datetime]
) -> Iterator[Check]:
    """
    Look at what is left of a lease; yield each check once it is written down.

    Nothing is left of a lease that lapsed or was worked off, so that a message may
    come twice or late. A source that breaks its check is logged and stays leased,
    and is tried again when that has lapsed.
    """
    sources = leasing.begin(lease, now=clock(), lasts=rules.lease)
    looks = _looks_so_far(sources)
    under_way: dict[Future[Fetched], tuple[Source, datetime]] = {}
    for source in sources:
        under_way[_fetch(source, door, looks.get(source.pk, 0))] = source, clock()
    for answer in as_completed(under_way):
        source, started_at = under_way[answer]
        try:
            seen = _seen(source, _told(answer), door, now=clock())
            look = Look(
                source_id=source.pk,
                token=lease.token,
                started_at=started_at,
                seen=seen,
                passage_ids=frozenset(p.pk for p in source.passages.all()),
            )
            written = record(look, now=clock(), rules=rules)
        except Exception:
            logger.exception("source check broke", extra={"source": str(source.pk)})
            continue
        if written is not None:
            yield written


def _seen(
    source: Source, answer: Fetched | FetchError, door: Doorkeeper, *, now: datetime
) -> Seen:
    if seen := glance(source, answer):
        return seen
    if isinstance(answer, FetchError):
        return of_error(answer)
    return judge(source, answer, lambda url: _told(door.fetch(url)), now=now)


def _looks_so_far(sources: list[Source]) -> dict[UUID, int]:
    counted = Check.objects.filter(source__in=sources).values_list("source")
    return dict(counted.annotate(Count("pk")).order_by())


def _fetch(source: Source, door: Doorkeeper, looks: int) -> Future[Fetched]:
    whole = looks % _WHOLE_EVERY == 0 or wants_a_whole_look(source.passages.all())
    return door.fetch(
        source.canonical_url,
        etag="" if whole else source.etag,
        last_modified="" if whole else source.last_modified,
    )


def _told(answer: Future[Fetched]) -> Fetched | FetchError:
    try:
        return answer.result()
    except FetchError as error:
        return error
