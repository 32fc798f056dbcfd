"""Which sources one run of a command is about, and how many of them are left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q

from sources.models import Check, Source

if TYPE_CHECKING:
    from sources.models.source import SourceQuerySet

_LOOKED_THROUGH = 20  # due rows for each place, to find other sites


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What was not looked at, and why."""

    with_workers: int
    later: int  # their sites are left alone, or their turn comes later
    given_up: int
    due: int

    @property
    def number(self) -> int:
        """All of them."""
        return self.with_workers + self.later + self.given_up + self.due

    @property
    def unfinished(self) -> bool:
        """Whether some wait for another reason than that workers are at their site."""
        waits = self.due and not self.with_workers
        return bool(self.later or self.given_up or waits)

    def sentence(self) -> str:
        """Return what is left in words; nothing where nothing is."""
        parts = (
            (self.later, "put off, for their sites want no visit now"),
            (self.with_workers, "with the workers"),
            (self.given_up, "given up, for looking at them breaks off"),
            (self.due, "still due"),
        )
        told = "; ".join(f"{number} {words}" for number, words in parts if number)
        return f"Left: {told}." if told else ""


class Round:
    """The sources of one run: those that were due as it began, or all that were chosen."""

    def __init__(self, *, host: str, states: Iterable[str], everything: bool) -> None:
        self._everything = everything
        self._chosen = Q(same_as=None)
        if host:
            self._chosen &= Q(host=host)
        if states := list(states):
            self._chosen &= Q(state__in=states)
        self._began: datetime | None = None
        # What was begun and not seen yet: where it is put off, it is not due any more
        # and still a part of this run.
        self._begun: set[UUID] = set()

    def begin(self, *, at: datetime) -> int:
        """
        Say how many sources it is about.

        Where it is about everything, that is made due, also what was given up.
        """
        self._began = at
        rows = Source.objects.filter(self._chosen)
        if self._everything:
            return rows.update(due_at=at, parked_at=None, attempts=0)
        return rows.due(at).count()

    def take(self, most: int, *, per_host: int, now: datetime) -> list[UUID]:
        """
        Return what to look at next: the most urgent, a few of each site.

        What broke its worker before goes alone, and last.
        """
        due = self._unseen().due(now).most_urgent_first()
        waiting = due.filter(attempts=0).values_list("pk", "host")
        held = Source.objects.leased(now).values_list("host", flat=True)
        taken = Counter(held)
        chosen: list[UUID] = []
        for pk, host in waiting[: most * _LOOKED_THROUGH]:
            if taken[host] < per_host and len(chosen) < most:
                taken[host] += 1
                chosen.append(pk)
        return chosen or list(due.exclude(attempts=0).values_list("pk", flat=True)[:1])

    def begun(self, source_ids: Iterable[UUID]) -> None:
        """Hear what was leased."""
        self._begun.update(source_ids)

    def seen(self, checks: Iterable[Check]) -> None:
        """Hear what was looked at."""
        self._begun.difference_update(check.source_id for check in checks)

    def next_turn(self, *, now: datetime) -> datetime | None:
        """Return when the first of what was put off is due; None where nothing is."""
        later = self._unseen().filter(parked_at=None, due_at__gt=now)
        return later.order_by("due_at").values_list("due_at", flat=True).first()

    def left(self, *, now: datetime) -> Left:
        """Count what was not looked at since the run began."""
        unseen = self._unseen()
        given_up = unseen.filter(parked_at__isnull=False).count()
        held = unseen.filter(parked_at=None, lease_until__gte=now).count()
        due = unseen.due(now).count()
        return Left(
            with_workers=held,
            later=unseen.count() - given_up - held - due,
            given_up=given_up,
            due=due,
        )

    def _unseen(self) -> SourceQuerySet:
        """Ask for what belongs to this run and was not looked at; its state stands."""
        rows = Source.objects.filter(self._chosen, added_at__lte=self._began).filter(
            Q(last_checked_at=None) | Q(last_checked_at__lt=self._began)
        )
        if self._everything:
            return rows
        of_this = Q(due_at__lte=self._began, parked_at=None)
        return rows.filter(of_this | Q(pk__in=list(self._begun)))
