"""Every refusal in one shape: application/problem+json (RFC 9457)."""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from itertools import islice
from typing import TYPE_CHECKING, Any

import structlog
from django.core.exceptions import (
    NON_FIELD_ERRORS,
    BadRequest,
    PermissionDenied,
    SuspiciousOperation,
    ValidationError,
)
from django.db import DataError, IntegrityError
from django.http import Http404, JsonResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.settings import api_settings

from claims import errors as claims
from config import away
from config.api.refused import BodyRefused, Fault, pointer
from sources import errors as sources
from sources.api.refusals import QueryRefused, Stale

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MEDIA_TYPE = "application/problem+json"
MAX_FAULTS = 100

# What each refusal of ours is in the language of HTTP; the nearest class counts.
STATUSES: dict[type[Exception], HTTPStatus] = {
    claims.ClaimError: HTTPStatus.BAD_REQUEST,
    claims.MoveRefused: HTTPStatus.CONFLICT,
    claims.AlreadyDecided: HTTPStatus.CONFLICT,
    claims.WordsStand: HTTPStatus.CONFLICT,
    claims.WebhookRefused: HTTPStatus.CONFLICT,
    claims.ImportOvertaken: HTTPStatus.CONFLICT,
    claims.NotYours: HTTPStatus.FORBIDDEN,
    claims.Overtaken: HTTPStatus.PRECONDITION_FAILED,
    claims.NotPublishable: HTTPStatus.UNPROCESSABLE_ENTITY,
    sources.SourceError: HTTPStatus.BAD_REQUEST,
}

