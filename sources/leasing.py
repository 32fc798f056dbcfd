"""
Who looks at which source, and until when.

The rows are the only truth: a message to a worker may be lost, doubled or late. A
lease that nobody ends lapses, and the source is due again; where its answer is kept
already, that is read and the site is not asked again.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Greatest
from uuid_utils.compat import uuid7

from sources.models import Capture, Host, Passage, Source
from sources.models.source import uuids

if TYPE_CHECKING:
    from django.db.models import QuerySet

logger = logging.getLogger(__name__)

# Due rows that are looked through for each place in a batch, to find other hosts; each
# time without the hosts that have enough by then.
_WINDOWS = (3, 20, 20, 20)
_NEXT_ROUND = timedelta(seconds=5)  # for what broke its worker, where that is much
# What a glance at an answer needs to know of a source, and what a look changes of it.
_TO_FETCH = """
    s.id, s.canonical_url, s.final_url, s.points_to, s.media_type, s.state,
    s.state_since, s.failing_since, s.failures, s.etag, s.last_modified, s.body_sha256,
    s.text_sha256, s.interval, s.closely_until, s.looks
"""
# What was kept under an earlier lease is worth nothing; what was kept under this one
# is not fetched again.
_WITHOUT_STALE = """
    WITH stale AS (
        DELETE FROM sources_capture c USING sources_source held
        WHERE held.id = c.source_id AND held.id = ANY(%(ids)s::uuid[])
        AND held.lease_token = %(token)s AND c.lease_token <> %(token)s
    )
"""
_TO_BE_FETCHED = """
    s.id = ANY(%(ids)s::uuid[]) AND s.lease_token = %(token)s AND NOT EXISTS (
        SELECT FROM sources_capture c
        WHERE c.source_id = s.id AND c.lease_token = s.lease_token
    )
"""
_BEGIN = f"""
    {_WITHOUT_STALE}
    UPDATE sources_source s SET lease_until = %(until)s, attempts = s.attempts + 1
    WHERE {_TO_BE_FETCHED}
    RETURNING {_TO_FETCH}
"""  # noqa: S608 - words of our own
_BEGUN = f"""
    {_WITHOUT_STALE} SELECT {_TO_FETCH} FROM sources_source s WHERE {_TO_BE_FETCHED}
"""  # noqa: S608 - words of our own
# What a glance needs to know of the words that are watched on a page and its aliases.
_WATCHED = """
    WITH page AS (
        SELECT id AS page_id, id FROM unnest(%(ids)s::uuid[]) AS id
        UNION ALL
        SELECT same_as_id, id FROM sources_source WHERE same_as_id = ANY(%(ids)s::uuid[])
    )
    SELECT page.page_id, p.id, p.source_id, p.exact, p.prefix, p.suffix, p.state,
        p.misses, p.start, p."end"
    FROM page JOIN sources_passage p ON p.source_id = page.id
    ORDER BY p.id
"""


_OF_EACH_HOST = """
    WITH RECURSIVE site (host) AS (
        (SELECT host FROM sources_source ORDER BY host LIMIT 1)
        UNION ALL
        SELECT (
            SELECT s.host FROM sources_source s
            WHERE s.host > site.host ORDER BY s.host LIMIT 1
        ) FROM site WHERE site.host IS NOT NULL
    )
    SELECT waiting.id FROM site CROSS JOIN LATERAL (
        SELECT s.id, s.due_at FROM sources_source s
        WHERE s.host = site.host AND s.due_at <= %(now)s
        AND s.parked_at IS NULL AND s.same_as_id IS NULL
        AND (s.lease_until IS NULL OR s.lease_until < %(now)s)
        ORDER BY s.due_at LIMIT %(few)s
    ) waiting
    WHERE NOT site.host = ANY(%(full)s::text[])
    ORDER BY waiting.due_at LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """Some sources, given to one worker under one token."""

    token: UUID
    source_ids: tuple[UUID, ...]
    fetched: bool = False  # their answers are kept, and wait to be read
    alone: bool = False  # its worker broke before
    begun: bool = False  # by whoever took it; the attempt is counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How leases are given."""

    batch: int  # sources in one lease at most
    per_host: int  # sources of one host leased at one time
    lasts: timedelta
    max_attempts: int  # begun and never ended, before a source is parked
    alone: int = 10  # leased alone in one round; each may take a worker's whole time
    unread: int = 2_000  # answers that are kept, before no more are fetched
    fresh: timedelta = timedelta(hours=1)  # so long is an answer worth reading


