"""The page of a claimant."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from claims.models import Claimant, Review


def claimant(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show everything that somebody said and the desk looked at."""
    found = get_object_or_404(Claimant, pk=pk)
    reviews = Review.objects.current().filter(claim__claimant=found)
    return render(
        request,
        "claims/public/claimant.html",
        {"claimant": found, "reviews": reviews.select_related("claim")},
    )
