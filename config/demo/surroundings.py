"""What the demo's processes, and the commands beside them, have in their environment."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

LOOPBACK = "127.0.0.1"
NOTE = "demo.environment"
# Weeks of a source's life, in minutes: what the demo shows would else take days.
HASTE = {
    "SOURCES_DISPATCH_SECONDS": "2",
    "SOURCES_LEAST_GAP_SECONDS": "0.2",
    "SOURCES_LEAST_SECONDS": "20",
    "SOURCES_MOST_SECONDS": "30",
    "SOURCES_GONE_SECONDS": "30",
    "SOURCES_FAILED_SECONDS": "120",
}


def of_the_demo(*, web_port: int, press_port: int) -> dict[str, str]:
    """Return the settings of the demo; its haste gives way to the environment's."""
    return {
        **{name: os.environ.get(name, value) for name, value in HASTE.items()},
        "COUNTERCLAIM_SITE_URL": f"http://{LOOPBACK}:{web_port}",
        # The sample press is on loopback, where no page is fetched from otherwise.
        "SOURCES_ALLOW_NETWORKS": _besides("SOURCES_ALLOW_NETWORKS", "127.0.0.0/8"),
        "SOURCES_ALLOW_PORTS": _besides("SOURCES_ALLOW_PORTS", str(press_port)),
    }


def _besides(name: str, needed: str) -> str:
    """Return the list in the environment with what the demo needs in front."""
    allowed = os.environ.get(name, "").split(",")
    return ",".join(dict.fromkeys([needed, *filter(None, map(str.strip, allowed))]))


def keep(home: Path, settings: Mapping[str, str]) -> None:
    """
    Leave the settings for commands that use the demo's database.

    A `refresh` that may not reach the sample press would call each of its pages blocked.
    """
    (home / NOTE).write_text(json.dumps(settings))


def kept(home: Path) -> dict[str, str]:
    """Return what the demo of this home left; nothing where there was none."""
    try:
        left: dict[str, str] = json.loads((home / NOTE).read_text())
    except FileNotFoundError:
        return {}
    return left


def forget(home: Path) -> None:
    """Take the settings away, with the data they belonged to."""
    (home / NOTE).unlink(missing_ok=True)