class _Row(NamedTuple):
    """Of a source that is leased, no more than that asks for."""

    pk: UUID
    lease_token: UUID | None  # that it had before
    attempts: int


@transaction.atomic
def lease_due(*, now: datetime, terms: Terms, begun: bool = False) -> list[Lease]:
    """
    Lease sources that are due, the most urgent first, a few of each host.

    A source whose worker broke before is leased alone, so that it breaks nobody
    else's work, and few are at a time, so that they do not hold up all others; after
    too many attempts it is parked. Any number of callers at one time get different
    sources. With `begun`, whoever calls works on the first ones.
    """
    unread = Capture.objects.count()
    leases = _unread(now=now, terms=terms) if unread else []
    if unread < terms.unread:
        free = Source.objects.due(now).among(_chosen(now=now, terms=terms))
        token = uuid7()
        begins = {"attempts": Greatest(F("attempts"), 1)} if begun else {}
        given = _given(free, now=now, terms=terms, lease_token=token, **begins)
        leases += _leases(given, token=token, begun=begun)
    return leases


@transaction.atomic
def lease_these(
    source_ids: Collection[UUID], *, now: datetime, terms: Terms
) -> list[Lease]:
    """Lease those of some sources that are due and that nobody else is about to take."""
    free = Source.objects.due(now).among(source_ids)
    token = uuid7()
    given = _given(free, now=now, terms=terms, lease_token=token)
    return _leases(given, token=token)


def begin(lease: Lease, *, now: datetime, lasts: timedelta) -> list[Source]:
    """
    Return what is left of a lease to be fetched, and count the attempt.

    Nothing is left of one that lapsed and was given to somebody else, and of what was
    fetched under it already.
    """
    statement = _BEGUN if lease.begun else _BEGIN
    known = {
        "ids": uuids(lease.source_ids),
        "token": lease.token,
        "until": now + lasts,
    }
    return _with_passages(Source.objects.raw(statement, known))


def begin_reading(lease: Lease, *, now: datetime, lasts: timedelta) -> list[Source]:
    """Return what is left of a lease to be read, and count the attempt."""
    held = Source.objects.among(lease.source_ids).filter(lease_token=lease.token)
    held.update(lease_until=now + lasts, attempts=F("attempts") + 1)
    return _with_passages(held)


def give_back(lease: Lease, *, now: datetime) -> None:
    """End a lease whose work was interrupted; its sources are due again."""
    put_off(dict.fromkeys(lease.source_ids, now), token=lease.token)


