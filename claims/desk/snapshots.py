"""What was seen of a page: its versions, one of them read, and how two of them differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from claims.desk import comparing
from claims.desk.doors import DeskRequest, at_desk
from sources.archiving import appearing
from sources.archiving.appearing import Appearance
from sources.discretion import sources_open_to
from sources.models import Source

if TYPE_CHECKING:
    from collections.abc import Mapping

SHOWN = 12  # at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Some of the versions that a page showed, newest first, two of them chosen."""

    versions: tuple[Appearance, ...]
    chosen: tuple[Appearance, ...]  # that stand on other pages of the list
    older_end: UUID | None  # chosen to be compared from
    newer_end: UUID | None  # and to
    older: UUID | None  # the one that older ones lie before
    at_newest: bool

    @property
    def to_compare(self) -> bool:
        """Whether there are two to be compared."""
        return len(self.versions) + len(self.chosen) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What became of a page between two of its versions."""

    older: Appearance
    newer: Appearance
    found: comparing.Comparison


def key(text: str) -> UUID | None:
    """Return the key that was sent; None for what is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def shelf(source: Source, asked: Mapping[str, str]) -> Shelf:
    """Return the versions that were asked for, and those that were chosen before."""
    before = key(asked.get("snapshots", ""))
    if before and not appearing.of_keys(source, [before]):
        before = None
    found = appearing.appearances(source, before=before, number=SHOWN + 1)
    shown = tuple(found[:SHOWN])
    ends = [key(asked.get(end, "")) for end in ("from", "to")]
    away = {end for end in ends if end} - {version.key for version in shown}
    newest_two = [version.key for version in shown[:2]] if before is None else []
    return Shelf(
        versions=shown,
        chosen=tuple(appearing.of_keys(source, list(away))) if away else (),
        older_end=ends[0] or (newest_two[-1] if len(newest_two) > 1 else None),
        newer_end=ends[1] or (newest_two[0] if newest_two else None),
        older=shown[-1].key if len(found) > SHOWN else None,
        at_newest=before is None,
    )


@require_safe
@at_desk
def difference(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show what became of a page between any two of its versions."""
    source = get_object_or_404(sources_open_to(request.user), pk=pk)
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
    pair = appearing.of_keys(source, list(keys))
    if len(pair) != 2:
        return None
    newer, older = pair
    texts = dict(
        source.snapshots.filter(
            pk__in=[older.snapshot.pk, newer.snapshot.pk]
        ).values_list("pk", "text")
    )
    found = comparing.compare(texts[older.snapshot.pk], texts[newer.snapshot.pk])
    return Difference(older=older, newer=newer, found=found)
