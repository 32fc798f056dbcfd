"""
What readers' programs ask for most, answered from stored documents before all else.

Only what is plainly one of those requests is answered here: everything else, and every
refusal, is the framework's, which gives the same bytes and headers to the same request.
"""

from __future__ import annotations

import hashlib
import logging
import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode
from uuid import UUID, uuid4

import structlog
from csp.utils import build_policy
from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import Error, connection
from django.http import HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags
from django.utils.translation import get_language_from_request
from ipware import get_client_ip

from claims import documents
from claims.documents import Place
from claims.models.token import digest
from config.api import limits, paging
from config.api.paging import BACK, ON, Cursor
from sources.api.asking import CURSOR_MAX_CHARACTERS, LIMIT, MOST
from sources.api.refusals import QueryRefused
from sources.api.resource import KEY

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from claims.documents import Sheet

logger = structlog.get_logger(__name__)

BELOW = "/api/v1/claims"
_ADDRESS = re.compile(rf"{BELOW}(?:/(?P<claim>{KEY}))?/?")
_LIMIT = re.compile(r"[0-9]{1,3}")
_ACCEPTED = frozenset({"", "*/*", "application/json"})
_SORT = "-created_at"
_VARY = "Authorization, Cookie, Accept, Accept-Language"
# What only browsers send, and what asks for more than a plain answer.
_NOT_PLAIN = ("HTTP_COOKIE", "HTTP_IF_MATCH", "HTTP_RANGE", "CONTENT_TYPE")


class _Elsewhere(Exception):
    """The framework answers this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Which page of the list is asked for."""

    limit: int = LIMIT
    cursor: Cursor | None = None
    mark: str
    given: dict[str, str] = field(default_factory=dict)  # in the address, besides

    @property
    def back(self) -> bool:
        return self.cursor is not None and self.cursor.way == BACK

    def links(self, sheet: Sheet) -> tuple[Cursor | None, Cursor | None]:
        """Return the cursors of the page behind this one and of the one before."""
        newest, oldest = sheet.newest, sheet.oldest
        behind = sheet.more or self.back
        before = sheet.more if self.back else self.cursor is not None
        return (
            Cursor(value=oldest.created_at, key=oldest.claim, way=ON)
            if behind
            else None,
            Cursor(value=newest.created_at, key=newest.claim, way=BACK)
            if before
            else None,
        )


