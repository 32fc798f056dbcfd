"""Judging pairs of statements that people labelled, as the product judges them."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from claims.disagreement.learned import learned_weights
from claims.disagreement.reading import read
from claims.disagreement.signals import Judgement, Label, Place, judged
from claims.evaluation.annotations import BadData
from claims.evaluation.outcome import (
    Column,
    Comparison,
    Confusions,
    Hue,
    Mark,
    Measures,
    Miss,
    Outcome,
    Run,
    Shown,
    System,
)
from claims.evaluation.worst import Worst

PAIRS = "pairs.jsonl"
AT_A_TIME = 200  # pairs whose texts are read together
SUREST = 10  # one in so many

PUBLISHED = Comparison(
    title="Contradictions, macro-F1",
    measured_on="held-out pairs of HealthVer and SNLI",
    columns=(
        Column(measure="healthver_macro_f1", title="HealthVer", least=0.55),
        Column(measure="climatefever_macro_f1", title="Climate-FEVER", least=0.48),
        Column(measure="snli_macro_f1", title="SNLI", least=0.65),
    ),
    systems=(
        System(
            name="a trained cross-encoder of 22 million weights",
            scores={"healthver_macro_f1": 0.51, "snli_macro_f1": 0.76},
        ),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledPair:
    """A statement and a claim, and what people made of them."""

    id: str
    statement: str
    claim: str
    label: Label
    part: str  # the set it comes from; "" where none is named


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What people and the machine made of one pair."""

    label: Label
    found: Label
    surely: float  # a contradiction


def evaluate(run: Run) -> Outcome:
    """
    Judge every pair of pairs.jsonl and measure how far people agree.

    The measures are fractions of 1, or None where there is nothing to measure; the time
    is milliseconds of CPU for a pair. Raises OSError and BadData.
    """
    seen: dict[str, list[Judged]] = {}
    confusions: Counter[tuple[str, str]] = Counter()
    worst: Worst[Miss] = Worst(run.most_misses)
    pairs = list(read_pairs(run.data / PAIRS))
    if not pairs:
        raise BadData(f"{run.data / PAIRS} holds no pair")
    list(read(["The parser is loaded."]))
    started = time.process_time()
    for pair, judgement in run.through(_judged(pairs), of=len(pairs)):
        seen.setdefault(pair.part, []).append(
            Judged(
                label=pair.label,
                found=judgement.label,
                surely=judgement.contradiction,
            )
        )
        confusions[pair.label, judgement.label] += 1
        if judgement.label != pair.label:
            loss = 1 - judgement.scores[pair.label]
            worst.add(_miss(pair, judgement, loss), by=loss)
        run.keep(_prediction(pair, judgement))
    spent = time.process_time() - started
    every = [each for part in seen.values() for each in part]
    parts = {name: measures(part) for name, part in seen.items() if name}
    return Outcome(
        measures={
            "pairs": len(every),
            **measures(every),
            **{
                f"{name}_{measure}": value
                for name, part in parts.items()
                for measure, value in part.items()
            },
            "cpu_ms_per_pair": round(spent * 1000 / max(len(every), 1), 1),
        },
        comparisons=(PUBLISHED,),
        confusions=(Confusions(title="Labels", counts=confusions),),
        misses=worst.first(),
        parts=parts,
        method=method(),
    )


def method() -> str:
    """Say by which weights pairs are judged here."""
    weights = learned_weights()
    if weights is None:
        return "the built-in signals"
    return f"signals weighed as {sum(weights.pairs.values())} pairs taught"


def measures(judgements: Sequence[Judged]) -> Measures:
    """Return the measures of some pairs, as fractions of 1."""
    right = sum(each.label == each.found for each in judgements)
    labels = {each.label for each in judgements}
    f1 = {label: _f1(judgements, label) for label in Label}
    surest = sorted(judgements, key=lambda each: -each.surely)
    shown = surest[: max(1, len(surest) // SUREST)]
    return {
        "accuracy": right / len(judgements) if judgements else None,
        "macro_f1": sum(f1[label] for label in labels) / len(labels)
        if labels
        else None,
        "contradiction_f1": f1[Label.CONTRADICTION] if judgements else None,
        "contradiction_precision_at_top_10_percent": _share(shown),
        "contradiction_share": _share(judgements),
    }


def _share(judgements: Sequence[Judged]) -> float | None:
    if not judgements:
        return None
    contradictions = sum(each.label == Label.CONTRADICTION for each in judgements)
    return contradictions / len(judgements)


def _f1(judgements: Iterable[Judged], label: Label) -> float:
    counts = Counter((each.label == label, each.found == label) for each in judgements)
    total = 2 * counts[True, True] + counts[True, False] + counts[False, True]
    return 2 * counts[True, True] / total if total else 0.0


def read_pairs(path: Path) -> Iterator[LabelledPair]:
    """Read `{id, premise, hypothesis, label, set?}` a line. Raises BadData."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                yield _pair(json.loads(line))
            except (KeyError, TypeError, ValueError, RecursionError) as error:
                raise BadData(f"{path.name}, line {number}: {error!r}") from error


def _pair(fields: dict[str, Any]) -> LabelledPair:  # Any: JSON as found
    for name in ("premise", "hypothesis"):
        if not isinstance(fields[name], str):
            raise TypeError(f"{name} is no text")
    return LabelledPair(
        id=str(fields["id"]),
        statement=fields["premise"],
        claim=fields["hypothesis"],
        label=Label(fields["label"]),
        part=str(fields.get("set") or ""),
    )


def _judged(pairs: Iterable[LabelledPair]) -> Iterator[tuple[LabelledPair, Judgement]]:
    waiting = iter(pairs)
    weights = learned_weights()
    while batch := list(islice(waiting, AT_A_TIME)):
        texts = dict.fromkeys(t for pair in batch for t in (pair.statement, pair.claim))
        known = dict(zip(texts, read(texts), strict=True))
        for pair in batch:
            yield (
                pair,
                judged(known[pair.statement], known[pair.claim], weights=weights),
            )


def _prediction(pair: LabelledPair, judgement: Judgement) -> dict[str, Any]:
    return {
        "id": pair.id,
        "label": judgement.label.value,
        "scores": {
            label.value: round(score, 4) for label, score in judgement.scores.items()
        },
    }


def _miss(pair: LabelledPair, judgement: Judgement, loss: float) -> Miss:
    there = [clash.statement for clash in judgement.clashes]
    here = [clash.claim for clash in judgement.clashes if clash.claim]
    return Miss(
        id=pair.id,
        says=f"People: {pair.label}. The machine: {judgement.label}.",
        texts=(
            Shown(title="The statement", text=pair.statement, marks=_marks(there)),
            Shown(title="The claim", text=pair.claim, marks=_marks(here)),
        ),
        loss=loss,
    )


def _marks(places: Iterable[Place]) -> tuple[Mark, ...]:
    found: list[Mark] = []
    for place in sorted(places, key=lambda place: (place.start, place.end)):
        if not found or place.start >= found[-1].end:
            found.append(Mark(place.start, place.end, Hue.NOTED))
    return tuple(found)
