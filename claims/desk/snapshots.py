"""What was seen of a page, and how two of its versions differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from claims.desk import comparing
from claims.desk.doors import DeskRequest, at_desk
from sources.models import Snapshot, Source

if TYPE_CHECKING:
    from collections.abc import Mapping

SHOWN = 12  # at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Some snapshots of a page, newest first, two of them chosen."""

    snapshots: tuple[Snapshot, ...]
    chosen: tuple[Snapshot, ...]  # that stand on other pages of the list
    older_end: UUID | None  # chosen to be compared from
    newer_end: UUID | None  # and to
    older: UUID | None  # the one that older ones lie before
    at_newest: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What became of a page between two snapshots."""

    older: Snapshot
    newer: Snapshot
    found: comparing.Comparison


def key(text: str) -> UUID | None:
    """Return the key that was sent; None for what is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def shelf(source: Source, asked: Mapping[str, str]) -> Shelf:
    """Return the snapshots that were asked for, and those that were chosen before."""
    kept = source.snapshots.defer("body_zstd", "text", "metadata")
    rows = kept.order_by("-fetched_at", "-pk")
    before = key(asked.get("snapshots", ""))
    last = kept.filter(pk=before).first() if before else None
    if last is not None:
        rows = rows.filter(fetched_at__lte=last.fetched_at).exclude(
            fetched_at=last.fetched_at, pk__gte=last.pk
        )
    found = list(rows[: SHOWN + 1])
    shown = tuple(found[:SHOWN])
    ends = [key(asked.get(end, "")) for end in ("from", "to")]
    away = {end for end in ends if end} - {snapshot.pk for snapshot in shown}
    newest_two = [snapshot.pk for snapshot in shown[:2]] if last is None else []
    return Shelf(
        snapshots=shown,
        chosen=tuple(kept.filter(pk__in=away).order_by("-fetched_at", "-pk")),
        older_end=ends[0] or (newest_two[-1] if len(newest_two) > 1 else None),
        newer_end=ends[1] or (newest_two[0] if newest_two else None),
        older=shown[-1].pk if len(found) > SHOWN else None,
        at_newest=last is None,
    )


@require_safe
@at_desk
def difference(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show what became of a page between any two of its snapshots."""
    source = get_object_or_404(Source, pk=pk)
    view = "side" if request.GET.get("view") == "side" else "inline"
    return render(
        request,
        "claims/desk/difference.html",
        {
            "source": source,
            "shelf": shelf(source, request.GET),
            "difference": _difference(source, request.GET),
            "view": view,
        },
    )


def _difference(source: Source, asked: Mapping[str, str]) -> Difference | None:
    keys = {end for name in ("from", "to") if (end := key(asked.get(name, "")))}
    pair = list(
        source.snapshots.filter(pk__in=keys)
        .defer("body_zstd", "metadata")
        .order_by("fetched_at", "pk")
    )
    if len(pair) != 2:
        return None
    older, newer = pair
    return Difference(
        older=older, newer=newer, found=comparing.compare(older.text, newer.text)
    )
