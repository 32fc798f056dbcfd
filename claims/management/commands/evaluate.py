"""Measure what the machine proposes against what people marked."""

from __future__ import annotations

import json
import shlex
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import ProgrammingError
from django.utils import timezone

from claims.endpoint.terms import Terms, terms_for
from claims.errors import NoAnswer
from claims.evaluation import report, table
from claims.evaluation.annotations import BadData
from claims.evaluation.outcome import Outcome, Run
from claims.evaluation.subjects import PLUGGABLE, SUBJECTS, subject
from claims.evaluation.walking import Walk
from claims.vocabulary import WhyNot

STOPPED = 130  # as a shell has it, of what was ended with Ctrl-C
MISSES = 20


class Command(BaseCommand):
    """Print the measures of one subject over a folder of data."""

    help = (
        "Measure what the machine proposes on data that people marked, beside the"
        " published figures of other systems. Ctrl-C ends it early and tells what was"
        " measured by then."
    )
    requires_system_checks = ()  # a subject may read files and touch no table

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what the command takes."""
        parser.add_argument("subject", choices=sorted(SUBJECTS))
        parser.add_argument("--data", type=Path, required=True, metavar="DIR")
        parser.add_argument(
            "--predictions",
            type=Path,
            metavar="OUT.jsonl",
            help="also write what was found, one JSON object a line",
        )
        parser.add_argument(
            "--report",
            type=Path,
            metavar="OUT.html",
            help="also write a page: measures, confusions, the worst misses",
        )
        parser.add_argument(
            "--misses",
            type=int,
            default=MISSES,
            metavar="N",
            help=f"how many misses the page shows ({MISSES})",
        )
        parser.add_argument(
            "--plugged-in",
            action="store_true",
            help="measure the model of EXTRACTION_API_URL, within its budget",
        )
        parser.add_argument(
            "--json", action="store_true", help="print one JSON object, not a table"
        )

    def handle(self, **options: Any) -> None:  # Any: Django's own signature
        """Run, and print every measure as a fraction of 1."""
        walk = Walk()
        try:
            outcome = _measured(walk, options)
            if options["report"]:
                self._write_report(outcome, walk, options)
        except NoAnswer as error:
            raise CommandError(
                f"The plugged-in model did not answer. {WhyNot(error.why).label}"
            ) from error
        except ProgrammingError as error:
            raise CommandError(
                "The database has not the tables of this version: run manage.py migrate"
                f" first. ({error})"
            ) from error
        except (OSError, BadData) as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(outcome.measures))
        else:
            self.stdout.write(table.of_measures(outcome.measures))
            for comparison in outcome.comparisons:
                self.stdout.write("\n" + table.of_comparison(comparison, outcome))
        if walk.stopped:
            self.stderr.write(f"Stopped: these are the measures of {walk.seen} only.")
            raise SystemExit(STOPPED)

    def _write_report(
        self, outcome: Outcome, walk: Walk, options: Mapping[str, Any]
    ) -> None:
        page = report.page(
            outcome,
            subject=options["subject"],
            data=options["data"],
            at=timezone.now(),
            command=shlex.join(["manage.py", *sys.argv[1:]]),
            seen=walk.seen if walk.stopped else None,
        )
        options["report"].write_text(page, encoding="utf-8")
        self.stderr.write(f"The report is {options['report'].resolve().as_uri()}")


def _terms(subject: str) -> Terms:
    use = PLUGGABLE.get(subject)
    if use is None:
        raise CommandError(f"{subject} is measured as built in only")
    terms = terms_for(use)
    if terms is None:
        raise CommandError(
            "No model is plugged in for it: see EXTRACTION_API_URL in the README"
        )
    return terms


def _measured(walk: Walk, options: Mapping[str, Any]) -> Outcome:
    with _kept(options["predictions"]) as keep:
        run = Run(
            data=options["data"],
            keep=keep,
            through=walk,
            most_misses=max(0, options["misses"]),
            terms=_terms(options["subject"]) if options["plugged_in"] else None,
        )
        return subject(options["subject"])(run)


@contextmanager
def _kept(path: Path | None) -> Iterator[Callable[[Mapping[str, Any]], None]]:
    """Give what writes a line of the predictions; nothing is written without a file."""
    if path is None:
        yield lambda _line: None
        return
    with path.open("w", encoding="utf-8") as out:

        def keep(line: Mapping[str, Any]) -> None:
            out.write(json.dumps(line, ensure_ascii=False) + "\n")

        yield keep
