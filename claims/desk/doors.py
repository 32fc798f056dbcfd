"""Who comes in, and how a refusal is answered."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

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
        if request.POST.get("draft_person", str(request.user.pk)) != str(
            request.user.pk
        ):
            return _somebody_else(request)
        if role_of(request.user) < Role.CONTRIBUTOR:
            if kwargs:
                raise Http404
            raise PermissionDenied(_("The desk is for contributors and reviewers."))
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
    claim = keeping.set_aside(request)
    form = request.POST.get("draft_form", "")
    known = keeping.page_of(form, claim=claim) if keeping.is_known(form) else ""
    return redirect_to_login(known or _page_of(request.path))


def _page_of(path: str) -> str:
    """Return the page that a form stands on: where it was sent to shows nothing."""
    kind, *key = path.strip("/").split("/")[1:3] or [""]
    if (
        kind
        in {"claims", "articles", "sources", "people", "hosts", "audits", "imports"}
        and key
    ):
        return f"/desk/{kind}/{key[0]}/"
    return reverse("desk:inbox" if kind in {"inbox", "drafts"} else "desk:queue")


def _somebody_else(request: HttpRequest) -> HttpResponse:
    """Refuse what a page sends that somebody else had opened in this browser."""
    template = "_somebody_else" if getattr(request, "htmx", False) else "somebody_else"
    return render(request, f"claims/desk/{template}.html", status=FORBIDDEN)


def came_from(request: HttpRequest) -> str:
    """Return the address one came from, if it is one of the desk's; else the queue."""
    named = request.POST.get("next") or request.GET.get("next") or ""
    ours = named.startswith("/desk/") and url_has_allowed_host_and_scheme(
        named, allowed_hosts=None
    )
    return named if ours else reverse("desk:queue")


def status_of(refusal: ClaimError) -> int:
    """Return the HTTP status under which a refusal is shown."""
    if isinstance(refusal, Overtaken):
        return CONFLICT
    if isinstance(refusal, NotYours):
        return FORBIDDEN
    return UNPROCESSABLE
