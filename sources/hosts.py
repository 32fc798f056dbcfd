"""
What sites said of themselves: their pauses, how fast they answer, their robots.txt.

Read before a batch and written after it, in a fixed number of statements, whatever the
batch. Any number of workers do both at once: the longest pause and the newest
robots.txt stand, whoever comes last.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Q
from uuid_utils.compat import uuid7

from sources.canonical import parse
from sources.errors import AddressRefused
from sources.models import Host, Robots
from sources.net.manners import (
    Answered,
    HostSaid,
    Known,
    News,
    Pause,
    RobotsSaid,
    Standing,
)
from sources.net.turns import forget_pause
from sources.vocabulary import RobotsStanding

_DAY = timedelta(days=1)
_STANDINGS: dict[str, Standing] = {
    RobotsStanding.RULES: "rules",
    RobotsStanding.NONE: "none",
    RobotsStanding.UNREACHABLE: "unreachable",
}

# Rows are locked in the order of their names, so that no two workers wait for each other.
_HEAR_HOSTS = """
INSERT INTO sources_host AS kept
    (id, name, latency_ms, answered_at, paused_until, paused_at, pause_reason,
     pause_facts)
SELECT * FROM unnest(
    %s::uuid[], %s::text[], %s::int[], %s::timestamptz[],
    %s::timestamptz[], %s::timestamptz[], %s::text[], %s::jsonb[]
) AS said (id, name, latency_ms, answered_at, paused_until, paused_at, pause_reason,
     pause_facts)
ORDER BY name
ON CONFLICT (name) DO UPDATE SET
    latency_ms = COALESCE(EXCLUDED.latency_ms, kept.latency_ms),
    answered_at = GREATEST(EXCLUDED.answered_at, kept.answered_at),
    paused_until = GREATEST(EXCLUDED.paused_until, kept.paused_until),
    paused_at = CASE
        WHEN kept.paused_until >= EXCLUDED.paused_until THEN kept.paused_at
        ELSE COALESCE(EXCLUDED.paused_at, kept.paused_at)
    END,
    pause_reason = CASE
        WHEN kept.paused_until >= EXCLUDED.paused_until THEN kept.pause_reason
        WHEN EXCLUDED.paused_until IS NULL THEN kept.pause_reason
        ELSE EXCLUDED.pause_reason
    END,
    pause_facts = CASE
        WHEN kept.paused_until >= EXCLUDED.paused_until THEN kept.pause_facts
        WHEN EXCLUDED.paused_until IS NULL THEN kept.pause_facts
        ELSE EXCLUDED.pause_facts
    END
"""
_HEAR_ROBOTS = """
INSERT INTO sources_robots AS kept
    (id, origin, standing, http_status, text, fetched_at, standing_since)
SELECT * FROM unnest(
    %s::uuid[], %s::text[], %s::text[], %s::smallint[], %s::text[],
    %s::timestamptz[], %s::timestamptz[]
) AS said (id, origin, standing, http_status, text, fetched_at, standing_since)
ORDER BY origin
ON CONFLICT (origin) DO UPDATE SET
    standing = EXCLUDED.standing,
    http_status = EXCLUDED.http_status,
    text = EXCLUDED.text,
    fetched_at = EXCLUDED.fetched_at,
    standing_since = CASE kept.standing
        WHEN EXCLUDED.standing THEN LEAST(kept.standing_since, EXCLUDED.standing_since)
        ELSE EXCLUDED.standing_since
    END
WHERE kept.fetched_at <= EXCLUDED.fetched_at
"""


def known(urls: Iterable[str], *, now: datetime, fresh: Container[str] = ()) -> Known:
    """
    Return what is known of the sites of these addresses, in two statements.

    Without the robots.txt of the origins that are `fresh` where this is for. An
    address that is none has no site.
    """
    names, origins = _sites(urls)
    hosts = {
        name: HostSaid(name=name, latency_ms=latency_ms, paused_until=paused_until)
        for name, latency_ms, paused_until in Host.objects.filter(
            name__in=names
        ).values_list("name", "latency_ms", "paused_until")
    }
    # One that could not be read is wanted however old: since when says what it means.
    wanted = [origin for origin in origins if origin not in fresh]
    rows = Robots.objects.filter(origin__in=wanted).filter(
        Q(fetched_at__gt=now - _DAY) | Q(standing=RobotsStanding.UNREACHABLE)
    )
    return Known(
        hosts=tuple(hosts.get(name) or HostSaid(name=name) for name in names),
        robots=tuple(map(_said, rows)),
    )


def remember(news: News) -> None:
    """Write down what was heard, in two statements at most."""
    if news.answers or news.pauses:
        _remember_hosts(news)
    if news.robots:
        _remember_robots(news)


def resume(name: str) -> bool:
    """End the pause of a host before its time; False where there was none."""
    paused = Host.objects.filter(name=name, paused_until__isnull=False)
    if not paused.update(
        paused_until=None, paused_at=None, pause_reason="", pause_facts={}
    ):
        return False
    # Workers who wait for their turn were told of it in passing.
    forget_pause(name, redis_url=settings.REDIS_URL)
    return True


def _sites(urls: Iterable[str]) -> tuple[set[str], set[str]]:
    names, origins = set(), set()
    for url in urls:
        try:
            address = parse(url)
        except AddressRefused:
            continue
        names.add(address.host)
        origins.add(address.origin)
    return names, origins


def _said(row: Robots) -> RobotsSaid:
    return RobotsSaid(
        origin=row.origin,
        standing=_STANDINGS[row.standing],
        http_status=row.http_status,
        text=row.text,
        fetched_at=row.fetched_at,
        standing_since=row.standing_since,
    )


def _remember_hosts(news: News) -> None:
    answers = {answer.name: answer for answer in news.answers}
    pauses = {pause.name: pause for pause in news.pauses}
    rows = [
        (uuid7(), name, *_of(answers.get(name)), *_until(pauses.get(name)))
        for name in answers.keys() | pauses.keys()
    ]
    _write(_HEAR_HOSTS, rows)


def _of(answer: Answered | None) -> tuple[int | None, datetime | None]:
    return (answer.latency_ms, answer.at) if answer else (None, None)


def _until(
    pause: Pause | None,
) -> tuple[datetime | None, datetime | None, str, str]:
    if pause is None:
        return None, None, "", "{}"
    reason = pause.reason
    return pause.until, pause.at, reason.text, json.dumps(reason.facts)


def _remember_robots(news: News) -> None:
    rows = [
        (
            uuid7(),
            said.origin,
            said.standing,
            said.http_status,
            said.text,
            said.fetched_at,
            said.standing_since,
        )
        for said in news.robots
    ]
    _write(_HEAR_ROBOTS, rows)


def _write(statement: str, rows: Sequence[tuple[object, ...]]) -> None:
    """Hand the rows over as one array for each column."""
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(column) for column in zip(*rows, strict=True)])
