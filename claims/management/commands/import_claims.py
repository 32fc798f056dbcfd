"""Take in claims and fact-checks from a file."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from claims.errors import ClaimError
from claims.exchange import filing, looking, reporting, running
from claims.exchange.reading import open_file
from claims.exchange.terms import Terms
from claims.models import Import
from claims.vocabulary import RowOutcome

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Iterable

FAULTS_SHOWN = 20


class Command(BaseCommand):
    """`manage.py import_claims FILE`."""

    help = (
        "Take in claims, and what others found about them, from ClaimReview (JSON-LD, a "
        "DataFeed, NDJSON), a CSV table or an Excel workbook. A run that was killed goes "
        "on where it was when the same file is given again; what is known is not made twice."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--by", metavar="USER", help="who brings it: a sign-in name"
        )
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="say what would be done, and do nothing",
        )
        parser.add_argument(
            "--all-or-nothing",
            action="store_true",
            help="take in nothing where a row cannot be taken in",
        )
        parser.add_argument(
            "--claimant",
            default="",
            help="whom claims are put down to that name nobody",
        )
        parser.add_argument("--language", default="en", help="of what does not say")
        parser.add_argument("--encoding", default="", help="of text that is not UTF-8")
        parser.add_argument(
            "--report",
            type=Path,
            metavar="FILE",
            help="write what is wrong to a CSV file",
        )
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Take it in, or say what that would come to."""
        now, by = timezone.now(), _person(options["by"])
        try:
            with options["file"].open("rb") as body:
                if options["dry_run"]:
                    self._look(body, options)
                    return
                file, opened = filing.from_command(
                    body,
                    name=options["file"].name,
                    by=by,
                    at=now,
                    encoding=options["encoding"],
                    unnamed=options["claimant"],
                    language=options["language"],
                    whole=options["all_or_nothing"],
                )
                if file.place:
                    self.stderr.write(f"Going on behind row {file.place:,}.")
                self._take_in(file, opened)
        except ClaimError as exc:
            raise CommandError(str(exc)) from exc
        except OSError as exc:
            raise CommandError(
                f"{options['file']}: {(exc.strerror or str(exc)).lower()}."
            ) from exc
        self._tell(
            file.counts,
            reporting.faults(file),
            options,
            more=file.refused - FAULTS_SHOWN,
        )

    def _take_in(self, file: Import, opened: Any) -> None:
        console = Console(stderr=True, soft_wrap=True)
        bar = Progress(
            TextColumn("Taking in rows"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("left:"),
            TimeRemainingColumn(),
            console=console,
            disable=not console.is_terminal,
        )
        with bar:
            task = bar.add_task("", total=file.total, completed=file.place)
            for done in running.take_in(file, opened, clock=timezone.now):
                bar.update(task, completed=done)

    def _look(self, body: IO[bytes], options: dict[str, Any]) -> None:
        opened = open_file(body, encoding=options["encoding"])
        terms = Terms(
            now=timezone.now(),
            unnamed=options["claimant"],
            language=options["language"],
        )
        counts: Counter[str] = Counter()
        faulty: list[reporting.Told] = []
        for plan in looking.look_through(opened, terms=terms):
            counts.update(plan.counts())
            faulty.extend(reporting.of_plan(plan))
        if not counts.total():
            raise looking.nothing()
        more = counts[RowOutcome.REFUSED] - FAULTS_SHOWN
        self._tell(counts, faulty, options, more=more)

    def _tell(
        self,
        counts: dict[str, int],
        faulty: Iterable[reporting.Told],
        options: dict[str, Any],
        *,
        more: int,
    ) -> None:
        if options["report"]:
            with options["report"].open("w", newline="", encoding="utf-8") as out:
                csv.writer(out).writerows(reporting.table(faulty))
        elif options["json"]:
            pass
        else:
            for number, told in enumerate(faulty):
                if number == FAULTS_SHOWN:
                    self.stdout.write(f"… and {more:,} more rows: see --report.")
                    break
                self.stdout.write(
                    f"row {told.number}: {told.field or '–'}: {told.problem} {told.advice}"
                )
        if options["json"]:
            self.stdout.write(
                json.dumps({name: counts[name] for name in RowOutcome.values})
            )
            return
        self.stdout.write(_sentence(counts, dry=options["dry_run"]))


def _sentence(counts: dict[str, int], *, dry: bool) -> str:
    words = (
        (RowOutcome.NEW, "new"),
        (RowOutcome.JOINED, "added to known claims"),
        (RowOutcome.KNOWN, "known"),
        (RowOutcome.PASSED, "passed over"),
        (RowOutcome.REFUSED, "refused"),
    )
    told = ", ".join(f"{counts[name]:,} {word}" for name, word in words if counts[name])
    number = sum(counts[name] for name, _ in words)
    return f"{'Would be: ' if dry else ''}{number:,} rows: {told}."


def _person(name: str | None) -> User | None:
    if name is None:
        return None
    person = User.objects.filter(username=name, is_active=True).first()
    if person is None:
        raise CommandError("Nobody with an open account signs in with this name.")
    return person
