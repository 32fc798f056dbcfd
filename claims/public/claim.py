"""The page of a claim."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from claims.models import Claim


def claim(request: HttpRequest, pk: UUID, slug: str = "") -> HttpResponse:
    """Show a claim and what was found; a wrong slug leads to the right one."""
    found = get_object_or_404(
        Claim.objects.public().select_related("claimant"), pk=pk
    )
    if slug != found.slug:
        return redirect(found, permanent=True)
    review = found.reviews.current().first()
    return render(
        request, "claims/public/claim.html", {"claim": found, "review": review}
    )
