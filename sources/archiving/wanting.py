"""Which pages are looked for in archives, for which words, and as of when."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from sources.models import Check, Passage, Sighting, Source
from sources.vocabulary import SourceState

_LOST_WITHIN = timedelta(days=30)
_CITED_WITHIN = timedelta(days=1)
_LOST = {SourceState.GONE, SourceState.FAILING}


def notice(*, now: datetime, save_pages: bool) -> int:
    """
    Have pages looked for whose words stood and were lost, or that fail for a while.

    With `save_pages` also those whose words were found a short time ago, so that an
    archive has them before they are lost. Returns how many.
    """
    since = now - _LOST_WITHIN
    broken = Passage.objects.broken().filter(state_since__gte=since)
    noticed = [
        Source.objects.lost().changed_since(since),
        Source.objects.filter(pk__in=_pages(broken)),
    ]
    if save_pages:
        found = Sighting.objects.on_the_page().standing().since(now - _CITED_WITHIN)
        cited = Passage.objects.filter(sightings__in=found)
        noticed.append(Source.objects.filter(pk__in=_pages(cited)))
    wanting = Exists(_of(Passage.objects.wanting_a_copy(), OuterRef("pk")))
    return sum(
        pages.never_looked_for().filter(wanting).update(archive_due_at=now)
        for pages in noticed
    )


def that_stood(source: Source) -> list[Passage]:
    """Return the words that were seen on this page, also those cited by an old name."""
    words = _of(Passage.objects.seen_standing(), source)
    return list(words.order_by("added_at", "pk"))


def wanting_a_copy(source: Source) -> bool:
    """Say whether some of these words stand in no archive's copy yet."""
    return _of(Passage.objects.wanting_a_copy(), source).exists()


def stood_at(source: Source, passages: list[Passage], *, now: datetime) -> datetime:
    """Return the last moment at which the page was seen with these words on it."""
    lost = [passage.state_since for passage in passages if passage.is_broken]
    if source.state in _LOST:
        lost.append(source.failing_since or source.state_since)
    if not lost:
        return now
    look = Check.objects.filter(source=source).that_read_the_page()
    last = look.filter(started_at__lt=min(lost)).newest_first().first()
    return last.started_at if last else source.added_at


def _pages(passages: QuerySet[Passage]) -> QuerySet[Passage, object]:
    page = Coalesce("source__same_as", "source")
    return passages.order_by().values_list(page, flat=True)


def _of(passages: QuerySet[Passage], source: object) -> QuerySet[Passage]:
    return passages.filter(Q(source=source) | Q(source__same_as=source))
