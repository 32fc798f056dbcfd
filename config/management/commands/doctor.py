"""Say in sentences what is wrong with this installation."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

import redis
from django.conf import settings
from django.contrib.postgres.operations import CreateExtension
from django.core.management.base import BaseCommand
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from claims import learned
from claims.disagreement import learned as judged
from claims.endpoint import trying
from claims.endpoint.terms import Use, terms_for
from config.celery import app

LEAST_POSTGRES = 15
LEAST_REDIS = (6, 2)
LEAST_FREE_BYTES = 1024**3
CLOCKS_MAY_DIFFER = timedelta(seconds=5)
WORKER_SECONDS = 3


class State(Enum):
    """How bad a finding is, and the mark it is printed with."""

    FINE = "ok  "
    NOTICE = "note"
    BROKEN = "BAD "


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One sentence about the installation, and what to do where it is not well."""

    state: State
    says: str
    advice: str = ""


def fine(says: str) -> Finding:
    return Finding(state=State.FINE, says=says)


def broken(says: str, *, advice: str) -> Finding:
    return Finding(state=State.BROKEN, says=says, advice=advice)


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []

    # Any: Django hands the options over as they come.
    def handle(self, *_args: Any, **_options: Any) -> str | None:
        findings = list(examine(now=timezone.now()))
        for finding in findings:
            self.stdout.write(f"{finding.state.value} {finding.says}")
            if finding.advice:
                self.stdout.write(f"     {finding.advice}")
        bad = sum(finding.state is State.BROKEN for finding in findings)
        if not bad:
            self.stdout.write("Nothing has to be mended.")
            return None
        self.stdout.write(f"To be mended: {bad}.")
        raise SystemExit(1)


def examine(*, now: datetime) -> Iterator[Finding]:
    """Look at everything; what rests on a server that does not answer is left out."""
    try:
        connection.ensure_connection()
    except OperationalError as exc:
        yield broken(
            f"The database does not answer: {str(exc).strip()}",
            advice="Start PostgreSQL, or correct DATABASE_URL.",
        )
    else:
        for look in (postgres_version, extensions, migrations):
            yield look()
        yield clocks(now=now)
        yield from plugged_in(now=now)
    try:
        about = redis.Redis.from_url(settings.REDIS_URL, socket_timeout=5).info(
            "server"
        )
    except redis.RedisError as exc:
        yield broken(
            f"Redis does not answer: {exc}",
            advice="Start Redis or Valkey, or correct REDIS_URL.",
        )
    else:
        yield redis_version(about)
        yield workers()
    others: tuple[Callable[[], Finding], ...] = (
        time_zone,
        networks,
        reading,
        judging,
        disk,
    )
    for look in others:
        yield look()


def postgres_version() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        version = int(cursor.fetchone()[0])
    says = f"PostgreSQL answers; its version is {version // 10_000}.{version % 10_000}."
    if version // 10_000 >= LEAST_POSTGRES:
        return fine(says)
    return broken(says, advice=f"Counterclaim needs {LEAST_POSTGRES} or newer.")