class StoredDocumentsMiddleware:
    """Answers a reader who asks for published claims, or for one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(BELOW):
            return self.get_response(request)
        try:
            answer = _answered(request)
        except _Elsewhere:
            return self.get_response(request)
        except Error:
            # A connection that broke: the framework makes a new one, or says so.
            if not connection.in_atomic_block:
                connection.close()
            return self.get_response(request)
        _log(request, answer)
        return answer


def _answered(request: HttpRequest) -> HttpResponse:
    address = _ADDRESS.fullmatch(request.path_info)
    if address is None or request.method != "GET" or not _is_plain(request):
        raise _Elsewhere
    secret = _secret(request)
    if address["claim"]:
        if request.META["QUERY_STRING"]:
            raise _Elsewhere
        found = documents.one(UUID(address["claim"]), secret=secret)
        if found is None:
            raise _Elsewhere
        body, tag = found
        answer = _given(request, body, tag=tag, allow="GET, PATCH, HEAD, OPTIONS")
    else:
        answer = _listed(request, _asked(request), secret)
    _count(request, answer, secret)
    return answer


def _count(request: HttpRequest, answer: HttpResponse, secret: str) -> None:
    """Say how the caller stands; one who asked too much is told by the framework."""
    standing = limits.of_token(digest(secret)) if secret else limits.of_address(request)
    if standing is None:
        return
    if standing.exceeded:
        raise _Elsewhere
    for name, value in standing.headers.items():
        answer.headers[name] = value


def _is_plain(request: HttpRequest) -> bool:
    meta = request.META
    if meta.get("HTTP_ACCEPT", "") not in _ACCEPTED:
        return False
    if any(meta.get(name) for name in _NOT_PLAIN):
        return False
    try:
        request.get_host()
    except DisallowedHost:
        return False
    return True


def _secret(request: HttpRequest) -> str:
    header = request.META.get("HTTP_AUTHORIZATION")
    if header is None:
        return ""
    scheme, _space, secret = header.partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise _Elsewhere
    return str(secret.strip())


def _asked(request: HttpRequest) -> Page:
    query = request.META["QUERY_STRING"]
    pairs = parse_qsl(query, keep_blank_values=True) if query else []
    asked = dict(pairs)
    if len(asked) < len(pairs) or asked.keys() - {"limit", "cursor"}:
        raise _Elsewhere
    limit, text = asked.get("limit", str(LIMIT)), asked.get("cursor")
    if not _LIMIT.fullmatch(limit) or not 1 <= int(limit) <= MOST:
        raise _Elsewhere
    mark = paging.mark_of(request.path, _SORT, ())
    return Page(
        limit=int(limit),
        cursor=_cursor(text, mark),
        mark=mark,
        given={name: value for name, value in asked.items() if name == "limit"},
    )


def _cursor(text: str | None, mark: str) -> Cursor | None:
    if text is None:
        return None
    if not 0 < len(text) <= CURSOR_MAX_CHARACTERS:
        raise _Elsewhere
    try:
        return paging.read(text, mark=mark)
    except QueryRefused as exc:
        raise _Elsewhere from exc


def _listed(request: HttpRequest, page: Page, secret: str) -> HttpResponse:
    cursor = page.cursor
    sheet = documents.some(
        limit=page.limit,
        back=page.back,
        beyond=Place(cursor.value, cursor.key) if cursor else None,
        secret=secret,
    )
    if sheet is None:
        raise _Elsewhere
    here = f"{request.scheme}://{request.get_host()}{request.path}"
    following, before = (_address(here, link, page) for link in page.links(sheet))
    body = b'{"results":[%b],"next":%b,"previous":%b}' % (
        sheet.body,
        _quoted(following),
        _quoted(before),
    )
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    answer = _given(request, body, tag=tag, allow="GET, POST, HEAD, OPTIONS")
    links = [
        f'<{url}>; rel="{rel}"'
        for url, rel in ((following, "next"), (before, "prev"))
        if url
    ]
    if links:
        answer.headers["Link"] = ", ".join(links)
    return answer


def _address(here: str, cursor: Cursor | None, page: Page) -> str:
    if cursor is None:
        return ""
    # In the order of their names, as the framework writes what was asked.
    asked = urlencode({"cursor": paging.written(cursor, mark=page.mark), **page.given})
    return f"{here}?{asked}"


def _quoted(address: str) -> bytes:
    # Nothing in an address that was put together here takes an escape in JSON.
    return f'"{address}"'.encode() if address else b"null"


def _given(request: HttpRequest, body: bytes, *, tag: str, allow: str) -> HttpResponse:
    seen = {
        each.removeprefix("W/")
        for each in parse_etags(request.META.get("HTTP_IF_NONE_MATCH", ""))
    }
    answer: HttpResponse
    if seen & {tag, "*"}:
        answer = HttpResponseNotModified()
    else:
        answer = HttpResponse(body, content_type="application/json")
        answer.headers["Content-Length"] = str(len(body))
        answer.headers["Allow"] = allow
    heads = {
        "ETag": tag,
        "Vary": _VARY,
        "Cache-Control": "private, no-cache"
        if "HTTP_AUTHORIZATION" in request.META
        else "no-cache",
        "Content-Language": get_language_from_request(request),
        "Content-Security-Policy": _policy(),
        "X-Frame-Options": settings.X_FRAME_OPTIONS,
    }
    for name, value in heads.items():
        answer.headers[name] = value
    return answer


@cache
def _policy() -> str:
    """Return what every answer without a nonce of its own says of scripts and styles."""
    return str(build_policy())


def _log(request: HttpRequest, answer: HttpResponse) -> None:
    if logging.getLogger(__name__).isEnabledFor(logging.INFO):
        logger.info(
            "request_finished",
            code=answer.status_code,
            request=f"GET {request.get_full_path()}",
            request_id=str(uuid4()),
            ip=get_client_ip(request)[0],
            user_agent=request.META.get("HTTP_USER_AGENT"),
        )
