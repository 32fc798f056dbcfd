"""
Asks a site's leave before each request: its robots.txt, its pauses, and our turn.

A door asks around each hop, redirects too:

    turn = await courtesy.admit(address, ip=ip, ask=ask, after=turn_of_the_last_hop)
    ...
    courtesy.answered(turn, seconds=0.12, status=200, retry_after="")

Everything happens in memory, in the thread of the door's loop. What was learned is
fetched as `news()`, and what the rows say is brought with `know()`, from any thread.
"""

from __future__ import annotations

import asyncio
import ipaddress
import threading
import time
from collections.abc import Callable, Container
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from sources.canonical import Address
from sources.errors import NotNow, RobotsForbid
from sources.net import pausing
from sources.net.courteous import Ask, Turn
from sources.net.heeding import Heeder
from sources.net.manners import Answered, Known, Manners, News, Pause
from sources.net.turns import Turns
from sources.saying import Sentence
from sources.saying import gettext_noop as _

T = TypeVar("T")

_FACTOR = 5  # a site has four times as long for others as it had for us
_REMEMBERED = 20_000  # sites
_TOLD_EVERY = timedelta(minutes=10)  # a latency that is about the same
_NOTICEABLE_SECONDS = 0.1
_LATE = 0.1  # of the least gap: what a turn may begin late, as it shortens the next gap
_HARDLY_LATE_SECONDS = 0.05  # a busy machine is
_ASK_BEFORE_SECONDS = 0.02  # whether there is a pause by now; the answer takes time
_TURNS_AT_MOST = 4  # for one request, where turns go by


def _now() -> datetime:
    return datetime.now(UTC)


