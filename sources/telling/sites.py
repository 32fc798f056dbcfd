"""What is told of a site: its sources, how fast it answers, its robots.txt, its trouble."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Max, OuterRef, Q
from django.utils.translation import gettext as _

from sources.models import Check, Host, Robots, Source
from sources.net.robots import Rules, lines_about, token_of
from sources.reaching import door_config
from sources.vocabulary import Outcome, RobotsStanding, SourceState

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sources.models.source import SourceQuerySet

# For the newest looks at a site: of so many of its sources, so many looks each.
_SOURCES, _EACH, _LOOKS = 30, 30, 60
TROUBLES = 12  # shown at most
RULES, ROBOTS_CHARACTERS = 60, 20_000  # of a robots.txt, shown at most
LATELY = timedelta(days=14)
_NO_SUCH_NAME = "The site's name does not exist"
_TROUBLE = frozenset(
    {
        Outcome.BLOCKED,
        Outcome.ROBOTS,
        Outcome.FAILING,
        Outcome.GONE,
        Outcome.SOFT_GONE,
        Outcome.REFUSED,
    }
)
_AILING = [SourceState.FAILING, SourceState.BLOCKED, SourceState.GONE]
# The picture of the latencies, in units of its own.
WIDTH, HEIGHT, MARGIN = 320, 48, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Latency:
    """How long a site took to answer, the newest look last."""

    number: int
    median_ms: int
    slowest_ms: int
    slowest_at: datetime
    since: datetime
    line: str  # the points of a polyline in a field of WIDTH × HEIGHT


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsTold:
    """What one origin says to automatic visitors, as far as it is about us."""

    row: Robots
    rules: Rules
    lines: tuple[str, ...]  # the rules that concern us
    more_lines: int
    text: str
    cut: bool  # the text goes on


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One site."""

    name: str
    row: Host | None
    paused: bool
    number: int  # of its sources
    states: tuple[tuple[str, str, int], ...]  # value, label, how many; none with 0
    latency: Latency | None
    trouble: tuple[Check, ...]
    robots: tuple[RobotsTold, ...]
    visits: str  # how it is visited; empty where nobody can

    def disallows(self, url: str) -> bool:
        """Say whether its robots.txt keeps us from an address."""
        return any(
            not told.rules.allow(url)
            for told in self.robots
            if url.startswith(f"{told.row.origin}/")
        )


def site(name: str, *, among: SourceQuerySet, now: datetime) -> Site | None:
    """Return what these sources tell of a site; None where nothing is known."""
    row = Host.objects.filter(name=name).first()
    counted = dict(among.filter(host=name).values_list("state").annotate(Count("pk")))
    # A secret site takes as long to be denied as one that nobody has heard of.
    if not counted and (_secret({name}, among=among) or row is None):
        return None
    recent = _recent(name, among=among)
    return Site(
        name=name,
        row=row,
        paused=bool(row and row.paused_until and row.paused_until > now),
        number=sum(counted.values()),
        states=tuple(
            (state.value, str(state.label), counted[state])
            for state in SourceState
            if state in counted
        ),
        latency=_latency(recent),
        trouble=tuple(c for c in recent if c.outcome in _TROUBLE)[:TROUBLES],
        robots=tuple(_told(each) for each in _robots(name)),
        visits="" if recent and names_nothing(recent[0]) else manner(),
    )


def manner() -> str:
    """Return how a site is visited: one page at a time, and how far apart."""
    gap = settings.SOURCES_LEAST_GAP.total_seconds()
    if gap <= 0:
        return _("One page at a time")
    told = {"n": f"{gap:g}"}
    if gap == 1:
        return _("One page at a time, at least a second apart")
    return _("One page at a time, at least %(n)s seconds apart") % told


def names_nothing(check: Check) -> bool:
    """Say whether the look found that there is no site of that name."""
    return check.detail.startswith(_NO_SUCH_NAME)


# --- Looks --------------------------------------------------------------------


def _secret(names: set[str], *, among: SourceQuerySet) -> set[str]:
    """Return those of the sites that have sources, but none of these."""
    there = Source.objects.filter(host__in=names).values_list("host", flat=True)
    known = among.filter(host__in=names).values_list("host", flat=True)
    return {*there.distinct()} - {*known.distinct()}


