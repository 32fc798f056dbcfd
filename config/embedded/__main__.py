"""
By hand: `python -m config.embedded url` tells where the servers of this checkout are,
`python -m config.embedded remove` deletes all they keep.
"""

import argparse
import sys
from pathlib import Path

from config.embedded import EmbeddedError, Layout
from config.embedded.removal import remove

PROJECT = Path(__file__).resolve().parents[2]


def main() -> None:
    parser = argparse.ArgumentParser(prog="config.embedded", description=__doc__)
    parser.add_argument("act", choices=["url", "remove"])
    layout = Layout.of_checkout(PROJECT)
    if parser.parse_args().act == "url":
        sys.stdout.write(f"{layout.database_url}\n{layout.redis_url}\n")
        return
    try:
        remove(layout)
    except EmbeddedError as exc:
        sys.exit(f"{exc}.")


if __name__ == "__main__":
    main()
