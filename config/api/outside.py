"""What is answered where no resource is: below /api/ as a problem, else as a page."""

from __future__ import annotations

import sys
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.views import defaults
from django.views.decorators.csrf import csrf_exempt

from config import away
from config.api.problems import (
    Problem,
    answered,
    bad_request,
    not_found,
    unavailable,
)

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

API = "/api/"


@csrf_exempt
def nothing_here(request: HttpRequest) -> HttpResponseBase:
    """Answer an address below /api/ that leads nowhere."""
    return answered(not_found())


def handler400(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Answer what is no request."""
    if request.path.startswith(API):
        return answered(bad_request())
    return defaults.bad_request(request, exception)


def handler404(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Answer an address that leads nowhere."""
    if request.path.startswith(API):
        return answered(not_found())
    return defaults.page_not_found(request, exception)


def handler500(request: HttpRequest) -> HttpResponseBase:
    """
    Say that it is not the caller's fault: 503 where a server of ours is away.

    Here, not in a middleware: the session, and who is signed in, are asked for in
    those, and what they raise arrives here as well.
    """
    below_the_api = request.path.startswith(API)
    # Django calls this while it handles the error, and tells nothing of it.
    if away.is_away(sys.exception()):
        return answered(unavailable()) if below_the_api else away.page()
    if below_the_api:
        return answered(
            Problem(
                status=HTTPStatus.INTERNAL_SERVER_ERROR,
                code="internal_error",
                detail=_("Something went wrong here. Tell us the request_id."),
            )
        )
    return defaults.server_error(request)