def extensions() -> Finding:
    """Compare the extensions that the migrations ask for with those that are there."""
    asked = {
        operation.name
        for migration in MigrationExecutor(connection).loader.disk_migrations.values()
        for operation in migration.operations
        if isinstance(operation, CreateExtension)
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT extname FROM pg_extension")
        missing = asked - {name for (name,) in cursor.fetchall()}
    if not missing:
        return fine(f"The extensions are there: {', '.join(sorted(asked)) or 'none'}.")
    orders = " ".join(f"CREATE EXTENSION {name};" for name in sorted(missing))
    return broken(
        f"Extensions are missing: {', '.join(sorted(missing))}.",
        advice=f"Run `manage.py migrate`, or as a superuser of the database: {orders}",
    )


def migrations() -> Finding:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not waiting:
        return fine("The database is up to date.")
    return broken(
        f"The database lacks {len(waiting)} migrations.",
        advice="Run `manage.py migrate`.",
    )


def clocks(*, now: datetime) -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        apart = abs(cursor.fetchone()[0] - now)
    if apart <= CLOCKS_MAY_DIFFER:
        return fine("The clocks here and of the database agree.")
    return broken(
        f"The clock here and that of the database are {apart.total_seconds():.0f} s "
        "apart, and what is due is read off one and written off the other.",
        advice="Have both set by NTP.",
    )


def redis_version(about: dict[str, Any]) -> Finding:
    name = "Valkey" if "valkey_version" in about else "Redis"
    version = str(about.get("valkey_version") or about["redis_version"])
    says = f"{name} answers; its version is {version}."
    if tuple(map(int, version.split(".")[:2])) >= LEAST_REDIS:
        return fine(says)
    return broken(says, advice="Counterclaim needs Redis 6.2 or newer, or any Valkey.")


def workers() -> Finding:
    """Ask every worker which queues it takes."""
    needed = {
        settings.CELERY_TASK_DEFAULT_QUEUE,
        *(route["queue"] for route in settings.CELERY_TASK_ROUTES.values()),
    }
    answers = app.control.inspect(timeout=WORKER_SECONDS).active_queues() or {}
    taken = {queue["name"] for queues in answers.values() for queue in queues}
    if needed <= taken:
        return fine(f"Workers answer: {', '.join(sorted(answers))}.")
    left = ",".join(sorted(needed - taken))
    return broken(
        f"No worker takes these queues: {left}.",
        advice=f"Start one: `celery -A config worker -Q {left}`.",
    )


def time_zone() -> Finding:
    return fine(f"Times are shown in the time zone {settings.TIME_ZONE}.")


def networks() -> Finding:
    opened = [*settings.SOURCES_ALLOW_NETWORKS, *settings.SOURCES_ALLOW_PORTS]
    if not opened:
        return fine("Pages are fetched from public addresses and usual ports only.")
    return Finding(
        state=State.NOTICE,
        says="Pages are fetched from these too: " + ", ".join(map(str, opened)) + ".",
        advice="Whoever may add a source can make a worker ask there "
        "(SOURCES_ALLOW_NETWORKS, SOURCES_ALLOW_PORTS).",
    )


def reading() -> Finding:
    if problem := learned.extraction_problem():
        return broken(
            f"Articles are read by rules alone: {problem}",
            advice="Run manage.py train extraction again, or remove the file.",
        )
    if weights := learned.extraction_weights():
        return fine(
            f"Articles are read with what {weights.articles} marked ones taught."
        )
    return fine("Articles are read by the built-in rules; nothing was learned.")


def judging() -> Finding:
    if problem := judged.problem():
        return broken(
            f"Contradictions are judged by the weights that came with this: {problem}",
            advice="Run manage.py train contradiction again, or remove the file.",
        )
    if weights := judged.learned_weights():
        count = sum(weights.pairs.values())
        return fine(f"Contradictions are judged as {count} pairs taught.")
    return fine("Contradictions are judged by the weights that came with this.")


def plugged_in(*, now: datetime) -> Iterator[Finding]:
    """Ask the plugged-in model a word; silent where none is plugged in."""
    asked = [use for use in Use if terms_for(use)]
    terms = terms_for(asked[0]) if asked else None
    if terms is None:
        return
    named = f"The plugged-in model {terms.model} ({', '.join(asked)})"
    if why := trying.why_silent(terms, now=now):
        yield broken(
            f"{named} does not do it; the built-in rules do. {why.label}",
            advice="Look at EXTRACTION_API_URL, EXTRACTION_API_KEY and"
            " EXTRACTION_API_MODEL, and for one inside of your network at"
            " SOURCES_ALLOW_NETWORKS and SOURCES_ALLOW_PORTS.",
        )
    else:
        yield fine(f"{named} answers.")


def disk() -> Finding:
    free = shutil.disk_usage(settings.BASE_DIR).free
    says = f"{free / 1024**3:.1f} GiB are free on the disk of {settings.BASE_DIR}."
    if free >= LEAST_FREE_BYTES:
        return fine(says)
    return broken(says, advice="Make room: snapshots of pages need it.")
