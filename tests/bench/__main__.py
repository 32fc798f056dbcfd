"""Run every measure: `python -m tests.bench [--only NAME] [--claims N] …`."""

from __future__ import annotations

import argparse
import importlib
import logging
import os
import sys
from dataclasses import fields

import django
from django.db import connections
from django.test.utils import setup_databases, teardown_databases

from tests import environment
from tests.bench.sizes import Sizes

SUBJECTS = ("programs", "recording", "pages", "reading", "links", "leasing")
# The pages of a bench are nobody's: no pause between two requests is due to them. The
# code that would wait runs all the same.
IN_A_HURRY = {"SOURCES_LEAST_GAP_SECONDS": "0", "SOURCES_MOST_GAP_SECONDS": "0"}


def main() -> None:
    """Have servers of our own, fill them, and print one line for each measure."""
    options = _options()
    environment.set_the_scene()
    os.environ.update(IN_A_HURRY)
    environment.start_servers()
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    try:
        django.setup()
        logging.disable(logging.WARNING)
        _run(
            options.only or SUBJECTS,
            Sizes(
                **{field.name: getattr(options, field.name) for field in fields(Sizes)}
            ),
        )
    finally:
        environment.held.close()


def _options() -> argparse.Namespace:
    usual = Sizes()
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--only", action="append", choices=SUBJECTS)
    least = Sizes(
        claims=2_100, links=200, sources=100_000, newsroom=1_000, documents=10_000
    )
    for field in fields(Sizes):
        arguments.add_argument(
            f"--{field.name}",
            type=int,
            default=getattr(usual, field.name),
            help=f"{getattr(least, field.name):,} or more",
        )
    options = arguments.parse_args()
    for field in fields(Sizes):
        if getattr(options, field.name) < (few := getattr(least, field.name)):
            arguments.error(f"--{field.name} is at least {few}")
    return options


def _run(subjects: tuple[str, ...], sizes: Sizes) -> None:
    databases = setup_databases(verbosity=0, interactive=False, serialized_aliases=[])
    # Models can be imported only now that the settings are read.
    failed = importlib.import_module("tests.bench.processes").BenchFailed
    try:
        for subject in subjects:
            for line in importlib.import_module(f"tests.bench.{subject}").measures(
                sizes
            ):
                print(line, flush=True)
    except failed as exc:
        sys.exit(f"the bench failed: {exc}")
    finally:
        connections.close_all()
        teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main()
