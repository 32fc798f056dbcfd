"""How we behave towards sites, and what was heard of them (pure values)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from sources.saying import Sentence

# As in the vocabulary of pages, which needs Django.
Standing: TypeAlias = Literal["rules", "none", "unreachable"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """What an operator may say about our manners; the rest is fixed."""

    user_agent: str  # begins with the name that robots.txt calls us by
    redis_url: str  # redis://, rediss:// or unix://; where turns are shared
    least_gap: float = 2.0  # seconds between two requests to a site; 0: no waiting
    most_gap: float = 30.0
    most_wait: float = 8.0  # for a turn; who would wait longer comes back later


@dataclass(frozen=True, slots=True, kw_only=True)
class HostSaid:
    """What is known of one site."""

    name: str
    latency_ms: int | None = None
    paused_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsSaid:
    """What one origin said to automatic visitors."""

    origin: str  # "https://example.org:8443"
    standing: Standing
    http_status: int | None
    text: str  # at most 500 KiB of it
    fetched_at: datetime
    standing_since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the rows say; a host that is asked about and has no row is there too."""

    hosts: tuple[HostSaid, ...] = ()
    robots: tuple[RobotsSaid, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """How fast a site answered the last time."""

    name: str
    latency_ms: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A site wants to be left alone."""

    name: str
    until: datetime
    at: datetime
    reason: Sentence  # for people


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What was heard since somebody asked last; at most one of a kind for each site."""

    answers: tuple[Answered, ...] = ()
    pauses: tuple[Pause, ...] = ()
    robots: tuple[RobotsSaid, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.answers or self.pauses or self.robots)
