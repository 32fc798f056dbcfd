"""Verdicts that two people found without each other, from the history of reviews."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import (
    BooleanField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    Subquery,
)
from django.db.models.functions import Now

from claims.models import Audit, Opening

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, timedelta
    from uuid import UUID

    from django.db.models import QuerySet

# Of each kind of work, the newest: a page costs the same after ten years as after one.
COUNTED_AT_MOST = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Twice:
    """How often one person found this where another, who did not know, found that."""

    first_by: int  # whose verdict is `first`
    second_by: int
    first: str
    second: str
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Seconded:
    """A second verdict, beside the first."""

    first_by: int
    second_by: int
    first: str
    second: str
    looking: timedelta | None  # from opening the page to the verdict
    published: bool | None  # whether readers have seen the review


def seconded(*, since: datetime | None) -> list[Seconded]:
    """
    Return the newest second verdicts since then, as the history has them.

    One for each review and person: the last, where it was undone and given again. One
    that was undone and left, and one that was sent back before both were in, is none.
    """
    last: dict[tuple[UUID, int], tuple[int, Seconded]] = {}
    rows = _seconded(since=since).order_by("-seconded_at", "-pgh_id")
    for key, review, *found in rows.values_list(*_FOUND)[:COUNTED_AT_MOST]:
        each = Seconded(**dict(zip(_FIELDS, found, strict=True)))
        before = last.get((review, each.second_by))
        if before is None or before[0] < key:
            last[review, each.second_by] = (key, each)
    return [each for _key, each in last.values()]


_FIELDS = ("first_by", "second_by", "first", "second", "looking", "published")
_FOUND = (
    *("pgh_id", "pgh_obj", "written_by", "second_reviewer", "first_verdict"),
    *("second_verdict", "looking", "published"),
)


def _seconded(*, since: datetime | None) -> QuerySet[Any]:
    history: Any = apps.get_model("claims", "ReviewEvent")._default_manager
    undone = history.filter(
        pgh_obj=OuterRef("pgh_obj"),
        pgh_id__gt=OuterRef("pgh_id"),
        submitted_at=OuterRef("submitted_at"),
        second_reviewer=None,
    )
    found = history.filter(
        seconded_at__isnull=False, arbitrated_at__isnull=True, published_at__isnull=True
    )
    if since is not None:
        found = found.filter(seconded_at__gte=since)
    opened = Opening.objects.filter(
        review=OuterRef("pgh_obj"), person=OuterRef("second_reviewer")
    )
    judged: QuerySet[Any] = found.exclude(Exists(undone)).annotate(
        looking=ExpressionWrapper(
            F("seconded_at") - Subquery(opened.values("opened_at")[:1]),
            output_field=DurationField(),
        ),
        published=ExpressionWrapper(
            Q(pgh_obj__published_at__lte=Now()), output_field=BooleanField()
        ),
    )
    return judged


def judged_twice(found: Iterable[Seconded]) -> list[Twice]:
    """
    Return how often which two verdicts met, in reviews that readers have seen.

    A review that is still in the making tells nothing, even where both its verdicts
    are in; once it is out, the rounds that were sent back count like the last one.
    """
    return _counted(
        (each.first_by, each.second_by, each.first, each.second)
        for each in found
        if each.published
    )


def read_again(*, since: datetime | None) -> list[Twice]:
    """Return what editors found in drawn reviews; `first` is what was published."""
    audits = Audit.objects.of_published().read()
    if since is not None:
        audits = audits.filter(read_at__gte=since)
    rows = audits.order_by("-read_at", "-pk").values_list(
        "review__second_reviewer", "read_by", "review__verdict", "verdict"
    )
    return _counted(rows[:COUNTED_AT_MOST])


def _counted(rows: Iterable[tuple[Any, ...]]) -> list[Twice]:
    return [
        Twice(
            first_by=first_by,
            second_by=second_by,
            first=first,
            second=second,
            times=times,
        )
        for (first_by, second_by, first, second), times in Counter(rows).items()
    ]
