"""Write what is kept of the pages of a claim to a WARC file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from claims import search
from claims.models import Claim
from sources.archiving import warc

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """`manage.py export_warc CLAIM [--output FILE]`."""

    help = "Write every snapshot of the pages that a claim cites to a WARC file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("claim", type=UUID, help="the claim's identifier")
        parser.add_argument(
            "--output",
            metavar="FILE",
            help="where to; claim-….warc.gz here if it is not given, - writes it out",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        claim = Claim.objects.filter(pk=options["claim"]).first()
        if claim is None:
            raise CommandError("There is no claim with this identifier.")
        name = f"claim-{claim.pk}.warc.gz"
        pieces = warc.write(
            search.cited_pages(claim),
            name=name,
            at=timezone.now(),
            info=search.about(claim),
        )
        if options["output"] == "-":
            for piece in pieces:
                sys.stdout.buffer.write(piece)
            return
        path = Path(options["output"] or name)
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
