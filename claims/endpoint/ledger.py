"""What the plugged-in model may cost in a day, and when it is left alone."""

from __future__ import annotations

import logging
from datetime import UTC, date, datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest

from claims.endpoint.terms import Terms
from claims.errors import NoAnswer
from claims.models import EndpointDay, EndpointPause
from claims.vocabulary import WhyNot

logger = logging.getLogger(__name__)

FORGIVEN = 1  # failures, before it is left alone
FIRST_PAUSE = timedelta(seconds=30)  # twice as long after each further failure
LONGEST_PAUSE = timedelta(hours=1)
REFUSED_PAUSE = timedelta(minutes=10)  # somebody has to change a setting
# A count of tokens beyond this is no count.
MOST_TIMES_GUESSED = 20
# Where nothing was made of the question, it has cost nothing.
_FREE = frozenset({WhyNot.UNREACHABLE, WhyNot.BUSY, WhyNot.FAILED, WhyNot.REFUSED})


def refuse_paused(terms: Terms, *, now: datetime) -> bool:
    """
    Raise NoAnswer while the model is left alone.

    Returns whether it is sent plain questions only.
    """
    row = EndpointPause.objects.filter(pk=terms.name).first()
    if row is not None and row.until is not None and row.until > now:
        raise NoAnswer(WhyNot.PAUSED)
    return row is not None and row.plain


def reserve(tokens: int, *, terms: Terms, now: datetime) -> None:
    """Count a request in before it is sent. Raises NoAnswer when the day is full."""
    day = _day(now)
    EndpointDay.objects.bulk_create([EndpointDay(day=day)], ignore_conflicts=True)
    # One statement, so that two workers do not both take the last one.
    taken = EndpointDay.objects.filter(
        day=day,
        requests__lt=terms.requests_a_day,
        tokens__lte=terms.tokens_a_day - tokens,
    ).update(requests=F("requests") + 1, tokens=F("tokens") + tokens)
    if not taken:
        raise NoAnswer(WhyNot.BUDGET)


def settle(reserved: int, *, cost: int | None, now: datetime) -> None:
    """Put what it really cost in the place of what was reserved, if that is a count."""
    if cost is None or not 0 < cost <= reserved * MOST_TIMES_GUESSED:
        return
    EndpointDay.objects.filter(day=_day(now)).update(
        tokens=Greatest(F("tokens") + cost - reserved, 0)
    )


@transaction.atomic
def failed(error: NoAnswer, *, reserved: int, terms: Terms, now: datetime) -> None:
    """Write down that it did not answer, and leave it alone if that goes on."""
    day = EndpointDay.objects.filter(day=_day(now))
    refund = reserved if error.why in _FREE else 0
    day.update(failed=F("failed") + 1, tokens=Greatest(F("tokens") - refund, 0))
    EndpointPause.objects.bulk_create(
        [EndpointPause(name=terms.name)], ignore_conflicts=True
    )
    row = EndpointPause.objects.select_for_update().get(pk=terms.name)
    row.failures = min(row.failures + 1, 1_000)
    row.why = error.why
    pause = _pause(error, row.failures)
    row.until = now + pause if pause else None
    row.save(update_fields=["failures", "why", "until"])
    logger.warning(
        "the plugged-in model did not answer",
        extra={"why": error.why, "failures": row.failures},
    )


def answered(*, terms: Terms, plain: bool) -> None:
    """Write down that it answered well."""
    EndpointPause.objects.filter(pk=terms.name, failures__gt=0).update(
        failures=0, why="", until=None
    )
    if plain:
        EndpointPause.objects.update_or_create(
            name=terms.name, defaults={"plain": True}
        )


def count(*, now: datetime, remembered: int = 0, thrown_away: int = 0) -> None:
    """Count what cost nothing, and what was not in the text."""
    day = _day(now)
    EndpointDay.objects.bulk_create([EndpointDay(day=day)], ignore_conflicts=True)
    EndpointDay.objects.filter(day=day).update(
        remembered=F("remembered") + remembered,
        thrown_away=F("thrown_away") + thrown_away,
    )


def _pause(error: NoAnswer, failures: int) -> timedelta | None:
    if error.pause:
        return error.pause
    if error.why in {WhyNot.REFUSED, WhyNot.ASTRAY}:
        return REFUSED_PAUSE
    if failures <= FORGIVEN:
        return None
    doubled = min(failures - FORGIVEN - 1, 20)
    return min(FIRST_PAUSE * (1 << doubled), LONGEST_PAUSE)


def _day(now: datetime) -> date:
    return now.astimezone(UTC).date()
