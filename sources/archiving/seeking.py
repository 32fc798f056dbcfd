"""
Copies in an archive of pages whose words were lost, or are to be saved.

A copy counts for the words that stand in it, letter for letter: each is a sighting of
its own. It becomes the copy of the page where all words that stood are found in it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from redis import Redis

from sources.archiving import wanting
from sources.archiving.archive import Archive, Copy
from sources.archiving.keeping import keep
from sources.archiving.restraint import Restraint
from sources.errors import ArchiveTrouble, NotNow, Unreadable
from sources.models import Passage, Sighting, Source
from sources.models.source import URL_MAX_CHARACTERS
from sources.net import Doorkeeper
from sources.quote import Standing, find, fold
from sources.reaching import door_config
from sources.readable import Page, read
from sources.vocabulary import PassageState, SourceState

logger = logging.getLogger(__name__)

# After the first try, and so on; the first is short, for a copy that was asked for.
_WAITS = (
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(days=1),
    timedelta(days=3),
    timedelta(days=7),
    timedelta(days=14),
)
_MOST_TRIES = len(_WAITS) + 1
# After the last of them: archives take in what others saved, years later too.
_NOW_AND_THEN = timedelta(days=30)
_TAKEN_FOR = timedelta(minutes=15)  # a page by one worker
_AT_A_TIME = timedelta(seconds=20)  # spent on pages that are due, before others work


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A copy, and those of the words that stand in it."""

    copy: Copy
    page: Page
    words: tuple[Passage, ...]


def sweep(*, clock: Callable[[], datetime]) -> int:
    """
    Look in the archive for the pages that are due; none is begun after a short while.

    Returns how many were looked for. Any number of workers may do so at once.
    """
    began = clock()
    save_pages = settings.SOURCES_SAVE_PAGES
    wanting.notice(now=began, save_pages=save_pages)
    if not Source.objects.due_in_an_archive(began).exists():
        return 0
    looked = 0
    with Doorkeeper(door_config()) as door, _redis() as redis:
        restraint = Restraint(redis, settings.SOURCES_ARCHIVE_GAP)
        while (now := clock()) - began < _AT_A_TIME and (source := _take(now)):
            archive = Archive(
                address=settings.SOURCES_ARCHIVE_URL,
                door=door,
                restraint=restraint,
                now=now,
            )
            try:
                look_after(source, archive=archive, save=save_pages, clock=clock)
            except NotNow as wait:
                _put_off(source, until=now + timedelta(seconds=wait.wait_seconds))
                break
            looked += 1
    return looked


def look_after(
    source: Source, *, archive: Archive, save: bool, clock: Callable[[], datetime]
) -> bool:
    """
    Look for a copy of a page that was taken; say whether its words are kept now.

    Where there is none and the page still stands, the archive may be asked to `save`
    it. Raises NotNow where the archive is to be left alone.
    """
    passages = wanting.that_stood(source)
    found: list[Found] = []
    trouble = ""
    try:
        at = wanting.stood_at(source, passages, now=clock())
        for one in _found(archive, source, passages, at=at):
            found.append(one)
            if len(one.words) == len(passages):
                break
        if not found and save and _stands(source, passages):
            archive.save(source.canonical_url)
    except ArchiveTrouble as error:
        trouble = str(error)
    return _record(source, passages, found, trouble=trouble, now=clock())


def _found(
    archive: Archive, source: Source, passages: Sequence[Passage], *, at: datetime
) -> Iterator[Found]:
    """Yield the copies in which words stand that no copy before showed."""
    shown: set[Passage] = set()
    for copy in archive.copies(source.canonical_url, at=at):
        if len(copy.url) > URL_MAX_CHARACTERS or copy.at > archive.now:
            continue
        try:
            page = read(
                copy.fetched.body,
                media_type=copy.fetched.media_type,
                charset=copy.fetched.charset,
                url=source.canonical_url,
            )
        except Unreadable:
            continue
        words = _standing(passages, page)
        if not shown.issuperset(words):
            shown.update(words)
            yield Found(copy=copy, page=page, words=words)


