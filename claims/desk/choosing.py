"""Taking several claims at once, and going on to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from claims import access, workflow
from claims.desk.doors import DeskRequest, at_desk, came_from
from claims.desk.workspace import back_to
from claims.errors import ClaimError
from claims.models import Claim

if TYPE_CHECKING:
    from django.http import HttpResponse

MOST = 50  # a page of the queue


@require_safe
@at_desk
def next_second(request: DeskRequest) -> HttpResponse:
    """Open the most urgent review that waits for this person's eyes."""
    claim = (
        Claim.objects.awaiting_second_pair_of_eyes_of(request.user)
        .awake_for(request.user, now=timezone.now())
        .most_urgent_first()
        .first()
    )
    if claim is None:
        messages.info(request, _("No other review waits for your eyes."))
        return redirect(f"{reverse('desk:queue')}?tab=second")
    return back_to(claim)


@require_POST
@at_desk
def take_chosen(request: DeskRequest) -> HttpResponse:
    """Take the one claim that was named, or all that are selected."""
    named = request.POST.getlist("only") or request.POST.getlist("claim")
    taken, refused = [], []
    for claim in _named(request, named[:MOST]):
        try:
            taken.append(workflow.take(claim, by=request.user, at=timezone.now()))
        except ClaimError as exc:
            refused.append(f"“{claim.statement[:60]}”: {exc}")
    if len(taken) == 1 and not refused:
        messages.success(request, _("The claim is yours."))
        return back_to(taken[0])
    if taken:
        said = ngettext("One claim is yours.", "%(n)s claims are yours.", len(taken))
        messages.success(request, said % {"n": len(taken)})
    for reason in refused:
        messages.error(request, reason)
    if not named:
        messages.info(request, _("Select the claims that you want to take."))
    return redirect(came_from(request))


def _named(request: DeskRequest, keys: list[str]) -> list[Claim]:
    try:
        found = list(Claim.objects.filter(pk__in=keys).most_urgent_first())
    except (ValidationError, ValueError):
        return []
    return [claim for claim in found if access.may_see(request.user, claim)]
