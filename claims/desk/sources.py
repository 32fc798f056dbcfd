"""A cited page: where it stands, what was seen of it, and what rests on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.db.models.functions import Length
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from claims.desk.doors import DeskRequest, at_desk
from claims.models import Citation, Claim
from sources import attaching, quote
from sources.models import Check, Passage, Sighting, Snapshot, Source

if TYPE_CHECKING:
    from collections.abc import Sequence

SHOWN = 40
# Longer pages are compared as far as this: the rest is said to be left out.
COMPARED_CHARACTERS = 60_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What became of a page between two snapshots."""

    older: Snapshot
    newer: Snapshot
    changes: Sequence[quote.Change]
    same: bool
    cut: bool  # whether the pages go on beyond what was compared


@require_safe
@at_desk
def source(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show everything known of one page."""
    found = get_object_or_404(Source, pk=pk)
    snapshots = list(
        Snapshot.objects.filter(source=found)
        .defer("body_zstd", "text")
        .annotate(characters=Length("text"))
        .order_by("-fetched_at", "-pk")[:SHOWN]
    )
    passages = list(Passage.objects.filter(source=found).order_by("added_at", "pk"))
    sightings: dict[UUID, list[Sighting]] = {passage.pk: [] for passage in passages}
    for sighting in Sighting.objects.filter(passage__in=passages).newest_first():
        sightings[sighting.passage_id].append(sighting)
    return render(
        request,
        "claims/desk/source.html",
        {
            "source": found,
            "checks": Check.objects.filter(source=found).newest_first()[:SHOWN],
            "snapshots": snapshots,
            "passages": [(passage, sightings[passage.pk]) for passage in passages],
            "claims": _resting_on(found),
            "comparison": _comparison(request, snapshots),
            "chosen": (request.GET.get("from", ""), request.GET.get("to", "")),
            "now": timezone.now(),
        },
    )


def _resting_on(source: Source) -> list[Claim]:
    citations = Citation.objects.filter(passage__source=source).select_related(
        "claim", "assessment", "review"
    )
    keys: set[UUID] = set()
    for citation in citations:
        cited_by = citation.claim or citation.assessment or citation.review
        if cited_by is not None:
            keys.add(cited_by.pk if isinstance(cited_by, Claim) else cited_by.claim_id)
    return list(
        Claim.objects.filter(pk__in=keys).select_related("claimant").newest_first()
    )


def _comparison(
    request: DeskRequest, snapshots: Sequence[Snapshot]
) -> Comparison | None:
    by_key = {str(snapshot.pk): snapshot for snapshot in snapshots}
    pair = [by_key.get(request.GET.get(end, "")) for end in ("from", "to")]
    if pair[0] is None or pair[1] is None:
        return None
    older, newer = sorted((pair[0], pair[1]), key=lambda s: (s.fetched_at, s.pk))
    # Deferred above: of all the snapshots only these two are read.
    before, after = older.text, newer.text
    changes = quote.changes(before[:COMPARED_CHARACTERS], after[:COMPARED_CHARACTERS])
    return Comparison(
        older=older,
        newer=newer,
        changes=changes,
        same=before == after,
        cut=max(len(before), len(after)) > COMPARED_CHARACTERS,
    )


@require_POST
@at_desk
def check(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Have a page looked at as soon as a worker is free."""
    found = get_object_or_404(Source, pk=pk)
    attaching.refresh(found, now=timezone.now())
    messages.info(request, "A worker looks at it in some seconds.")
    back = request.POST.get("next", "")
    # A word without a slash would be taken for the name of a view.
    if back.startswith("/") and url_has_allowed_host_and_scheme(
        back, allowed_hosts=None
    ):
        return redirect(back)
    return redirect("desk:source", found.pk)
