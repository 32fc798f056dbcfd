"""Refusals in the shape that Google's clients read."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.http import JsonResponse
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sources.api.refusals import QueryRefused

# google.rpc.Code, as far as we say it
WORDS = {
    HTTPStatus.BAD_REQUEST: "INVALID_ARGUMENT",
    HTTPStatus.NOT_FOUND: "NOT_FOUND",
    HTTPStatus.TOO_MANY_REQUESTS: "RESOURCE_EXHAUSTED",
    HTTPStatus.INTERNAL_SERVER_ERROR: "INTERNAL",
    HTTPStatus.NOT_IMPLEMENTED: "UNIMPLEMENTED",
    HTTPStatus.SERVICE_UNAVAILABLE: "UNAVAILABLE",
}


def refusal(
    status: HTTPStatus, message: str, *, details: list[dict[str, Any]] | None = None
) -> JsonResponse:
    """Return `{"error": {"code", "message", "status", "details"}}`."""
    error: dict[str, Any] = {
        "code": int(status),
        "message": message,
        "status": WORDS[status],
    }
    if details:
        error["details"] = details
    return JsonResponse({"error": error}, status=status)


def invalid(exc: QueryRefused) -> JsonResponse:
    """Name each parameter that cannot be taken, and say why."""
    violations = [
        {"field": name, "description": described}
        for name, described in _violations(exc)
    ]
    named = violations[0]
    return refusal(
        HTTPStatus.BAD_REQUEST,
        f"{named['field']}: {named['description']}",
        details=[
            {
                "@type": "type.googleapis.com/google.rpc.BadRequest",
                "fieldViolations": violations,
            }
        ],
    )


def nothing_here() -> JsonResponse:
    """Say that there is no such method."""
    return refusal(
        HTTPStatus.NOT_FOUND,
        _("There is no such method here; what there is: GET /v1alpha1/claims:search."),
    )


def _violations(exc: QueryRefused) -> Iterator[tuple[str, str]]:
    detail: Any = exc.detail
    for name, errors in detail.items():
        for error in errors:
            yield name, str(error)
