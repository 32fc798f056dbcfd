"""Calls of a program to the API, in this process and past any network."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.contrib.auth.models import Group, User
from django.utils import timezone

from claims.models import AccessToken
from claims.vocabulary import Scope
from config.wsgi import application
from tests.bench.processes import BenchFailed

if TYPE_CHECKING:
    from claims.access import Role


def a_token(role: Role) -> str:
    """Return the secret of a new token of somebody in that role."""
    person = User.objects.create_user(f"bench-{role.group}-{User.objects.count()}")
    person.groups.add(Group.objects.get(name=role.group))
    now = timezone.now()
    _, secret = AccessToken.issue(
        user=person,
        name="bench",
        scopes=Scope.values,
        now=now,
        expires_at=now + timedelta(days=1),
    )
    return secret


def environ(address: str, token: str, body: bytes = b"", **more: str) -> dict[str, Any]:
    """Return a request as a WSGI server hands it on."""
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
        **more,
    }


def call(app: Any, asked: dict[str, Any], *, status: str = "2") -> tuple[str, bytes]:
    """Return the tag and the body of an answer whose status begins like this."""
    heard: list[Any] = []
    answer = app(asked, lambda *said: heard.append(said))
    body = b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    ((said, headers),) = heard
    if not said.startswith(status):
        raise BenchFailed(f"{asked['PATH_INFO']}: {said}: {body[:500]!r}")
    return dict(headers).get("ETag", ""), body


def get(address: str, token: str) -> bytes:
    return call(application, environ(address, token))[1]


def post(address: str, token: str, body: bytes) -> bytes:
    return call(application, environ(address, token, body))[1]
