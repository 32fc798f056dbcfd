"""The front page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from claims.models import Review


def index(request: HttpRequest) -> HttpResponse:
    """Show what was published last."""
    latest = (
        Review.objects.current()
        .select_related("claim__claimant")
        .order_by("-published_at", "-pk")[:30]
    )
    return render(request, "claims/public/index.html", {"latest": latest})
