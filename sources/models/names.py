"""
What people call the models and their columns, in one place for all of them.

A column goes by one name in whatever model it stands, and in the model of its history,
and no migration is needed to call it otherwise or in another language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy, pgettext_lazy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.db.models import Model
    from django.utils.functional import _StrPromise

MODELS = {
    "capture": (gettext_lazy("capture"), gettext_lazy("captures")),
    "check": (gettext_lazy("check"), gettext_lazy("checks")),
    "host": (gettext_lazy("site"), gettext_lazy("sites")),
    "lostpage": (gettext_lazy("lost page"), gettext_lazy("lost pages")),
    "passage": (gettext_lazy("passage"), gettext_lazy("passages")),
    "robots": (gettext_lazy("robots.txt"), gettext_lazy("robots.txt")),
    "sighting": (gettext_lazy("sighting"), gettext_lazy("sightings")),
    "snapshot": (gettext_lazy("snapshot"), gettext_lazy("snapshots")),
    "source": (gettext_lazy("source"), gettext_lazy("sources")),
}
COLUMNS = {
    "added_at": pgettext_lazy("column", "added at"),
    "answer": pgettext_lazy("column", "answer"),
    "answered_at": pgettext_lazy("column", "answered at"),
    "archive_due_at": pgettext_lazy("column", "archive due at"),
    "archive_failures": pgettext_lazy("column", "archive failures"),
    "archived_at": pgettext_lazy("column", "archived at"),
    "archived_url": pgettext_lazy("column", "archived URL"),
    "at": pgettext_lazy("column", "at"),
    "attempts": pgettext_lazy("column", "attempts"),
    "author": pgettext_lazy("column", "author"),
    "body_bytes": pgettext_lazy("column", "bytes of the body"),
    "body_sha256": pgettext_lazy("column", "SHA-256 of the body"),
    "body_zstd": pgettext_lazy("column", "packed body"),
    "bytes": pgettext_lazy("column", "bytes"),
    "canonical_url": pgettext_lazy("column", "canonical URL"),
    "charset": pgettext_lazy("column", "charset"),
    "closely_until": pgettext_lazy("column", "closely until"),
    "detail": pgettext_lazy("column", "detail"),
    "dictionary": pgettext_lazy("column", "dictionary"),
    "diff": pgettext_lazy("column", "difference"),
    "due_at": pgettext_lazy("column", "due at"),
    "duration_ms": pgettext_lazy("column", "duration (ms)"),
    "end": pgettext_lazy("column", "end"),
    "etag": pgettext_lazy("column", "ETag"),
    "exact": pgettext_lazy("column", "exact"),
    "facts": pgettext_lazy("column", "facts"),
    "failing_since": pgettext_lazy("column", "failing since"),
    "failures": pgettext_lazy("column", "failures"),
    "fetched_at": pgettext_lazy("column", "fetched at"),
    "final_url": pgettext_lazy("column", "final URL"),
    "folder": pgettext_lazy("column", "folder"),
    "found": pgettext_lazy("column", "found"),
    "hops": pgettext_lazy("column", "hops"),
    "host": pgettext_lazy("column", "host"),
    "http_status": pgettext_lazy("column", "HTTP status"),
    "interval": pgettext_lazy("column", "interval"),
    "language": pgettext_lazy("column", "language"),
    "last_checked_at": pgettext_lazy("column", "last checked at"),
    "last_modified": pgettext_lazy("column", "last modified"),
    "latency_ms": pgettext_lazy("column", "latency (ms)"),
    "lease_token": pgettext_lazy("column", "lease token"),
    "lease_until": pgettext_lazy("column", "lease until"),
    "looks": pgettext_lazy("column", "looks"),
    "media_type": pgettext_lazy("column", "media type"),
    "memento_url": pgettext_lazy("column", "memento URL"),
    "metadata": pgettext_lazy("column", "metadata"),
    "misses": pgettext_lazy("column", "misses"),
    "name": pgettext_lazy("column", "name"),
    "origin": pgettext_lazy("column", "origin"),
    "outcome": pgettext_lazy("column", "outcome"),
    "parked_at": pgettext_lazy("column", "parked at"),
    "passage": pgettext_lazy("column", "passage"),
    "pause_facts": pgettext_lazy("column", "pause facts"),
    "pause_reason": pgettext_lazy("column", "pause reason"),
    "paused_at": pgettext_lazy("column", "paused at"),
    "paused_until": pgettext_lazy("column", "paused until"),
    "points_to": pgettext_lazy("column", "points to"),
    "prefix": pgettext_lazy("column", "prefix"),
    "published_at": pgettext_lazy("column", "published at"),
    "publisher": pgettext_lazy("column", "publisher"),
    "same_as": pgettext_lazy("column", "same as"),
    "seen_at": pgettext_lazy("column", "seen at"),
    "sha256": pgettext_lazy("column", "SHA-256"),
    "snapshot": pgettext_lazy("column", "snapshot"),
    "source": pgettext_lazy("column", "source"),
    "standing": pgettext_lazy("column", "standing"),
    "standing_since": pgettext_lazy("column", "standing since"),
    "start": pgettext_lazy("column", "start"),
    "started_at": pgettext_lazy("column", "started at"),
    "state": pgettext_lazy("column", "state"),
    "state_since": pgettext_lazy("column", "state since"),
    "suffix": pgettext_lazy("column", "suffix"),
    "text": pgettext_lazy("column", "text"),
    "text_sha256": pgettext_lazy("column", "SHA-256 of the text"),
    "title": pgettext_lazy("column", "title"),
    "url": pgettext_lazy("column", "URL"),
    "version": pgettext_lazy("column", "version"),
}


def give(
    models: Iterable[type[Model]],
    *,
    kinds: Mapping[str, tuple[_StrPromise, _StrPromise]],
    columns: Mapping[str, _StrPromise],
) -> None:
    """
    Call each of the models and its columns as people do.

    A column that goes by another name in one model is named with it: `citation.role`.
    """
    for model in models:
        meta = model._meta
        kind = meta.model_name or ""
        if kind in kinds:
            meta.verbose_name, meta.verbose_name_plural = kinds[kind]
        for column in meta.concrete_fields:
            called = columns.get(f"{kind}.{column.name}", columns.get(column.name))
            if called is not None:
                column.verbose_name = called
