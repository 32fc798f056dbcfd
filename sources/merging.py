"""Two sources that turn out to be one page: the old address becomes an alias."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from sources.canonical import canonical, parse
from sources.errors import AddressRefused
from sources.models import Capture, Source
from sources.quote import fold
from sources.vocabulary import PassageState, SourceState

if TYPE_CHECKING:
    from datetime import datetime

logger = logging.getLogger(__name__)

_AT_A_TIME = 200
_IN_COMMON = 0.9  # of the longer article; what differs is a date or a counter
# One site's other fronts: no other name may say that a page here is really there.
_FRONTS = ("www.", "m.", "mobile.", "amp.")
_READ = (SourceState.LIVE, SourceState.MOVED)


def pointed_to(source: Source, *, moved_to: str, canonical_link: str) -> str:
    """
    Return the address at which the site says this page is for good; "" for its own.

    `moved_to` is where permanent redirects led. A page's own canonical link counts
    only within its site, for anybody can write one.
    """
    said = moved_to or (
        canonical_link if _same_site(source.canonical_url, canonical_link) else ""
    )
    try:
        address = canonical(said) if said else ""
    except AddressRefused:
        return ""
    return "" if address == source.canonical_url else address


def sweep(*, now: datetime) -> int:
    """
    Make each source that points to another one's page an alias of that one.

    Both were read and show the same article, or nothing happens and the pointer is
    dropped until the page is read anew. Returns how many became aliases.
    """
    pointing = Source.objects.pointing_to_a_source().order_by("pk")[:_AT_A_TIME]
    return sum(merge(source, now=now) for source in pointing)


@transaction.atomic
def merge(pointing: Source, *, now: datetime) -> bool:
    """
    Make a source an alias of the one it points to; say whether they were one page.

    Passages, citations, checks and snapshots stay where they are: the page is looked
    at under its present address from now on, for the words of both.
    """
    there = Source.objects.known_to_all().get(canonical_url=pointing.points_to)
    ids = {pointing.pk, there.same_as_id or there.pk}
    rows = Source.objects.select_for_update().order_by("pk").in_bulk(ids)
    source, main = rows[pointing.pk], rows[there.same_as_id or there.pk]
    if source.pk == main.pk or main.same_as_id or not _one_page(source, main):
        Source.objects.filter(pk=source.pk).update(points_to="")
        return False
    _become_alias(source, main, now=now)
    return True


@transaction.atomic
def make_known(apart: Source, *, now: datetime) -> None:
    """
    Let a source that was kept apart be the one at its address from now on.

    Where somebody else brought the address meanwhile, it becomes an alias of that one.
    """
    there = Source.objects.known_to_all().filter(canonical_url=apart.canonical_url)
    if not (known := there.first()):
        Source.objects.filter(pk=apart.pk).update(apart_for=None)
        return
    ids = {apart.pk, known.same_as_id or known.pk}
    rows = Source.objects.select_for_update().order_by("pk").in_bulk(ids)
    main = rows[known.same_as_id or known.pk]
    # If that one became an alias at this moment, the next call finds its page.
    if not main.same_as_id:
        _become_alias(rows[apart.pk], main, now=now)


def _become_alias(source: Source, main: Source, *, now: datetime) -> None:
    Source.objects.filter(same_as=source).update(same_as=main)
    Source.objects.filter(pk=source.pk).update(
        same_as=main,
        state=main.state,
        state_since=main.state_since,
        lease_token=None,
        lease_until=None,
        attempts=0,
        parked_at=None,
    )
    Capture.objects.filter(source=source).delete()
    if source.passages.exists():
        Source.objects.filter(pk=main.pk, due_at__gt=now).update(due_at=now)
    logger.info("sources are one page", extra={"source": source.pk, "same_as": main.pk})


def _same_site(one: str, other: str) -> bool:
    try:
        return _site(one) == _site(other)
    except AddressRefused:
        return False


def _site(url: str) -> str:
    host = parse(url).host
    for front in _FRONTS:
        host = host.removeprefix(front)
    return host


def _one_page(source: Source, main: Source) -> bool:
    if source.state not in _READ or main.state not in _READ or _lost_words(source):
        return False
    one, other = _article(source), _article(main)
    longer = max(sum(map(len, one)), sum(map(len, other)))
    return bool(longer) and sum(map(len, one & other)) >= _IN_COMMON * longer


def _lost_words(source: Source) -> bool:
    """Say whether what was cited is not there any more, whatever is there now."""
    lost = Q(misses__gt=0) | Q(state__in=[PassageState.ALTERED, PassageState.MISSING])
    return source.passages.filter(lost).exists()


def _article(source: Source) -> set[str]:
    seen = source.snapshots.seen_on_the_page().defer("body_zstd")
    last = seen.last_seen_first().first()
    blocks = last.metadata.get("article", []) if last else []
    return {fold(str(block)).text for block in blocks}
