"""When something was said: "on Saturday", against the day of the article."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from claims.extraction.draft import Stretch

if TYPE_CHECKING:
    from spacy.tokens import Token

_WEEKDAYS = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)
_MONTHS = (
    ("jan", "january"),
    ("feb", "february"),
    ("mar", "march"),
    ("apr", "april"),
    ("may",),
    ("jun", "june"),
    ("jul", "july"),
    ("aug", "august"),
    ("sep", "sept", "september"),
    ("oct", "october"),
    ("nov", "november"),
    ("dec", "december"),
)
_MONTH_NUMBERS = {
    word: number for number, names in enumerate(_MONTHS, start=1) for word in names
}
_MONTH_DAY = re.compile(
    r"\b(?P<month>[a-z]{3,9})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?(?:,? (?P<year>\d{4}))?\b"
)
_DAYS_AGO = {"today": 0, "tonight": 0, "yesterday": 1}
_AT = frozenset({"on", "in", "at", "during"})
_TIMES = frozenset({"DATE", "TIME"})


def time_told(cue: Token) -> Stretch | None:
    """Return the words beside a cue that say when: "Saturday", "on Oct. 26"."""
    for child in cue.children:
        if child.dep_ in {"npadvmod", "advmod"} and child.ent_type_ in _TIMES:
            return _whole(child)
        if child.lower_ in _AT and any(
            each.ent_type_ in _TIMES and each.dep_ == "pobj" for each in child.children
        ):
            return _whole(child)
    return None


def day_of(told: str, *, published_on: date) -> date | None:
    """
    Return the day that a reported time means in an article of that day.

    A weekday is the last one that was not after the article; a day of a month
    without a year is the last such day. None where the words name no single day.
    """
    words = re.findall(r"[a-z]+", told.lower())
    for word in words:
        if word in _DAYS_AGO:
            return published_on - timedelta(days=_DAYS_AGO[word])
        if word in _WEEKDAYS:
            past = (published_on.weekday() - _WEEKDAYS.index(word)) % 7
            return published_on - timedelta(days=past)
    return _month_day(told.lower(), published_on)


def _month_day(told: str, published_on: date) -> date | None:
    for found in _MONTH_DAY.finditer(told):
        month = _MONTH_NUMBERS.get(found["month"])
        if month is None:
            continue
        year = int(found["year"] or published_on.year)
        try:
            day = date(year, month, int(found["day"]))
            if day > published_on and not found["year"]:
                day = day.replace(year=year - 1)
        except ValueError:  # February 30, or the 29th of a shorter one
            continue
        return day
    return None


def _whole(token: Token) -> Stretch:
    """Reach to the last word of the time, not to what a misread "that" adds to it."""
    first = token.left_edge
    last = max(
        (each for each in token.subtree if each.ent_type_ in _TIMES),
        key=lambda each: each.i,
    )
    return Stretch(first.idx, last.idx + len(last))
