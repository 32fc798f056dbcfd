"""The clock of the workers: Celery's own, which says that it ticks."""

from __future__ import annotations

from typing import Any

from celery.beat import PersistentScheduler

from sources.wire import pulse


class Scheduler(PersistentScheduler):
    """Hands out what is due by the clock, and is heard each time it has looked."""

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """Hand out what is due; return for how long there is nothing to do, in seconds."""
        left: float = super().tick(*args, **kwargs)
        # After the work: one that hangs in it is not heard.
        pulse.beat([pulse.SCHEDULE])
        return min(left, pulse.EVERY.total_seconds())
