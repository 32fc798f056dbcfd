#!/usr/bin/env python3
"""
Counterclaim's commands.

Where DATABASE_URL and REDIS_URL name no servers, a command that may need them has the
project's own for as long as it runs.
"""

import contextlib
import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line
from django.db import connections

from config import embedded
from config.demo import surroundings

PROJECT = Path(__file__).resolve().parent
# These look at the code alone. `demo` minds the servers by itself.
WITHOUT_SERVERS = {
    "check",
    "collectstatic",
    "compilemessages",
    "demo",
    "diffsettings",
    "findstatic",
    "help",
    "makemessages",
    "spectacular",
    "startapp",
    "version",
}
ASKS_FOR_HELP = {"-h", "--help", "--version"}


def needs_servers(words: list[str]) -> bool:
    """Tell whether a command line may touch the database or Redis."""
    if os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"):
        return False
    if not words or ASKS_FOR_HELP.intersection(words):
        return False
    return words[0] not in WITHOUT_SERVERS or "--database" in words


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    with contextlib.ExitStack() as held:
        if needs_servers(sys.argv[1:]):
            layout = embedded.Layout.of_checkout(PROJECT)
            try:
                held.enter_context(embedded.running(layout))
            except embedded.EmbeddedError as exc:
                sys.exit(f"{exc}.")
            # The data there may be the demo's, and its pages lie on loopback.
            for name, value in surroundings.kept(layout.home).items():
                os.environ.setdefault(name, value)
            # Before the servers go: a closed session is not an error in their log.
            held.callback(connections.close_all)
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
