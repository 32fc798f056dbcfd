"""Verdicts that two people found without each other, from the history of reviews."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Count, Exists, OuterRef
from django.db.models.functions import Now

from claims.models import Audit

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True, kw_only=True)
class Twice:
    """How often one person found this where another, who did not know, found that."""

    first_by: int  # whose verdict is `first`
    second_by: int
    first: str
    second: str
    times: int


def seconded(*, since: datetime | None) -> QuerySet[Any]:
    """
    Return the second verdicts since then, as the history has them.

    One for each review and person: the last, where it was undone and given again. One
    that was undone and left, and one that was sent back before both were in, is none.
    """
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
    last = (
        found.exclude(Exists(undone))
        .order_by("pgh_obj", "second_reviewer", "-pgh_id")
        .distinct("pgh_obj", "second_reviewer")
    )
    return history.filter(pgh_id__in=last.values("pgh_id"))  # type: ignore[no-any-return]  # made by pghistory


def judged_twice(*, since: datetime | None) -> list[Twice]:
    """
    Return what was found twice since then, in reviews that readers have seen.

    A review that is still in the making tells nothing, even where both its verdicts
    are in; once it is out, the rounds that were sent back count like the last one.
    """
    rows = (
        seconded(since=since)
        .filter(pgh_obj__published_at__lte=Now())
        .values_list("written_by", "second_reviewer", "first_verdict", "second_verdict")
        .annotate(times=Count("pgh_id"))
        .order_by()
    )
    return [_twice(row) for row in rows]


def read_again(*, since: datetime | None) -> list[Twice]:
    """Return what editors found in drawn reviews; `first` is what was published."""
    audits = Audit.objects.of_published().read()
    if since is not None:
        audits = audits.filter(read_at__gte=since)
    rows = (
        audits.values_list(
            "review__second_reviewer", "read_by", "review__verdict", "verdict"
        )
        .annotate(times=Count("pk"))
        .order_by()
    )
    return [_twice(row) for row in rows]


def _twice(row: tuple[Any, ...]) -> Twice:
    first_by, second_by, first, second, times = row
    return Twice(
        first_by=first_by, second_by=second_by, first=first, second=second, times=times
    )
