"""What the house says of itself, to people and to programs."""

from __future__ import annotations

from datetime import UTC, datetime

from django.conf import settings
from django.db.models import Max, Min
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from claims.models import Claim, Review
from claims.public.answers import for_readers
from claims.vocabulary import Verdict

URLS_IN_A_SITEMAP = 50_000  # the protocol's own limit

VERDICT_MEANINGS = {
    Verdict.TRUE: _("What was said is right, and nothing that matters was left out."),
    Verdict.MOSTLY_TRUE: _(
        "What was said is right in the main; a detail is not, or is missing."
    ),
    Verdict.MIXED: _(
        "Part of it is right and part of it is wrong, and both parts matter."
    ),
    Verdict.MISLEADING: _(
        "The words can be defended one by one; the impression they leave cannot."
    ),
    Verdict.FALSE: _("What was said is wrong, and the evidence shows it."),
    Verdict.UNPROVEN: _(
        "Nobody has shown enough to decide it either way, so it gets no rating."
    ),
}


@for_readers
def methodology(request: HttpRequest) -> HttpResponse:
    """Tell how a claim gets to its verdict."""
    meanings = [
        {"verdict": verdict, "label": verdict.label, "meaning": meaning}
        for verdict, meaning in VERDICT_MEANINGS.items()
    ]
    return render(request, "claims/public/methodology.html", {"meanings": meanings})


@for_readers
def robots(request: HttpRequest) -> HttpResponse:
    """Tell programs where they are welcome."""
    return render(request, "claims/public/robots.txt", content_type="text/plain")


@for_readers
def sitemap(request: HttpRequest) -> HttpResponse:
    """List the months in which something was published that still stands."""
    standing = Review.objects.shown().aggregate(
        first=Min("published_at"), last=Max("published_at")
    )
    months = _months(standing["first"], standing["last"]) if standing["first"] else []
    return _xml(request, "sitemap.xml", {"months": months})


@for_readers
def sitemap_of_month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """List the claims whose standing review was published in one month."""
    try:
        start = datetime(year, month, 1, tzinfo=UTC)
        end = _next_month(start)
    except (ValueError, OverflowError) as exc:
        raise Http404("no such month") from exc
    rows = (
        Review.objects.shown()
        .filter(published_at__gte=start, published_at__lt=end)
        .order_by("-published_at", "-pk")
        .values_list("claim", "claim__statement", "published_at")
    )
    urls = [
        {
            "address": settings.SITE_URL
            + Claim(pk=pk, statement=statement).get_absolute_url(),
            "changed": published_at,
        }
        for pk, statement, published_at in rows[:URLS_IN_A_SITEMAP]
    ]
    return _xml(request, "sitemap_month.xml", {"urls": urls})


def _months(first: datetime, last: datetime) -> list[datetime]:
    month = datetime(first.year, first.month, 1, tzinfo=UTC)
    months = []
    while month <= last:
        months.append(month)
        month = _next_month(month)
    return months


def _next_month(month: datetime) -> datetime:
    return month.replace(
        year=month.year + month.month // 12, month=month.month % 12 + 1
    )


def _xml(
    request: HttpRequest, template: str, context: dict[str, object]
) -> HttpResponse:
    return render(
        request, f"claims/public/{template}", context, content_type="application/xml"
    )
