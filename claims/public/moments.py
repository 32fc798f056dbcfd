"""Moments that readers write into an address."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time

from django.utils.translation import gettext as _

_ONLY_A_DAY = re.compile(r"\d{4}-\d{2}-\d{2}|\d{8}")
# A plus sign in an address is read as a space.
_LOST_PLUS = re.compile(r" (?=\d{2}:?\d{2}$)")
LONGEST = 40


class MomentRefused(ValueError):
    """The text is no moment; the message says what one looks like."""


def moment(text: str) -> datetime:
    """
    Return the moment that ISO 8601 text names, in UTC.

    A day alone means its end, and a time without a zone is UTC. Raises MomentRefused.
    """
    try:
        return _read(text.strip())
    except (ValueError, OverflowError) as exc:
        raise MomentRefused(
            _(
                "The moment in this address cannot be read. Write it like 2026-03-14 or "
                "2026-03-14T12:00:00Z."
            )
        ) from exc


def _read(text: str) -> datetime:
    if len(text) > LONGEST:
        raise ValueError("longer than any moment")
    found = datetime.fromisoformat(_LOST_PLUS.sub("+", text))
    if _ONLY_A_DAY.fullmatch(text):
        found = datetime.combine(found, time.max)
    if found.tzinfo is None:
        found = found.replace(tzinfo=UTC)
    return found.astimezone(UTC)
