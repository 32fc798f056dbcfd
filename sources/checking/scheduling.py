"""When a source is looked at again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sources.checking.rules import Rules
from sources.checking.verdicts import Seen, Trouble
from sources.models import Source
from sources.vocabulary import Outcome

_AFTER_FAILURES = (
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(days=1),
    timedelta(days=3),
)
_SECOND_LOOK = timedelta(minutes=15)  # for words that were missed once


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """The learned interval, and the moment of the next look."""

    interval: timedelta
    due_at: datetime


def next_look(
    source: Source,
    seen: Seen,
    *,
    missed: bool,
    token: UUID,
    now: datetime,
    rules: Rules,
) -> Times:
    """
    Say when to look again.

    `source` carries the failures counted so far, this look included; `missed` says
    that words were not found for the first time. A site that wants to be left alone
    (`Retry-After`) is paused as a whole, whatever is due of it.
    """
    if seen.trouble is not Trouble.NONE:
        wait = _after_failure(source, seen, now=now, rules=rules)
        return Times(interval=source.interval, due_at=now + wait)
    interval = min(max(source.interval * _factor(seen), rules.least), rules.most)
    # Ten per cent either way, so that what was added together drifts apart.
    dice = (token.int ^ source.pk.int) % 2_001
    due_at = now + _cut(interval, source, now, rules) * (0.9 + dice / 10_000)
    if missed:
        due_at = min(due_at, now + min(_SECOND_LOOK, rules.least))
    return Times(interval=interval, due_at=due_at)


def wait_of(seen: Seen, rules: Rules) -> timedelta:
    """Return how long this trouble has to last before a page is gone."""
    return rules.gone_after if seen.trouble is Trouble.FINAL else rules.failed_after


def _factor(seen: Seen) -> float:
    if seen.first:
        return 1.0
    return 0.5 if seen.outcome == Outcome.CHANGED else 1.5


def _cut(interval: timedelta, source: Source, now: datetime, rules: Rules) -> timedelta:
    """Return the wait by now; what was learned of the page is kept for calmer days."""
    closely = source.closely_until is not None and source.closely_until > now
    return min(interval, rules.closely) if closely else interval


def _after_failure(
    source: Source, seen: Seen, *, now: datetime, rules: Rules
) -> timedelta:
    step = _AFTER_FAILURES[min(source.failures, len(_AFTER_FAILURES)) - 1]
    # Where a page counts as gone sooner than that, it is looked at by then.
    since = source.failing_since or now
    left = since + wait_of(seen, rules) - now
    return min(step, left) if left > timedelta() else step
