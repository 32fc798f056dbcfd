"""Steps through rows by where the last one stood, so that depth costs nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Generic, NamedTuple, TypeVar
from uuid import UUID

from django.db import models
from django.db.models import F, Func, Value
from django.db.models.lookups import GreaterThan, LessThan
from django.utils.translation import gettext as _

Row = TypeVar("Row", bound=models.Model)


class MarkRefused(ValueError):
    """The text is not a mark that was given out."""


class Mark(NamedTuple):
    """Where a row stands among the others: its time, then its key."""

    at: datetime
    pk: UUID

    def __str__(self) -> str:
        return f"{self.at.astimezone(UTC):%Y%m%dT%H%M%S.%f}-{self.pk.hex}"

    @classmethod
    def read(cls, text: str) -> Mark:
        """Return the mark that `str` spelled. Raises MarkRefused."""
        moment, _dash, key = text.partition("-")
        try:
            at = datetime.strptime(moment, "%Y%m%dT%H%M%S.%f").replace(tzinfo=UTC)
            return cls(at, UUID(hex=key))
        except ValueError as exc:
            raise MarkRefused(_("This is not a place in a list.")) from exc


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[Row]):
    """Some rows, newest first, and the marks to go on from; None at an end."""

    rows: list[Row]
    newer: Mark | None
    older: Mark | None


def page(
    rows: models.QuerySet[Row],
    *,
    by: str,
    limit: int,
    older_than: Mark | None = None,
    newer_than: Mark | None = None,
) -> Page[Row]:
    """
    Return at most `limit` rows on one side of a mark, newest first.

    `by` names the column of the time; (time, key) is compared as a row, which an
    index over both answers in one step at any depth.
    """
    if newer_than is not None:
        found = list(
            rows.filter(later_than(*newer_than, by=by)).order_by(by, "pk")[: limit + 1]
        )
        shown, more = found[:limit][::-1], len(found) > limit
        has_newer, has_older = more, True
    else:
        if older_than is not None:
            rows = rows.filter(LessThan(_place(by), _spot(older_than)))
        found = list(rows.order_by(f"-{by}", "-pk")[: limit + 1])
        shown, more = found[:limit], len(found) > limit
        has_newer, has_older = older_than is not None, more
    return Page(
        rows=shown,
        newer=_mark(shown[0], by) if shown and has_newer else None,
        older=_mark(shown[-1], by) if shown and has_older else None,
    )


def later_than(at: datetime, pk: UUID, *, by: str) -> GreaterThan:
    """
    Return the condition for rows behind a place, in the order of `by` and key.

    Rows whose `by` is null are none of them.
    """
    return GreaterThan(_place(by), _spot(Mark(at, pk)))


def _place(by: str) -> Func:
    return Func(F(by), F("pk"), function="ROW", output_field=models.Field())


def _spot(mark: Mark) -> Func:
    return Func(
        Value(mark.at, output_field=models.DateTimeField()),
        Value(mark.pk, output_field=models.UUIDField()),
        function="ROW",
        output_field=models.Field(),
    )


def _mark(row: models.Model, by: str) -> Mark:
    return Mark(getattr(row, by), row.pk)
