"""Pages and the words that are watched on them, thousands at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import UUID

from django.db import connection
from uuid_utils.compat import uuid7

from claims.exchange.writing.copying import copy
from sources.models import Passage, Source

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from claims.exchange.record import Page

_SOURCE = ("id", "url", "canonical_url", "host", "state_since", "due_at", "added_at")
_PASSAGE = ("id", "source_id", "exact", "prefix", "suffix", "state_since", "added_at")
Words = tuple[str, str]  # address, words


def passages(pages: Iterable[Page], *, at: datetime) -> dict[Words, UUID]:
    """
    Return the passage for the words of each page, new where nobody watched them.

    New sources are due at once; those with new words to look for become so.
    """
    wanted = {(page.url, page.exact): page for page in pages}
    sources = _sources(wanted.values(), at=at)
    known = {
        (source, exact): key
        for key, source, exact in Passage.objects.filter(
            source__in=set(sources.values()), prefix="", suffix="", apart_for=None
        ).values_list("pk", "source", "exact")
    }
    # Two addresses may have turned out to be one page.
    new = {
        (sources[url], exact): uuid7()
        for url, exact in wanted
        if (sources[url], exact) not in known
    }
    copy(
        Passage,
        _PASSAGE,
        ((key, source, exact, "", "", at, at) for (source, exact), key in new.items()),
    )
    watched = {source for source, _ in new}
    Source.objects.filter(pk__in=watched, due_at__gt=at).update(due_at=at)
    known.update(new)
    return {(url, exact): known[sources[url], exact] for url, exact in wanted}


def _sources(pages: Iterable[Page], *, at: datetime) -> dict[str, UUID]:
    given = {page.url: page.given for page in pages}
    found = _found(given)
    new = [url for url in given if url not in found]
    if not new:
        return found
    rows = [(uuid7(), given[url], url, urlsplit(url).hostname or "") for url in new]
    _insert(rows, at=at)
    # Somebody else may have begun to cite one of them between the two statements.
    return found | _found(new)


def _found(urls: Iterable[str]) -> dict[str, UUID]:
    rows = Source.objects.known_to_all().filter(canonical_url__in=list(urls))
    return {
        url: same_as or key
        for key, url, same_as in rows.values_list("pk", "canonical_url", "same_as")
    }


def _insert(rows: list[tuple[UUID, str, str, str]], *, at: datetime) -> None:
    """Write sources by way of a table of this transaction, for COPY knows no conflict."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE IF NOT EXISTS arriving "
            "(LIKE sources_source INCLUDING DEFAULTS) ON COMMIT DROP"
        )
        cursor.execute("TRUNCATE arriving")
    copy(
        Source,
        _SOURCE,
        ((key, url, spelled, host, at, at, at) for key, url, spelled, host in rows),
        into="arriving",
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO sources_source SELECT * FROM arriving "
            "ORDER BY canonical_url ON CONFLICT (canonical_url, apart_for) DO NOTHING"
        )
