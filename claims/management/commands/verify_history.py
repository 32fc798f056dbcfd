"""Ask the whole record whether it was changed behind its back."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand
from rich.console import Console
from rich.progress import Progress

from claims import verifying

BREACHED = 1
STOPPED = 130  # as a shell has it, of what was ended with Ctrl-C


class Command(BaseCommand):
    """Rules first, then each kept copy; what is wrong is told as it is found."""

    help = (
        "Verify that history, moves, published reviews and kept copies of pages agree"
        " with each other and with what is in force. Nothing is changed. Ends with 0"
        " when all agree, with 1 when something does not, with 130 when it was stopped;"
        " it says then how to go on."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what the command takes."""
        parser.add_argument(
            "--after",
            type=UUID,
            metavar="SNAPSHOT",
            help="go on behind this kept copy, as a stopped run said",
        )

    def handle(self, **options: Any) -> None:  # Any: Django's own signature
        """Ask everything, and end with what was found."""
        after: UUID | None = options["after"]
        found = 0 if after else self._ask()
        found += self._read(after)
        if found:
            self.stdout.write(f"{found} places do not agree.")
            raise SystemExit(BREACHED)
        self.stdout.write("The record agrees with itself.")

    def _ask(self) -> int:
        found = 0
        for rule in verifying.rules():
            breaches = 0
            for breach in rule.breaches():
                breaches += 1
                self._tell(breach)
            self.stdout.write(f"{'BAD ' if breaches else 'ok  '} {rule.says}.")
            found += breaches
        return found

    def _read(self, after: UUID | None) -> int:
        kept = verifying.snapshots_after(after)
        total, found, last = kept.count(), 0, after
        console = Console(stderr=True)
        bar = Progress(console=console, disable=not console.is_terminal)
        try:
            with bar:
                for snapshot in bar.track(
                    kept.iterator(chunk_size=50),
                    total=total,
                    description="Reading kept copies",
                ):
                    if breach := verifying.damaged(snapshot):
                        found += 1
                        self._tell(breach)
                    last = snapshot.pk
        except KeyboardInterrupt:
            go_on = f" --after {last}" if last else ""
            self.stdout.write(f"Stopped. To go on: manage.py verify_history{go_on}")
            raise SystemExit(STOPPED) from None
        self.stdout.write(f"{'BAD ' if found else 'ok  '} {total} kept copies read.")
        return found

    def _tell(self, breach: verifying.Breach) -> None:
        self.stdout.write(f"     {breach.where}: {breach.says}")
