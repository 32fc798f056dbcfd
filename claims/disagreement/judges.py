"""Who judges pairs of statements: the plugged-in model, or what is built in."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from claims.disagreement.learned import learned_weights
from claims.disagreement.reading import read
from claims.disagreement.signals import Clash, Judgement, Kind, Label, Place, judged
from claims.endpoint import judging
from claims.endpoint.terms import Use, terms_for
from claims.errors import NoAnswer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from claims.endpoint.judging import Opinion
    from claims.endpoint.terms import Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A statement, and a claim by somebody else."""

    statement: str
    claim: str
    speaker: str = ""  # who made the claim, where the statement may name them


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """What was made of some pairs, in their order, and by whom."""

    judgements: tuple[Judgement, ...]
    by_model: tuple[bool, ...]  # of each, whether it is the model's
    model: str = ""  # the one that was asked, whether it answered or not
    why_not: str = ""  # why the built-in judge did it in its place


def judge_pairs(pairs: Sequence[Pair], *, now: datetime) -> Verdicts:
    """
    Judge some pairs, by the model where one is plugged in for it and answers.

    Waits for the model, so it is for workers and outside of transactions.
    """
    terms = terms_for(Use.CONTRADICTION)
    built_in = _built_in(pairs)
    if terms is None or not pairs:
        return Verdicts(judgements=built_in, by_model=(False,) * len(pairs))
    return _asked(pairs, built_in, terms, now=now)


def _asked(
    pairs: Sequence[Pair],
    built_in: Sequence[Judgement],
    terms: Terms,
    *,
    now: datetime,
) -> Verdicts:
    try:
        opinions = judging.judge(
            [(each.statement, each.claim) for each in pairs], terms=terms, now=now
        )
    except NoAnswer as exc:
        return Verdicts(
            judgements=tuple(built_in),
            by_model=(False,) * len(pairs),
            model=terms.model,
            why_not=str(exc.why),
        )
    return Verdicts(
        judgements=tuple(
            own if opinion is None else _judgement(opinion, own)
            for opinion, own in zip(opinions, built_in, strict=True)
        ),
        by_model=tuple(opinion is not None for opinion in opinions),
        model=terms.model,
    )


def _built_in(pairs: Sequence[Pair]) -> tuple[Judgement, ...]:
    # Each text is parsed once, however many pairs it stands in: that is what takes time.
    texts = list(
        dict.fromkeys(text for each in pairs for text in (each.statement, each.claim))
    )
    known = dict(zip(texts, read(texts), strict=True))
    weights = learned_weights()
    return tuple(
        judged(
            known[each.statement],
            known[each.claim],
            speaker=each.speaker,
            weights=weights,
        )
        for each in pairs
    )


def _judgement(opinion: Opinion, own: Judgement) -> Judgement:
    """Return the model's opinion in our form, with the words it goes by."""
    label = Label(opinion.stand.value)
    rest = (1 - opinion.surely) / (len(Label) - 1)
    scores = {each: opinion.surely if each is label else rest for each in Label}
    clashes: tuple[Clash, ...] = ()
    if label is Label.CONTRADICTION:
        clashes = tuple(_clashes(opinion)) or own.clashes
    return Judgement(scores=scores, clashes=clashes)


def _clashes(opinion: Opinion) -> Iterator[Clash]:
    """Yield the words that the model lays against each other, in their order."""
    last = Place(*opinion.claim[-1]) if opinion.claim else None
    for there, here in zip_longest(opinion.statement, opinion.claim):
        if there is not None:
            yield Clash(
                kind=Kind.OPPOSITE,
                statement=Place(*there),
                claim=Place(*here) if here else last,
                weight=opinion.surely,
            )
