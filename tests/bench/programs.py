"""What programs do: read pages of claims, deep and shallow, and write one down."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.contrib.auth.models import Group, User
from django.db import connection
from django.utils import timezone
from rest_framework import serializers
from rest_framework.renderers import JSONRenderer
from uuid_utils.compat import uuid7

from claims.models import AccessToken, Assessment, Claim, Claimant
from claims.vocabulary import Scope
from config.wsgi import application
from tests.bench import archive
from tests.bench.clock import Ratio, kept_connection, side_by_side

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bench.sizes import Sizes

PAGES_DEEP = 40


def measures(sizes: Sizes) -> Iterator[object]:
    """Time the API against the least that could answer the same."""
    with kept_connection():
        yield from _measures(sizes)


def _measures(sizes: Sizes) -> Iterator[object]:
    archive.fill(sizes.claims)
    yield f"CPU of server and database, {sizes.claims:,} claims"
    token = _token()
    first = "/api/v1/claims?limit=50"
    body = _get(first, token)

    def bare(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response("200 OK", [("Content-Type", "application/json")])
        return [body]

    ours, theirs = side_by_side(
        lambda: _get(first, token),
        lambda: _call(bare, _environ(first, token)),
        times=20,
    )
    yield Ratio(
        name="list of 50 claims, token",
        ours=ours,
        theirs=theirs,
        theirs_is="bare WSGI, same bytes",
        budget="2, once pages are stored documents",
    )
    ours, theirs = side_by_side(lambda: _get(first, token), _model_serializer, times=10)
    yield Ratio(
        name="list of 50 claims, token",
        ours=ours,
        theirs=theirs,
        theirs_is="DRF ModelSerializer, nested",
        budget="0.04, once pages are stored documents",
    )
    deep = _deep(first, token)
    ours, theirs = side_by_side(
        lambda: _get(deep, token), lambda: _get(first, token), times=20
    )
    yield Ratio(
        name=f"page {PAGES_DEEP} of the list",
        ours=ours,
        theirs=theirs,
        theirs_is="page 1",
        budget="1.2",
    )
    claimant = Claimant.objects.order_by("pk").first()
    ours, theirs = side_by_side(
        lambda: _post(token, claimant), lambda: _insert(claimant), times=20
    )
    yield Ratio(
        name="create a claim: rules, history",
        ours=ours,
        theirs=theirs,
        theirs_is="raw INSERT with commit",
        budget="3",
    )


def _token() -> str:
    person = User.objects.create_user("bench-program")
    person.groups.add(Group.objects.get(name="editor"))
    now = timezone.now()
    _, secret = AccessToken.issue(
        user=person,
        name="bench",
        scopes=Scope.values,
        now=now,
        expires_at=now + timedelta(days=1),
    )
    return secret


def _environ(address: str, token: str, body: bytes = b"") -> dict[str, Any]:
    parts = urlsplit(address)
    return {
        "REQUEST_METHOD": "POST" if body else "GET",
        "PATH_INFO": parts.path,
        "QUERY_STRING": parts.query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_AUTHORIZATION": f"Bearer {token}",
        "CONTENT_TYPE": "application/json" if body else "",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
        "wsgi.url_scheme": "http",
    }


def _call(app: Any, environ: dict[str, Any]) -> bytes:
    statuses: list[str] = []
    answer = app(environ, lambda status, headers: statuses.append(status))
    body = b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    if not statuses[0].startswith("2"):
        raise RuntimeError(f"{statuses[0]}: {body[:500]!r}")
    return body


def _get(address: str, token: str) -> bytes:
    return _call(application, _environ(address, token))


def _deep(address: str, token: str) -> str:
    for _ in range(PAGES_DEEP - 1):
        parts = urlsplit(json.loads(_get(address, token))["next"])
        address = f"{parts.path}?{parts.query}"
    return address


def _post(token: str, claimant: Claimant) -> bytes:
    body = {"statement": "The dam held.", "claimant": str(claimant.pk)}
    return _call(
        application, _environ("/api/v1/claims", token, json.dumps(body).encode())
    )


def _insert(claimant: Claimant) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO claims_claim (id, statement, original_wording, form, language,"
            " topics, claimant_id, role_at_time, said_at_precision, status, moved_at,"
            " version, created_at, updated_at) VALUES (%s, 'The dam held.', '',"
            " 'indirect', 'en', '{}', %s, '', 'day', 'new', now(), 1, now(), now())",
            [uuid7(), claimant.pk],
        )


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
