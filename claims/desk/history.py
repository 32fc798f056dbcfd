"""The history of a claim: every version and move, and its reviews compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.access import may_edit
from claims.desk import comparing
from claims.desk.doors import DeskRequest, at_desk
from claims.desk.past import Place, PlaceRefused, past
from claims.desk.sheet import claim_or_404, readable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from claims.models import Review


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """Two versions of a review beside each other."""

    older: Review
    newer: Review
    summary: comparing.Comparison
    explanation: comparing.Comparison


@require_safe
@at_desk
def history(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show what happened to a claim, the newest first, and any two of its reviews."""
    claim = claim_or_404(pk, user=request.user)
    asked = request.GET.get("before", "")
    try:
        before = Place.read(asked) if asked else None
    except PlaceRefused as exc:
        raise Http404(str(exc)) from exc
    reviews = readable(claim, user=request.user)
    versions = _versions(reviews, request.GET)
    return render(
        request,
        "claims/desk/history.html",
        {
            "claim": claim,
            "past": past(claim, user=request.user, before=before),
            "at_newest": before is None,
            "handed_in": reviews,
            "versions": versions,
            "older_end": versions.older.version if versions else None,
            "newer_end": versions.newer.version if versions else None,
            "with_requests": may_edit(request.user),
        },
    )


def _versions(reviews: Sequence[Review], asked: Mapping[str, str]) -> Versions | None:
    """Return the two that were asked for; the newest two where none were."""
    if "from" in asked or "to" in asked:
        wanted = {asked.get("from"), asked.get("to")}
        chosen = [review for review in reviews if str(review.version) in wanted]
    else:
        chosen = list(reviews[:2])
    if len(chosen) != 2:
        return None
    newer, older = chosen
    return Versions(
        older=older,
        newer=newer,
        summary=comparing.compare(older.summary, newer.summary),
        explanation=comparing.compare(older.explanation, newer.explanation),
    )
