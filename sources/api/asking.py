"""What can be asked of a list. A parameter that is not named here is refused."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError as NotPlain
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

from sources.api.refusals import QueryRefused
from sources.api.shapes import Day, In, Key, Moment, One, Words
from sources.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.http import QueryDict

LIMIT, MOST = 50, 200
WORDS_MAX_CHARACTERS = 500
CURSOR_MAX_CHARACTERS = 2_000


class Query(In):
    """The parameters of an address."""

    unknown_code = "unknown_parameter"
    unknown_detail = _("There is no such parameter here.")


class WholeNumber(serializers.IntegerField):
    """A number in plain digits."""

    def to_internal_value(self, data: Any) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", str(data)):
            self.fail("invalid")
        number: int = super().to_internal_value(data)
        return number


class YesOrNo(serializers.BooleanField):
    """`true` or `false`."""

    def to_internal_value(self, data: Any) -> bool:
        if data not in {"true", "false"}:
            self.fail("invalid", input=str(data)[:100])
        return bool(data == "true")


class Since(serializers.DateTimeField):
    """A point in time with its offset, or a day: its beginning, in UTC."""

    def to_internal_value(self, value: Any) -> datetime:
        if len(str(value)) == len("2026-03-14"):
            return datetime.combine(Day().to_internal_value(value), time(), tzinfo=UTC)
        return Moment().to_internal_value(value)


class AnyOf(serializers.ListField):
    """Some of a few words, with commas between."""

    def __init__(self, choices: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(child=One(choices=list(choices)), max_length=20, **kwargs)

    def to_internal_value(self, data: Any) -> list[Any]:
        words: list[Any] = super().to_internal_value(str(data).split(","))
        return words


class Names(serializers.ListField):
    """Some names of members, with commas between; which there are, the view knows."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(child=Words(max_length=100), max_length=100, **kwargs)

    def to_internal_value(self, data: Any) -> list[Any]:
        names: list[Any] = super().to_internal_value(str(data).split(","))
        return names


class PageQuery(Query):
    """Which part of a list."""

    fields = Names(  # type: ignore[assignment]  # a parameter of that name
        required=False, help_text="Members to give of each, with commas between."
    )
    sort = Words(
        required=False, help_text="What to sort by; with `-` the other way round."
    )
    limit = WholeNumber(
        default=LIMIT, min_value=1, max_value=MOST, help_text="How many at a time."
    )
    cursor = Words(
        required=False,
        max_length=CURSOR_MAX_CHARACTERS,
        help_text="Where to go on: from `next` or `previous` of another page.",
    )
    count = One(
        choices=["none", "estimated", "exact"],
        default="none",
        help_text="Whether to count everything that matches: `estimated` counts up to "
        "1,000 and goes by statistics beyond, `exact` up to 10,000; `count_is` tells.",
    )


class Term(Words):
    """A word or a few that something has to match."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=WORDS_MAX_CHARACTERS, required=False, **kwargs)


def key(help_text: str) -> Key:
    """Return a parameter that is the id of something."""
    return Key(required=False, help_text=help_text)


def since(help_text: str) -> Since:
    """Return a parameter that is a time or a day."""
    return Since(required=False, help_text=help_text)


def read(query: type[Query], parameters: QueryDict) -> dict[str, Any]:
    """Return what was asked. Raises QueryRefused, which names the parameter."""
    errors = {
        name: [found]
        for name, values in parameters.lists()
        if (found := _odd(name, [str(value) for value in values]))
    }
    asked = query(data={name: parameters[name] for name in parameters})
    if errors:
        raise QueryRefused(errors)
    try:
        asked.is_valid(raise_exception=True)
    except ValidationError as exc:
        raise QueryRefused(exc.detail) from exc
    return dict(asked.validated_data)


def require_known(name: str, words: Iterable[str], *, known: Sequence[str]) -> None:
    """Raise QueryRefused where a parameter holds a word that is not known here."""
    if any(word not in known for word in words):
        detail = _("Choose some of %(known)s.") % {"known": ", ".join(known)}
        raise QueryRefused({name: [ErrorDetail(detail, code="invalid_choice")]})


def _odd(name: str, values: list[str]) -> ErrorDetail | None:
    if len(values) > 1:
        return ErrorDetail(str(_("Give this parameter once.")), code="repeated")
    try:
        plain(name)
        plain(values[0])
    except NotPlain as exc:
        return ErrorDetail(exc.messages[0], code="not_plain")
    return None