class Courtesy:
    """What a process knows of the sites it asks. Make it after a fork, not before."""

    def __init__(
        self, manners: Manners, *, clock: Callable[[], datetime] = _now
    ) -> None:
        self._manners = manners
        self._clock = clock
        self._turns = Turns(manners)
        self._heeder = Heeder(manners, clock=clock)
        self._lock = threading.Lock()
        self._latency: dict[str, float] = {}  # seconds
        self._paused: dict[str, datetime] = {}
        self._told: dict[str, Answered] = {}
        self._answers: dict[str, Answered] = {}
        self._pauses: dict[str, Pause] = {}

    def know(self, known: Known) -> None:
        """
        Take over what the rows say.

        A pause that a row no longer has is over, unless it was heard here since.
        """
        with self._lock:
            for host in known.hosts:
                if host.latency_ms is not None and host.name not in self._answers:
                    _keep(self._latency, host.name, host.latency_ms / 1000)
                if host.name in self._pauses:
                    continue
                if host.paused_until is not None:
                    _keep(self._paused, host.name, host.paused_until)
                else:
                    self._paused.pop(host.name, None)
        self._heeder.know(known.robots)

    def fresh(self) -> Container[str]:
        """Return the origins whose robots.txt is known and need not be looked up."""
        return _Fresh(self._heeder)

    def news(self) -> News:
        """Return what was learned since this was last asked."""
        with self._lock:
            answers, self._answers = self._answers, {}
            pauses, self._pauses = self._pauses, {}
        return News(
            answers=tuple(answers.values()),
            pauses=tuple(pauses.values()),
            robots=self._heeder.news(),
        )

    async def admit(
        self,
        address: Address,
        *,
        ip: str = "",
        ask: Ask | None = None,
        after: Turn | None = None,
    ) -> Turn:
        """
        Return once this address may be asked for.

        `ip` is the number that will be connected to; `ask` fetches a robots.txt, and
        is left out where that is what is being fetched; `after` is the turn of the
        hop before, on a redirect. Raises RobotsForbid, NotNow, and what made it
        impossible to ask the site for its robots.txt.
        """
        host = address.host
        self._refuse_paused(host)
        delay = 0.0
        if ask is not None and address.path != "/robots.txt":
            try:
                delay = await self._heeder.heed(address, ask)
            except RobotsForbid:
                self._refuse_paused(host)  # that is why it could not be read
                raise
            self._refuse_paused(host)
        for _again in range(_TURNS_AT_MOST):
            turn = await self._turn(host, ip, delay=delay, after=after)
            if await self._comes_in_time(turn):
                return turn
            after = turn
        raise NotNow(
            _("Our turns at this site went by."),
            wait_seconds=self._gap(host, delay),
            reason="turn",
        )

    def answered(
        self, turn: Turn, *, seconds: float, status: int, retry_after: str = ""
    ) -> None:
        """
        Hear how a site answered; with status 0, that it did not.

        `seconds` is from the request to the answer's headers.
        """
        now, host = self._clock(), turn.host
        with self._lock:
            _keep(self._latency, host, seconds)
            self._tell_latency(host, seconds, now)
            pause = pausing.asked_for(status, retry_after, now=now)
            if pause:
                self._pause(host, status, until=now + pause, now=now)
        if self._manners.least_gap:
            self._turns.stretch(turn, self._gap(host))
            if pause:
                until = self._paused[host]  # a longer one may stand
                self._turns.tell_pause(host, until=until, lasts=until - now)

    async def close(self) -> None:
        """Let go of what is open."""
        await self._turns.close()

    async def _turn(
        self, host: str, ip: str, *, delay: float, after: Turn | None
    ) -> Turn:
        least = self._manners.least_gap
        if not least:
            return Turn.at_once(host)
        # A machine's sites share its turns, and not the slowness of one of them.
        return await self._turns.take(
            host,
            gap=self._gap(host, delay),
            machine=_machine(ip) or host,
            machine_gap=least,
            after=after,
        )

    async def _comes_in_time(self, turn: Turn) -> bool:
        """
        Wait for a turn; False where it went by.

        A process that was stopped, or a machine that was asleep, would else use at
        once all the turns that it slept through.
        """
        least = self._manners.least_gap
        if not least:
            return True
        await _sleep_until(turn.begins - _ASK_BEFORE_SECONDS)
        self._hear_pause(turn.host, await self._turns.pause_told(turn.host))
        await _sleep_until(turn.begins)
        self._refuse_paused(turn.host)
        late = time.monotonic() - turn.begins
        return late <= max(least * _LATE, _HARDLY_LATE_SECONDS)

    def _gap(self, host: str, delay: float = 0.0) -> float:
        manners = self._manners
        wanted = max(_FACTOR * self._latency.get(host, 0.0), delay)
        return min(max(wanted, manners.least_gap), manners.most_gap)

    def _refuse_paused(self, host: str) -> None:
        until = self._paused.get(host)
        if until is None:
            return
        left = (until - self._clock()).total_seconds()
        if left > 0:
            raise NotNow(
                _("The site asked to be left alone until %(until_at)s."),
                wait_seconds=left,
                reason="paused",
                facts={"until_at": until.isoformat()},
            )
        self._paused.pop(host, None)

    def _hear_pause(self, host: str, until: datetime | None) -> None:
        """Heed what another process heard; writing it down is left to that one."""
        if until is None:
            return
        with self._lock:
            if until > self._paused.get(host, self._clock()):
                _keep(self._paused, host, until)

    def _pause(self, host: str, status: int, *, until: datetime, now: datetime) -> None:
        if until <= self._paused.get(host, now):
            return  # a longer one stands
        _keep(self._paused, host, until)
        self._pauses[host] = Pause(
            name=host,
            until=until,
            at=now,
            reason=Sentence(
                _("It answered %(status)s and is left alone until %(until_at)s."),
                {"status": str(status), "until_at": until.isoformat()},
            ),
        )

    def _tell_latency(self, host: str, seconds: float, now: datetime) -> None:
        """Make news of a latency, unless the last one was about the same."""
        told = self._told.get(host)
        if told is not None:
            before = told.latency_ms / 1000
            close = abs(seconds - before) <= max(_NOTICEABLE_SECONDS, before / 4)
            if close and now - told.at < _TOLD_EVERY:
                return
        news = Answered(name=host, latency_ms=round(seconds * 1000), at=now)
        _keep(self._told, host, news)
        self._answers[host] = news


async def _sleep_until(moment: float) -> None:
    while (left := moment - time.monotonic()) > 0:
        await asyncio.sleep(left + 0.001)  # uvloop rounds down


def _machine(ip: str) -> str:
    """Return one spelling for a number; IPv6 may carry one of IPv4."""
    if ":" not in ip:
        return ip
    carried = ipaddress.IPv6Address(ip).ipv4_mapped
    return str(carried) if carried else ip


class _Fresh(Container[str]):
    """Asked for the few that matter, instead of gathered from all."""

    def __init__(self, heeder: Heeder) -> None:
        self._heeder = heeder

    def __contains__(self, origin: object) -> bool:
        return isinstance(origin, str) and self._heeder.is_fresh(origin)


def _keep(kept: dict[str, T], name: str, value: T) -> None:
    kept.pop(name, None)
    kept[name] = value
    if len(kept) > _REMEMBERED:
        del kept[next(iter(kept))]
