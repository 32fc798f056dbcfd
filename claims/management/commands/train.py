"""Learn from what people marked."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from claims import learned
from claims.evaluation.annotations import AnnotatedArticle, BadData, read_annotated

SUBJECTS = ("extraction",)
ARTICLES = "train.jsonl"
STOPPED = 130  # as a shell has it, of what was ended with Ctrl-C
LINE_EVERY_SECONDS = 10.0
FEWEST_ARTICLES = 2


class Command(BaseCommand):
    """`manage.py train extraction --data DIR`: weights, kept beside the data."""

    help = (
        "Learn to read articles from DIR/train.jsonl, which takes half a second of one "
        "processor for each. The weights go to the folder COUNTERCLAIM_MODELS, where "
        "workers find them with the next article. Ctrl-C leaves what was there."
    )
    requires_system_checks = ()  # it reads a file and touches no table

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what the command takes."""
        parser.add_argument("subject", choices=SUBJECTS)
        parser.add_argument("--data", type=Path, required=True, metavar="DIR")
        parser.add_argument(
            "--folds",
            type=int,
            default=0,
            metavar="N",
            help="measure as well: learn N times from all but every Nth article, and "
            "read those",
        )

    def handle(self, **options: Any) -> None:  # Any: Django's own signature
        """Learn, and say where the weights are."""
        # Grammar and numbers take a second, which other commands need not wait for.
        from claims.extraction.learned.weights import save  # noqa: PLC0415
        from claims.training import extraction  # noqa: PLC0415

        started = time.process_time()
        articles = _articles(options["data"])
        path = learned.extraction_path()
        try:
            read = extraction.parsed(articles, through=self._through)
            if options["folds"] > 1:
                measures = extraction.cross_validated(
                    read, folds=options["folds"], through=self._through
                )
                for name, value in measures.items():
                    self.stdout.write(f"{name:<24}{value:.4f}")
            weights = extraction.train_on(read, through=self._through)
            save(weights, path, about={"learned_at": timezone.now().isoformat()})
        except KeyboardInterrupt:
            self.stderr.write("Stopped: nothing was written.")
            raise SystemExit(STOPPED) from None
        except OSError as exc:
            raise CommandError(str(exc)) from exc
        seconds = time.process_time() - started
        self.stdout.write(
            f"Learned from {len(articles)} articles in {seconds:.0f} s of CPU."
        )
        self.stdout.write(f"Weights: {path}")

    def _through(self, what: str, items: Sequence[int]) -> Iterator[int]:
        told_at = time.monotonic()
        for done, item in enumerate(items):
            if time.monotonic() - told_at > LINE_EVERY_SECONDS:
                told_at = time.monotonic()
                self.stderr.write(f"{what}: {done} of {len(items)}")
            yield item


def _articles(data: Path) -> list[AnnotatedArticle]:
    try:
        articles = list(read_annotated(data / ARTICLES))
    except (OSError, BadData) as exc:
        raise CommandError(str(exc)) from exc
    marked = sum(bool(article.attributions) for article in articles)
    if marked < FEWEST_ARTICLES:
        raise CommandError(
            f"{data / ARTICLES} has {marked} articles with marked statements: there is "
            f"nothing to learn from fewer than {FEWEST_ARTICLES}."
        )
    return articles
