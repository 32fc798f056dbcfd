"""Who else has a claim open, and what became of it since this page was opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claims import drafting
from claims.desk.doors import NO_CONTENT, DeskRequest, at_desk
from claims.desk.sheet import claim_or_404
from claims.models.people import called

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from django.contrib.auth.models import User

    from claims.models import Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """What one person's page of a claim says about the others."""

    others: Sequence[str]  # who have it open
    holder: str  # who took it since; empty where nobody did
    moved: bool  # it stands elsewhere on its way by now
    saved: bool  # its words were changed
    opened: str  # how it stood when the page was opened

    @property
    def shown(self) -> str:
        """All this in a few characters: an answer that says the same is none."""
        return "|".join([*self.others, self.standing])

    @property
    def standing(self) -> str:
        """What became of the claim, in a word; who else is there is no news."""
        return f"{self.holder}|{self.moved:d}{self.saved:d}"

    @property
    def says(self) -> str:
        """What became of the claim, as a sentence; nothing where it stands as it did."""
        if self.holder:
            return _(
                "%(name)s took this claim over. What you wrote is kept, and you can take "
                "it back."
            ) % {"name": self.holder}
        if self.moved:
            return _(
                "This claim has moved on since you opened it. What you wrote is kept."
            )
        if self.saved:
            return _(
                "Somebody changed the claim since you opened it. What you write is "
                "unaffected."
            )
        return ""


def stand(claim: Claim) -> str:
    """Return how a claim stands, for a page to say later what it was opened at."""
    return f"{claim.assigned_to_id or 0}.{claim.status}.{claim.version}"


def presence_of(
    claim: Claim, *, user: User, now: datetime, opened: str = ""
) -> Presence:
    """Return who else is there, and what changed since the page was opened at `opened`."""
    stands = stand(claim)
    then = (opened or stands).split(".")
    if len(then) != 3:
        then = stands.split(".")
    holder, status, version = then
    taken = claim.assigned_to_id not in {None, user.pk} and (
        holder != str(claim.assigned_to_id)
    )
    return Presence(
        others=drafting.others(claim, user=user, now=now),
        holder=called(claim.assigned_to) if taken and claim.assigned_to else "",
        moved=status != claim.status,
        saved=version != str(claim.version),
        opened=".".join(then),
    )


@require_POST
@at_desk
def presence(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Say that this person is still here, and hear who else is; or say goodbye."""
    claim = claim_or_404(pk, user=request.user)
    if "left" in request.POST:
        drafting.leave(claim, by=request.user)
        return HttpResponse(status=NO_CONTENT)
    now = timezone.now()
    drafting.be_here(claim, by=request.user, at=now)
    found = presence_of(
        claim, user=request.user, now=now, opened=request.POST.get("opened", "")
    )
    if request.POST.get("shown") == found.shown:
        # Nothing to say: a reader's voice keeps its peace.
        return HttpResponse(status=NO_CONTENT)
    told = request.POST.get("told", found.standing)
    return render(
        request,
        "claims/desk/_presence.html",
        {
            "claim": claim,
            "presence": found,
            "presence_news": found.says if told != found.standing else "",
        },
    )
