"""Who has how much to do at the desk, and what they did."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User
from django.db.models import (
    Count,
    F,
    Q,
)

from claims.models import Claim, Correction, Review, Snooze
from claims.search.twice import COUNTED_AT_MOST
from claims.vocabulary import AT_THE_DESK, ClaimStatus, CorrectionKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from django.db.models import QuerySet

    from claims.models.claim import ClaimQuerySet
    from claims.search.twice import Seconded


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
    reviewers: QuerySet[User],
    *,
    seconded: Iterable[Seconded],
    since: datetime | None,
    now: datetime,
) -> list[Load]:
    """
    Return the load of each reviewer, the one with the most open first.

    `seconded` are the second verdicts since then; of the rest, the newest are counted.
    Whoever is no reviewer any more and still has claims is among them.
    """
    told: dict[int, dict[str, Any]] = {}
    for rows in (
        _open(now=now),
        _snoozed(now=now),
        _waiting(),
        _written(since=since),
        _seconded(seconded),
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


def _written(*, since: datetime | None) -> Iterator[dict[str, Any]]:
    reviews = Review.objects.filter(submitted_at__isnull=False)
    if since is not None:
        reviews = reviews.filter(submitted_at__gte=since)
    # All of it stands in the index, as long as nothing else is asked for.
    rows = reviews.order_by("-submitted_at").values_list(
        "written_by", "submitted_at", "created_at"
    )
    took: defaultdict[int, list[timedelta]] = defaultdict(list)
    for who, submitted_at, created_at in rows[:COUNTED_AT_MOST]:
        if submitted_at is not None:  # as none of them is; mypy cannot know
            took[who].append(submitted_at - created_at)
    for who, times in took.items():
        yield {"who": who, "written": len(times), "writing": _middle(times)}


def _seconded(found: Iterable[Seconded]) -> Iterator[dict[str, Any]]:
    looked: defaultdict[int, list[timedelta | None]] = defaultdict(list)
    for each in found:
        looked[each.second_by].append(each.looking)
    for who, times in looked.items():
        known = [time for time in times if time is not None]
        yield {"who": who, "seconded": len(times), "looking": _middle(known)}


def _middle(times: Sequence[timedelta]) -> timedelta | None:
    if not times:
        return None
    return timedelta(seconds=median(time.total_seconds() for time in times))


def _corrected(*, since: datetime | None) -> Iterator[dict[str, Any]]:
    corrections = Correction.objects.filter(
        kind__in=[CorrectionKind.CORRECTION, CorrectionKind.RETRACTION]
    )
    if since is not None:
        corrections = corrections.filter(at__gte=since)
    rows = corrections.order_by("-at", "-pk").values_list(
        "review_from__written_by", flat=True
    )
    for who, times in Counter(rows[:COUNTED_AT_MOST]).items():
        yield {"who": who, "corrected": times}
