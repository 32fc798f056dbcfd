"""What every request passes through on its way in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import structlog
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.utils.translation import gettext as _
from pghistory.middleware import HistoryMiddleware as PGHistoryMiddleware

from config.api.outside import API
from config.api.problems import answered, bad_request

if TYPE_CHECKING:
    from collections.abc import Callable


class PlainAddressMiddleware:
    """Answers 400 to an address with a NUL in it: no column can hold one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path or "\x00" in unquote(request.META["QUERY_STRING"]):
            return self._refused(request)
        return self.get_response(request)

    def _refused(self, request: HttpRequest) -> HttpResponse:
        reason = _("The address holds a NUL character (%00). Remove it.")
        if request.path.startswith(API):
            return answered(bad_request(reason))
        return HttpResponseBadRequest(reason, content_type="text/plain; charset=utf-8")


class HistoryMiddleware(PGHistoryMiddleware):
    """Writes who, where and in which request beside every change of a row."""

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        """Return what the history keeps of this request."""
        request_id = structlog.contextvars.get_contextvars().get("request_id", "")
        context: dict[str, Any] = super().get_context(request)
        return context | {"request_id": request_id}
