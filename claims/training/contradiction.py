"""Learning how statements stand to claims, from pairs that people labelled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from claims.disagreement.reading import read
from claims.disagreement.signals import Label, Weights
from claims.disagreement.signals.alignment import align
from claims.disagreement.signals.features import features, scenery
from claims.disagreement.signals.weights import ALWAYS, shipped
from claims.evaluation.contradiction import AT_A_TIME, Judged, measures, read_pairs
from claims.training.fitting import fit_shares

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from claims.disagreement.signals.features import Features
    from claims.disagreement.signals.weights import Row
    from claims.evaluation.contradiction import LabelledPair
    from claims.evaluation.outcome import Measures

Each = TypeVar("Each")
Through = Callable[[str, Sequence[int]], Iterable[int]]  # tells how far it is

OWN = Path(__file__).with_name("pairs")
OF_SCENES = "snli"  # the set whose pairs describe scenes
# What reports are judged by. Each of a hundred more counts fits the pairs it is learned
# from better, and other people's pairs worse: so few pairs teach no more (2026-11).
OF_REPORTS = (
    "close, squared",
    "close, pulled apart",
    "close, denied apart",
    "close, counted apart",
    "pulled together, covered",
    "both deny",
    "nobody",
    "figures: claim",
    "figures: new",
    "turn: statement alone",
)
SCENERY = ("begins with a", "could", "figures", "going on", "letters", "past")
# The pairs hold as many of each label as could be thought of; of what a newsroom lays
# side by side, most has nothing to do with each other. In log odds, by label.
LEANING = {Label.CONTRADICTION: -0.2, Label.NEUTRAL: 0.2}
# A report that is taken for a scene is judged by what children at play taught; the
# other way round little is lost.
REPORTS_COUNT = 10.0
LEAST_SEEN = 8  # a count that came up in fewer pairs says nothing
SHRINKING, SHRINKING_SCENERY = 20.0, 30.0
DIGITS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A labelled pair, and what is counted of it."""

    pair: LabelledPair
    features: Features
    scenery: Features

    @property
    def is_scene(self) -> bool:
        return self.pair.part == OF_SCENES


def own_pairs() -> list[LabelledPair]:
    """Return the pairs that come with the program, all of its own writing."""
    return [pair for path in sorted(OWN.glob("*.jsonl")) for pair in read_pairs(path)]


def counted(pairs: Sequence[LabelledPair], *, through: Through) -> list[Counted]:
    """Count what is weighed of some pairs; parsing takes nearly all of the time."""
    starts = range(0, len(pairs), AT_A_TIME)
    return [
        each
        for n in through("Parsing", range(len(starts)))
        for each in _counted(pairs[starts[n] : starts[n] + AT_A_TIME])
    ]


def _counted(pairs: Sequence[LabelledPair]) -> Iterator[Counted]:
    texts = list(
        dict.fromkeys(t for pair in pairs for t in (pair.statement, pair.claim))
    )
    known = dict(zip(texts, read(texts), strict=True))
    for pair in pairs:
        laid = align(known[pair.statement], known[pair.claim])
        yield Counted(pair=pair, features=features(laid), scenery=scenery(laid))


def train_on(seen: Sequence[Counted]) -> Weights:
    """
    Learn from counted pairs; the same pairs give the same weights.

    Without pairs that describe scenes, scenes are judged as the program has it.
    """
    scenes = [each for each in seen if each.is_scene]
    reports = [each for each in seen if not each.is_scene]
    built_in = shipped() if not scenes or not reports else None
    return Weights(
        scene=built_in.scene if built_in else _telling_scenes(seen),
        scenes=_rows(scenes, _common(scenes)) if scenes else shipped().scenes,
        reports=_leaning(_rows(reports, OF_REPORTS)) if reports else shipped().reports,
        pairs=dict(Counter(each.pair.part or "unnamed" for each in seen)),
    )


def cross_validated(seen: Sequence[Counted], *, folds: int) -> Measures:
    """
    Measure what is learned on reports that it was not learned from.

    Pairs that share a statement are kept together.
    """
    reports = [each for each in seen if not each.is_scene]
    statements = list(dict.fromkeys(each.pair.statement for each in reports))
    part = {statement: n % folds for n, statement in enumerate(statements)}
    judged = []
    for fold in range(folds):
        rows = _leaning(
            _rows([e for e in reports if part[e.pair.statement] != fold], OF_REPORTS)
        )
        held = [each for each in reports if part[each.pair.statement] == fold]
        sums = _table([e.features for e in held], OF_REPORTS) @ np.array(
            [rows[name] for name in (ALWAYS, *OF_REPORTS)]
        )
        judged += [_judged(e, row) for e, row in zip(held, sums, strict=True)]
    return measures(judged)


def _judged(each: Counted, sums: NDArray[np.float64]) -> Judged:
    shares = np.exp(sums - sums.max())
    return Judged(
        label=each.pair.label,
        found=tuple(Label)[int(sums.argmax())],
        surely=float(shares[0] / shares.sum()),
    )


def _telling_scenes(seen: Sequence[Counted]) -> dict[str, float]:
    table = _table([each.scenery for each in seen], SCENERY)
    kinds = np.array([int(each.is_scene) for each in seen])
    counts = np.array([REPORTS_COUNT, 1.0]) / np.bincount(kinds, minlength=2)
    columns = fit_shares(
        table, kinds, counts=counts[kinds], shrinking=SHRINKING_SCENERY
    )
    weights = columns[:, 1] - columns[:, 0]
    return _named(SCENERY, [round(float(each), DIGITS) for each in weights])


def _common(seen: Sequence[Counted]) -> tuple[str, ...]:
    times = Counter(
        name for each in seen for name, value in each.features.items() if value
    )
    return tuple(sorted(name for name, count in times.items() if count >= LEAST_SEEN))


def _rows(seen: Sequence[Counted], names: Sequence[str]) -> dict[str, Row]:
    labels = np.array([list(Label).index(each.pair.label) for each in seen])
    table = _table([each.features for each in seen], names)
    columns = fit_shares(
        table, labels, counts=np.ones(len(seen)), shrinking=SHRINKING, many=len(Label)
    )
    columns -= columns.mean(axis=1, keepdims=True)
    return _named(names, [_row(each) for each in columns])


def _row(weights: NDArray[np.float64]) -> Row:
    one, other, third = (round(float(each), DIGITS) for each in weights)
    return one, other, third


def _leaning(rows: dict[str, Row]) -> dict[str, Row]:
    always = [
        weight + LEANING.get(label, 0.0)
        for label, weight in zip(Label, rows[ALWAYS], strict=True)
    ]
    return rows | {ALWAYS: _row(np.array(always))}


def _named(names: Sequence[str], weights: Sequence[Each]) -> dict[str, Each]:
    return dict(zip((ALWAYS, *names), weights, strict=True))


def _table(counts: Sequence[Features], names: Sequence[str]) -> NDArray[np.float64]:
    return np.array(
        [[1.0, *(each.get(name, 0.0) for name in names)] for each in counts]
    )
