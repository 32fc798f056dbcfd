"""Measure what the machine proposes against what people marked."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.evaluation import reading
from claims.evaluation.annotations import BadData

SUBJECTS = {"extraction": reading.evaluate}


class Command(BaseCommand):
    """Print the measures of one subject over a folder of data."""

    help = "Measure what the machine proposes on data that people marked."
    requires_system_checks = ()  # reads files and touches no table

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what the command takes."""
        parser.add_argument("subject", choices=sorted(SUBJECTS))
        parser.add_argument("--data", type=Path, required=True, metavar="DIR")
        parser.add_argument(
            "--predictions",
            type=Path,
            metavar="OUT.jsonl",
            help="also write what was found, one line an article",
        )
        parser.add_argument(
            "--json", action="store_true", help="print one JSON object, not a table"
        )

    def handle(self, **options: Any) -> None:  # Any: Django's own signature
        """Run, and print every measure as a fraction of 1."""
        try:
            measures = SUBJECTS[options["subject"]](
                options["data"], predictions=options["predictions"]
            )
        except (OSError, BadData) as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(measures))
            return
        width = max(map(len, measures))
        for name, value in measures.items():
            self.stdout.write(f"{name:<{width}}  {_shown(value)}")


def _shown(value: float | int | None) -> str:
    if value is None:
        return "-"
    return f"{value:.4f}" if isinstance(value, float) else str(value)
