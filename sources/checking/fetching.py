"""Leased sources, fetched one beside the other; what needs no reading is written down."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sources import hosts, leasing
from sources.checking import capturing
from sources.checking.capturing import Caught
from sources.checking.judging import glance, wants_a_whole_look
from sources.checking.recording import Look, record
from sources.checking.rules import Rules
from sources.errors import FetchError, NotNow
from sources.leasing import Lease
from sources.models import Check, Source
from sources.net import Answer, Ask, Basket, Doorkeeper, Fetched

logger = logging.getLogger(__name__)

_WHOLE_EVERY = 5  # a site's word that nothing changed is not taken for ever
_LISTEN_SECONDS = 1.0  # for answers, before more work is thought of
_STALLED_SECONDS = 1.0  # what has not answered by then keeps nobody waiting


@dataclass(frozen=True, slots=True, kw_only=True)
class Wave:
    """What came of the answers that came together."""

    checks: list[Check]  # written down
    unread: list[Lease]  # answers kept, to be read


@dataclass(frozen=True, slots=True, kw_only=True)
class _Errand:
    source: Source
    token: UUID
    started_at: datetime


def fetch(
    lease: Lease,
    *,
    door: Doorkeeper,
    rules: Rules,
    clock: Callable[[], datetime],
    more: Callable[[int], Lease | None] | None = None,
) -> Iterator[Wave]:
    """
    Fetch what is left of a lease, and write down what can be seen at a glance.

    Nothing is left of a lease that lapsed or was worked off, so that a message may
    come twice or late. When all have answered, and while some keep silent, `more` is
    asked for the lease of at most so many other sources, which take the places of those
    that answered: a site that stalls costs a place, and not the time of the others.
    """
    shift = _Shift(door=door, rules=rules, clock=clock)
    shift.begin(lease)
    # What may break this worker shall break nobody else's work.
    refill = None if lease.alone else more
    while shift.basket.under_way:
        if answers := shift.basket.take(seconds=_LISTEN_SECONDS):
            yield shift.end(answers)
        if refill and shift.has_places() and (another := refill(shift.places)):
            shift.begin(another)


class _Shift:
    """What one worker has under way, within its places and its time."""

    def __init__(
        self, *, door: Doorkeeper, rules: Rules, clock: Callable[[], datetime]
    ) -> None:
        self.basket = Basket()
        self._door = door
        self._rules = rules
        self._clock = clock
        self._errands: dict[UUID, _Errand] = {}
        self._takes_more_until = time.monotonic() + rules.shift.total_seconds()
        self._asks_again_at = 0.0
        self._last_lot: set[UUID] = set()  # that was sent for, as far as it is awaited

    @property
    def places(self) -> int:
        """How many more may be under way."""
        return self._rules.places - self.basket.under_way

    def has_places(self) -> bool:
        """Say whether it is time to ask for more work."""
        now = time.monotonic()
        if now >= self._takes_more_until:
            return False
        waits = self.basket.under_way
        if waits and (waits > self._rules.places // 2 or now < self._asks_again_at):
            return False
        self._asks_again_at = now + _STALLED_SECONDS
        return True

    def begin(self, lease: Lease) -> None:
        """Send for everything that is left of a lease."""
        now = self._clock()
        sources = leasing.begin(lease, now=now, lasts=self._rules.lease)
        self._be_courteous(sources, now=now)
        for source in sources:
            self._errands[source.pk] = _Errand(
                source=source, token=lease.token, started_at=now
            )
        self._door.send(map(_ask, sources), basket=self.basket)
        self._last_lot = {source.pk for source in sources}
        self._asks_again_at = time.monotonic() + _STALLED_SECONDS

    def end(self, answers: Sequence[Answer]) -> Wave:
        """Write down what can be seen at a glance; keep what has to be read."""
        now = self._clock()
        looks: list[Look] = []
        caught: list[Caught] = []
        later: dict[UUID, dict[UUID, datetime]] = {}
        for answer in answers:
            errand = self._errands.pop(answer.key)
            match _seen(errand, answer.told):
                case Look() as look:
                    looks.append(look)
                case Caught() as page:
                    caught.append(page)
                case NotNow() as no:
                    at = now + timedelta(seconds=no.wait_seconds)
                    later.setdefault(errand.token, {})[answer.key] = at
        for token, times in later.items():
            leasing.put_off(times, token=token)
        if self._last_lot and self._last_lot.isdisjoint(self._errands):
            self._last_lot.clear()
            self._asks_again_at = 0.0  # what is still under way stalls
        self._hear_of_sites()
        return Wave(
            checks=record(looks, now=now, rules=self._rules),
            unread=capturing.keep(caught, now=now, lasts=self._rules.lease),
        )

    def _be_courteous(self, sources: Sequence[Source], *, now: datetime) -> None:
        if (courtesy := self._door.courtesy) and sources:
            # Where a page sends on to wants to be left alone as well.
            urls = {url for s in sources for url in (s.canonical_url, s.final_url)}
            courtesy.know(hosts.known(urls, now=now, fresh=courtesy.fresh()))

    def _hear_of_sites(self) -> None:
        if (courtesy := self._door.courtesy) and (news := courtesy.news()):
            hosts.remember(news)


def _ask(source: Source) -> Ask:
    whole = source.looks % _WHOLE_EVERY == 0 or wants_a_whole_look(source.watched())
    return Ask(
        key=source.pk,
        url=source.canonical_url,
        etag="" if whole else source.etag,
        last_modified="" if whole else source.last_modified,
    )


def _seen(errand: _Errand, told: Fetched | Exception) -> Look | Caught | NotNow | None:
    """Return what is to be done; None, said aloud, where our own code broke."""
    source = errand.source
    if isinstance(told, NotNow):
        return told
    if not isinstance(told, Fetched | FetchError):
        logger.error("fetch broke", exc_info=told, extra={"source": str(source.pk)})
        return None
    try:
        seen = glance(source, told)
    except Exception:
        logger.exception("source check broke", extra={"source": str(source.pk)})
        return None
    if seen is not None:
        return Look(
            source=source,
            token=errand.token,
            started_at=errand.started_at,
            seen=seen,
            passage_ids=frozenset(passage.pk for passage in source.watched()),
        )
    if isinstance(told, FetchError):
        raise TypeError("there is no page to be read") from told
    return Caught(
        source_id=source.pk,
        token=errand.token,
        started_at=errand.started_at,
        fetched=told,
    )
