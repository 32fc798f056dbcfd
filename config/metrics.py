"""The numbers for Prometheus, for whoever holds the token."""

from __future__ import annotations

from hmac import compare_digest
from http import HTTPStatus

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from claims.access import may_edit
from sources.metrics import collecting


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """
    Show the numbers to Prometheus, and to people who may see the panel.

    While no token is set there is nothing here for anybody else.
    """
    if not may_edit(request.user) and not _holds_token(request):
        if not settings.METRICS_TOKEN:
            raise Http404
        refused = HttpResponse(
            "Send the token of COUNTERCLAIM_METRICS_TOKEN: Authorization: Bearer …\n",
            status=HTTPStatus.UNAUTHORIZED,
            content_type="text/plain; charset=utf-8",
        )
        refused["WWW-Authenticate"] = 'Bearer realm="metrics"'
        return refused
    numbers = collecting.exposition(now=timezone.now())  # noqa: TID251  # one reading a request, at its edge
    answer = HttpResponse(numbers, content_type=collecting.CONTENT_TYPE)
    add_never_cache_headers(answer)
    return answer


def _holds_token(request: HttpRequest) -> bool:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    # As bytes: text that is not ASCII cannot be compared in constant time.
    given, expected = token.strip().encode(), settings.METRICS_TOKEN.encode()
    return (
        scheme.lower() == "bearer"
        and bool(expected)
        and compare_digest(given, expected)
    )
