"""Moments and spans as sentences have them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from sources.wording import moment

_ANY_DAY = datetime(2026, 1, 1, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)


def clock(at: datetime, *, now: datetime) -> str:
    """Return a moment by the clock alone where it is today: 14:10."""
    local = timezone.localtime(at)
    if local.date() == timezone.localtime(now).date():
        return date_format(local, "H:i")
    return moment(at)


def ago(at: datetime, *, now: datetime) -> str:
    """Return how long something is past: 3 hours ago."""
    if now - at < _MINUTE:
        return _("just now")
    return _("%(time)s ago") % {"time": between(at, now)}


def ahead(at: datetime, *, now: datetime) -> str:
    """Return how far something is off: in 3 hours."""
    if at - now < _MINUTE:
        return _("within a minute")
    return _("in %(time)s") % {"time": between(now, at)}


def every(time: timedelta) -> str:
    """Return how often something comes: about every 6 hours, about every minute."""
    told = span(max(time, _MINUTE))
    return _("about every %(time)s") % {"time": told.removeprefix("1 ")}


def between(start: datetime, end: datetime) -> str:
    """Return the largest unit of what lies between: 3 hours."""
    return timesince(start, end, depth=1).replace("\xa0", " ")


def span(time: timedelta) -> str:
    """Return a span in its largest unit: 36 hours are a day."""
    return between(_ANY_DAY, _ANY_DAY + time)
