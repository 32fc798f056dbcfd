"""Pages of a list, in both directions, by comparing rows: depth costs nothing."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core import signing
from django.db import models
from django.db.models import F, Func, Value
from django.db.models.lookups import GreaterThan, LessThan
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from rest_framework.exceptions import ErrorDetail
from rest_framework.pagination import BasePagination
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from sources.api.refusals import QueryRefused

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import Expression
    from rest_framework.request import Request
    from rest_framework.views import APIView

    from sources.api.resource import Resource

_SIGNER = signing.Signer(salt="counterclaim.api.cursor")
_NOT_THE_QUERY = {"cursor", "limit", "count", "fields"}
ON, BACK = "n", "p"
PART = "Part"  # what a representation is called of which there are only some members
# Counting goes on no further: a list of a million is not read for its number.
EXACT_AT_MOST, ESTIMATED_FROM = 10_000, 1_000
COUNT_IS = ("exact", "at_least", "estimated")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """A place in a list: a row's value and key, and which way to go from there."""

    value: Any
    key: Any
    way: str


class KeysetPagination(BasePagination):
    """
    Gives `{"results": […], "next": url|null, "previous": url|null}`, and `Link`.

    A cursor is signed and goes with the query it came from. Rows that come or go
    between two pages are neither skipped nor repeated.
    """

    request: Request
    view: Resource
    limit: int
    counted: tuple[int, str] | None
    order: str  # a name of the operation's sorts, with «-» for descending
    more: bool  # beyond the page, in the direction it was read
    page: list[Any]

    def paginate_queryset(
        self,
        queryset: Any,
        request: Request,
        view: APIView | None = None,
    ) -> list[Any]:
        assert view is not None  # noqa: S101 — the framework always says which
        self.request, self.view = request, view  # type: ignore[assignment]  # a Resource
        asked = self.view.asked
        self.limit = asked["limit"]
        self.order = self._order(asked.get("sort"))
        self.cursor = self._cursor(asked.get("cursor"))
        self.counted = counted(queryset, asked["count"])
        rows = self._ordered(queryset)[: self.limit + 1]
        found = list(rows)
        self.more, self.page = len(found) > self.limit, found[: self.limit]
        if self._backwards:
            self.page.reverse()
        return self.page

    def get_paginated_response(self, data: Any) -> Response:
        following, before = self._link(ON), self._link(BACK)
        body = {"results": data, "next": following, "previous": before}
        if self.counted is not None:
            body["count"], body["count_is"] = self.counted
        links = [
            f'<{url}>; rel="{rel}"'
            for url, rel in ((following, "next"), (before, "prev"))
            if url
        ]
        return Response(body, headers={"Link": ", ".join(links)} if links else None)

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        url = {"type": ["string", "null"], "format": "uri"}
        # With `fields`, some of the members.
        whole = schema["items"]
        if "$ref" in whole:
            some = {"$ref": whole["$ref"] + PART}
            schema = {**schema, "items": {"anyOf": [whole, some]}}
        return {
            "type": "object",
            "required": ["results", "next", "previous"],
            "properties": {
                "results": schema,
                "next": url,
                "previous": url,
                "count": {"type": "integer", "minimum": 0},
                "count_is": {"type": "string", "enum": list(COUNT_IS)},
            },
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        # The operation's own query says it all, limit and cursor too.
        return []

    # --- Where it goes on ------------------------------------------------------

    @property
    def _backwards(self) -> bool:
        return self.cursor is not None and self.cursor.way == BACK

    def _ordered(self, queryset: models.QuerySet[Any]) -> models.QuerySet[Any]:
        name = self.order.removeprefix("-")
        spelled = self.view.operation.sorts[name]
        column = F(spelled) if isinstance(spelled, str) else spelled
        down = self.order.startswith("-") != self._backwards
        rows = queryset.annotate(sorted_by=column)
        if self.cursor is not None:
            compare = LessThan if down else GreaterThan
            place = _row(column, F("pk"))
            spot = _row(Value(self.cursor.value), Value(self.cursor.key))
            rows = rows.filter(compare(place, spot))
        ordered: models.QuerySet[Any] = rows.order_by(*_sides(column, down=down))
        return ordered

    def _order(self, asked: str | None) -> str:
        operation = self.view.operation
        if asked is not None and asked not in operation.orders:
            raise _refused(
                "sort",
                "invalid_choice",
                _("Choose one of %(orders)s.")
                % {"orders": ", ".join(operation.orders)},
            )
        return asked or operation.sort

    def _cursor(self, text: str | None) -> Cursor | None:
        return None if text is None else read(text, mark=self._query_mark())

    def _query_mark(self) -> str:
        return mark_of(self.request.path, self.order, self.request.query_params.items())

    def _link(self, way: str) -> str | None:
        beyond = self.more if (way == BACK) == self._backwards else bool(self.cursor)
        if not beyond:
            return None
        if self.page:
            row = self.page[-1] if way == ON else self.page[0]
            value, key = row.sorted_by, row.pk
        elif self.cursor is not None:
            value, key = self.cursor.value, self.cursor.key
        else:
            return None
        text = written(Cursor(value=value, key=key, way=way), mark=self._query_mark())
        url: str = replace_query_param(
            self.request.build_absolute_uri(), "cursor", text
        )
        return url


def mark_of(path: str, order: str, query: Iterable[tuple[str, object]]) -> str:
    """Return what a cursor is bound to: the list that is read, and its order."""
    narrowed = sorted(
        (name, value)
        for name, value in query
        if name not in _NOT_THE_QUERY and name != "sort"
    )
    asked = f"{path.rstrip('/')} {order} {narrowed}"
    return hashlib.sha256(asked.encode()).hexdigest()[:12]


def written(cursor: Cursor, *, mark: str) -> str:
    """Return the text of a cursor: the same one each time, as the page's tag is."""
    kept = {"v": _dumped(cursor.value), "k": _dumped(cursor.key), "w": cursor.way}
    return _SIGNER.sign_object({**kept, "q": mark})


def read(text: str, *, mark: str) -> Cursor:
    """Return the cursor that `written` spelled. Raises QueryRefused."""
    try:
        kept = _SIGNER.unsign_object(text)
    except (signing.BadSignature, ValueError) as exc:
        raise _refused(
            "cursor", "invalid", _("Use a cursor as it was given out.")
        ) from exc
    if kept["q"] != mark:
        raise _refused(
            "cursor",
            "other_query",
            _("This cursor belongs to another query: start again without it."),
        )
    return Cursor(value=_loaded(kept["v"]), key=_loaded(kept["k"]), way=kept["w"])


def counted(queryset: models.QuerySet[Any], how: str) -> tuple[int, str] | None:
    """Return how many rows there are and what that number is: one of COUNT_IS."""
    if how == "none":
        return None
    rows = queryset.order_by()
    most = EXACT_AT_MOST if how == "exact" else ESTIMATED_FROM
    number = rows[: most + 1].count()
    if number <= most:
        return number, "exact"
    if how == "exact":
        return most, "at_least"
    return max(most, _expected(rows)), "estimated"


def _expected(rows: models.QuerySet[Any]) -> int:
    """Return how many rows PostgreSQL expects, by its statistics."""
    [plan] = json.loads(rows.explain(format="json"))
    expected: int = plan["Plan"]["Plan Rows"]
    return expected


def _row(*expressions: Any) -> Func:
    return Func(*expressions, function="ROW", output_field=models.Field())


def _sides(column: F | Expression, *, down: bool) -> Sequence[Any]:
    if down:
        return column.desc(), F("pk").desc()
    return column.asc(), F("pk").asc()


def _dumped(value: Any) -> list[Any]:
    if isinstance(value, datetime):
        return ["at", value.isoformat()]
    if isinstance(value, UUID):
        return ["id", str(value)]
    return ["is", value]


def _loaded(kept: list[Any]) -> Any:
    kind, value = kept
    if kind == "at":
        return parse_datetime(value)
    return UUID(value) if kind == "id" else value


def _refused(name: str, code: str, detail: str) -> QueryRefused:
    return QueryRefused({name: [ErrorDetail(detail, code=code)]})
