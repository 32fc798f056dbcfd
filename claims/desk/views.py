"""Views of the queue: kept, renamed, shared, removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from claims import shelving
from claims.access import may_review
from claims.desk.doors import UNPROCESSABLE, DeskRequest, at_desk, status_of
from claims.desk.forms.views import SaveForm, ViewForm
from claims.desk.narrowing import described
from claims.errors import ClaimError, Overtaken
from claims.models import SavedView

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse


@require_safe
@at_desk
def views(request: DeskRequest) -> HttpResponse:
    """List the views of this person, and those that colleagues share."""
    return _listed(request)


@require_POST
@at_desk
def save(request: DeskRequest) -> HttpResponse:
    """Keep the filters of the queue under a name."""
    form = SaveForm(request.POST, auto_id="save_%s")
    if not form.is_valid():
        return _listed(request, save=form, status=UNPROCESSABLE)
    given = form.cleaned_data
    try:
        view = shelving.save(
            given["name"],
            filters=form.filters,
            shared=given["shared"],
            by=request.user,
            at=timezone.now(),
        )
    except ClaimError as exc:
        form.add_error("name", str(exc))
        return _listed(request, save=form, status=status_of(exc))
    messages.success(request, _("Saved as “%(name)s”.") % {"name": view.name})
    return redirect(view)


@require_POST
@at_desk
def change(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Change what a view narrows down to, rename it, share it or share it no longer."""
    view = _view_or_404(pk, request)
    form = ViewForm.of(view, request.POST)
    if not form.is_valid():
        return _listed(request, bound={view.pk: form}, status=UNPROCESSABLE)
    try:
        shelving.change(
            view,
            name=form.cleaned_data["name"],
            shared=form.cleaned_data["shared"],
            filters=form.filters,
            version=form.cleaned_data["version"],
            by=request.user,
        )
    except ClaimError as exc:
        form.add_error("name", str(exc))
        if isinstance(exc, Overtaken):
            # Sent again, it takes the place of what the other window saved.
            form.data = {**request.POST.dict(), "version": str(exc.current)}
        return _listed(request, bound={view.pk: form}, status=status_of(exc))
    messages.success(request, _("The view was changed."))
    return redirect("desk:views")


@require_POST
@at_desk
def remove(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Let go of a view; the claims in it stay where they are."""
    view = _view_or_404(pk, request)
    try:
        shelving.remove(view, by=request.user)
    except ClaimError as exc:
        messages.error(request, str(exc))
        return _listed(request, status=status_of(exc))
    messages.success(request, _("“%(name)s” was removed.") % {"name": view.name})
    return redirect("desk:views")


def _view_or_404(pk: UUID, request: DeskRequest) -> SavedView:
    view = SavedView.objects.open_to(request.user).filter(pk=pk).first()
    if view is None:
        raise Http404("There is no such view, or nobody shares it with you.")
    return view


def _listed(
    request: DeskRequest,
    *,
    save: SaveForm | None = None,
    bound: dict[Any, ViewForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    found = SavedView.objects.open_to(request.user).select_related("owner").by_name()
    return render(
        request,
        "claims/desk/views.html",
        {
            "own": [
                (
                    view,
                    (bound or {}).get(view.pk) or ViewForm.of(view),
                    described(view.filters),
                )
                for view in found
                if view.owner_id == request.user.pk
            ],
            "others": [
                (view, described(view.filters))
                for view in found
                if view.owner_id != request.user.pk
            ],
            "save_form": save,
            "may_share": may_review(request.user),
        },
        status=status,
    )
