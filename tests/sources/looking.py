"""Looks at sources in a test: real pages, real rows, and a clock that the test holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sources import attaching, checking, leasing
from sources.leasing import Terms
from sources.models import Check, Source
from sources.net import DoorConfig, Doorkeeper
from tests.factories import NOON

RULES = checking.Rules(
    least=timedelta(hours=1),
    most=timedelta(days=30),
    closely=timedelta(hours=2),
    gone_after=timedelta(hours=24),
    failed_after=timedelta(days=3),
    lease=timedelta(minutes=2),
)
TERMS = Terms(batch=100, per_host=100, lasts=RULES.lease, max_attempts=4)


class Lookout:
    """Looks at everything that is due, at a moment the test names."""

    def __init__(self, press):
        self.press = press
        self.now = NOON
        self.door = Doorkeeper(
            DoorConfig(
                user_agent="Counterclaim/0.1 (+https://example.org)",
                allow_networks=("127.0.0.0/8",),
                allow_ports=frozenset({press.port}),
                total_seconds=2,
            )
        )

    def __enter__(self):
        self.door.__enter__()
        return self

    def __exit__(self, *error):
        self.door.__exit__(*error)

    def attach(self, path: str, *quotes: str, **context: str) -> Source:
        source = attaching.attach(self.press.url(path), now=self.now)
        for exact in quotes:
            attaching.watch(source, exact=exact, now=self.now, **context)
        return source

    def pass_time(self, **how: float) -> None:
        self.now += timedelta(**how)

    def look(self, source: Source, **rules: timedelta) -> Check:
        """Look at one source now, due or not, and read it again."""
        Source.objects.filter(pk=source.pk).update(due_at=self.now)
        (check,) = self.look_at_all(**rules)
        source.refresh_from_db()
        return check

    def look_at_all(self, **rules: timedelta) -> list[Check]:
        found = []
        for lease in leasing.lease_due(now=self.now, terms=TERMS):
            found += self.work_off(lease, **rules)
        return found

    def work_off(self, lease, **rules: timedelta) -> list[Check]:
        return list(
            checking.check(
                lease,
                door=self.door,
                rules=replace(RULES, **rules),
                clock=lambda: self.now,
            )
        )
