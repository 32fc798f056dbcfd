"""How far the workers have come with what a claim rests on, page by page."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sources.models import Capture, Host
from sources.telling.words import ahead, clock
from sources.vocabulary import PassageState, SourceState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from claims.desk.evidence import Evidence
    from sources.models import Source

MOST_UNCOUNTED = 8  # sources one takes in without being told how many are broken
_FAILED = {SourceState.FAILING, SourceState.BLOCKED}


class At(StrEnum):
    """Where a page is; one letter stands for it while a page of the desk is open."""

    QUEUED = "q"
    FETCHING = "f"
    ARCHIVING = "a"  # fetched; it is read, kept and searched for the words
    LOCATED = "l"
    NOT_FOUND = "n"
    FAILED = "x"

    @property
    def under_way(self) -> bool:
        """Whether a worker has it, or is about to."""
        return self in {At.QUEUED, At.FETCHING, At.ARCHIVING}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Where the workers are with one cited passage, and what comes next."""

    evidence: Evidence
    at: At
    says: str  # while it is under way, or why it failed
    next: str  # when it is tried again, where it failed


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """The same for all that a claim rests on."""

    steps: Sequence[Step]

    @property
    def under_way(self) -> int:
        """How many are not done."""
        return sum(step.at.under_way for step in self.steps)

    @property
    def summed_up(self) -> bool:
        """Whether they are so many that the broken ones are counted and come first."""
        return len(self.steps) > MOST_UNCOUNTED

    @property
    def broken(self) -> int:
        """How many do not show the words as they were cited."""
        return sum(_is_broken(step.evidence) for step in self.steps)

    @property
    def done(self) -> int:
        return len(self.steps) - self.under_way

    @property
    def follow(self) -> str:
        """The names under which it is heard that something happened to a page."""
        keys = dict.fromkeys(step.evidence.passage.source_id for step in self.steps)
        return " ".join(f"source:{key}" for key in keys)

    @property
    def standing(self) -> str:
        """All of it in few letters, to be compared with later."""
        return ".".join(
            f"{step.evidence.passage.pk.hex[-8:]}{step.at}" for step in self.steps
        )

    def news(self, before: str) -> str:
        """Return in a sentence or two what happened since it stood like that."""
        stood = {word[:-1]: word[-1] for word in before.split(".") if word}
        ended = Counter(
            step.at
            for step in self.steps
            if not step.at.under_way
            and stood.get(step.evidence.passage.pk.hex[-8:], step.at) != step.at
        )
        failed = ended.pop(At.FAILED, 0)
        read = ended.total()
        told = []
        if read:
            told.append(
                ngettext("One source was read.", "%(n)s sources were read.", read)
                % {"n": read}
            )
        if failed:
            told.append(
                ngettext(
                    "One source could not be read.",
                    "%(n)s sources could not be read.",
                    failed,
                )
                % {"n": failed}
            )
        return " ".join(told)


def work(shown: Sequence[Evidence], *, now: datetime) -> Work:
    """Say where the workers are with each passage."""
    pages = {each.passage.source_id: each.passage.source for each in shown}
    # Mostly there is neither, and nothing has to be asked.
    leased = [pk for pk, page in pages.items() if _is_leased(page, now)]
    due = {page.host for page in pages.values() if page.due_at <= now}
    kept = Capture.objects.filter(source__in=leased).values_list("source", flat=True)
    fetched = set(kept) if leased else set()
    pauses = Host.objects.paused(now).filter(name__in=due)
    paused = dict(pauses.values_list("name", "paused_until")) if due else {}
    steps = [_step(each, fetched=fetched, paused=paused, now=now) for each in shown]
    if len(steps) > MOST_UNCOUNTED:
        steps.sort(key=lambda step: not _is_broken(step.evidence))
    return Work(steps=steps)


def _is_broken(each: Evidence) -> bool:
    if each.waits:
        return False
    return each.lost or each.passage.state == PassageState.ALTERED


def _step(
    each: Evidence,
    *,
    fetched: set[UUID],
    paused: Mapping[str, datetime | None],
    now: datetime,
) -> Step:
    page, at = each.passage.source, _at(each, fetched=fetched, now=now)
    says = comes = ""
    if at is At.QUEUED:
        says = _queued(page, paused.get(page.host), now=now)
    elif at is At.FETCHING:
        says = _("A worker is fetching it")
    elif at is At.ARCHIVING:
        says = _("Fetched; it is being read and kept")
    elif page.parked_at is not None:
        says = _("Workers broke off and it was given up")
    elif at is At.FAILED and page.due_at > now:
        comes = _("Tried again %(when)s.") % {"when": ahead(page.due_at, now=now)}
    return Step(evidence=each, at=at, says=says, next=comes)


def _at(each: Evidence, *, fetched: set[UUID], now: datetime) -> At:
    page = each.passage.source
    if page.parked_at is not None:
        return At.FAILED
    if _is_leased(page, now):
        return At.ARCHIVING if page.pk in fetched else At.FETCHING
    if each.waits or page.due_at <= now:
        return At.QUEUED
    if page.state in _FAILED:
        return At.FAILED
    lost = page.state == SourceState.GONE or each.passage.state in {
        PassageState.MISSING,
        PassageState.UNVERIFIABLE,
    }
    return At.NOT_FOUND if lost else At.LOCATED


def _is_leased(page: Source, now: datetime) -> bool:
    return page.lease_until is not None and page.lease_until >= now


def _queued(page: Source, pause: datetime | None, *, now: datetime) -> str:
    if pause is not None:
        told = {"when": clock(pause, now=now)}
        return _("The site is left alone until %(when)s; it is looked at then") % told
    if page.due_at > now:
        return _("It is looked at %(when)s") % {"when": ahead(page.due_at, now=now)}
    return _("A worker looks at it soon")
