"""Days and moments as people and programs write them (pure)."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from claims.vocabulary import Precision

FIRST_YEAR = 1000  # before it, a year was mistyped
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sep", "sept"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
_ISO = re.compile(
    r"""
    (?P<year>\d{4})
    (?: [-/] (?P<month>\d{1,2}) (?: [-/] (?P<day>\d{1,2})
    (?: [T\ ] (?P<time>\d\d:\d\d (?: :\d\d (?: [.,]\d{1,9} )? )? )
    \ ? (?P<zone> Z | [+-]\d\d:?\d\d )? )? )? )?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DOTTED = re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})")
_DAY_FIRST = re.compile(
    r"(?:[a-z]+,? )?(?P<day>\d{1,2})(?:st|nd|rd|th)? (?P<name>[a-z]+)\.?,? (?P<year>\d{4})",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    r"(?:[a-z]+,? )?(?P<name>[a-z]+)\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})",
    re.IGNORECASE,
)
_MONTH_ALONE = re.compile(r"(?P<name>[a-z]+)\.? (?P<year>\d{4})", re.IGNORECASE)
_TWO_WAYS = re.compile(r"\d{1,2}[/-]\d{1,2}[/-]\d{2,4}")
_RFC_2822 = re.compile(
    r"(?:[a-z]{3}, )?\d{1,2} [a-z]{3} \d{4} \d\d:\d\d.*", re.IGNORECASE
)
_LONGEST = 60


class When(NamedTuple):
    """A moment, and how exactly it is known."""

    at: datetime
    precision: Precision


class NoDate(ValueError):
    """`code` says why: unreadable, ambiguous, out_of_range."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read(text: str, *, now: datetime) -> When:
    """
    Return when that was. Raises NoDate.

    What can be read as two days, like 3/4/2026, is not guessed. What lies more than a
    day ahead was not said yet.
    """
    text = " ".join(text[: _LONGEST + 1].split())
    if len(text) > _LONGEST:
        raise NoDate("unreadable")
    try:
        when = _read(text)
    except (ValueError, OverflowError) as exc:
        raise exc if isinstance(exc, NoDate) else NoDate("unreadable") from exc
    if when.at.year < FIRST_YEAR or when.at > now + timedelta(days=1):
        raise NoDate("out_of_range")
    return when


def _read(text: str) -> When:
    if found := _ISO.fullmatch(text):
        return _of_iso(found)
    for shape in (_DOTTED, _DAY_FIRST, _MONTH_FIRST):
        if found := shape.fullmatch(text):
            return When(_day(found["year"], _month(found), found["day"]), Precision.DAY)
    if found := _MONTH_ALONE.fullmatch(text):
        return When(_day(found["year"], _month(found), 1), Precision.MONTH)
    if _RFC_2822.fullmatch(text):
        return When(_utc(parsedate_to_datetime(text)), Precision.MINUTE)
    raise NoDate("ambiguous" if _TWO_WAYS.fullmatch(text) else "unreadable")


def _of_iso(found: re.Match[str]) -> When:
    day = _day(found["year"], found["month"] or 1, found["day"] or 1)
    if found["time"]:
        time = found["time"].replace(",", ".")
        zone = (found["zone"] or "+00:00").upper().replace("Z", "+00:00")
        at = datetime.fromisoformat(f"{day:%Y-%m-%d}T{time}{zone}")
        # What programs write for a day that they know no time of.
        if (at.hour, at.minute, at.second) == (0, 0, 0):
            return When(day, Precision.DAY)
        return When(_utc(at), Precision.MINUTE)
    if found["day"]:
        return When(day, Precision.DAY)
    return When(day, Precision.MONTH if found["month"] else Precision.YEAR)


def _month(found: re.Match[str]) -> str | int:
    if "month" in found.groupdict():
        return found["month"]
    return _MONTHS.get(found["name"].lower(), 0)


def _day(year: str, month: str | int, day: str | int) -> datetime:
    if not 1 <= int(year) <= 9998:
        raise NoDate("out_of_range")
    return datetime(int(year), int(month), int(day), tzinfo=UTC)


def _utc(at: datetime) -> datetime:
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
