"""`manage.py refresh`: look at sources here and now, with a progress bar."""

from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

from sources import checking, leasing
from sources.models import Check, Source
from sources.net import Doorkeeper
from sources.vocabulary import Outcome


class Command(BaseCommand):
    help = (
        "Look at the sources that are due, beside the workers or without them. It can"
        " be stopped and started again: what was looked at is not due any more."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--now",
            action="store_true",
            help="look at every source, due or not, also those that were given up",
        )

    def handle(self, *args: Any, now: bool, **options: Any) -> None:
        if now:
            # Those that a worker holds just now are counted as well.
            waiting = Source.objects.update(
                due_at=timezone.now(), parked_at=None, attempts=0
            )
        else:
            waiting = Source.objects.due(timezone.now()).count()
        found: Counter[str] = Counter()
        with (
            _progress() as progress,
            Doorkeeper(checking.door_config()) as door,
        ):
            bar = progress.add_task("Looking at sources", total=waiting)
            for check in _checks(door):
                found[check.outcome] += 1
                progress.advance(bar)
        self.stdout.write(_sentence(found, waiting=waiting))


def _checks(door: Doorkeeper) -> Iterator[Check]:
    rules = checking.Rules.from_settings()
    while leases := leasing.lease_due(now=timezone.now(), terms=checking.terms()):
        try:
            for lease in leases:
                yield from checking.check(
                    lease, door=door, rules=rules, clock=timezone.now
                )
        except (KeyboardInterrupt, GeneratorExit):
            # What was not looked at is due again at once.
            for lease in leases:
                leasing.give_back(lease, now=timezone.now())
            raise


def _progress() -> Progress:
    return Progress(
        "{task.description}",
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )


def _sentence(found: Counter[str], *, waiting: int) -> str:
    if not found and waiting:
        return "The workers were quicker: all that was due is with them."
    if not found:
        return "No source is due. Use --now to look at all of them."
    parts = ", ".join(
        f"{found[outcome]} {outcome.label.lower()}"
        for outcome in Outcome
        if found[outcome]
    )
    return f"{found.total()} looked at: {parts}."
