"""Putting a claim off, and having it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from claims import snoozing
from claims.access import may_review
from claims.desk.doors import (
    UNPROCESSABLE,
    DeskRequest,
    at_desk,
    came_from,
    status_of,
)
from claims.desk.forms.snooze import SnoozeForm
from claims.desk.sheet import claim_or_404
from claims.desk.waiting import until_in_words
from claims.errors import ClaimError

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def snooze(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Ask until when a claim is put off, and put it off."""
    claim = claim_or_404(pk, user=request.user)
    if not may_review(request.user):
        raise PermissionDenied(_("Whoever reviews has a queue to put things off in."))
    now = timezone.now()
    sent = request.POST if request.method == "POST" else None
    form = SnoozeForm(sent, now=now, auto_id="snooze_%s")
    status = 200
    if form.is_valid():
        until = form.cleaned_data["until"]
        try:
            snoozing.snooze(claim, until=until, by=request.user, at=now)
        except ClaimError as exc:
            form.add_error(None, str(exc))
            status = status_of(exc)
        else:
            when = until_in_words(until, now=now)
            messages.success(
                request, _("Put off %(when)s, for you alone.") % {"when": when}
            )
            return redirect(came_from(request))
    elif form.is_bound:
        status = UNPROCESSABLE
    return render(
        request,
        "claims/desk/snooze.html",
        {
            "claim": claim,
            "form": form,
            "presets": form.presets,
            "back": came_from(request),
            "kept": snoozing.snoozed(claim, by=request.user, now=now),
        },
        status=status,
    )


@require_POST
@at_desk
def wake(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Bring a claim back into the queue at once."""
    claim = claim_or_404(pk, user=request.user)
    try:
        snoozing.wake(claim, by=request.user)
    except ClaimError as exc:
        raise PermissionDenied(str(exc)) from exc
    messages.success(request, _("Awake: the claim is back where it was."))
    return redirect(came_from(request))
