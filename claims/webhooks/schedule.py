"""When something that was not taken is sent again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

# After each try that failed; together just under three days.
WAITS = (
    timedelta(seconds=5),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=20),
)
MOST_ATTEMPTS = len(WAITS) + 1
GIVEN_UP_AFTER = timedelta(days=3)
LONGEST_PAUSE = timedelta(hours=24)  # that somebody may ask for


def next_try(
    delivery: UUID, *, attempts: int, now: datetime, pause: timedelta | None
) -> datetime | None:
    """
    Return when to try again after so many tries, None when they were enough.

    Up to a tenth later than planned, and not the same for each: a server that comes
    back is not met by all at once. `pause` is what it asked for.
    """
    if attempts >= MOST_ATTEMPTS:
        return None
    wait = WAITS[attempts - 1]
    spread = crc32(delivery.bytes + bytes([attempts])) / 0xFFFF_FFFF
    wait += wait * spread / 10
    return now + max(wait, min(pause or timedelta(), LONGEST_PAUSE))
