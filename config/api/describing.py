"""The description of the API: written once in each shape, and then sent as it is."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import override
from drf_spectacular.views import SpectacularAPIView
from rest_framework.response import Response

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase
    from rest_framework.request import Request

# What chooses the shape. Asked for with anything else, it is written anew.
_SHAPING = {"format"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The description as it goes out."""

    body: bytes
    content_type: str
    disposition: str
    etag: str


# By media type, until the process ends: it follows from the code alone.
_written: dict[str, Written] = {}


class SchemaView(SpectacularAPIView):
    """In one language, as the reference is: clients are made from it."""

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """Answer in the language of the reference, whatever was asked for."""
        with override(settings.LANGUAGE_CODE):
            answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
            answer["Content-Language"] = settings.LANGUAGE_CODE
            # Now, not later.
            return answer.render() if isinstance(answer, Response) else answer

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer with what was written before; 304 where the client has it."""
        if not request.GET.keys() <= _SHAPING:
            return self._anew(request)
        # Writing it takes longer than any page does (0.4 s, 2026-11).
        shape = request.accepted_renderer.media_type
        if shape not in _written:
            _written[shape] = self._write(request)
        return _answer(request, _written[shape])

    def _anew(self, request: Request) -> Response:
        answer: Response = super().get(request)  # type: ignore[no-untyped-call]  # of drf-spectacular
        return answer

    def _write(self, request: Request) -> Written:
        answer = self._anew(request)
        renderer = request.accepted_renderer
        body = renderer.render(
            answer.data, request.accepted_media_type, self.get_renderer_context()
        )
        body = body.encode() if isinstance(body, str) else body
        return Written(
            body=body,
            content_type=f"{renderer.media_type}; charset=utf-8",
            disposition=answer["Content-Disposition"],
            etag=f'"{hashlib.sha256(body).hexdigest()[:32]}"',
        )


def _answer(request: Request, written: Written) -> HttpResponseBase:
    response = HttpResponse(written.body, content_type=written.content_type)
    response["Content-Disposition"] = written.disposition
    patch_cache_control(response, no_cache=True)
    response["ETag"] = written.etag
    return (
        get_conditional_response(request, etag=written.etag, response=response)
        or response
    )
