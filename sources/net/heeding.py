"""What sites allow automatic visitors: asked for once, and heeded for a day."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

import aiohttp

from sources.canonical import Address
from sources.errors import (
    FetchError,
    NotNow,
    Refused,
    RobotsForbid,
    TooManyRedirects,
    Unreachable,
)
from sources.net.answers import Fetched
from sources.net.courteous import Ask
from sources.net.heard import Entry, Heard
from sources.net.manners import Manners, RobotsSaid, Standing
from sources.net.robots import decoded, token_of
from sources.saying import gettext_noop as _

# After that, a robots.txt that cannot be read may pass for one that is not there
# (section 2.3.1.4): many sites answer 500 to whatever they have not got.
_LONG_UNREACHABLE = timedelta(days=30)
_PATIENCE_SECONDS = 20.0  # the page has thirty, and would be blamed
# Nothing of a path has been said by then: it is the whole site.
_OF_THE_SITE = frozenset({"no_such_name", "dns", "connect", "tls"})


class Heeder:
    """Keeps what origins said, and asks those that are not known."""

    def __init__(self, manners: Manners, *, clock: Callable[[], datetime]) -> None:
        self._heard = Heard(token_of(manners.user_agent))
        self._clock = clock
        self._lock = threading.Lock()
        self._news: dict[str, RobotsSaid] = {}
        self._under_way: dict[str, asyncio.Task[Entry]] = {}

    def know(self, robots: Iterable[RobotsSaid]) -> None:
        """Take over what the rows say, where they are newer."""
        for said in robots:
            kept = self._heard.get(said.origin)
            if kept is None or kept.said.fetched_at < said.fetched_at:
                self._heard.keep(said)

    def is_fresh(self, origin: str) -> bool:
        """Say whether this origin need not be looked up."""
        kept = self._heard.get(origin)
        return kept is not None and kept.is_fresh(self._clock())

    def news(self) -> tuple[RobotsSaid, ...]:
        """Return what was heard since this was last asked."""
        with self._lock:
            news, self._news = self._news, {}
        return tuple(news.values())

    async def heed(self, address: Address, ask: Ask) -> float:
        """
        Return the seconds that the site wants between two requests.

        Raises RobotsForbid where it does not want this one.
        """
        origin = address.origin
        entry = self._heard.get(origin)
        if entry is None or not entry.is_fresh(self._clock()):
            entry = await self._asked(origin, ask)
        said = entry.said
        if said.standing == "none":
            return 0.0
        if said.standing == "unreachable":
            return self._without_an_answer(said)
        rules = await self._heard.rules(entry)
        if not rules.allow(address.url):
            raise RobotsForbid(
                _(
                    "The site's robots.txt asks automatic visitors not to read this page."
                ),
                reason="disallowed",
            )
        return rules.delay

    def _without_an_answer(self, said: RobotsSaid) -> float:
        if self._clock() - said.standing_since >= _LONG_UNREACHABLE:
            return 0.0
        if said.http_status is None:
            raise RobotsForbid(
                _("The site's robots.txt cannot be read, so nothing on it is."),
                reason="unreachable",
            )
        raise RobotsForbid(
            _(
                "The site's robots.txt cannot be read (%(status)s), so nothing on it is."
            ),
            reason="unreachable",
            facts={"status": str(said.http_status)},
        )

    async def _asked(self, origin: str, ask: Ask) -> Entry:
        """Ask the origin, once for all who want to know at this time."""
        task = self._under_way.get(origin)
        if task is None:
            task = asyncio.ensure_future(self._ask(origin, ask))
            self._under_way[origin] = task
            task.add_done_callback(lambda done: self._over(origin, done))
        try:
            # Who loses patience does not take the answer from the others.
            return await asyncio.shield(task)
        except FetchError as error:
            # Each of them goes on to write its own redirects into it.
            raise _same(error) from error

    def _over(self, origin: str, done: asyncio.Task[Entry]) -> None:
        del self._under_way[origin]
        if not done.cancelled():
            done.exception()  # seen, should nobody be left to hear of it

    async def _ask(self, origin: str, ask: Ask) -> Entry:
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                answer: Fetched | FetchError = await ask(f"{origin}/robots.txt")
        except TimeoutError:
            answer = Unreachable(
                _("The site did not answer in time."), reason="timeout"
            )
        except (NotNow, Refused, Unreachable) as error:
            if _is_of_the_site(error):
                raise
            answer = error
        except FetchError as error:
            answer = error
        return self._hear(origin, answer)

    def _hear(self, origin: str, answer: Fetched | FetchError) -> Entry:
        now = self._clock()
        status, text = None, ""
        if isinstance(answer, Fetched):
            status = answer.status
            text = decoded(answer.body) if 200 <= status < 300 else ""
        said = RobotsSaid(
            origin=origin,
            standing=_standing(answer),
            http_status=status,
            text=text,
            fetched_at=now,
            standing_since=now,
        )
        before = self._heard.get(origin)
        if before is not None and before.said.standing == said.standing:
            said = replace(said, standing_since=before.said.standing_since)
        with self._lock:
            self._news[origin] = said
        return self._heard.keep(said)


def _same(error: FetchError) -> FetchError:
    """Return another error of this kind; `copy` knows nothing of keyword arguments."""
    other = type(error).__new__(type(error), *error.args)
    other.__dict__.update(error.__dict__)
    return other


def _is_of_the_site(error: FetchError) -> bool:
    """Say whether a page of the site would have met with the same."""
    if error.hops:
        return isinstance(error, NotNow)
    if not isinstance(error, Unreachable):
        return True
    return error.reason in _OF_THE_SITE or isinstance(
        error.__cause__, aiohttp.ConnectionTimeoutError
    )


def _standing(answer: Fetched | FetchError) -> Standing:
    """Say what an answer means (RFC 9309, section 2.3.1)."""
    if isinstance(answer, TooManyRedirects):
        return "none"
    if isinstance(answer, FetchError):
        return "unreachable"
    if 200 <= answer.status < 300:
        return "rules" if answer.body.strip() else "none"
    # "Too many requests" says nothing of what is allowed.
    if 400 <= answer.status < 500 and answer.status != 429:
        return "none"
    return "unreachable"
