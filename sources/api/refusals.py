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
