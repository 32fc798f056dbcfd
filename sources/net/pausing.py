"""How long a site asks to be left alone (RFC 9110, section 10.2.3; pure)."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

LONGEST = timedelta(days=1)

_TOO_MANY = 429
_MODEST = timedelta(minutes=5)  # for a 429 that does not say how long
_SECONDS = re.compile(r"[0-9]+(?:\.[0-9]*)?(?:\s*,\s*[0-9]+(?:\.[0-9]*)?)*")


def asked_for(status: int, retry_after: str, *, now: datetime) -> timedelta:
    """
    Return the pause that an answer asks for, at most a day; none is zero.

    Any error may ask with `Retry-After`, and 429 asks without. On a redirect it
    means the target, which it would keep us from for ever; a page that was given
    asks for nothing.
    """
    if status < 400:
        return timedelta()
    pause = min(_told(retry_after.strip(), now), LONGEST)
    if pause <= timedelta():
        return _MODEST if status == _TOO_MANY else timedelta()
    return pause


def _told(asked: str, now: datetime) -> timedelta:
    """Read seconds, or a date in any of the three forms; what is neither is zero."""
    if _SECONDS.fullmatch(asked):
        # A header that came twice is joined by a comma.
        told = max(float(number) for number in asked.split(","))
        return timedelta(seconds=min(told, LONGEST.total_seconds()))
    try:
        moment = parsedate_to_datetime(asked)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now
    except (ValueError, TypeError, IndexError, OverflowError):
        return timedelta()
