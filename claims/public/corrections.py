"""The log of what was corrected, updated or withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from claims import search
from claims.models import Correction
from claims.public.answers import for_readers, malformed
from claims.public.index import ITEMS_ON_A_PAGE, LOST
from claims.public.items import marks, steps
from claims.search import MarkRefused

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@for_readers
def corrections(request: HttpRequest) -> HttpResponse:
    """Show every public note, the newest first."""
    try:
        where = marks(request.GET)
    except MarkRefused:
        return malformed(request, LOST)
    notes = Correction.objects.public().select_related(
        "claim__claimant", "review_from", "review_to"
    )
    page = search.page(notes, by="at", limit=ITEMS_ON_A_PAGE, **where)
    return render(
        request,
        "claims/public/corrections.html",
        {"corrections": page.rows, "steps": steps(page, {})},
    )
