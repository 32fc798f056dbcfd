"""The API of claims on their way out, sent as they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.http import StreamingHttpResponse
from django.utils.cache import patch_vary_headers
from rest_framework.renderers import BaseRenderer, JSONRenderer

from claims.access import Role, require
from claims.api.seeing import at_desk
from claims.errors import NotYours, Overtaken
from claims.exchange.giving import MEDIA_TYPES, NAMES, give
from claims.vocabulary import ExportFormat, Scope
from sources.api.asking import Query, YesOrNo, key
from sources.api.resource import Operation, Resource
from sources.api.shapes import NothingIn, One

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase
    from rest_framework.request import Request

# Without what is said of the letters: that is no part of what is asked for.
_BARE = {form: kind.partition(";")[0] for form, kind in MEDIA_TYPES.items()}


class ExportQuery(Query):
    """What to give away, and how it is written."""

    format = One(
        choices=ExportFormat.choices,
        default=ExportFormat.NDJSON,
        help_text="How it is written. What goes out is read again by `imports`.",
    )
    after = key("Go on behind this claim: the `id` of the last one you have whole.")
    everything = YesOrNo(
        required=False,
        help_text="Also what is not published, and what is only suggested: for editors.",
    )


def _renderer(kind: str) -> type[BaseRenderer]:
    class Streamed(JSONRenderer):
        """Sent as it is; a refusal is JSON all the same."""

        media_type = kind
        format = kind

    return Streamed


_STREAMED = [_renderer(kind) for kind in dict.fromkeys(_BARE.values())]


class ExportViewSet(Resource):
    """All claims, in one of the forms that others read."""

    overtaken = Overtaken
    operations: ClassVar[dict[str, Operation]] = {
        "list": Operation(
            summary="Export claims",
            gives=NothingIn,
            asks=ExportQuery,
            streams=tuple(dict.fromkeys(_BARE.values())),
            scopes=(Scope.EXPORT,),
            role="reader",
        )
    }

    def get_renderers(self) -> list[BaseRenderer]:
        return [JSONRenderer(), *(renderer() for renderer in _STREAMED)]

    def list(self, request: Request) -> HttpResponseBase:
        """
        Send what is published, claim by claim in the order of their ids.

        Where it breaks off, ask again with `after`: claims that were recorded meanwhile
        come behind all others. In CSV and Excel, what a spreadsheet would take for a
        formula begins with an apostrophe.
        """
        everything = self.asked.get("everything", False)
        if everything:
            require(self.caller, Role.EDITOR)
            if not at_desk(request):
                raise NotYours("This token lacks the scope claims:read.")
        form = ExportFormat(self.asked["format"])
        pieces = give(form, desk=everything, at=self.now, after=self.asked.get("after"))
        answer = StreamingHttpResponse(pieces, content_type=MEDIA_TYPES[form])
        answer["Content-Disposition"] = f'attachment; filename="{NAMES[form]}"'
        answer["Cache-Control"] = "private, no-store"
        return answer

    def finalize_response(
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> Any:
        if not isinstance(response, StreamingHttpResponse):
            return super().finalize_response(request, response, *args, **kwargs)
        # What goes on has no tag, and nobody keeps it.
        streamed: Any = response  # the framework takes it, and says it does not
        answer: HttpResponseBase = super(Resource, self).finalize_response(
            request, streamed, *args, **kwargs
        )
        patch_vary_headers(answer, ("Authorization", "Cookie", "Accept"))
        return answer
