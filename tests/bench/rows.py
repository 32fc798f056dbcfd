"""Sources that were looked at once, and are due again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.db import connection
from django.utils import timezone
from uuid_utils.compat import uuid7

from sources import attaching
from sources.models import Check, Passage, Snapshot, Source
from tests.bench import corpus
from tests.bench.corpus import DOCUMENTS, HOSTS, Mode, documents

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model

ROWS_AT_ONCE = 1_000


def empty() -> None:
    """Begin with no source at all."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE sources_source CASCADE")


def attach_each(mode: Mode, *, port: int) -> int:
    """Attach the first address of every document, with one passage; say how many."""
    now = timezone.now()
    for document in documents():
        host = HOSTS[document.number % len(HOSTS)]
        path = corpus.path(mode, document.number, 0)
        source = attaching.attach(f"http://{host}:{port}{path}", now=now)
        attaching.watch(source, exact=document.quote, now=now)
    return DOCUMENTS


def multiply(mode: Mode, links: int, *, port: int) -> None:
    """Write down that so many links were looked at a day ago, and are due now."""
    firsts = _firsts(mode, port=port)
    now = timezone.now()
    for start in range(0, links, ROWS_AT_ONCE):
        numbers = range(start, min(start + ROWS_AT_ONCE, links))
        _copy((firsts[n % DOCUMENTS], corpus.link(mode, n, port=port)) for n in numbers)
    fresh = Source.objects.filter(due_at__gt=now + timedelta(days=300))
    fresh.update(due_at=now, last_checked_at=now - timedelta(days=1))
    with connection.cursor() as cursor:
        cursor.execute(
            "ANALYZE sources_source, sources_check, sources_snapshot, sources_passage"
        )


def _firsts(mode: Mode, *, port: int) -> list[Source]:
    paths = [corpus.path(mode, n, 0) for n in range(DOCUMENTS)]
    by_path = {
        urlsplit(source.canonical_url).path: source
        for source in Source.objects.filter(canonical_url__contains=f":{port}/{mode}/")
        .prefetch_related("passages", "snapshots", "checks")
        .order_by("pk")
    }
    return [by_path[path] for path in paths]


def _copy(links: Iterable[tuple[Source, str]]) -> None:
    sources, snapshots, passages, checks = [], [], [], []
    # Out of reach until all rows stand.
    later = timezone.now() + timedelta(days=365)
    for first, url in links:
        source = _like(
            first,
            url=url,
            canonical_url=url,
            final_url=url,
            host=urlsplit(url).hostname,
            due_at=later,
        )
        sources.append(source)
        (snapshot,) = (
            _like(s, source_id=source.pk, final_url=url) for s in first.snapshots.all()
        )
        snapshots.append(snapshot)
        passages += [
            _like(p, source_id=source.pk, snapshot_id=snapshot.pk)
            for p in first.passages.all()
        ]
        checks += [
            _like(c, source_id=source.pk, snapshot_id=snapshot.pk, lease_token=uuid7())
            for c in first.checks.all()
        ]
    Source.objects.bulk_create(sources)
    Snapshot.objects.bulk_create(snapshots)
    Passage.objects.bulk_create(passages)
    Check.objects.bulk_create(checks)


def _like(row: Model, **other: object) -> Model:
    kept = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
    return type(row)(**{**kept, "id": uuid7(), **other})
