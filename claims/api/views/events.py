"""The API of events: a list to read on in, and the same as it happens."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Max
from django.http import HttpResponse, StreamingHttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from rest_framework.exceptions import ErrorDetail
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.response import Response

from claims.api.shapes.webhooks import EventOut
from claims.api.streaming import AGAIN_SECONDS, MEDIA_TYPE, open_telling
from claims.errors import Overtaken
from claims.models import Event
from claims.vocabulary import EventType
from sources.api.asking import AnyOf, PageQuery, key
from sources.api.refusals import QueryRefused
from sources.api.resource import Operation, Resource
from sources.wire.listening import NoRoom
from sources.wire.store import WireDown

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http.response import HttpResponseBase
    from rest_framework.request import Request


class EventStream(JSONRenderer):
    """Server-sent events; a refusal is JSON all the same."""

    media_type = MEDIA_TYPE
    format = "events"


class EventQuery(PageQuery):
    """Which events."""

    since = key("Those after this event: the id of the last one you know.")
    type = AnyOf(EventType.choices, required=False, help_text="Of these types.")
    claim = key("About this claim.")


class EventViewSet(Resource):
    """What readers were told of, the oldest first."""

    overtaken = Overtaken
    operations = {
        "list": Operation(
            summary="List events, or follow them",
            gives=EventOut,
            asks=EventQuery,
            sorts={"at": "number"},
            sort="at",
            refuses=(HTTPStatus.SERVICE_UNAVAILABLE,),
        ),
        "retrieve": Operation(summary="Read an event", gives=EventOut),
    }

    def get_queryset(self) -> QuerySet[Any]:
        return Event.objects.told()

    def get_renderers(self) -> list[BaseRenderer]:
        follows = [EventStream()] if self.action == "list" else []
        return [JSONRenderer(), *follows]

    def list(self, request: Request) -> Response | HttpResponseBase:
        """
        Read on from `since`; what you have read never changes.

        With `Accept: text/event-stream` events come as they happen, from the one in
        `Last-Event-ID` on (or `since`), else from now on. Such an answer ends after
        five minutes: ask again, as browsers do by themselves. With 503 look at the
        list now and then.
        """
        rows = self._asked_for(self.get_queryset())
        if request.accepted_renderer.media_type == MEDIA_TYPE:
            return self._followed(rows)
        if since := self.asked.get("since"):
            rows = rows.after(_number_of(since, at="since"))
        return self.listed(rows)

    def retrieve(self, request: Request, pk: str) -> Response:
        return self.given(self.get_object())

    def finalize_response(
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> Any:
        if isinstance(response, Response):
            return super().finalize_response(request, response, *args, **kwargs)
        # What goes on has no tag, and nobody keeps it.
        answer: HttpResponseBase = super(Resource, self).finalize_response(
            request, response, *args, **kwargs
        )
        patch_vary_headers(answer, ("Accept",))
        return answer

    def _asked_for(self, rows: Any) -> Any:
        if types := self.asked.get("type"):
            rows = rows.filter(type__in=types)
        if claim := self.asked.get("claim"):
            rows = rows.filter(claim=claim)
        return rows

    def _followed(self, rows: Any) -> HttpResponseBase:
        try:
            telling = open_telling(rows, after=self._last_number())
        except (NoRoom, WireDown):
            refused = HttpResponse(status=HTTPStatus.SERVICE_UNAVAILABLE)
            refused["Retry-After"] = str(AGAIN_SECONDS)
            return refused
        answer = StreamingHttpResponse(telling, content_type=MEDIA_TYPE)
        answer["X-Accel-Buffering"] = "no"
        answer["Cache-Control"] = "no-cache"
        return answer

    def _last_number(self) -> int:
        """Return the number of the last event that the caller knows."""
        header = self.request.headers.get("Last-Event-ID", "")
        if header:
            return _number_of(header, at="Last-Event-ID")
        if since := self.asked.get("since"):
            return _number_of(since, at="since")
        return Event.objects.aggregate(last=Max("number"))["last"] or 0


def _number_of(event: UUID | str, *, at: str) -> int:
    try:
        known = Event.objects.told().filter(pk=UUID(str(event)))
        number = known.values_list("number", flat=True).first()
    except ValueError:
        number = None
    if number is None:
        raise QueryRefused(
            {at: [ErrorDetail(_("There is no such event."), code="does_not_exist")]}
        )
    return number
