"""Run every measure: `python -m tests.bench [--claims N]`."""

from __future__ import annotations

import argparse
import importlib
import logging
import os

import django
from django.db import connections
from django.test.utils import setup_databases, teardown_databases

from tests import environment

SUBJECTS = ("programs", "reading")


def main() -> None:
    """Have servers of our own, fill them, and print one line for each measure."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--claims", type=int, default=10_000)
    options = arguments.parse_args()
    environment.set_the_scene()
    environment.start_servers()
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    try:
        django.setup()
        logging.disable(logging.WARNING)
        _run(options.claims)
    finally:
        environment.held.close()


def _run(claims: int) -> None:
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        # Models can be imported only now that the settings are read.
        importlib.import_module("tests.bench.archive").fill(claims)
        print(f"CPU of server and database, {claims:,} claims")
        for subject in SUBJECTS:
            for ratio in importlib.import_module(f"tests.bench.{subject}").measures():
                print(ratio, flush=True)
    finally:
        connections.close_all()
        teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main()
