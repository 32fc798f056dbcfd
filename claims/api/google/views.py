"""`GET /v1alpha1/claims:search`."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from functools import wraps
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt

from claims.api.google import asking, masks, shapes
from claims.api.google.refusals import invalid, nothing_here, refusal
from claims.search.factchecks import reviewed, third_party_of
from sources.api.refusals import QueryRefused

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from claims.models.review import ReviewQuerySet

LONGEST_DAYS = 36_500  # further back than anything here


def _for_programs(
    view: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Answer GET alone, in one language, to pages on any site, and say what is new."""

    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponseBase:
        # What programs read does not change with the language of whoever asks.
        with override(settings.LANGUAGE_CODE):
            if request.method not in {"GET", "HEAD"}:
                response: HttpResponseBase = nothing_here()
            else:
                response = _conditional(request, view(request))
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers.setdefault("Cache-Control", "no-cache")
        return response

    return csrf_exempt(answer)


def _conditional(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    if response.status_code != HTTPStatus.OK:
        return response
    tag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = tag
    return get_conditional_response(request, etag=tag, response=response) or response


@_for_programs
def search(request: HttpRequest) -> HttpResponse:
    """
    Give the claims that match, the newest first, each with every review of it.

    Claims keep their order while somebody goes from page to page: none is skipped or
    given twice because it was corrected meanwhile.
    """
    try:
        asked = asking.read(request.GET)
        after = asking.begun_after(asked)
        mask = masks.read(asked["fields"]) if "fields" in asked else {}
    except QueryRefused as exc:
        return invalid(exc)
    reviews = _wanted(asked, now=timezone.now()).order_by("-claim_id")
    if after is not None:
        reviews = reviews.filter(claim_id__lt=after)
    begin = 0 if after is not None else asked["offset"]
    end = begin + asked["pageSize"]
    rows = list(reviews[begin : end + 1])
    page, more = rows[: asked["pageSize"]], len(rows) > asked["pageSize"]
    others = third_party_of(review.claim_id for review in page)
    answer: dict[str, Any] = {}
    if page:
        answer["claims"] = [
            shapes.claim(review, others.get(review.claim_id, ())) for review in page
        ]
    if more:
        answer["nextPageToken"] = asking.token(asked, after=page[-1].claim_id)
    pretty = asked["prettyPrint"] in {"true", "1"}
    return JsonResponse(
        masks.masked(answer, mask),
        json_dumps_params={"ensure_ascii": False, "indent": 2 if pretty else None},
    )


@_for_programs
def not_built(request: HttpRequest) -> HttpResponse:
    """Say of a method that Google has, and we have not, that it is not built."""
    return refusal(
        HTTPStatus.NOT_IMPLEMENTED,
        _("This service does not look for images: search by words instead."),
    )


@_for_programs
def elsewhere(request: HttpRequest) -> HttpResponse:
    """Answer any other address of this API."""
    return nothing_here()


def _wanted(asked: dict[str, Any], *, now: datetime) -> ReviewQuerySet:
    age = asked.get("maxAgeDays")
    return reviewed(
        words=asked.get("query", ""),
        language=asked.get("languageCode", ""),
        publisher=asked.get("reviewPublisherSiteFilter", ""),
        not_before=None
        if age is None
        else now - timedelta(days=min(age, LONGEST_DAYS)),
    )
