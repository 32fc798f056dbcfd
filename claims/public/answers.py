"""How readers are answered: what may be kept by whom, and what is malformed."""

from __future__ import annotations

import hashlib
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from django.shortcuts import render
from django.utils.cache import (
    get_conditional_response,
    patch_cache_control,
    patch_vary_headers,
)
from django.views.decorators.http import require_safe

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse, HttpResponseBase
    from django.utils.functional import _StrPromise

Rest = ParamSpec("Rest")

KEPT_FOR_SECONDS = 60


def for_readers(
    view: Callable[Concatenate[HttpRequest, Rest], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]:
    """
    Let anybody keep the answer for a minute, and ask whether it changed.

    What is shown to somebody signed in carries their name, so it is theirs alone.
    """

    @wraps(view)
    def answer(
        request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs
    ) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        # One address answers a whole page, or the part of it that htmx asks for.
        patch_vary_headers(response, ["Cookie", "HX-Request"])
        if request.user.is_authenticated:
            patch_cache_control(response, private=True, no_cache=True)
            return response
        if response.status_code in {301, 302, 400, 404}:
            return response
        patch_cache_control(response, public=True, max_age=KEPT_FOR_SECONDS)
        return (
            get_conditional_response(
                request, etag=_mark_of(request, response), response=response
            )
            or response
        )

    return require_safe(answer)


def malformed(request: HttpRequest, sentence: str | _StrPromise) -> HttpResponse:
    """Answer 400 with a sentence that tells what to do."""
    return render(request, "400.html", {"detail": sentence}, status=400)


def missing(request: HttpRequest, sentence: str) -> HttpResponse:
    """Answer 404 with a sentence that tells what to do."""
    return render(request, "404.html", {"detail": sentence}, status=404)


def _mark_of(request: HttpRequest, response: HttpResponse) -> str:
    # The nonce is new each time, and says nothing about what is shown. Weak, for
    # two answers with one mark differ by it.
    nonce = str(getattr(request, "csp_nonce", "")).encode()
    body = response.content.replace(nonce, b"") if nonce else response.content
    etag = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
    response["ETag"] = etag
    return etag
