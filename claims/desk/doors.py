"""Who comes in, and how a refusal is answered."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from claims.access import Role, role_of
from claims.desk import keeping
from claims.errors import ClaimError, NotYours, Overtaken

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.contrib.auth.models import User
    from django.http.response import HttpResponseBase

Rest = ParamSpec("Rest")

NO_CONTENT = 204
UNAUTHORISED, FORBIDDEN, CONFLICT, UNPROCESSABLE = 401, 403, 409, 422


class DeskRequest(HttpRequest):
    """A request of somebody who has signed in and may see the desk."""

    user: User
    htmx: Any  # django_htmx.middleware.HtmxDetails, which has no types


def at_desk(
    view: Callable[Concatenate[DeskRequest, Rest], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]:
    """
    Let in who may see the desk.

    A stranger signs in first and comes back here. For a reader a row of the desk does
    not exist (404), and the desk itself is closed (403).
    """

    @wraps(view)
    def guarded(
        request: HttpRequest, *args: Rest.args, **kwargs: Rest.kwargs
    ) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _sign_in(request)
        if role_of(request.user) < Role.CONTRIBUTOR:
            if kwargs:
                raise Http404
            raise PermissionDenied("The desk is for contributors and reviewers.")
        answer = view(request, *args, **kwargs)  # type: ignore[arg-type]  # its user is known now
        # Not `no-store`: going back would lose what was typed.
        patch_cache_control(answer, private=True, no_cache=True)
        return answer

    return cast("Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]", guarded)


def _sign_in(request: HttpRequest) -> HttpResponse:
    if getattr(request, "htmx", False):
        # A sign-in page swapped into a corner of this one would help nobody.
        return render(request, "claims/desk/_signed_out.html", status=UNAUTHORISED)
    if request.method != "POST":
        return redirect_to_login(request.get_full_path())
    # Where a form was sent to shows nothing by itself: `/desk/claims/…/review/`
    # leads back to the page the form stands on.
    parts = request.path.strip("/").split("/")
    if parts[1:2] == ["claims"] and len(parts) == 4:
        keeping.set_aside(request, claim=parts[2], address=parts[3])
    return redirect_to_login("/" + "/".join(parts[:3]) + "/")


def status_of(refusal: ClaimError) -> int:
    """Return the HTTP status under which a refusal is shown."""
    if isinstance(refusal, Overtaken):
        return CONFLICT
    if isinstance(refusal, NotYours):
        return FORBIDDEN
    return UNPROCESSABLE
