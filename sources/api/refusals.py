"""Refusals of the API's own, beside those of the framework."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import status
from rest_framework.exceptions import APIException, ValidationError


class QueryRefused(ValidationError):
    """A parameter of the query is unknown, repeated or malformed."""

    default_code = "query_refused"


class TooLarge(APIException):
    """There is more in the body than is read."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_code = "too_large"


class PreconditionRequired(APIException):
    """A change has to say which version it was made on."""

    status_code = status.HTTP_428_PRECONDITION_REQUIRED
    default_code = "precondition_required"
    default_detail = _(
        "Send If-Match with the ETag of what you read, so that nobody's change is lost."
    )


class Stale(APIException):
    """Somebody else saved first; `current` is what stands now."""

    status_code = status.HTTP_412_PRECONDITION_FAILED
    default_code = "overtaken"
    default_detail = _(
        "Somebody saved this after you read it. Nothing of yours was saved; "
        "what stands now is in «current»."
    )

    def __init__(self, *, current: dict[str, Any], etag: str) -> None:
        super().__init__()
        self.current = current
        self.etag = etag


class KeyRefused(APIException):
    """The key of a request cannot be one."""

    status_code = status.HTTP_400_BAD_REQUEST
    default_code = "idempotency_key_invalid"
    default_detail = _(
        "Idempotency-Key takes 1 to 255 printable ASCII characters without blanks."
    )


class InFlight(APIException):
    """The same request is being answered right now."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "idempotency_key_in_flight"
    default_detail = _(
        "A request with this Idempotency-Key is being answered just now: ask again "
        "in a second."
    )
    wait = 1  # seconds


class KeyOfAnother(APIException):
    """The key belongs to another request."""

    status_code = status.HTTP_422_UNPROCESSABLE_ENTITY
    default_code = "idempotency_key_reused"
    default_detail = _(
        "This Idempotency-Key was sent with another request: take a new one."
    )


class SecretNotKept(APIException):
    """What was answered held a secret, and cannot be given again."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "secret_not_kept"
    default_detail = _(
        "This was done before, and its answer held a secret that is not kept. "
        "Revoke what was made, if that answer was lost, and take a new "
        "Idempotency-Key."
    )
