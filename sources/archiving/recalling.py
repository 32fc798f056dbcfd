"""How a page read while certain words stood on it, from the copies of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Case, When

from sources.models import Passage, Sighting, Snapshot
from sources.quote import Standing, find


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Words as a copy of their page shows them."""

    before: str  # on the page, as far as was asked for
    words: str
    after: str
    read_at: datetime  # when it was seen to read so


def recalled(passages: Iterable[Passage], *, around: int) -> dict[UUID, Reading]:
    """
    Return the words as their pages read when they stood there last, by passage.

    With so many characters on either side; nothing of words that never stood.
    """
    known = {passage.pk: passage for passage in passages}
    if not known:
        return {}
    on_the_page_first = Case(When(memento_url="", then=0), default=1)
    stood = (
        Sighting.objects.standing()
        .filter(passage__in=known)
        .order_by("passage", on_the_page_first, "-at", "-pk")
        .distinct("passage")
        .select_related("snapshot")
    )
    return {
        sighting.passage_id: _reading(
            known[sighting.passage_id], sighting, sighting.snapshot, around=around
        )
        for sighting in stood
        if sighting.snapshot is not None
    }


def _reading(
    passage: Passage, sighting: Sighting, snapshot: Snapshot, *, around: int
) -> Reading:
    text = snapshot.text
    found = find(passage.exact, text=text, prefix=passage.prefix, suffix=passage.suffix)
    start, end = found.start, found.end
    if found.state is not Standing.INTACT or start is None or end is None:
        # They stood in the article, with something of the page between them.
        return Reading(
            before="",
            words=passage.exact,
            after="",
            read_at=_read_at(sighting, snapshot),
        )
    return Reading(
        before=text[max(0, start - around) : start],
        words=text[start:end],
        after=text[end : end + around],
        read_at=_read_at(sighting, snapshot),
    )


def _read_at(sighting: Sighting, snapshot: Snapshot) -> datetime:
    """Return when the page read so: a text that came back was kept the first time."""
    return snapshot.fetched_at if sighting.memento_url else sighting.at


def copies(passages: Collection[UUID]) -> dict[UUID, str]:
    """Return where archives show these words, by passage; the newest find of each."""
    seen = (
        Sighting.objects.in_an_archive()
        .filter(passage__in=passages)
        .order_by("at", "pk")
    )
    return dict(seen.values_list("passage", "memento_url"))
