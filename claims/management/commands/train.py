"""Learn from what people marked."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from claims import learned
from claims.evaluation.annotations import AnnotatedArticle, BadData, read_annotated
from claims.evaluation.contradiction import LabelledPair, read_pairs

EXTRACTION, CONTRADICTION = "extraction", "contradiction"
SUBJECTS = (EXTRACTION, CONTRADICTION)
EXAMPLES = "train.jsonl"
STOPPED = 130  # as a shell has it, of what was ended with Ctrl-C
LINE_EVERY_SECONDS = 10.0
FEWEST_ARTICLES = 2


class Command(BaseCommand):
    """`manage.py train extraction|contradiction`: weights, kept beside the data."""

    help = (
        "Learn to read articles from DIR/train.jsonl, which takes half a second of one "
        "processor for each; or to judge how statements stand to claims, from the pairs "
        "that come with the program and those of DIR/train.jsonl. The weights go to the "
        "folder COUNTERCLAIM_MODELS, where workers find them with the next article. "
        "Ctrl-C leaves what was there."
    )
    requires_system_checks = ()  # it reads a file and touches no table

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what the command takes."""
        parser.add_argument("subject", choices=SUBJECTS)
        parser.add_argument("--data", type=Path, metavar="DIR")
        parser.add_argument(
            "--sets",
            nargs="+",
            default=(),
            metavar="NAME",
            help="of the pairs of DIR, take those of these sets alone",
        )
        parser.add_argument(
            "--folds",
            type=int,
            default=0,
            metavar="N",
            help="measure as well: learn N times from all but every Nth article or "
            "statement, and judge those",
        )

    def handle(self, **options: Any) -> None:  # Any: Django's own signature
        """Learn, and say where the weights are."""
        started = time.process_time()
        learn = {EXTRACTION: self._reading, CONTRADICTION: self._judging}
        try:
            what, path = learn[options["subject"]](options)
        except KeyboardInterrupt:
            self.stderr.write("Stopped: nothing was written.")
            raise SystemExit(STOPPED) from None
        except OSError as exc:
            raise CommandError(str(exc)) from exc
        seconds = time.process_time() - started
        self.stdout.write(f"Learned from {what} in {seconds:.0f} s of CPU.")
        self.stdout.write(f"Weights: {path}")

    # Grammar and numbers take a second, which other commands need not wait for: what
    # learns is loaded where it is asked for.

    def _reading(self, options: dict[str, Any]) -> tuple[str, Path]:  # Any: Django's
        from claims.extraction.learned.weights import save  # noqa: PLC0415
        from claims.training import extraction  # noqa: PLC0415

        if options["data"] is None:
            raise CommandError("Where do the marked articles lie? --data DIR says it.")
        articles = _articles(options["data"])
        path = learned.extraction_path()
        read = extraction.parsed(articles, through=self._through)
        if options["folds"] > 1:
            self._tell(
                extraction.cross_validated(
                    read, folds=options["folds"], through=self._through
                )
            )
        weights = extraction.train_on(read, through=self._through)
        save(weights, path, about={"learned_at": timezone.now().isoformat()})
        return f"{len(articles)} articles", path

    def _judging(self, options: dict[str, Any]) -> tuple[str, Path]:  # Any: Django's
        from claims.disagreement.learned import weights_path  # noqa: PLC0415
        from claims.disagreement.signals.weights import save  # noqa: PLC0415
        from claims.training import contradiction  # noqa: PLC0415

        pairs = contradiction.own_pairs()
        if options["data"] is not None:
            pairs += _pairs(options["data"], sets=options["sets"])
        seen = contradiction.counted(pairs, through=self._through)
        if options["folds"] > 1:
            self._tell(contradiction.cross_validated(seen, folds=options["folds"]))
        save(contradiction.train_on(seen), weights_path())
        return f"{len(pairs)} pairs", weights_path()

    def _tell(self, measures: Mapping[str, float | None]) -> None:
        for name, value in measures.items():
            told = "—" if value is None else f"{value:.4f}"
            self.stdout.write(f"{name:<44}{told}")

    def _through(self, what: str, items: Sequence[int]) -> Iterator[int]:
        told_at = time.monotonic()
        for done, item in enumerate(items):
            if time.monotonic() - told_at > LINE_EVERY_SECONDS:
                told_at = time.monotonic()
                self.stderr.write(f"{what}: {done} of {len(items)}")
            yield item


def _pairs(data: Path, *, sets: Collection[str]) -> list[LabelledPair]:
    try:
        pairs = list(read_pairs(data / EXAMPLES))
    except (OSError, BadData) as exc:
        raise CommandError(str(exc)) from exc
    missing = set(sets) - {pair.part for pair in pairs}
    if missing:
        raise CommandError(
            f"{data / EXAMPLES} has no pair of {', '.join(sorted(missing))}."
        )
    return [pair for pair in pairs if not sets or pair.part in sets]


def _articles(data: Path) -> list[AnnotatedArticle]:
    try:
        articles = list(read_annotated(data / EXAMPLES))
    except (OSError, BadData) as exc:
        raise CommandError(str(exc)) from exc
    marked = sum(bool(article.attributions) for article in articles)
    if marked < FEWEST_ARTICLES:
        raise CommandError(
            f"{data / EXAMPLES} has {marked} articles with marked statements: there is "
            f"nothing to learn from fewer than {FEWEST_ARTICLES}."
        )
    return articles
