"""Read an article, and print the statements it proposes."""

from __future__ import annotations

import json
from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from claims import intake, texts
from claims.errors import ClaimError

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from datetime import datetime

    from claims.models import Article, Candidate
    from claims.texts import Given

WIDTH_WITHOUT_A_TERMINAL = 120
DEFAULT_LANGUAGE = "en"


class Command(BaseCommand):
    """`manage.py ingest FILE-or-URL`: an article into candidates."""

    help = (
        "Read an article and propose its attributed statements as candidates, which "
        "wait in the desk's inbox. The same text is kept once."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "article",
            metavar="FILE-or-URL",
            help="UTF-8 text, HTML, PDF, Word (.docx), or an address",
        )
        parser.add_argument("--source-url", default="", help="where it was published")
        parser.add_argument("--title", default="")
        parser.add_argument("--publisher", default="")
        parser.add_argument(
            "--date", type=_day, metavar="YYYY-MM-DD", help="when it was published"
        )
        parser.add_argument(
            "--by", metavar="USER", help="who brings it: a sign-in name"
        )
        parser.add_argument(
            "--json", action="store_true", help="print JSON lines, not a table"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Keep the article, read it, print what it proposes."""
        now = timezone.now()
        by = _person(options["by"])
        try:
            article = _kept(_given(options["article"]), options, by=by, now=now)
            candidates = intake.propose(article, at=now)
        except (ClaimError, OSError) as exc:
            raise CommandError(_sentence(exc)) from exc
        if article.added_at != now:
            self.stderr.write(
                f"This text was known since {article.added_at:%Y-%m-%d %H:%M}: it is "
                f"one article, with the candidates it had."
            )
        if options["json"]:
            for candidate in candidates:
                self.stdout.write(json.dumps(_row(candidate), ensure_ascii=False))
            return
        self._print(article, candidates)

    def _print(self, article: Article, candidates: list[Candidate]) -> None:
        terminal = self.stdout.isatty()
        console = Console(
            force_terminal=terminal,
            width=None if terminal else WIDTH_WITHOUT_A_TERMINAL,
            highlight=False,
        )
        with console.capture() as printed:
            if candidates:
                console.print(_table(candidates))
            console.print(Text(_counts(candidates)))
            console.print(Text(f"Inbox: {article.get_absolute_url()}"))
        self.stdout.write(printed.get())


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as exc:
        raise ArgumentTypeError(
            f"{text!r} is no day; write it like 2026-03-14"
        ) from exc


def _person(name: str | None) -> User | None:
    if name is None:
        return None
    person = User.objects.filter(username=name, is_active=True).first()
    if person is None:
        raise CommandError("Nobody with an open account signs in with this name.")
    return person


def _given(article: str) -> Given:
    if texts.is_address(article):
        return texts.from_address(article)
    return texts.from_file(Path(article))


def _kept(
    given: Given, options: dict[str, Any], *, by: User | None, now: datetime
) -> Article:
    return intake.add_article(
        text=given.text,
        title=options["title"] or given.title,
        publisher=options["publisher"] or given.publisher,
        published_on=options["date"] or given.published_on,
        language=given.language or DEFAULT_LANGUAGE,
        source_url=options["source_url"] or given.address,
        by=by,
        at=now,
    )


def _sentence(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"{error.filename}: {(error.strerror or str(error)).lower()}."
    return str(error)


def _row(candidate: Candidate) -> dict[str, Any]:
    return {
        "start": candidate.start,
        "end": candidate.end,
        "pieces": candidate.pieces,
        "text": candidate.text,
        "form": candidate.form,
        "cue": candidate.cue,
        "mention": candidate.mention,
        "claimant": candidate.claimant_name,
        "kind": candidate.claimant_kind,
        "role": candidate.role,
    }


def _table(candidates: list[Candidate]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True)
    table.add_column("Claimant", ratio=3)
    table.add_column("Form")
    table.add_column("Statement", ratio=8)
    table.add_column("Offsets", justify="right", no_wrap=True)
    for candidate in candidates:
        # Text, for what an article says is no markup of the terminal's.
        who = Text(candidate.claimant_name or candidate.mention or "unnamed")
        if candidate.role:
            who.append(f"\n{candidate.role}", style="dim")
        table.add_row(
            who,
            candidate.form,
            Text(candidate.text),
            f"{candidate.start}–{candidate.end}",
        )
    return table


def _counts(candidates: list[Candidate]) -> str:
    if not candidates:
        return "No attributed statement was found."
    speakers = {each.claimant_name or each.mention for each in candidates}
    forms = ", ".join(
        f"{number} {form}"
        for form in ("direct", "indirect", "mixed")
        if (number := sum(each.form == form for each in candidates))
    )
    statements = "statement" if len(candidates) == 1 else "statements"
    claimants = "claimant" if len(speakers) == 1 else "claimants"
    return f"{len(candidates)} {statements} by {len(speakers)} {claimants}: {forms}."
