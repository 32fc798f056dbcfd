"""What it costs to choose the next hundred of very many sources that are due."""

from __future__ import annotations

import statistics
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection, transaction

from sources import checking, leasing
from sources.models import Host, Source
from tests.bench import processes, rows
from tests.bench.clock import Figure
from tests.bench.processes import BenchFailed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sources.leasing import Lease
    from tests.bench.sizes import Sizes

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
LEASES = 20
SITES = 20_000
CROWD = 10  # one in so many sources is of one large site
BUDGET_MS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Of one lease, in milliseconds."""

    cpu: float  # the middle one's, of this process and of PostgreSQL
    wall: float
    longest: float  # the dearest one's wall time


def measures(sizes: Sizes) -> Iterator[object]:
    """Lease from sites in great number, then beside a large one and a paused one."""
    rows.empty()
    yield f"leasing {settings.SOURCES_BATCH} of {sizes.sources:,} sources that are due"
    with transaction.atomic():
        _insert(sizes.sources, "site", sites=SITES, due=timedelta(hours=1))
    _settle()
    yield from _told(f"of {SITES:,} sites")
    many = sizes.sources // CROWD
    with transaction.atomic():
        # The most urgent of all: whoever reads in order of urgency meets them first.
        _insert(many, "large", sites=1, due=timedelta(hours=3))
        _insert(many, "paused", sites=1, due=timedelta(hours=2))
    Host.objects.create(
        name="paused-0.example",
        paused_at=NOW - timedelta(hours=1),
        paused_until=NOW + timedelta(hours=1),
        pause_reason="It asked to be left alone.",
    )
    _settle()
    yield from _told(f"{many:,} of one, {many:,} of a paused one")


def _told(which: str) -> Iterator[Figure]:
    cost = _lease_often()
    yield Figure(
        name=f"lease, {which}", value=cost.cpu, unit="ms", note="CPU", most=BUDGET_MS
    )
    yield Figure(
        name="",
        value=cost.wall,
        unit="ms",
        note=f"by the clock; {cost.longest:.0f} at most",
        most=BUDGET_MS,
    )


def _insert(many: int, name: str, *, sites: int, due: timedelta) -> None:
    """Write so many sources, whose time came within the hour that began `due` ago."""
    filled = _columns()
    values = {
        "id": "gen_random_uuid()",
        "url": "url",
        "canonical_url": "url",
        "host": "host",
        "state": "'live'",
        "due_at": "due_at",
        "state_since": "due_at - interval '9 days'",
        "added_at": "due_at - interval '9 days'",
        "last_checked_at": "due_at - interval '1 day'",
        "interval": "interval '1 day'",
        "etag": "'\"' || n || '\"'",
    }
    columns = [*values, *(name for name in filled if name not in values)]
    with connection.cursor() as cursor:
        # The history of rows nobody made would double the time this takes.
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            f"""
            INSERT INTO sources_source ({", ".join(f'"{name}"' for name in columns)})
            SELECT {", ".join([*values.values(), *(filled[c] for c in columns[len(values) :])])}
            FROM (
                SELECT n, host, 'http://' || host || '/story/' || n AS url,
                    %s - n * interval '1 hour' / %s AS due_at
                FROM (
                    SELECT n, %s || '-' || n %% %s || '.example' AS host
                    FROM generate_series(1, %s) n
                ) named
            ) made
            """,
            [NOW - due + timedelta(hours=1), many, name, sites, many],
        )


def _columns() -> dict[str, str]:
    """Return what stands in every column that may not be empty."""
    kinds = {"CharField": "''", "TextField": "''"}
    numbers = ("PositiveIntegerField", "PositiveSmallIntegerField", "IntegerField")
    kinds |= dict.fromkeys(numbers, "1")
    found = {}
    for field in Source._meta.concrete_fields:
        if not field.null:
            found[field.column] = kinds.get(field.get_internal_type(), "NULL")
    return found | {"failures": "0", "attempts": "0"}


def _settle() -> None:
    """Do what autovacuum does in time."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE sources_source, sources_host")


def _lease_often() -> Cost:
    terms = checking.terms()
    walls, cpus, leases = [], [], []
    for n in range(LEASES):
        cpu, wall = _cpu_seconds(), time.perf_counter()
        given = leasing.lease_due(now=NOW + timedelta(seconds=n), terms=terms)
        walls.append((time.perf_counter() - wall) * 1_000)
        cpus.append((_cpu_seconds() - cpu) * 1_000)
        leases += given
    _expect_good(leases, per_host=terms.per_host)
    Source.objects.exclude(lease_token=None).update(lease_token=None, lease_until=None)
    # The kernel counts the time of others in hundredths of a second.
    return Cost(
        cpu=statistics.mean(cpus), wall=statistics.median(walls), longest=max(walls)
    )


def _expect_good(leases: list[Lease], *, per_host: int) -> None:
    ids = [pk for lease in leases for pk in lease.source_ids]
    if len(set(ids)) != LEASES * settings.SOURCES_BATCH or len(ids) != len(set(ids)):
        raise BenchFailed(
            f"{LEASES} leases gave {len(ids)} sources, {len(set(ids))} of them once"
        )
    hosts = Counter(Source.objects.filter(pk__in=ids).values_list("host", flat=True))
    host, most = hosts.most_common(1)[0]
    if most > per_host:
        raise BenchFailed(f"{most} sources of {host} are leased at one time")
    if hosts["paused-0.example"]:
        raise BenchFailed("sources of a paused host were leased")


def _cpu_seconds() -> float:
    return time.process_time() + processes.own_cpu_seconds(processes.backend_pid())
