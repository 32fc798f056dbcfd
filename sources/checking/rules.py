"""What the settings say about checks, as values for those who check."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Self

from django.conf import settings

from sources.leasing import Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How often is looked, and how long trouble lasts before a page is gone."""

    least: timedelta  # between two looks
    most: timedelta
    closely: timedelta  # at most, where much rests on a page just now
    gone_after: timedelta  # of 410 or a name that does not exist
    failed_after: timedelta  # of other trouble
    lease: timedelta
    places: int = 100  # fetches that one worker has under way at most
    shift: timedelta = timedelta(seconds=10)  # after which it takes on no more

    @classmethod
    def from_settings(cls) -> Self:
        return cls(
            least=settings.SOURCES_LEAST_INTERVAL,
            most=settings.SOURCES_MOST_INTERVAL,
            closely=settings.SOURCES_CLOSE_INTERVAL,
            gone_after=settings.SOURCES_GONE_AFTER,
            failed_after=settings.SOURCES_FAILED_AFTER,
            lease=settings.SOURCES_LEASE,
            places=settings.SOURCES_BATCH,
        )


def terms() -> Terms:
    """Return how leases are given here."""
    return Terms(
        batch=settings.SOURCES_BATCH,
        per_host=settings.SOURCES_PER_HOST,
        lasts=settings.SOURCES_LEASE,
        max_attempts=settings.SOURCES_MAX_ATTEMPTS,
    )
