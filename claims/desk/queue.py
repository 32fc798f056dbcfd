from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from claims.models import Article, Claim

if TYPE_CHECKING:
    from uuid import UUID


@login_required
def queue(request: HttpRequest) -> HttpResponse:
    """Show the claims that wait."""
    return HttpResponse(
        "\n".join(Claim.objects.values_list("statement", flat=True)[:50]),
        content_type="text/plain",
    )


@login_required
def inbox(request: HttpRequest) -> HttpResponse:
    """Show the articles that wait."""
    return HttpResponse(
        "\n".join(Article.objects.values_list("title", flat=True)[:50]),
        content_type="text/plain",
    )


@login_required
def article(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one article."""
    return HttpResponse(
        get_object_or_404(Article, pk=pk).text, content_type="text/plain"
    )


@login_required
def claim(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one claim."""
    return HttpResponse(
        get_object_or_404(Claim, pk=pk).statement, content_type="text/plain"
    )
