"""The door itself: one session, many fetches, every hop looked at."""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import Mapping
from types import TracebackType
from typing import Self

import aiohttp
import certifi
from aiohttp.abc import AbstractResolver
from yarl import URL

from sources.canonical import Address, parse
from sources.errors import (
    BadResponse,
    FetchError,
    NotNow,
)
from sources.net import troubles
from sources.net.answers import Fetched, readable_headers
from sources.net.bodies import read_body
from sources.net.courteous import ROBOTS_BYTES, ROBOTS_HOPS, Courteous
from sources.net.guard import Guard
from sources.net.inflating import ACCEPTED
from sources.net.journeys import (
    SENT_ON,
    Journey,
    Response,
    address_of,
    refuse_what_was_not_asked,
)
from sources.net.limits import DoorConfig
from sources.net.lines import Lines
from sources.net.names import Resolver
from sources.saying import gettext_noop as _

_AGAIN_SECONDS = 10.0  # after our own waiting took all of the time
_ASKED = frozenset({"If-None-Match", "If-Modified-Since"})


class Door:
    """
    Fetches pages, many at once, within limits.

    Used as `async with Door(config) as door`; belongs to the loop it was
    opened in. Nothing of the environment (proxies, netrc) has a say. With a
    courtesy, each hop waits for its turn at the site.
    """

    def __init__(
        self,
        config: DoorConfig,
        *,
        resolver: AbstractResolver | None = None,
        courtesy: Courteous | None = None,
    ) -> None:
        self.courtesy = courtesy
        self._config = config
        self._guard = Guard(config)
        self._resolver = resolver
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        config = self._config
        self._resolver = self._resolver or Resolver()
        connector = Lines(
            # Framing is no burden to an honest page: chunks of 64 bytes fit in.
            most_bytes=config.max_header_bytes + config.max_body_bytes * 9 // 8,
            resolver=self._resolver,
            ssl=_trust(),
            limit=0,  # whoever calls decides how much is under way
            use_dns_cache=False,  # the resolver remembers
            # One address after the other, so that a refusal ends the attempt.
            happy_eyeballs_delay=None,
            socket_factory=self._guard.socket,
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            headers={
                "User-Agent": config.user_agent,
                "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.5",
                "Accept-Encoding": ACCEPTED,
            },
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(
                total=None,  # held over all hops, in `get`
                sock_connect=config.connect_seconds,
                sock_read=config.read_seconds,
            ),
            response_class=Response,
            auto_decompress=False,
            trust_env=False,
            max_line_size=config.max_header_bytes,
            max_field_size=config.max_header_bytes,
            max_headers=256,
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None
        if self.courtesy is not None:
            await self.courtesy.close()

    async def get(
        self,
        url: str,
        *,
        etag: str = "",
        last_modified: str = "",
        accept_datetime: str = "",
    ) -> Fetched:
        """
        Fetch a page, following redirects. Any status is an answer.

        With validators of an earlier answer, the status may be 304. An archive is
        told with `accept_datetime` which time is wanted (RFC 7089). Raises
        AddressRefused for the address given and FetchError for all else.
        """
        headers = {}
        if etag and _can_be_sent(etag):
            headers["If-None-Match"] = etag
        if last_modified and _can_be_sent(last_modified):
            headers["If-Modified-Since"] = last_modified
        if accept_datetime and _can_be_sent(accept_datetime):
            headers["Accept-Datetime"] = accept_datetime
        journey = Journey(at=parse(url), conditional=not _ASKED.isdisjoint(headers))
        return await self._go(journey, headers, self.courtesy)

    async def post(
        self, url: str, *, content: bytes, headers: Mapping[str, str]
    ) -> Fetched:
        """
        Send something and return what is answered, whatever its status.

        It goes to the address given and nowhere else: redirects are not followed. It
        waits for no turn, since whoever is sent something has asked for it, or is paid.
        Raises as `get` does, and ValueError for a header that cannot be sent.
        """
        for name, value in headers.items():
            if not _can_be_sent(value):
                raise ValueError(f"the header {name} cannot be sent")
        journey = Journey(at=parse(url), content=content)
        return await self._go(journey, dict(headers), None)

    async def _ask_robots(self, url: str) -> Fetched:
        """Fetch a robots.txt, or what of it is read; nobody is asked whether we may."""
        journey = Journey(at=parse(url), for_robots=True)
        return await self._go(journey, {}, self.courtesy)

    async def _go(
        self, journey: Journey, headers: dict[str, str], courtesy: Courteous | None
    ) -> Fetched:
        try:
            async with asyncio.timeout(self._config.total_seconds):
                while True:
                    fetched = await self._hop(journey, headers, courtesy)
                    if fetched is not None:
                        return fetched
        except FetchError as error:
            error.hops = tuple(journey.hops)
            raise
        except troubles.KINDS as error:
            trouble = _trouble(error, journey, courtesy)
            trouble.hops = tuple(journey.hops)
            raise trouble from error

    async def _hop(
        self, journey: Journey, headers: dict[str, str], courtesy: Courteous | None
    ) -> Fetched | None:
        """Ask once: the answer, or nothing where it sends on."""
        if self._session is None:
            raise RuntimeError(
                "the door is not open: use it as `async with Door(config)`"
            )
        address = journey.at
        self._guard.check(address.host, port=address.port)
        if courtesy is not None:
            await self._wait_for_a_turn(journey, courtesy)
        url = URL(address.url, encoded=True)
        journey.asked_at = time.monotonic()
        async with self._session.request(
            "GET" if journey.content is None else "POST",
            url,
            data=journey.content,
            headers=headers,
            cookies=journey.cookies_for(url),
            allow_redirects=False,
        ) as response:
            if courtesy is not None and journey.turn is not None:
                courtesy.answered(
                    journey.turn,
                    seconds=time.monotonic() - journey.asked_at,
                    status=response.status,
                    retry_after=response.headers.get("Retry-After", ""),
                )
            return await self._taken(journey, response)

    async def _wait_for_a_turn(self, journey: Journey, courtesy: Courteous) -> None:
        address = journey.at
        number = address.host
        if not _is_number(number):
            number = await self._number_of(address)
            # Who has no way in needs no turn. What counts is decided at the socket.
            self._guard.check(number, port=address.port)
        journey.waits = True
        journey.turn = await courtesy.admit(
            address,
            ip=number,
            ask=None if journey.for_robots else self._ask_robots,
            after=journey.turn,
        )
        journey.waits = False

    async def _number_of(self, address: Address) -> str:
        if self._resolver is None:
            raise RuntimeError("the door is not open")
        found = await self._resolver.resolve(address.host, address.port)
        return found[0]["host"]

    async def _taken(
        self, journey: Journey, response: aiohttp.ClientResponse
    ) -> Fetched | None:
        """Take in what was answered, or follow where it sends."""
        raw = response.raw_headers
        size = sum(len(name) + len(value) + 4 for name, value in raw)
        if size > self._config.max_header_bytes:
            raise BadResponse(
                _("The answer has more headers than are read."), reason="headers"
            )
        seen = readable_headers(raw)
        if response.status in SENT_ON and seen.get("location", "").strip():
            most = ROBOTS_HOPS if journey.for_robots else self._config.max_hops
            journey.sent_on(response, seen["location"], most=most)
            response.close()
            return None
        refuse_what_was_not_asked(response.status, journey)
        body = await read_body(
            response,
            seen,
            limit=ROBOTS_BYTES if journey.for_robots else self._config.max_body_bytes,
            cut=journey.for_robots,
        )
        return Fetched(
            status=response.status,
            final_url=journey.at.url,
            address=address_of(response),
            hops=tuple(journey.hops),
            headers=seen,
            body=body.content,
            duration_ms=journey.elapsed_ms,
            wire_bytes=body.wire_bytes,
            truncated=body.truncated,
        )


def _trouble(
    error: Exception, journey: Journey, courtesy: Courteous | None
) -> FetchError:
    """Say what went wrong. Time that we wait for our turn is no fault of the site."""
    if isinstance(error, TimeoutError) and journey.waits:
        return NotNow(
            _("It was not our turn at this site in time."),
            wait_seconds=_AGAIN_SECONDS,
            reason="turn",
        )
    if isinstance(error, TimeoutError) and courtesy is not None and journey.turn:
        passed = time.monotonic() - journey.asked_at
        courtesy.answered(journey.turn, seconds=passed, status=0)
    return troubles.told(error)


def _is_number(host: str) -> bool:
    return ":" in host or host.replace(".", "").isdigit()


def _can_be_sent(value: str) -> bool:
    return value.isascii() and value.isprintable() and len(value) <= 1_000


def _trust() -> ssl.SSLContext:
    """Trust what the machine trusts, and Mozilla's list where it has none."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context
