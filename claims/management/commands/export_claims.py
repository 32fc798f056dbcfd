"""Give claims away, in a form that others read."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from claims.exchange.giving import NAMES, give
from claims.vocabulary import ExportFormat

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """`manage.py export_claims`."""

    help = (
        "Write every claim that is published, with who said what about it, or with "
        "--everything what the desk knows. What a review in the making found is never "
        "written."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=ExportFormat.values, default="ndjson")
        parser.add_argument(
            "--everything",
            action="store_true",
            help="also claims that are not published, and what is only suggested",
        )
        parser.add_argument(
            "--after", type=UUID, metavar="ID", help="go on behind this claim"
        )
        parser.add_argument(
            "--output", metavar="FILE", help="where to; - (the default) writes it out"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write them."""
        form = ExportFormat(options["format"])
        pieces = give(
            form,
            desk=options["everything"],
            at=timezone.now(),
            after=options["after"],
        )
        if options["output"] in {None, "-"}:
            for piece in pieces:
                sys.stdout.buffer.write(piece)
            return
        path = Path(options["output"])
        path = path / NAMES[form] if path.is_dir() else path
        unfinished = path.with_name(f"{path.name}.part")
        try:
            with unfinished.open("wb") as file:
                for piece in pieces:
                    file.write(piece)
            unfinished.replace(path)
        except OSError as exc:
            raise CommandError(f"{path} cannot be written: {exc.strerror}") from exc
        finally:
            unfinished.unlink(missing_ok=True)
        self.stdout.write(f"{path}  {path.stat().st_size:,} bytes")