# Where in the body the fault of such a refusal stands.
POINTERS: dict[type[Exception], str] = {
    claims.CitationRefused: "/exact",
    claims.ArticleRefused: "/text",
    sources.PassageRefused: "/exact",
    sources.AddressRefused: "/url",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One refusal, on its way out."""

    status: int
    code: str
    detail: str
    errors: list[Fault] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    current: dict[str, Any] | None = None

    def as_dict(self) -> dict[str, Any]:
        body = {
            "type": "about:blank",
            "title": HTTPStatus(self.status).phrase,
            "status": int(self.status),
            "detail": self.detail,
            "code": self.code,
            "request_id": structlog.contextvars.get_contextvars().get("request_id", ""),
            "errors": [each.as_dict() for each in self.errors],
        }
        return body if self.current is None else {**body, "current": self.current}


def problem(exc: Exception, context: dict[str, Any]) -> Response | None:
    """Answer a refusal; None for what is nobody's to expect."""
    found = described(exc)
    if found is None:
        return None
    return Response(
        found.as_dict(),
        status=found.status,
        content_type=MEDIA_TYPE,
        headers=found.headers or None,
    )


def answered(found: Problem) -> JsonResponse:
    """Answer a refusal from outside the framework."""
    return JsonResponse(
        found.as_dict(),
        status=found.status,
        content_type=MEDIA_TYPE,
        headers=found.headers,
    )


def described(exc: Exception) -> Problem | None:
    """Return what to say about an error; None for what is nobody's to expect."""
    if isinstance(exc, exceptions.APIException):
        return _of_the_framework(exc)
    if isinstance(exc, claims.ClaimError | sources.SourceError):
        return _of_ours(exc)
    if isinstance(exc, ValidationError):
        return _invalid(_faults_of_a_model(exc))
    if isinstance(exc, IntegrityError | DataError):
        return _of_the_database(exc)
    if away.is_away(exc):
        return unavailable()
    return _of_django(exc)


def _of_ours(exc: Exception) -> Problem:
    status = next(STATUSES[each] for each in type(exc).__mro__ if each in STATUSES)
    # The page's refusal is nearer to the fault than the claim's that wraps it.
    inner = exc.__cause__ if isinstance(exc.__cause__, sources.SourceError) else exc
    at = next((POINTERS[each] for each in type(inner).__mro__ if each in POINTERS), "")
    if isinstance(exc, claims.ArticleRefused) and inner is not exc:
        at = "/source_url"
    code = str(getattr(inner, "code", "refused"))
    faults = [Fault(pointer=at, code=code, detail=str(exc))] if at else []
    return Problem(
        status=status,
        code=str(getattr(exc, "code", "refused")),
        detail=str(exc),
        errors=faults,
    )


def _of_the_framework(exc: exceptions.APIException) -> Problem:
    if isinstance(exc, BodyRefused):
        return _invalid(exc.faults)
    if isinstance(exc, exceptions.ValidationError):
        return _invalid(_faults_of_a_shape(exc))
    headers = {}
    if challenge := getattr(exc, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if wait := getattr(exc, "wait", None):
        headers["Retry-After"] = str(int(wait))
    if isinstance(exc, Stale):
        headers["ETag"] = exc.etag
    return Problem(
        status=exc.status_code,
        code=str(exc.get_codes()),
        detail=str(exc.detail),
        headers=headers,
        current=exc.current if isinstance(exc, Stale) else None,
    )


def _of_the_database(exc: Exception) -> Problem | None:
    if isinstance(exc, DataError):
        return Problem(
            status=HTTPStatus.BAD_REQUEST,
            code="cannot_be_stored",
            detail=_("Something that was sent cannot be stored."),
        )
    name = getattr(getattr(exc.__cause__, "diag", None), "constraint_name", None)
    if not name:
        return None
    words = name.replace("_", " ")
    return Problem(
        status=HTTPStatus.CONFLICT,
        code=name,
        detail=_("What is stored already, or a rule, stands against this: %(rule)s.")
        % {"rule": words},
    )


def _of_django(exc: Exception) -> Problem | None:
    if isinstance(exc, Http404):
        return not_found()
    if isinstance(exc, PermissionDenied):
        return Problem(
            status=HTTPStatus.FORBIDDEN,
            code="permission_denied",
            detail=_("You may not do this."),
        )
    if isinstance(
        exc,
        SuspiciousOperation | BadRequest | MultiPartParserError | UnreadablePostError,
    ):
        return bad_request()
    return None


def not_found() -> Problem:
    """What is not there, or not for the eyes of the caller: nobody can tell which."""
    return Problem(
        status=HTTPStatus.NOT_FOUND,
        code="not_found",
        detail=_("There is nothing here."),
    )


def bad_request(detail: str = "") -> Problem:
    """What is no request at all."""
    return Problem(
        status=HTTPStatus.BAD_REQUEST,
        code="bad_request",
        detail=detail or _("This request cannot be read."),
    )


def unavailable() -> Problem:
    """Say that the database, or the queue, is away for a while."""
    return Problem(
        status=HTTPStatus.SERVICE_UNAVAILABLE,
        code="unavailable",
        # A connection that is lost in the middle of a commit leaves it open.
        detail=_(
            "One of our servers does not answer just now. What was saved before is "
            "safe; look whether this was saved too before you send it again."
        ),
        headers={"Retry-After": str(away.TRY_AGAIN_AFTER_SECONDS)},
    )


def _invalid(faults: Iterable[Fault]) -> Problem:
    return Problem(
        status=HTTPStatus.BAD_REQUEST,
        code="validation_failed",
        detail=_("Some of what was sent cannot be taken; «errors» says what and why."),
        # A body of 2 MB can be wrong in so many places that the answer has 8.
        errors=list(islice(faults, MAX_FAULTS)),
    )


def _faults_of_a_model(exc: ValidationError) -> Iterator[Fault]:
    by_field = (
        exc.error_dict if hasattr(exc, "error_dict") else {NON_FIELD_ERRORS: [exc]}
    )
    for name, errors in by_field.items():
        at = "" if name == NON_FIELD_ERRORS else pointer(name)
        for error in errors:
            for message in error.messages:
                yield Fault(pointer=at, code=error.code or "invalid", detail=message)


def _faults_of_a_shape(exc: exceptions.ValidationError) -> Iterator[Fault]:
    asked = isinstance(exc, QueryRefused)
    for steps, detail in _leaves(exc.detail, ()):
        at = f"?{steps[0]}" if asked and steps else pointer(*steps)
        yield Fault(
            pointer=at, code=str(getattr(detail, "code", "invalid")), detail=str(detail)
        )


def _leaves(
    detail: Any, steps: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(detail, dict):
        for name, inner in detail.items():
            whole = name == api_settings.NON_FIELD_ERRORS_KEY
            yield from _leaves(inner, steps if whole else (*steps, str(name)))
    elif isinstance(detail, list):
        for place, inner in enumerate(detail):
            # A list of errors stands where it stands; a list of rows has places.
            at = (*steps, str(place)) if isinstance(inner, dict | list) else steps
            yield from _leaves(inner, at)
    else:
        yield steps, detail
