"""What programs read: pages of claims, deep and shallow, and one claim."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

import psycopg
from django.db import connection
from rest_framework import serializers
from rest_framework.renderers import JSONRenderer

from claims.access import Role
from claims.models import Assessment, Claim, Claimant, Document
from config.api import paging
from config.wsgi import application
from tests.bench import archive
from tests.bench.calling import a_token, call, environ, get
from tests.bench.clock import Ratio, kept_connection, side_by_side

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.bench.sizes import Sizes

LIST = "/api/v1/claims?limit=50"
_DOCUMENTS = """
SELECT string_agg(body, ',') FROM (
    SELECT body FROM claims_document WHERE public_since <= now()
    ORDER BY created_at DESC, claim_id DESC LIMIT 50
) page
"""
_ONE = "SELECT body FROM claims_document WHERE claim_id = %s"


def measures(sizes: Sizes) -> Iterator[object]:
    """Time the API against the least that could answer the same."""
    with kept_connection():
        archive.fill(sizes.claims)
        archive.make_documents()
        yield f"reading {sizes.claims:,} claims: CPU of server and database"
        token = a_token(Role.READER)
        get(LIST, token)  # whose token is used is written down each minute
        yield from _lists(token)
        yield from _single(token)
        yield from _depth(token, sizes.documents)


def _lists(token: str) -> Iterator[Ratio]:
    asked = partial(get, LIST, token)
    tag, body = call(application, environ(LIST, token))
    name = "list of 50 claims, token"
    yield _ratio(
        name, asked, "bare WSGI, same documents", partial(_bare, _DOCUMENTS), "2"
    )
    yield _ratio(name, asked, "bare WSGI, same bytes kept", partial(_bare, body))
    yield _ratio(
        name, asked, "DRF ModelSerializer, nested", _model_serializer, "0.04", times=10
    )
    yield _ratio(
        "list of 50 claims, 304",
        partial(_unchanged, LIST, token, tag),
        "bare WSGI, same documents",
        partial(_bare, _DOCUMENTS),
    )


def _single(token: str) -> Iterator[Ratio]:
    key = Document.objects.latest("created_at").pk
    address = f"/api/v1/claims/{key}"
    tag, _body = call(application, environ(address, token))
    bare = partial(_bare, _ONE, key)
    asked = partial(get, address, token)
    yield _ratio("one claim, token", asked, "bare WSGI, same document", bare, times=200)
    yield _ratio(
        "one claim, 304",
        partial(_unchanged, address, token, tag),
        "bare WSGI, same document",
        bare,
        times=200,
    )


def _depth(token: str, many: int) -> Iterator[object]:
    archive.copy_documents(many)
    yield f"down to the end of {many:,} stored documents"
    for part in (0.5, 0.999):
        yield _ratio(
            f"page after {part:.1%} of the list",
            partial(get, _page_after(int(many * part)), token),
            "page 1",
            partial(get, LIST, token),
            "1.2",
        )


def _ratio(
    name: str,
    ours: Callable[[], object],
    theirs_is: str,
    theirs: Callable[[], object],
    budget: str = "",
    *,
    times: int = 50,
) -> Ratio:
    mine, other = side_by_side(ours, theirs, times=times)
    return Ratio(name=name, ours=mine, theirs=other, theirs_is=theirs_is, budget=budget)


def _unchanged(address: str, token: str, tag: str) -> None:
    call(application, environ(address, token, HTTP_IF_NONE_MATCH=tag), status="304")


def _page_after(number: int) -> str:
    """Return the address of the page behind so many: not walked to, they are many."""
    place = Document.objects.order_by("-created_at", "-pk")[number]
    cursor = paging.Cursor(value=place.created_at, key=place.pk, way=paging.ON)
    mark = paging.mark_of(urlsplit(LIST).path, "-created_at", ())
    return f"{LIST}&cursor={quote(paging.written(cursor, mark=mark))}"


# --- The least that could answer the same ---------------------------------------


def _bare(sent: bytes | str, *asked: Any) -> None:
    """Send bytes that are kept, or what the database answers, and nothing else."""

    def bare(_environ: dict[str, Any], start_response: Any) -> list[bytes]:
        body = sent if isinstance(sent, bytes) else _stored(sent, asked)
        start_response("200 OK", [("Content-Type", "application/json")])
        return [body]

    call(bare, environ(LIST, ""))


def _stored(sql: str, asked: tuple[Any, ...]) -> bytes:
    connection.ensure_connection()
    with psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(sql, asked, prepare=True, binary=True)
        ((body,),) = cursor.fetchall()
    return bytes(body)


class _ClaimantRow(serializers.ModelSerializer[Claimant]):
    class Meta:
        model = Claimant
        fields = "__all__"


class _AssessmentRow(serializers.ModelSerializer[Assessment]):
    assessor = _ClaimantRow()

    class Meta:
        model = Assessment
        fields = "__all__"


class _ClaimRow(serializers.ModelSerializer[Claim]):
    claimant = _ClaimantRow()
    assessments = _AssessmentRow(many=True)

    class Meta:
        model = Claim
        exclude = ["search"]


def _model_serializer() -> bytes:
    rows = (
        Claim.objects.public()
        .select_related("claimant")
        .prefetch_related("assessments__assessor")
        .newest_first()[:50]
    )
    return bytes(JSONRenderer().render(_ClaimRow(rows, many=True).data))
