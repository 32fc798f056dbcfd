"""All that was published, for programs: ClaimReviews in a DataFeed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from claims import datafeed as feed
from claims.public.answers import for_a_minute, mark_by
from claims.public.index import LOST
from claims.search import Mark, MarkRefused

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

MEDIA_TYPE = "application/ld+json"


@require_safe
def datafeed(request: HttpRequest) -> HttpResponseBase:
    """
    Give the ClaimReviews that stand, the newest first, a thousand at a time.

    Where there are more, `next` and the Link header name the page that goes on.
    """
    asked = request.GET.get("older", "")
    try:
        older_than = Mark.read(asked) if asked else None
    except MarkRefused:
        return HttpResponse(
            str(LOST), status=400, content_type="text/plain; charset=utf-8"
        )
    page = feed.page(older_than=older_than, limit=feed.REVIEWS_ON_A_PAGE)
    # Only the first page tells when the whole changed: the others stay as they are.
    changed_at = None if older_than else feed.changed_at()
    mark = mark_by(request, f"{page.edition} {changed_at}")
    answer = for_a_minute(request, _told(request, page, changed_at), mark=mark)
    if changed_at:
        # Told, but not asked by: a claimant who is renamed has published nothing.
        answer["Last-Modified"] = http_date(changed_at.timestamp())
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def _told(
    request: HttpRequest, page: feed.Page, changed_at: datetime | None
) -> HttpResponseBase:
    address = settings.SITE_URL + reverse("public:datafeed")
    following = f"{address}?{urlencode({'older': page.older})}" if page.older else ""
    answer: HttpResponseBase
    if request.method == "HEAD":
        answer = HttpResponse(content_type=MEDIA_TYPE)
    else:
        pieces = feed.written(
            feed.elements(page.reviews),
            url=address,
            changed_at=changed_at,
            following=following,
        )
        answer = StreamingHttpResponse(pieces, content_type=MEDIA_TYPE)
    if following:
        answer["Link"] = f'<{following}>; rel="next"'
    return answer
