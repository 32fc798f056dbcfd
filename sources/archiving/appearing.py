"""When a page showed which version: one that comes back is kept once and seen twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value, Window
from django.db.models.functions import Coalesce, Lag

from sources.models import Check, Snapshot, Source

_NEVER = datetime(9999, 12, 31, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """A stretch of time in which a page showed one version, or an archive's copy of it."""

    key: UUID  # of the look that found it; of the snapshot, where no look did
    snapshot: Snapshot  # without its body and its text
    first_at: datetime
    last_at: datetime
    again: bool  # it had been seen before, with another in between


class _Place(NamedTuple):
    """Where one begins; places are in the order of the list."""

    at: datetime
    key: UUID
    snapshot: UUID


def appearances(
    source: Source, *, before: UUID | None = None, number: int
) -> list[Appearance]:
    """Return so many before the one of that key, or the newest; the newest first."""
    last = next(iter(_places_of(source, [before])), None) if before else None
    turns = _turns(source).filter(_earlier("started_at", last))
    alone = _without_a_look(source).filter(_earlier("fetched_at", last))
    found = [
        *_looks(turns.order_by("-started_at", "-pk")[:number]),
        *_alone(alone.order_by("-fetched_at", "-pk")[:number]),
    ]
    return _told(source, sorted(found, reverse=True)[:number])


def of_keys(source: Source, keys: Sequence[UUID]) -> list[Appearance]:
    """Return those of these keys that there are, the newest first."""
    return _told(source, sorted(_places_of(source, keys), reverse=True))


def _turns(source: Source) -> QuerySet[Check]:
    """Return the looks at which the page showed another version than before."""
    last = Window(Lag("snapshot"), order_by=["started_at", "pk"])
    kept = Check.objects.filter(source=source, snapshot__isnull=False)
    return kept.annotate(last=last).filter(
        Q(last__isnull=True) | ~Q(snapshot=F("last"))
    )


def _without_a_look(source: Source) -> QuerySet[Snapshot]:
    return source.snapshots.filter(checks__isnull=True)


def _earlier(at: str, last: _Place | None) -> Q:
    if last is None:
        return Q()
    return Q(**{f"{at}__lt": last.at}) | Q(**{at: last.at, "pk__lt": last.key})


def _places_of(source: Source, keys: Sequence[UUID]) -> list[_Place]:
    looks = Check.objects.filter(source=source, snapshot__isnull=False, pk__in=keys)
    return [*_looks(looks), *_alone(source.snapshots.filter(pk__in=keys))]


def _looks(looks: QuerySet[Check]) -> list[_Place]:
    return [_Place(*row) for row in looks.values_list("started_at", "pk", "snapshot")]


def _alone(snapshots: QuerySet[Snapshot]) -> list[_Place]:
    return [_Place(*row) for row in snapshots.values_list("fetched_at", "pk", "pk")]


def _told(source: Source, places: Sequence[_Place]) -> list[Appearance]:
    if not places:
        return []
    light = source.snapshots.defer("body_zstd", "text", "metadata")
    snapshots = light.in_bulk([place.snapshot for place in places])
    spans = _spans(source, [place.key for place in places])
    return [
        Appearance(
            key=place.key,
            snapshot=snapshots[place.snapshot],
            first_at=place.at,
            last_at=max(place.at, last_at or place.at),
            again=again,
        )
        for place in places
        for last_at, again in [spans.get(place.key, (None, False))]
    ]


def _spans(
    source: Source, keys: Sequence[UUID]
) -> dict[UUID, tuple[datetime | None, bool]]:
    """Return until when what these looks found was seen, and whether it was before."""
    looks = Check.objects.filter(source=source)
    other = (
        looks.filter(snapshot__isnull=False, started_at__gt=OuterRef("started_at"))
        .exclude(snapshot=OuterRef("snapshot"))
        .oldest_first()
    )
    read = looks.that_read_the_page().filter(started_at__lt=OuterRef("until"))
    before = looks.filter(
        snapshot=OuterRef("snapshot"), started_at__lt=OuterRef("started_at")
    )
    until = Subquery(other.values("started_at")[:1])
    last = Subquery(read.newest_first().values("started_at")[:1])
    rows = (
        Check.objects.filter(pk__in=keys)
        .annotate(until=Coalesce(until, Value(_NEVER)), again=Exists(before))
        .annotate(last_at=last)
    )
    return {
        pk: (last_at, again)
        for pk, last_at, again in rows.values_list("pk", "last_at", "again")
    }
