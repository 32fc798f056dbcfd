"""What every request passes through on its way in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import structlog
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from pghistory.middleware import HistoryMiddleware as PGHistoryMiddleware

from config.api.outside import API
from config.api.problems import answered, bad_request

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.utils.functional import _StrPromise

FORM = "application/x-www-form-urlencoded"
_ALIKE = re.compile(r"/embed/.*|/oembed|/datafeed\.json|/.*feed\.(?:atom|rss)")
NUL_IN_ADDRESS = _("The address holds a NUL character (%00). Remove it.")
NOT_READ = _("This request cannot be read.")


class PlainAddressMiddleware:
    """
    Answers 400 to an address with a NUL in it, and to a form that is not UTF-8.

    No column can hold the one; the other is refused by Django whenever its fields are
    read, and the page that says so reads them as well.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path or "\x00" in unquote(request.META["QUERY_STRING"]):
            return self._refused(request, NUL_IN_ADDRESS)
        encoding = request.encoding or "utf-8"
        if request.content_type == FORM and encoding.lower() != "utf-8":
            return self._refused(request, NOT_READ)
        return self.get_response(request)

    def _refused(self, request: HttpRequest, reason: _StrPromise) -> HttpResponse:
        # Nobody has chosen a language for this request yet: the thread still has that
        # of the one before it.
        language = translation.get_language_from_request(request)
        answer: HttpResponse
        with translation.override(language):
            if request.path.startswith(API):
                answer = answered(bad_request(str(reason)))
            else:
                answer = HttpResponseBadRequest(
                    str(reason), content_type="text/plain; charset=utf-8"
                )
        answer["Content-Language"] = language
        patch_vary_headers(answer, ["Accept-Language", "Cookie"])
        return answer


class EverybodyAlikeMiddleware:
    """
    Answers whoever asks alike where other sites and programs read.

    No cookie and no language of theirs comes in, and none goes out, so that one answer
    may be kept for all of them, and embedding a claim tells nobody who reads it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _ALIKE.fullmatch(request.path):
            return self.get_response(request)
        request.COOKIES = {}
        for name in ("HTTP_COOKIE", "HTTP_ACCEPT_LANGUAGE", "HTTP_HX_REQUEST"):
            request.META.pop(name, None)
        answer = self.get_response(request)
        answer.cookies.clear()
        del answer.headers["Vary"]
        return answer


class HistoryMiddleware(PGHistoryMiddleware):
    """Writes who, where and in which request beside every change of a row."""

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        """Return what the history keeps of this request."""
        request_id = structlog.contextvars.get_contextvars().get("request_id", "")
        context: dict[str, Any] = super().get_context(request)
        return context | {"request_id": request_id}
