"""The workers, as the desk sees them: what they do for a claim, and whether they do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims import access
from claims.desk.doors import DeskRequest, at_desk
from claims.desk.folding import folded
from claims.desk.live import if_changed
from claims.desk.sheet import claim_or_404, resting
from sources.telling.words import clock
from sources.wire import pulse
from sources.wire.store import WireDown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from sources.wire.pulse import Silence

# Whoever takes one of these fetches pages; the others are for reading them.
_FETCHING = frozenset({"fetch", "desk"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """Whether the workers answer; where they do not, what that means for the desk."""

    standing: str  # the same for as long as there is nothing new to be said
    says: str = ""
    since: datetime | None = None

    def news(self, before: str | None) -> str:
        """Return what there is to be said since it stood like that."""
        if before is None or before == self.standing:
            return ""
        return self.says or _("The workers answer again.")


def crew(*, now: datetime) -> Crew:
    """Ask whether anybody answers for each queue."""
    try:
        silent = pulse.silent(pulse.everybody())
    except WireDown:
        says = _(
            "The workers cannot be reached (Redis does not answer): pages wait, "
            "reviewing goes on, and nothing is lost."
        )
        return Crew(standing="unreachable", says=says)
    if not silent:
        return Crew(standing="well")
    return _silent(silent, now=now)


def _silent(silent: Sequence[Silence], *, now: datetime) -> Crew:
    queues = {each.queue for each in silent}
    if queues == {pulse.SCHEDULE}:
        return _no_clock(silent[0].since, now=now)
    heard = [
        each.since
        for each in silent
        if each.since is not None and each.queue != pulse.SCHEDULE
    ]
    since = max(heard) if heard else None
    if queues >= settings.WORKER_QUEUES:
        standing, says = "silent", _nobody(since, now=now)
    elif queues & _FETCHING:
        standing = "fetching"
        says = _(
            "No worker fetches pages at this moment: they wait, reviewing goes on, and "
            "nothing is lost."
        )
    else:
        standing = "reading"
        says = _(
            "No worker reads pages and articles at this moment: they wait, reviewing "
            "goes on, and nothing is lost."
        )
    return Crew(standing=standing, says=says, since=since)


def _no_clock(since: datetime | None, *, now: datetime) -> Crew:
    if since is None:
        says = _(
            "The workers answer, but nothing has handed them work yet: start the clock "
            "(celery beat). Pages are not checked until then, reviewing goes on, and "
            "nothing is lost."
        )
    else:
        says = _(
            "The workers answer, but since %(when)s nothing hands them work: the clock "
            "(celery beat) has stopped. Pages are not checked meanwhile, reviewing goes "
            "on, and nothing is lost."
        ) % {"when": clock(since, now=now)}
    return Crew(standing="unscheduled", says=says, since=since)


def _nobody(since: datetime | None, *, now: datetime) -> str:
    if since is None:
        return _(
            "No worker has answered yet: pages wait until one is started, reviewing goes "
            "on, and nothing is lost."
        )
    return _(
        "The workers have not answered since %(when)s: pages wait, reviewing goes on, and "
        "nothing is lost."
    ) % {"when": clock(since, now=now)}


@require_safe
@at_desk
def workers(request: DeskRequest) -> HttpResponse:
    """Say whether the workers answer; for htmx."""
    if not request.htmx:
        return redirect("desk:queue")
    found = crew(now=timezone.now())
    context = {"crew": found, "news": found.news(request.GET.get("told"))}
    return if_changed(request, render(request, "claims/desk/_workers.html", context))


@require_safe
@at_desk
def sources(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show how far the workers have come with what the claim cites; for htmx."""
    found = claim_or_404(pk, user=request.user)
    if not request.htmx:
        return redirect(f"{reverse('desk:claim', args=[pk])}#sources")
    whole = "whole" in request.GET
    done = resting(found, user=request.user, now=timezone.now())
    context = {
        "work": done,
        "claim": found,
        "whole": whole,
        "folded": folded(done, whole=whole),
        "news": done.news(request.GET.get("told", "")),
        "steps": {
            "edit": access.may_contribute(request.user),
            "recite": access.may_review(request.user)
            and not found.reviews.submitted().exists(),
        },
    }
    return if_changed(request, render(request, "claims/desk/_sources.html", context))
