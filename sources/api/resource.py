"""
What every resource of the API is made of.

A view says in `operations` what each of its operations asks, takes, gives and needs;
the permission, the pages and the schema are made from that, so they cannot drift.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property, partial
from http import HTTPStatus
from types import MappingProxyType, SimpleNamespace
from typing import TYPE_CHECKING, Any, ClassVar, cast

from django.conf import settings
from django.http import HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.module_loading import import_string
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.routers import SimpleRouter
from rest_framework.viewsets import GenericViewSet

from sources.api import asking
from sources.api.forms import FORM, FormParser
from sources.api.refusals import PreconditionRequired, Stale
from sources.api.shapes import In, NothingIn

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from django.contrib.auth.models import User
    from django.db.models import Expression, Model, QuerySet
    from rest_framework.parsers import BaseParser
    from rest_framework.request import Request
    from rest_framework.serializers import BaseSerializer

# A UUID as it is printed: one address for each thing.
KEY = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_VARY = ("Authorization", "Cookie", "Accept")
KEY_OF_A_REQUEST = "Idempotency-Key"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """What one operation asks, takes, gives and needs."""

    summary: str
    gives: type[BaseSerializer[Any]]
    takes: type[In] = NothingIn
    asks: type[asking.Query] = asking.Query
    status: int = HTTPStatus.OK
    # What was there before is given with 200 instead of 201.
    known_is_given: bool = False
    # What workers go on with is given with 202.
    may_be_begun: bool = False
    # What it takes as a form, with a file
    takes_form: type[In] | None = None

    # What it sends piece by piece, as these media types; it has no tag then
    streams: tuple[str, ...] = ()

    # Who may: a token needs all of the scopes, a person the role; neither: everybody
    scopes: tuple[str, ...] = ()
    role: str = ""

    # For a list: what it can be sorted by, and how it is unless asked otherwise
    sorts: Mapping[str, str | Expression] = field(default_factory=dict)
    sort: str = ""

    # Whether `If-Match` has to be sent with it
    conditional: bool = False

    # Whether it gives a secret that is shown once, and kept nowhere
    secret: bool = False

    # What it may answer besides what every operation may
    refuses: tuple[int, ...] = ()

    @property
    def many(self) -> bool:
        return bool(self.sorts)

    @property
    def members(self) -> list[str]:
        """Every word that `fields` takes."""
        return list(getattr(self.gives(), "fields", ()))

    @property
    def orders(self) -> list[str]:
        """Every word that `sort` takes."""
        return [sign + name for name in self.sorts for sign in ("", "-")]


class ByAccept(DefaultContentNegotiation):
    """The form of an answer is chosen by `Accept` alone."""

    settings: Any = SimpleNamespace(URL_FORMAT_OVERRIDE=None)


class Resource(GenericViewSet[Any]):
    """A resource with strict queries, entity tags and changes that lose nothing."""

    operations: ClassVar[Mapping[str, Operation]]
    # What the operation raises when somebody else saved first.
    overtaken: ClassVar[type[Exception]]
    content_negotiation_class = ByAccept
    lookup_value_regex = KEY
    asked: dict[str, Any]
    post: Callable[..., Any]  # what answers a POST, set by the framework
    # What the one who counts requests says with this answer.
    headers_of_limit: Mapping[str, str] = MappingProxyType({})
    _tagged: Model | None = None

    @property
    def operation(self) -> Operation:
        """What is being done now."""
        return self.operations[self.action]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if self.action in self.operations:
            self.asked = asking.read(self.operation.asks, request.query_params)
            if "fields" in self.asked:
                asking.require_known(
                    "fields", self.asked["fields"], known=self.operation.members
                )
        if request.method == "POST" and KEY_OF_A_REQUEST in request.headers:
            once = import_string(settings.API_DONE_ONCE)
            # The framework takes the handler from here, once all this has passed.
            self.post = partial(once, self, self.post)

    def get_parsers(self) -> list[BaseParser]:
        parsers: list[BaseParser] = super().get_parsers()
        # The framework that writes the description asks without a request.
        method = getattr(self.request, "method", None) or ""
        action = self.action_map.get(method.lower(), "")
        operation = self.operations.get(action)
        if operation is None or operation.takes_form is None:
            return parsers
        return [*parsers, FormParser()]

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        return Response(status=HTTPStatus.NO_CONTENT)

    # --- What comes in ---------------------------------------------------------

    def taken(self, *, partial: bool = False) -> dict[str, Any]:
        """Return the body, as far as its shape goes."""
        takes = self.operation.takes
        if self.request.content_type.startswith(FORM):
            takes = self.operation.takes_form or takes
        taken = takes(
            data=self.request.data,
            partial=partial,
            context=self.get_serializer_context(),
        )
        taken.is_valid(raise_exception=True)
        return dict(cast("Mapping[str, Any]", taken.validated_data))

    def expected_version(self, row: Any) -> int:
        """Return the version the caller read. Raises PreconditionRequired, Stale."""
        header = self.request.headers.get("If-Match")
        if header is None:
            raise PreconditionRequired
        mine = _mark(row)
        if header.strip() == "*" or any(
            tag.startswith(f'"{mine}.') for tag in parse_etags(header)
        ):
            version: int = row.version
            return version
        raise self.stale(row)

    @property
    def caller(self) -> User:
        """Whoever calls; nobody else gets past the permission of a change."""
        return cast("User", self.request.user)

    @cached_property
    def now(self) -> datetime:
        """The one reading of the clock for this request."""
        return timezone.now()

    # --- What goes out ---------------------------------------------------------

    def context_of(self, rows: Sequence[Any]) -> dict[str, Any]:
        """Return what the shapes of these rows need besides the rows."""
        return dict(self.get_serializer_context())

    def shown(self, row: Any) -> dict[str, Any]:
        """Return the representation of one row."""
        gives = self.operation.gives(row, context=self.context_of([row]))
        return dict(cast("Mapping[str, Any]", gives.data))

    def given(self, row: Any, *, status: int | None = None, at: str = "") -> Response:
        """Answer with one row; `at` is the address of a new one."""
        self._tagged = row
        headers = {"Location": self.request.build_absolute_uri(at)} if at else None
        return Response(
            self.shown(row), status=status or self.operation.status, headers=headers
        )

    def listed(self, queryset: QuerySet[Any]) -> Response:
        """Answer with the page that was asked for."""
        page = list(self.paginate_queryset(queryset) or ())
        rows = self.operation.gives(page, many=True, context=self.context_of(page))
        return self.get_paginated_response(self._chosen(rows.data))

    def _chosen(self, rows: Sequence[Any]) -> Sequence[Any]:
        names = self.asked.get("fields")
        if names is None:
            return rows
        return [{name: row[name] for name in names if name in row} for row in rows]

    def changed(self, change: Callable[..., Any]) -> Response:
        """
        Answer a PATCH: `change(row, version=…, **fields)` saves it.

        Somebody else's change that came first is a 412 with what stands now.
        """
        row = self.get_object()
        # What could not be done anyhow is refused first: RFC 9110, section 13.2.1.
        fields = self.taken(partial=True)
        version = self.expected_version(row)
        if fields:
            try:
                change(row, version=version, **fields)
            except self.overtaken as exc:
                raise self.stale(self.get_object()) from exc
        return self.given(self.get_object())

    def stale(self, row: Any) -> Stale:
        """Return the refusal of a change that was made on an older version."""
        current = self.shown(row)
        content = JSONRenderer().render(current)
        return Stale(current=current, etag=self._etag(row, content))

    # --- Entity tags -----------------------------------------------------------

    def beside(self, row: Any) -> str:
        """Return a mark of what is read with a row and is not in it; empty: nothing."""
        return ""

    def read_beside(self, row: Any) -> str:
        """Return that mark as the caller read it; empty where any will do."""
        for tag in parse_etags(self.request.headers.get("If-Match", "")):
            mine, _, rest = tag.strip('"').partition(".")
            if mine == _mark(row):
                return rest.partition(".")[0]
        return ""

    def finalize_response(
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        patch_vary_headers(response, _VARY)
        for name, value in self.headers_of_limit.items():
            response.headers[name] = value
        response.headers.setdefault(
            "Cache-Control",
            # Who calls may not be known yet: a refused token comes by here too.
            "private, no-cache"
            if request.META.get("HTTP_AUTHORIZATION") or request.COOKIES
            else "no-cache",
        )
        if response.status_code in {HTTPStatus.OK, HTTPStatus.CREATED}:
            response.add_post_render_callback(partial(self._tag, request))
        return response

    def tag_of(self, content: bytes) -> str:
        """Return the entity tag of what is answered, as it goes out."""
        return self._etag(self._tagged, content)

    def _tag(self, request: Request, response: Response) -> HttpResponse | None:
        # An answer that is given again brings its own.
        tag = response.headers.get("ETag") or self.tag_of(response.content)
        response.headers["ETag"] = tag
        if request.method not in {"GET", "HEAD"}:
            return None
        wanted = request.headers.get("If-None-Match", "")
        # Weak comparison, RFC 9110, section 13.1.2.
        seen = {each.removeprefix("W/") for each in parse_etags(wanted)}
        if wanted.strip() != "*" and tag not in seen:
            return None
        unchanged = HttpResponseNotModified()
        for name in ("ETag", "Vary", "Cache-Control", "Link", *self.headers_of_limit):
            if name in response.headers:
                unchanged.headers[name] = response.headers[name]
        return unchanged

    def _etag(self, row: Any, content: bytes) -> str:
        body = hashlib.sha256(content).hexdigest()[:32]
        parts = [_mark(row), self.beside(row)] if hasattr(row, "version") else []
        return f'"{".".join(filter(None, [*parts, body]))}"'


def _mark(row: Any) -> str:
    # The version alone would let the tag of another row pass.
    return hashlib.sha256(f"{row.pk} {row.version}".encode()).hexdigest()[:16]


class Router(SimpleRouter):
    """Addresses without a slash at the end; with one they work as well."""

    # Not «$», which lets a line break stand behind it.
    routes = [
        route._replace(url=route.url.replace("$", r"\Z"))
        for route in SimpleRouter.routes
    ]

    def __init__(self) -> None:
        super().__init__()
        self.trailing_slash = "/?"
