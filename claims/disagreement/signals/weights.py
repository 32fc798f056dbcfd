"""
How much each feature counts, for a contradiction, an agreement and neither.

The weights that come with the program stand in `weights.json`; where they were learned
and under what licence, WEIGHTS-LICENSE tells. They are weights of counts such as «verbs
denied apart»; no word of any text is among them. Described scenes («a man rides a
horse») and reports go by weights of their own, mixed by how much a pair looks like a
scene.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from claims.extraction.errors import WeightsRefused

Row = tuple[float, float, float]  # contradiction, entailment, neutral

VERSION = 2  # of what is counted; other counts need other weights
SHIPPED = Path(__file__).with_name("weights.json")
MOST_BYTES = 1024 * 1024
ALWAYS = ""  # the name of what is added to every sum

_TABLES = ("scenes", "reports")


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """The weights by the names of the features."""

    scene: Mapping[str, float]  # whether a pair is a described scene, in log odds
    scenes: Mapping[str, Row]
    reports: Mapping[str, Row]
    pairs: Mapping[str, int]  # how many pairs of which set they were learned from


@cache
def shipped() -> Weights:
    """Return the weights that come with the program."""
    return load(SHIPPED)


def save(weights: Weights, path: Path) -> None:
    """Write weights in place of what stood there; a reader sees one or the other."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    kept = {"version": VERSION, **asdict(weights)}
    unfinished.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    unfinished.replace(path)


def load(path: Path) -> Weights:
    """Read weights. Raises WeightsRefused with the reason, and OSError."""
    if path.stat().st_size > MOST_BYTES:
        raise WeightsRefused(f"{path} is too large to be weights of this program.")
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        if kept["version"] != VERSION:
            raise WeightsRefused(
                f"{path} was learned for other counts ({kept['version']}) than this "
                f"program's ({VERSION}). Run manage.py train contradiction again."
            )
        return _weights(kept)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as exc:
        if isinstance(exc, WeightsRefused):
            raise
        raise WeightsRefused(f"{path} holds no weights: {exc!r}") from exc


def _weights(kept: Mapping[str, Any]) -> Weights:  # Any: JSON as found
    tables = {
        table: {str(name): _row(row) for name, row in kept[table].items()}
        for table in _TABLES
    }
    scene = {str(name): float(weight) for name, weight in kept["scene"].items()}
    named: list[Mapping[str, object]] = [scene, *tables.values()]
    if not all(ALWAYS in each for each in named):
        raise ValueError("a table does not say what is always added")
    return Weights(
        scene=scene,
        scenes=tables["scenes"],
        reports=tables["reports"],
        pairs={str(name): int(count) for name, count in kept["pairs"].items()},
    )


def _row(row: Any) -> Row:  # Any: JSON as found
    contradiction, entailment, neutral = row
    return float(contradiction), float(entailment), float(neutral)
