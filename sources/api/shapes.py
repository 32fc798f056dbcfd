"""
What requests are made of: text is text, and what is not named is refused.

The framework's fields take numbers for text and "1" for yes; a typed client that
makes such a mistake should hear of it.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

if TYPE_CHECKING:
    from django.db.models import Model

# Away from the ends of the calendar, where the next time zone is out of range.
FIRST_YEAR, LAST_YEAR = 2, 9998
_RFC_3339 = re.compile(
    r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)"
)
_NAME_SHOWN = 100  # characters of a stranger's member name


class In(serializers.Serializer[Any]):
    """What a request may hold. Members that are not named here are refused."""

    # A body that is taken, for the reference.
    example: ClassVar[dict[str, Any] | None] = None
    unknown_code = "unknown_field"
    unknown_detail = _("There is no such field here.")

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        errors: dict[str, Any] = {}
        if isinstance(data, Mapping):
            errors = {
                str(name)[:_NAME_SHOWN]: [
                    ErrorDetail(str(self.unknown_detail), code=self.unknown_code)
                ]
                for name in data
                if name not in self.fields
            }
        try:
            taken: dict[str, Any] = super().to_internal_value(data)
        except ValidationError as exc:
            raise ValidationError({**errors, **dict(exc.detail)}) from exc  # type: ignore[arg-type]  # a mapping here
        if errors:
            raise ValidationError(errors)
        return taken


_made: dict[type, dict[str, serializers.Field[Any, Any, Any, Any]]] = {}


class Out(serializers.ModelSerializer[Any]):
    """What an answer holds, each member always there."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        # Made from the model once: to copy them takes a part of that.
        made = _made.get(type(self))
        if made is None:
            made = _made[type(self)] = super().get_fields()
        fields = copy.deepcopy(made)
        for each in fields.values():
            each.read_only, each.required = True, False
        return fields


class NothingIn(In):
    """An empty body."""


def longest(model: type[Model], field: str) -> int:
    """Return how many characters the column holds."""
    length: int | None = getattr(model._meta.get_field(field), "max_length", None)
    if length is None:
        raise ValueError(f"{model.__name__}.{field} has no greatest length")
    return length


class Words(serializers.CharField):
    """Text."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        text: str = super().to_internal_value(data)
        return text


class Link(serializers.URLField):
    """An address on the web."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        text: str = super().to_internal_value(data)
        return text


class Key(serializers.UUIDField):
    """The id of something."""

    def to_internal_value(self, data: Any) -> Any:
        # The framework takes numbers, and braces, for ids too.
        if not isinstance(data, str) or len(data) != 36:
            self.fail("invalid", value=str(data)[:_NAME_SHOWN])
        return super().to_internal_value(data)


class One(serializers.ChoiceField):
    """One of a few words."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str):
            self.fail("invalid_choice", input=str(data)[:_NAME_SHOWN])
        if len(data) > _NAME_SHOWN:
            self.fail("invalid_choice", input=data[:_NAME_SHOWN] + "…")
        return super().to_internal_value(data)


class Reference(serializers.PrimaryKeyRelatedField[Any]):
    """The id of something that has to be there."""

    default_error_messages = {"does_not_exist": _("There is nothing with this id.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("pk_field", Key())
        super().__init__(**kwargs)


class Moment(serializers.DateTimeField):
    """A point in time, with its offset (RFC 3339); kept in UTC."""

    default_error_messages = {
        "invalid": _("Write a date and time with its offset: 2026-03-14T12:00:00Z."),
        "overflow": _("This is outside the years that can be kept."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(default_timezone=UTC, **kwargs)

    def to_internal_value(self, value: Any) -> datetime:
        if not isinstance(value, str) or not _RFC_3339.fullmatch(value):
            self.fail("invalid")
        moment: datetime = super().to_internal_value(value.upper())
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            self.fail("overflow")
        return moment


class Day(serializers.DateField):
    """A day: 2026-03-14."""

    default_error_messages = {"invalid": _("Write a day like this: 2026-03-14.")}

    def to_internal_value(self, value: Any) -> date:
        if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            self.fail("invalid")
        day: date = super().to_internal_value(value)
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            self.fail("invalid")
        return day
