"""What checks found, run by run: the same thing fourteen times is told once."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from sources.models import Check, Source
from sources.saying import Facts, Sentence
from sources.vocabulary import Outcome
from sources.wording import Worded, worded

if TYPE_CHECKING:
    from datetime import datetime

RUNS = 25  # on one page
INSIDE = 10  # looks of a run that are told one by one
# Looks that are gone through for one page: one that never changes is one long run.
WINDOW = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Looks that found the same, one after the other, the newest first."""

    outcome: str
    label: str
    detail: Worded  # the sentence they share; empty where each has its own
    number: int
    first_at: datetime
    last_at: datetime
    looks: tuple[Check, ...]  # the newest of them
    goes_on: bool  # further back than was gone through

    @property
    def newest(self) -> Check:
        """The look it ended with, so far."""
        return self.looks[0]

    @property
    def more(self) -> int:
        """How many are not told one by one."""
        return self.number - len(self.looks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Some runs, newest first."""

    runs: tuple[Run, ...]
    older: UUID | None  # the look that older runs lie before; None at the beginning


class _Place(NamedTuple):
    pk: UUID
    at: datetime
    outcome: str
    detail: str
    facts: Facts


def timeline(source: Source, *, before: UUID | None = None) -> Timeline:
    """
    Return the runs before a look, or the newest; two questions, however many there are.

    A look that is not this source's means the newest.
    """
    places = _window(source, before)
    ends = len(places) <= WINDOW
    stretches = [list(same) for _, same in groupby(places[:WINDOW], key=_alike)]
    shown = stretches[:RUNS]
    looks = Check.objects.in_bulk(
        [place.pk for stretch in shown for place in stretch[:INSIDE]]
    )
    runs = tuple(
        _run(stretch, looks, goes_on=not ends and stretch is stretches[-1])
        for stretch in shown
    )
    more = len(stretches) > RUNS or not ends
    return Timeline(runs=runs, older=shown[-1][-1].pk if shown and more else None)


def looks(source: Source, *, since: UUID | None, number: int) -> list[Check]:
    """Return looks one by one, newest first, from that one back; from the newest if None."""
    checks = Check.objects.filter(source=source)
    if since and (first := checks.filter(pk=since).first()):
        checks = checks.filter(started_at__lte=first.started_at).exclude(
            started_at=first.started_at, pk__gt=first.pk
        )
    return list(checks.newest_first()[:number])


def _window(source: Source, before: UUID | None) -> list[_Place]:
    checks = Check.objects.filter(source=source)
    if before and (last := checks.filter(pk=before).first()):
        checks = checks.filter(started_at__lte=last.started_at).exclude(
            started_at=last.started_at, pk__gte=last.pk
        )
    rows = checks.newest_first().values_list(
        "pk", "started_at", "outcome", "detail", "facts"
    )
    return [_Place(*row) for row in rows[: WINDOW + 1]]


def _alike(place: _Place) -> tuple[str, Sentence]:
    """Return what makes looks the same: of trouble, also what the site said."""
    if place.outcome in {Outcome.UNCHANGED, Outcome.CHANGED}:
        return place.outcome, Sentence("")
    return place.outcome, Sentence(place.detail, place.facts)


def _run(stretch: list[_Place], looks: dict[UUID, Check], *, goes_on: bool) -> Run:
    newest, oldest = stretch[0], stretch[-1]
    _, shared = _alike(newest)
    return Run(
        outcome=newest.outcome,
        label=str(Outcome(newest.outcome).label),
        detail=worded(
            shared if len(stretch) > 1 else Sentence(newest.detail, newest.facts)
        ),
        number=len(stretch),
        first_at=oldest.at,
        last_at=newest.at,
        looks=tuple(looks[place.pk] for place in stretch[:INSIDE]),
        goes_on=goes_on,
    )
