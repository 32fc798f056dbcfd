"""What a door that is polite asks around each of its steps."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol, Self, TypeAlias

from sources.canonical import Address
from sources.net.answers import Fetched

ROBOTS_BYTES = 500 * 1024  # RFC 9309, section 2.5: at least that much is read
ROBOTS_HOPS = 5  # section 2.3.1.2: and as many redirects are followed

# Fetches a robots.txt through the door that asks: no more redirects than that, and of
# a longer body what comes first. Each of its hops asks for admittance too, with no
# `ask`, so that a turn is taken and nothing goes round in a circle.
Ask: TypeAlias = Callable[[str], Awaitable[Fetched]]


@dataclass(slots=True)
class Stake:
    """One of the two that are asked for a turn: a site, or a machine."""

    key: str
    gap: float  # seconds
    until: float = 0.0  # by our clock: the next one's turn, as far as we know
    shared_until: int = 0  # the same by Redis' clock


@dataclass(slots=True)
class Turn:
    """A moment from which one request may be made."""

    host: str
    stakes: tuple[Stake, Stake]
    begins: float = 0.0  # by our clock, `time.monotonic`
    shared_begins: int = 0  # by Redis' clock, in microseconds; 0: not from Redis

    @classmethod
    def at_once(cls, host: str) -> Self:
        """Return a turn for which nobody is asked."""
        return cls(host=host, stakes=(Stake(host, 0.0), Stake(host, 0.0)))

    def stake(self, key: str) -> Stake | None:
        """Return what this turn had at a site or machine, if it had."""
        return next((stake for stake in self.stakes if stake.key == key), None)


class Courteous(Protocol):
    """Knows what a site wants of its visitors. Lives in the loop of its door."""

    async def admit(
        self,
        address: Address,
        *,
        ip: str = "",
        ask: Ask | None = None,
        after: Turn | None = None,
    ) -> Turn:
        """
        Return once this address may be asked for. Raises RobotsForbid and NotNow.

        `after` is the turn of the hop before, on a redirect.
        """

    def answered(
        self, turn: Turn, *, seconds: float, status: int, retry_after: str = ""
    ) -> None:
        """Learn from an answer, `seconds` until it began; with status 0, from none."""

    async def close(self) -> None:
        """Let go of what was opened on the way."""
