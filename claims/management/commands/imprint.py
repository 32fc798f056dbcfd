"""Make the vectors that are missing, with a bar, and to be interrupted at any time."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from rich.console import Console
from rich.progress import Progress

from claims import imprinting
from claims.models import Imprint


class Command(BaseCommand):
    """What workers do by themselves, done at once: after an import, or a new model."""

    help = (
        "Make the vectors by which claims are found in other words: those that are"
        " missing, and those of another model. What was made stays when it is"
        " interrupted, and workers may do the same meanwhile."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what the command takes."""
        parser.add_argument(
            "--again",
            action="store_true",
            help="make all of them again",
        )

    def handle(self, **options: Any) -> None:  # Any: Django's own signature
        """Make what is missing, and tell how many there are now."""
        imprinting.mark_missing()
        imprinting.forget(every=options["again"])
        waiting, made = Imprint.objects.due().count(), 0
        console = Console(stderr=True)
        with Progress(console=console, disable=not console.is_terminal) as bar:
            task = bar.add_task("Reading claims", total=waiting)
            while some := imprinting.imprint_some():
                made += some
                bar.update(task, completed=min(made, waiting))
        self.stdout.write(f"{made} made; {Imprint.objects.count()} are there.")
