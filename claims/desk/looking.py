"""How far a look has come that somebody asked for: queued, fetched, read, done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from sources.models import Capture, Check, Host
from sources.telling.sites import manner, names_nothing
from sources.telling.words import ahead, clock
from sources.wire import pulse
from sources.wire.store import WireDown

if TYPE_CHECKING:
    from sources.models import Source

# A worker takes some seconds; only after that is it asked whether there is one.
PATIENCE = timedelta(seconds=15)


class Step(StrEnum):
    """Where a look is."""

    QUEUED = "queued"
    BUSY = "busy"  # queued, and the workers have others first
    ALONE = "alone"  # queued, and there is no worker
    FETCHING = "fetching"
    READING = "reading"
    PUT_OFF = "put_off"
    PARKED = "parked"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A look that was asked for, as far as it has come."""

    step: Step
    says: str
    look: str  # the look that was the newest when it was asked for
    trouble: bool = False  # a person should hear of it
    check: Check | None = None

    @property
    def under_way(self) -> bool:
        """Whether it is worth asking again in a moment."""
        return self.step not in {Step.DONE, Step.PARKED, Step.PUT_OFF}


def newest_look(source: Source) -> str:
    """Return the name of the newest look at a source; "none" before the first."""
    key = Check.objects.filter(source=source).newest_first().values_list("pk").first()
    return str(key[0]) if key else "none"


def progress(source: Source, *, look: str, now: datetime) -> Progress:
    """Say how far the look has come that was asked for when `look` was the newest."""
    check = Check.objects.filter(source=source).newest_first().first()
    if check is not None and str(check.pk) != look:
        says = _("Done: %(found)s.") % {"found": check.get_outcome_display().lower()}
        return Progress(step=Step.DONE, says=says, look=look, check=check)
    if source.parked_at is not None:
        says = _(
            "Workers broke off and it was given up. What happened is in their log."
        )
        return Progress(step=Step.PARKED, says=says, look=look, trouble=True)
    if source.lease_until is not None and source.lease_until >= now:
        return _leased(source, look)
    pause = Host.objects.paused(now).filter(name=source.host).first()
    if pause is not None and pause.paused_until is not None:
        says = _("The site is left alone until %(when)s; it is looked at then.")
        says %= {"when": clock(pause.paused_until, now=now)}
        return Progress(step=Step.PUT_OFF, says=says, look=look)
    if source.due_at > now:
        return Progress(
            step=Step.PUT_OFF, says=_in_turn(source, check, now=now), look=look
        )
    return _queued(source, look, now=now)


def _in_turn(source: Source, newest: Check | None, *, now: datetime) -> str:
    told = {"in": ahead(source.due_at, now=now), "manner": manner()}
    if newest is not None and names_nothing(newest):
        return _("It is looked at %(in)s.") % told
    return _("%(manner)s; its turn comes %(in)s.") % told


def _leased(source: Source, look: str) -> Progress:
    if Capture.objects.filter(source=source).exists():
        return Progress(
            step=Step.READING, says=_("Fetched; it is being read."), look=look
        )
    return Progress(step=Step.FETCHING, says=_("A worker is fetching it."), look=look)


def _queued(source: Source, look: str, *, now: datetime) -> Progress:
    waits = now - source.due_at
    if waits > PATIENCE and not _a_worker_answers():
        says = _(
            "No worker answers. It stays in the queue, and is looked at as soon as one "
            "runs; nothing is lost."
        )
        return Progress(step=Step.ALONE, says=says, look=look, trouble=True)
    if waits > PATIENCE:
        says = _("Queued; the workers are busy with others.")
        return Progress(step=Step.BUSY, says=says, look=look)
    says = _("Queued; a worker takes it in some seconds.")
    return Progress(step=Step.QUEUED, says=says, look=look)


def _a_worker_answers() -> bool:
    fetching = settings.CELERY_TASK_ROUTES["sources.tasks.check_batch"]["queue"]
    try:
        return not pulse.silent([fetching])
    except WireDown:
        return False
