"""Moments and spans as sentences have them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timesince import timesince

_ANY_DAY = datetime(2026, 1, 1, tzinfo=UTC)


def moment(at: datetime) -> str:
    """Return a moment: 26 November 2026, 14:10."""
    return date_format(timezone.localtime(at), "j F Y, H:i")


def between(start: datetime, end: datetime) -> str:
    """Return the largest unit of what lies between: 3 hours."""
    return timesince(start, end, depth=1).replace("\xa0", " ")


def span(time: timedelta) -> str:
    """Return a span in its largest unit: 36 hours are a day."""
    return between(_ANY_DAY, _ANY_DAY + time)
