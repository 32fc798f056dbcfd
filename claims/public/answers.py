"""How readers are answered: what may be kept by whom, and what is malformed."""

from __future__ import annotations

import hashlib
from functools import cache, partial, wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from django.conf import settings
from django.http import HttpResponseNotModified
from django.shortcuts import render
from django.utils.cache import (
    get_conditional_response,
    patch_cache_control,
    patch_vary_headers,
)
from django.utils.http import parse_etags, parse_http_date_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse, HttpResponseBase
    from django.utils.functional import _StrPromise

Rest = ParamSpec("Rest")
Answer = TypeVar("Answer", bound="HttpResponseBase")

KEPT_FOR_SECONDS = 60
MAKES_PAGES = {".py", ".html", ".mo", ".css", ".js", ".svg"}


def for_readers(
    view: Callable[Concatenate[HttpRequest, Rest], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]:
    """
    Let anybody keep the answer for a minute, and ask whether it changed.

    What is shown to somebody signed in carries their name, so it is theirs alone.
    """
    return _answering(view, edition=None)


def for_readers_by(
    edition: Callable[..., str],
) -> Callable[
    [Callable[Concatenate[HttpRequest, Rest], HttpResponse]],
    Callable[Concatenate[HttpRequest, Rest], HttpResponseBase],
]:
    """
    Do as `for_readers`, and tell that nothing changed without making the page.

    `edition` takes what the view does, and returns another text whenever the page reads
    otherwise; an empty one where it cannot tell.
    """
    return partial(_answering, edition=edition)


def _answering(
    view: Callable[Concatenate[HttpRequest, Rest], HttpResponse],
    edition: Callable[..., str] | None,
) -> Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]:
    @wraps(view)
    def answer(
        request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs
    ) -> HttpResponseBase:
        # Before the page is made: what changes meanwhile is seen when it is asked next.
        known = edition(*args, **kwargs) if edition and _is_anybody(request) else ""
        mark = mark_by(request, known) if known else ""
        if mark and mark in parse_etags(request.headers.get("If-None-Match", "")):
            return for_a_minute(request, HttpResponseNotModified(), mark=mark)
        response = view(request, *args, **kwargs)
        if request.user.is_authenticated:
            _varied(response)
            patch_cache_control(response, private=True, no_cache=True)
            return response
        if response.status_code in {301, 302, 400, 404}:
            return _varied(response)
        return for_a_minute(request, response, mark=mark or _mark_of(request, response))

    return require_safe(answer)


def _is_anybody(request: HttpRequest) -> bool:
    """Whether nothing on the page can be meant for this reader alone."""
    own = {settings.SESSION_COOKIE_NAME, "messages"}
    return not own & request.COOKIES.keys()


def for_a_minute(
    request: HttpRequest, response: HttpResponseBase, *, mark: str
) -> HttpResponseBase:
    """Let anybody keep an answer for a minute; where they have it, say just that."""
    _varied(response)
    patch_cache_control(response, public=True, max_age=KEPT_FOR_SECONDS)
    response["ETag"] = mark
    # Feeds say when they last changed, and are asked by that too.
    changed = parse_http_date_safe(response.get("Last-Modified", ""))
    return (
        get_conditional_response(
            request,
            etag=mark,
            last_modified=changed,
            response=response,  # type: ignore[arg-type]  # any is handed back as it is
        )
        or response
    )


def _varied(response: Answer) -> Answer:
    # One address answers a whole page, or the part of it that htmx asks for.
    patch_vary_headers(response, ["Cookie", "HX-Request"])
    return response


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
    return _weak(response.content.replace(nonce, b"") if nonce else response.content)


def mark_by(request: HttpRequest, edition: str) -> str:
    """Return the tag of an answer, which is another one when `edition` is."""
    part = request.headers.get("HX-Request", "")
    told = (edition, _build(), get_language(), part, request.get_full_path())
    return _weak(repr(told).encode())


def _weak(what: bytes) -> str:
    return f'W/"{hashlib.sha256(what).hexdigest()[:32]}"'


@cache
def _build() -> str:
    """Return which templates, words, styles and code of ours make the pages."""
    found = hashlib.sha256(f"{settings.SITE_NAME} {settings.SITE_URL}".encode())
    for app in ("claims", "config", "sources"):
        for file in sorted((settings.BASE_DIR / app).rglob("*")):
            if file.suffix in MAKES_PAGES:
                found.update(f"{file} ".encode() + file.read_bytes())
    return found.hexdigest()