def _recent(name: str, *, among: SourceQuerySet) -> list[Check]:
    """Return the newest looks at a site: no index has them, those of its sources do."""
    newest = Check.objects.filter(source=OuterRef("pk")).newest_first()
    sources = (
        among.filter(host=name, last_checked_at__isnull=False)
        .annotate(newest=ArraySubquery(newest.values("pk")[:_EACH]))
        .order_by("-last_checked_at")
        .values_list("newest", flat=True)[:_SOURCES]
    )
    keys = [key for some in sources for key in some]
    checks = Check.objects.filter(pk__in=keys).select_related("source")
    return list(checks.newest_first()[:_LOOKS])


def _latency(recent: Sequence[Check]) -> Latency | None:
    answered = [check for check in recent if check.http_status is not None][::-1]
    if not answered:
        return None
    times = [check.duration_ms for check in answered]
    slowest = max(answered, key=lambda check: check.duration_ms)
    return Latency(
        number=len(times),
        median_ms=round(median(times)),
        slowest_ms=slowest.duration_ms,
        slowest_at=slowest.started_at,
        since=answered[0].started_at,
        line=_line(times),
    )


def _line(times: Sequence[int]) -> str:
    across = (WIDTH - 2 * MARGIN) / max(1, len(times) - 1)
    up = (HEIGHT - 2 * MARGIN) / max(1, *times)
    points = [
        (MARGIN + number * across, HEIGHT - MARGIN - time * up)
        for number, time in enumerate(times)
    ]
    if len(points) == 1:
        points.append((WIDTH - MARGIN, points[0][1]))
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


# --- robots.txt ---------------------------------------------------------------


def _robots(name: str) -> list[Robots]:
    written = f"[{name}]" if ":" in name else name
    of_this = Q()
    for scheme in ("https", "http"):
        of_this |= Q(origin=f"{scheme}://{written}")
        of_this |= Q(origin__startswith=f"{scheme}://{written}:")
    return list(Robots.objects.filter(of_this).order_by("origin"))


def _told(row: Robots) -> RobotsTold:
    token = token_of(door_config().user_agent)
    lines = lines_about(row.text, token=token)
    return RobotsTold(
        row=row,
        rules=Rules.read(row.text, token=token),
        lines=tuple(lines[:RULES]),
        more_lines=max(0, len(lines) - RULES),
        text=row.text[:ROBOTS_CHARACTERS],
        cut=len(row.text) > ROBOTS_CHARACTERS,
    )


# --- Sites in trouble ---------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Ailing:
    """A site of which sources came into trouble lately."""

    name: str
    failing: int
    blocked: int
    gone: int
    newest: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Sites that need an eye."""

    paused: Collection[Host]
    shut: Collection[Robots]  # whose robots.txt cannot be read, so that nothing is
    ailing: Collection[Ailing]


def trouble(*, among: SourceQuerySet, now: datetime, number: int) -> Trouble:
    """Return the sites of these sources in trouble, at most so many of each kind."""

    def counted(state: SourceState) -> Count:
        return Count("pk", filter=Q(state=state))

    ailing = (
        # Lately, for that has an index: of a million sources most are well.
        among.filter(state__in=_AILING, state_since__gte=now - LATELY)
        .values("host")
        .annotate(
            newest=Max("state_since"),
            n_failing=counted(SourceState.FAILING),
            n_blocked=counted(SourceState.BLOCKED),
            n_gone=counted(SourceState.GONE),
        )
        .order_by("-n_failing", "-n_gone", "-n_blocked", "host")[:number]
    )
    paused = list(Host.objects.paused(now).order_by("paused_until", "name")[:number])
    unread = Robots.objects.filter(standing=RobotsStanding.UNREACHABLE).defer("text")
    shut = list(unread.order_by("standing_since", "origin")[:number])
    secret = _secret(
        {*(host.name for host in paused), *map(_host_of, shut)}, among=among
    )
    return Trouble(
        paused=[host for host in paused if host.name not in secret],
        shut=[row for row in shut if _host_of(row) not in secret],
        ailing=[
            Ailing(
                name=each["host"],
                failing=each["n_failing"],
                blocked=each["n_blocked"],
                gone=each["n_gone"],
                newest=each["newest"],
            )
            for each in ailing
        ],
    )


def _host_of(row: Robots) -> str:
    return urlsplit(row.origin).hostname or ""