def _standing(passages: Sequence[Passage], page: Page) -> tuple[Passage, ...]:
    # What stands between two paragraphs, such as an advertisement, is no part of a
    # quotation that spans them.
    texts = fold(page.text), fold(page.article_text)
    return tuple(
        passage
        for passage in passages
        if any(
            find(
                passage.exact, text=text, prefix=passage.prefix, suffix=passage.suffix
            ).state
            is Standing.INTACT
            for text in texts
        )
    )


def _stands(source: Source, passages: Sequence[Passage]) -> bool:
    return source.state in {SourceState.LIVE, SourceState.MOVED} and any(
        passage.state == PassageState.INTACT for passage in passages
    )


def _take(now: datetime) -> Source | None:
    """
    Take the page that has been due for longest, so that no other worker does.

    The try counts from here: a page that breaks its worker is given up like others.
    """
    due = Source.objects.due_in_an_archive(now).order_by("archive_due_at", "pk")
    while (source := due.first()) is not None:
        if source.archive_failures >= _MOST_TRIES:
            _change(source, archive_due_at=None)
            _say_in_vain(source, trouble="Nobody came back from the last try.")
        elif _change(
            source,
            archive_due_at=now + _TAKEN_FOR,
            archive_failures=source.archive_failures + 1,
        ):
            return source
    return None


def _put_off(source: Source, *, until: datetime) -> None:
    """Give back a page that the archive was not asked for."""
    _change(source, archive_due_at=until, archive_failures=source.archive_failures - 1)


def _change(source: Source, **fields: Any) -> bool:
    """Change a page unless somebody else did; the row that is given follows."""
    same = Source.objects.filter(pk=source.pk, archive_due_at=source.archive_due_at)
    if not same.update(**fields):
        return False
    for name, value in fields.items():
        setattr(source, name, value)
    return True


@transaction.atomic
def _record(
    source: Source,
    passages: Sequence[Passage],
    found: Sequence[Found],
    *,
    trouble: str,
    now: datetime,
) -> bool:
    """Write down what was found while the page is still taken; say whether all was."""
    fresh = (
        Source.objects.select_for_update()
        .filter(pk=source.pk, archive_due_at=source.archive_due_at)
        .first()
    )
    if fresh is None:
        return False
    for one in found:
        _keep(fresh, one, now=now)
        if len(one.words) == len(passages):
            fresh.archived_url, fresh.archived_at = one.copy.url, one.copy.at
    complete = not wanting.wanting_a_copy(fresh)
    _next_try(fresh, complete=complete, trouble=trouble, now=now)
    fresh.save(
        update_fields=[
            "archived_url",
            "archived_at",
            "archive_due_at",
            "archive_failures",
        ]
    )
    return complete


def _keep(source: Source, found: Found, *, now: datetime) -> None:
    copy = found.copy
    snapshot = keep(
        source,
        fetched=copy.fetched,
        page=found.page,
        now=now,
        memento_url=copy.url,
        made_at=copy.at,
    )
    Sighting.objects.bulk_create(
        Sighting(
            passage=passage,
            at=now,
            state=PassageState.INTACT,
            snapshot=snapshot,
            memento_url=copy.url,
        )
        for passage in found.words
    )


def _next_try(source: Source, *, complete: bool, trouble: str, now: datetime) -> None:
    if complete:
        source.archive_due_at, source.archive_failures = None, 0
        logger.info("a copy was found in the archive", extra={"source": source.pk})
        return
    if source.archive_failures < _MOST_TRIES:
        source.archive_due_at = now + _WAITS[source.archive_failures - 1]
        return
    _say_in_vain(source, trouble=trouble)
    # One try is left for then; nobody comes back from it where it breaks its worker.
    source.archive_due_at = now + _NOW_AND_THEN
    source.archive_failures = _MOST_TRIES - 1


def _say_in_vain(source: Source, *, trouble: str) -> None:
    logger.warning(
        "no copy was found in the archive",
        extra={
            "source": source.pk,
            "tries": source.archive_failures,
            "trouble": trouble,
        },
    )


def _redis() -> Redis:
    return Redis.from_url(
        settings.REDIS_URL, socket_timeout=5, socket_connect_timeout=5
    )
