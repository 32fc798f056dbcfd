"""One fetch on its way: where it has been, and where an answer sends it."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from urllib.parse import urljoin

import aiohttp
from yarl import URL

from sources.canonical import Address, parse
from sources.errors import AddressRefused, BadResponse, Hop, Refused, TooManyRedirects
from sources.net.courteous import Turn
from sources.saying import gettext_noop as _

SENT_ON = frozenset({300, 301, 302, 303, 307, 308})
_WHOLE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


@dataclass(slots=True, kw_only=True)
class Journey:
    """Where one fetch has been."""

    at: Address
    for_robots: bool = False
    conditional: bool = False  # "has it changed?" is what is asked
    content: bytes | None = None  # what is sent along; nothing: a page is asked for
    turn: Turn | None = None  # the last one that was taken
    waits: bool = False  # for the next one
    asked_at: float = 0.0
    hops: list[Hop] = field(default_factory=list)
    _began: float = field(default_factory=time.monotonic)
    _seen: set[tuple[str, str]] = field(default_factory=set)
    _jar: aiohttp.CookieJar | None = None

    def __post_init__(self) -> None:
        self._stop()

    @property
    def elapsed_ms(self) -> int:
        return round((time.monotonic() - self._began) * 1000)

    def cookies_for(self, url: URL) -> dict[str, str]:
        """Cookies of earlier hops: some sites send round in circles without."""
        if self._jar is None:
            return {}
        return {
            name: morsel.value for name, morsel in self._jar.filter_cookies(url).items()
        }

    def sent_on(
        self, response: aiohttp.ClientResponse, location: str, *, most: int
    ) -> None:
        """Record the redirect and stand at its target."""
        if self.content is not None:
            # What is sent, and the key with it, is for the one who was named.
            raise BadResponse(
                _("The site sends on what was sent to it, which is not followed."),
                reason="redirect",
            )
        hop = Hop(url=self.at.url, status=response.status, address=address_of(response))
        self.hops.append(hop)
        if len(self.hops) > most:
            raise TooManyRedirects(
                _("The page sends on more often than it is followed (%(most)s times)."),
                reason="too_many",
                facts={"most": most},
            )
        if response.cookies:
            self._jar = self._jar or aiohttp.CookieJar(unsafe=True)
            self._jar.update_cookies(response.cookies, URL(self.at.url, encoded=True))
        self.at = _target(self.at, location)
        self._stop()

    def _stop(self) -> None:
        url = self.at.url
        cookies = self.cookies_for(URL(url, encoded=True)) if self._jar else {}
        stop = (url, repr(sorted(cookies.items())) if cookies else "")
        if stop in self._seen:
            raise TooManyRedirects(
                _("The page sends round in a circle."), reason="loop"
            )
        self._seen.add(stop)


def refuse_what_was_not_asked(status: int, journey: Journey) -> None:
    """Raise BadResponse for an answer that fits another question."""
    if status in SENT_ON - {300}:
        raise BadResponse(
            _("The page sends on, and does not say where."), reason="redirect"
        )
    if status == 206:
        raise BadResponse(
            _("The site sends a part of the page, though all was asked for."),
            reason="protocol",
        )
    # Else a site that says so for ever would never be looked at again.
    if status == 304 and not journey.conditional:
        raise BadResponse(
            _("The site says that nothing changed, though that was not asked."),
            reason="protocol",
        )


class Response(aiohttp.ClientResponse):
    """Remembers who answered; the connection is given back before anyone asks."""

    peer = ""

    async def start(
        self, connection: aiohttp.connector.Connection
    ) -> aiohttp.ClientResponse:
        if connection.transport is not None:
            peer = connection.transport.get_extra_info("peername")
            self.peer = str(peer[0]) if peer else ""
        return await super().start(connection)


def address_of(response: aiohttp.ClientResponse) -> str:
    return response.peer if isinstance(response, Response) else ""


def _target(base: Address, location: str) -> Address:
    # Browsers escape a space that a server left in; nothing else is mended.
    location = location.strip().replace(" ", "%20")
    try:
        # A whole address is taken as it is: joined, a broken one would be mended.
        return parse(
            location if _WHOLE.match(location) else urljoin(base.url, location)
        )
    except AddressRefused as refusal:
        if refusal.code in {"address_not_web", "address_credentials"}:
            raise Refused(
                _("The page sends on to an address that is not followed."),
                reason=refusal.code,
            ) from refusal
        raise BadResponse(
            _("The page sends on to an address that cannot exist."), reason="redirect"
        ) from refusal
    except ValueError as error:
        raise BadResponse(
            _("The page sends on to an address that cannot exist."), reason="redirect"
        ) from error
