"""Who has how much to do at the desk, and what they did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User
from django.db.models import (
    Aggregate,
    Count,
    DurationField,
    F,
    OuterRef,
    Q,
    Subquery,
)

from claims.models import Claim, Correction, Opening, Review, Snooze
from claims.search.twice import seconded
from claims.vocabulary import AT_THE_DESK, ClaimStatus, CorrectionKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import QuerySet

    from claims.models.claim import ClaimQuerySet


class Median(Aggregate):
    """The middle one of some durations; null where there are none."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


@dataclass(slots=True, kw_only=True)
class Load:
    """What one person has to do now, and did in a period."""

    person: User
    # Now
    open: int = 0
    late: int = 0  # of these, past their due time
    snoozed: int = 0  # of these, put off by themselves
    waiting: int = 0  # handed in, and nobody has given the second verdict yet
    # In the period
    written: int = 0
    writing: timedelta | None = None  # median, from the first word to handing in
    seconded: int = 0
    looking: timedelta | None = None  # median, from opening the page to the verdict
    corrected: int = 0  # published reviews of theirs that turned out wrong

    @property
    def idle(self) -> bool:
        """Whether there is nothing at all to tell."""
        return not any(
            (self.open, self.waiting, self.written, self.seconded, self.corrected)
        )


def open_claims() -> ClaimQuerySet:
    """Claims that somebody has and that are not at rest."""
    return Claim.objects.exclude(assigned_to=None).filter(status__in=AT_THE_DESK)


def workload(
    reviewers: QuerySet[User], *, since: datetime | None, now: datetime
) -> list[Load]:
    """
    Return the load of each reviewer, the one with the most open first.

    Whoever is no reviewer any more and still has claims is among them.
    """
    told: dict[int, dict[str, Any]] = {}
    for rows in (
        _open(now=now),
        _snoozed(now=now),
        _waiting(),
        _written(since=since),
        _seconded(since=since),
        _corrected(since=since),
    ):
        for row in rows:
            told.setdefault(row.pop("who"), {}).update(row)
    people = User.objects.filter(Q(pk__in=reviewers.values("pk")) | Q(pk__in=told))
    loads = [Load(person=each, **told.get(each.pk, {})) for each in people]
    return sorted(loads, key=lambda load: (-load.open, load.person.username))


def _open(*, now: datetime) -> Iterable[Any]:
    return (
        open_claims()
        .order_by()
        .values(who=F("assigned_to"))
        .annotate(open=Count("pk"), late=Count("pk", filter=Q(due_at__lt=now)))
    )


def _snoozed(*, now: datetime) -> Iterable[Any]:
    return (
        Snooze.objects.asleep(now)
        .filter(claim__in=open_claims(), claim__assigned_to=F("person"))
        .order_by()
        .values(who=F("person"))
        .annotate(snoozed=Count("pk"))
    )


def _waiting() -> Iterable[Any]:
    return (
        Review.objects.filter(
            claim__status=ClaimStatus.SECOND_REVIEW,
            published_at=None,
            submitted_at__isnull=False,
        )
        .order_by()
        .values(who=F("written_by"))
        .annotate(waiting=Count("pk"))
    )


def _written(*, since: datetime | None) -> Iterable[Any]:
    reviews = Review.objects.filter(submitted_at__isnull=False)
    if since is not None:
        reviews = reviews.filter(submitted_at__gte=since)
    return (
        reviews.order_by()
        .values(who=F("written_by"))
        .annotate(
            written=Count("pk"), writing=Median(F("submitted_at") - F("created_at"))
        )
    )


def _seconded(*, since: datetime | None) -> Iterable[Any]:
    opened = Opening.objects.filter(
        review=OuterRef("pgh_obj"), person=OuterRef("second_reviewer")
    )
    rows: Iterable[Any] = (
        seconded(since=since)
        .order_by()
        .annotate(opened_at=Subquery(opened.values("opened_at")[:1]))
        .values(who=F("second_reviewer"))
        .annotate(
            seconded=Count("pgh_id"), looking=Median(F("seconded_at") - F("opened_at"))
        )
    )
    return rows


def _corrected(*, since: datetime | None) -> Iterable[Any]:
    corrections = Correction.objects.filter(
        kind__in=[CorrectionKind.CORRECTION, CorrectionKind.RETRACTION]
    )
    if since is not None:
        corrections = corrections.filter(at__gte=since)
    return (
        corrections.order_by()
        .values(who=F("review_from__written_by"))
        .annotate(corrected=Count("pk"))
    )
