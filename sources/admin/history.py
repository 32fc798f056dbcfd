"""What became of a row: who changed what, when, and in which request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist
from django.db.models import ForeignKey, Model

from sources.admin.naming import named
from sources.wording import moment

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

SHOWN = 200  # changes, newest first

# They change with every other field and say nothing of their own.
_COMPANIONS = frozenset({"id", "version", "updated_at"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field before and after, in words."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of a row."""

    at: datetime
    who: str
    request_id: str
    is_first: bool
    differences: tuple[Difference, ...]


def changes_of(row: Model, *, hidden: Collection[str] = ()) -> list[Change] | None:
    """
    Return what happened to a row, newest first; None where no history is kept.

    Of the `hidden` fields nothing is told, not even that they changed.
    """
    history = getattr(row, "events", None)
    if history is None:
        return None
    events = list(
        history.select_related("pgh_context").order_by("-pgh_created_at", "-pgh_id")[
            : SHOWN + 1
        ]
    )
    telling = _Telling(row, events, hidden=hidden)
    # A row that was there before its history was kept has no event at all.
    befores = [*events[1:], *([None] if events else [])]
    return [
        change
        for event, before in list(zip(events, befores, strict=True))[:SHOWN]
        if (change := telling.change(event, before)) is not None
    ]


class _Telling:
    """Puts events into words, asking once for the people and rows they name."""

    def __init__(
        self, row: Model, events: list[Any], *, hidden: Collection[str]
    ) -> None:
        self.fields = [
            field
            for field in _tracked(row, events)
            if field.name not in _COMPANIONS and field.name not in hidden
        ]
        self.people = get_user_model()._default_manager.in_bulk(
            {user for event in events if (user := _metadata(event).get("user"))}
        )
        self.rows = {
            field.name: field.related_model._default_manager.in_bulk(
                {key for event in events if (key := getattr(event, field.attname))}
            )
            for field in self.fields
            if isinstance(field, ForeignKey)
        }

    def change(self, event: Any, before: Any) -> Change | None:
        """Return one event as a change; None if nothing of it may be told."""
        differences = tuple(self._differences(event, before))
        if before is not None and not differences:
            return None
        metadata = _metadata(event)
        return Change(
            at=event.pgh_created_at,
            who=str(self.people.get(metadata.get("user"), "")),
            request_id=str(metadata.get("request_id") or ""),
            is_first=before is None,
            differences=differences,
        )

    def _differences(self, event: Any, before: Any) -> Iterable[Difference]:
        for field in self.fields:
            now = getattr(event, field.attname)
            then = getattr(before, field.attname) if before is not None else None
            if now == then or (before is None and now in (None, "", [])):
                continue
            yield Difference(
                field=str(field.verbose_name),
                before=self._words(field, then),
                after=self._words(field, now),
            )

    def _words(self, field: Any, value: Any) -> str:
        if value in (None, "", []):
            return ""
        if field.name in self.rows:
            row = self.rows[field.name].get(value)
            return named(row) if row is not None else str(value)
        if isinstance(value, list):
            return ", ".join(map(str, value))
        if hasattr(value, "hour"):
            return moment(value)
        return str(dict(field.flatchoices or ()).get(value, value))


def _tracked(row: Model, events: list[Any]) -> Iterable[Any]:
    for field in events[0]._meta.concrete_fields if events else ():
        try:
            own = row._meta.get_field(field.name)
        except FieldDoesNotExist:
            continue  # pghistory's own columns
        yield own


def _metadata(event: Any) -> dict[str, Any]:
    context = event.pgh_context
    return context.metadata if context is not None else {}
