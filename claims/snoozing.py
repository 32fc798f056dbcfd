"""Putting a claim off for a while, for oneself alone."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from claims.access import Role, require
from claims.errors import SnoozeRefused
from claims.models import Claim, Snooze
from claims.vocabulary import AT_THE_DESK

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import User

LONGEST = timedelta(days=365)


@transaction.atomic
def snooze(claim: Claim, *, until: datetime, by: User, at: datetime) -> Snooze:
    """
    Put a claim out of this person's sight until then; others see it as before.

    It comes back earlier when it becomes due or moves. Raises SnoozeRefused, NotYours.
    """
    require(by, Role.REVIEWER)
    claim = Claim.objects.select_for_update(of=("self",)).get(pk=claim.pk)
    if claim.status not in AT_THE_DESK:
        raise SnoozeRefused(_("Nothing waits here that could be put off."))
    if until <= at:
        raise SnoozeRefused(_("That time is past. Choose one that is to come."))
    if until > at + LONGEST:
        raise SnoozeRefused(_("A year at most: what waits longer is better dismissed."))
    kept, _new = Snooze.objects.update_or_create(
        claim=claim, person=by, defaults={"set_at": at, "until": until}
    )
    return kept


def wake(claim: Claim, *, by: User) -> None:
    """Bring a claim back into this person's sight; nothing to do where it is."""
    require(by, Role.REVIEWER)
    Snooze.objects.filter(claim=claim, person=by).delete()


def snoozed(claim: Claim, *, by: User, now: datetime) -> Snooze | None:
    """Return the snooze of this person that still holds, if there is one."""
    return Snooze.objects.asleep(now).filter(claim=claim, person=by).first()