def put_off(times: Mapping[UUID, datetime], *, token: UUID) -> None:
    """End a lease unused: its sources are due at these times, and were no attempt."""
    if not times:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE sources_source s
            SET due_at = later.at, lease_token = NULL, lease_until = NULL,
                attempts = greatest(s.attempts - 1, 0)
            FROM unnest(%s::uuid[], %s::timestamptz[]) AS later (id, at)
            WHERE s.id = later.id AND s.lease_token = %s
            """,
            [list(times), list(times.values()), token],
        )


def _with_passages(found: Iterable[Source]) -> list[Source]:
    """Return sources with the passages that are watched on them."""
    sources = list(found)
    # Prefetching makes a query set for each source, which costs more than its row.
    held: dict[UUID, list[Passage]] = {}
    for source in sources:
        source.known_passages = held[source.pk] = []
    for passage in Passage.objects.raw(_WATCHED, {"ids": uuids(held)}):
        page: UUID = passage.page_id  # type: ignore[attr-defined]  # of the statement
        held[page].append(passage)
    return sources


def _unread(*, now: datetime, terms: Terms) -> list[Lease]:
    """Lease, under the tokens they have, sources whose answers nobody came to read."""
    waiting = Source.objects.due(now).filter(
        capture__lease_token=F("lease_token"),
        capture__fetched_at__gte=now - terms.fresh,
    )
    given = _given(waiting[: terms.batch], now=now, terms=terms)
    by_token: dict[UUID, list[_Row]] = {}
    for row in given:
        if row.lease_token:
            by_token.setdefault(row.lease_token, []).append(row)
    return [
        lease
        for token, rows in by_token.items()
        for lease in _leases(rows, token=token, fetched=True)
    ]


def _given(
    free: QuerySet[Source], *, now: datetime, terms: Terms, **changes: Any
) -> list[_Row]:
    """Hold what nobody else is about to; what broke too often is given to nobody."""
    locked = free.select_for_update(skip_locked=True, of=("self",)).values_list(
        "pk", "lease_token", "attempts"
    )
    rows = [_Row(*row) for row in locked]
    good = [row for row in rows if row.attempts < terms.max_attempts]
    if len(good) < len(rows):
        _park({row.pk for row in rows} - {row.pk for row in good}, now)
    broken = [row.pk for row in good if row.attempts]
    if later := set(broken[terms.alone :]):
        # Still due, they would be chosen again in place of all others.
        Source.objects.among(later).update(due_at=now + _NEXT_ROUND)
        good = [row for row in good if row.pk not in later]
    if good:
        Source.objects.among(row.pk for row in good).update(
            lease_until=now + terms.lasts, **changes
        )
    return good


def _leases(
    given: Sequence[_Row], *, token: UUID, fetched: bool = False, begun: bool = False
) -> list[Lease]:
    """Put what never broke together, and each of the others alone."""
    good = tuple(row.pk for row in given if not row.attempts)
    leases = [
        Lease(token=token, source_ids=(row.pk,), fetched=fetched, alone=True)
        for row in given
        if row.attempts
    ]
    if good:
        mine = Lease(token=token, source_ids=good, fetched=fetched, begun=begun)
        leases.insert(0, mine)
    return leases


def _park(broken: Collection[UUID], now: datetime) -> None:
    Source.objects.filter(pk__in=broken).update(
        parked_at=now, lease_token=None, lease_until=None
    )
    Capture.objects.filter(source__in=broken).delete()
    logger.error("sources were given up", extra={"sources": [str(i) for i in broken]})


def _chosen(*, now: datetime, terms: Terms) -> list[UUID]:
    leased = dict(Source.objects.leased(now).values_list("pk", "host"))
    taken = Counter(leased.values())
    paused = set(Host.objects.paused(now).values_list("name", flat=True))
    chosen: list[UUID] = []
    for size in _WINDOWS:
        window = terms.batch * size
        full = {host for host, number in taken.items() if number >= terms.per_host}
        waiting = (
            Source.objects.waiting(now)
            .not_of(full | paused)
            .most_urgent_first()
            .values_list("pk", "host")[:window]
        )
        for pk, host in waiting:
            if taken[host] < terms.per_host and pk not in leased:
                taken[host] += 1
                leased[pk] = host
                chosen.append(pk)
            if len(chosen) == terms.batch:
                return chosen
        if len(waiting) < window:
            return chosen
    return (
        chosen
        + _of_other_hosts(taken, paused, now=now, terms=terms)[
            : terms.batch - len(chosen)
        ]
    )


def _of_other_hosts(
    taken: Counter[str], paused: set[str], *, now: datetime, terms: Terms
) -> list[UUID]:
    """
    Look at every host in turn, where what few hosts have due hides all the others.

    Takes a step in an index for each host, so that it is the last resort.
    """
    full = {host for host, number in taken.items() if number}
    with connection.cursor() as cursor:
        cursor.execute(
            _OF_EACH_HOST,
            {
                "now": now,
                "few": terms.per_host,
                "most": terms.batch,
                "full": list(full | paused),
            },
        )
        return [pk for (pk,) in cursor.fetchall()]
