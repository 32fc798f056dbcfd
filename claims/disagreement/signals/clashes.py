"""Which words of a statement clash with which words of a claim, and in what way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from claims.disagreement.signals.alignment import Pair, near
from claims.disagreement.signals.characterising import characterisations, named
from claims.disagreement.signals.directions import Direction
from claims.disagreement.signals.exclusions import DATES, PLACES
from claims.disagreement.signals.features import (
    counted_apart,
    denied_apart,
    excluded,
    pulled_apart,
)
from claims.disagreement.signals.manners import (
    DENIALS,
    HEDGES,
    LOOSE,
    WITHOUT_EXCEPTION,
)
from claims.disagreement.signals.wordnet import Tie
from claims.disagreement.signals.words import Text, Word

MOST = 4  # shown of one pair; more than that explains nothing
_EVALUATING = frozenset({Direction.EFFECT, Direction.LEAVE, Direction.CARE})
# One of a list is seldom meant against another of it, once two people report.
_EXCLUDING_LITTLE = frozenset({"posture", "company", "position", "length", "hair"})
_PLACED = frozenset({"GPE", "LOC", "FAC"})


class Kind(StrEnum):
    """In what way words clash. Stored values."""

    NUMBER = "number"
    DATE = "date"
    PLACE = "place"
    NEGATION = "negation"
    OPPOSITE = "opposite"
    MODALITY = "modality"
    EVALUATION = "evaluation"
    CHARACTERISATION = "characterisation"


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a text."""

    start: int  # first code point
    end: int  # one past the last


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Words that clash: `text[place.start:place.end]`, in both texts."""

    kind: Kind
    statement: Place
    claim: Place | None  # None: the statement is about the claim's speaker as such
    weight: float  # how much it says, 0 to 1


_WEIGHTS = {
    Kind.NUMBER: 0.9,
    Kind.DATE: 0.7,
    Kind.PLACE: 0.5,
    Kind.NEGATION: 0.8,
    Kind.OPPOSITE: 0.7,
    Kind.MODALITY: 0.25,
    Kind.EVALUATION: 0.5,
    Kind.CHARACTERISATION: 0.9,
}


def clashes(pair: Pair, *, speaker: str = "") -> tuple[Clash, ...]:
    """
    Return the clashes of a pair, the weightiest first; none where nothing is shared.

    `speaker` made the claim: words about their words count though they share no other.
    """
    about = _about(pair)
    found = [*_characterisations(pair, about, speaker)]
    if about:
        found += [
            *_numbers(pair, about),
            *_negations(pair, about),
            *_opposites(pair, about),
            *_directions(pair, about),
            *_exclusions(pair, about),
            *_exceptions(pair, about),
        ]
    found.sort(key=lambda clash: (-clash.weight, clash.statement.start))
    return tuple(_apart(found))[:MOST]


def _about(pair: Pair) -> float:
    """Return how much both speak of the same thing, 0 to 1; names alone are little."""
    if not pair.agreeing:
        return 0.0
    things = {
        answer.asked.base: (0.5 if answer.asked.kind == "PROPN" else 1.0)
        for answer in pair.agreeing
        if answer.asked.kind in {"NOUN", "PROPN", "VERB", "ADJ"}
    }
    return min(1.0, sum(things.values()) / 4)


def _clash(kind: Kind, there: Word, here: Word, about: float) -> Clash:
    return Clash(
        kind=kind,
        statement=_place(there),
        claim=_place(here),
        weight=_WEIGHTS[kind] * (0.3 + 0.7 * about),
    )


def _place(word: Word) -> Place:
    return Place(word.start, word.end)


def _apart(found: list[Clash]) -> Iterator[Clash]:
    """Leave out what stands on words that a weightier clash marks already."""
    taken_there: set[int] = set()
    taken_here: set[int] = set()
    for clash in found:
        there = set(range(clash.statement.start, clash.statement.end))
        here = set(range(clash.claim.start, clash.claim.end)) if clash.claim else set()
        # Several words of one may characterise the same word of the other.
        about_words = clash.kind is Kind.CHARACTERISATION
        if taken_there.isdisjoint(there) and (
            about_words or taken_here.isdisjoint(here)
        ):
            taken_there |= there
            taken_here |= here
            yield clash


def _numbers(pair: Pair, about: float) -> Iterator[Clash]:
    for there, here in counted_apart(pair):
        if there.number is None or here.number is None:
            continue
        dated = {there.entity, here.entity} & {"DATE", "TIME"}
        kind = Kind.DATE if dated else Kind.NUMBER
        yield Clash(
            kind=kind,
            statement=_with_unit(pair.statement, there),
            claim=_with_unit(pair.claim, here),
            weight=_WEIGHTS[kind] * (0.3 + 0.7 * about),
        )


def _with_unit(text: Text, figure: Word) -> Place:
    """Return a figure with what it counts, where that comes next: «60 percent»."""
    following = text.words[figure.place + 1 : figure.place + 2]
    unit = next((w for w in following if w.kind in {"NOUN", "SYM", "NUM"}), figure)
    return Place(figure.start, unit.end)


def _negations(pair: Pair, about: float) -> Iterator[Clash]:
    for answer in denied_apart(pair):
        given, asked = answer.given, answer.asked
        if given is None or asked.kind == "PROPN" or asked.conceded or given.conceded:
            continue
        yield Clash(
            kind=Kind.NEGATION,
            statement=_with_denial(pair.statement, given),
            claim=_with_denial(pair.claim, asked),
            weight=_WEIGHTS[Kind.NEGATION] * (0.3 + 0.7 * about),
        )


def _with_denial(text: Text, word: Word) -> Place:
    """Return the word, with the «not» that goes with it where it stands close by."""
    close = text.words[max(0, word.place - 4) : word.place]
    first = next(
        (
            denial
            for denial in close
            if word.denied
            and denial.form in DENIALS
            and denial.head in {word.place, word.head}
        ),
        word,
    )
    return Place(first.start, word.end)


def _opposites(pair: Pair, about: float) -> Iterator[Clash]:
    for answer in pair.answers:
        given = answer.given
        if answer.tie is not Tie.OPPOSITE or given is None:
            continue
        if {given.base, answer.asked.base} & LOOSE:
            continue
        if given.denied == answer.asked.denied and not given.conceded:
            yield _clash(Kind.OPPOSITE, given, answer.asked, about)


def _directions(pair: Pair, about: float) -> Iterator[Clash]:
    for direction, (there, here) in pulled_apart(pair).items():
        if {there.base, here.base} & LOOSE:
            continue
        kind = Kind.EVALUATION if direction in _EVALUATING else Kind.OPPOSITE
        found = _clash(kind, there, here, about)
        close = near(there, pair.shared_in_statement) + near(here, pair.shared_in_claim)
        yield _weighed(found, 0.5 + 0.25 * close)


def _exclusions(pair: Pair, about: float) -> Iterator[Clash]:
    for name, (there, here) in excluded(pair).items():
        if name in DATES:
            yield _clash(Kind.DATE, there, here, about)
        elif name in PLACES:
            yield _weighed(_clash(Kind.PLACE, there, here, about), 0.5)
        else:
            little = 0.3 if name in _EXCLUDING_LITTLE else 0.7
            yield _weighed(_clash(Kind.OPPOSITE, there, here, about), little)
    yield from _places(pair, about)


def _places(pair: Pair, about: float) -> Iterator[Clash]:
    """Places where something is said to be, one here, another one there."""
    here, there = _located(pair.claim), _located(pair.statement)
    if here and there and {w.form for w in here}.isdisjoint(w.form for w in there):
        yield _clash(Kind.PLACE, there[0], here[0], about)


def _located(text: Text) -> list[Word]:
    return [
        word
        for word in text.words
        if word.entity in _PLACED
        and word.part == "pobj"
        and text.words[word.head].form in {"in", "at", "near", "to", "from", "over"}
    ]


def _exceptions(pair: Pair, about: float) -> Iterator[Clash]:
    """«All» against «some», «will» against «may»."""
    firm = [
        w for w in pair.claim.words if w.form in WITHOUT_EXCEPTION or w.form == "will"
    ]
    soft = [w for w in pair.statement.words if w.form in HEDGES]
    if firm and soft and about >= 0.5:
        yield _clash(Kind.MODALITY, soft[0], firm[0], about)


def _characterisations(pair: Pair, about: float, speaker: str) -> Iterator[Clash]:
    for found in characterisations(pair.statement):
        called = named(pair.statement, speaker, before=found.start)
        if not called and (found.motive or about < 0.5):
            continue
        spoken_of = _spoken_of(pair, found.start, found.end)
        # Words that stand beside a thing that the claim speaks of are about it.
        close = 0.2 if spoken_of and spoken_of.kind != "PROPN" else 0.0
        yield Clash(
            kind=Kind.CHARACTERISATION,
            statement=Place(found.start, found.end),
            claim=_place(spoken_of) if spoken_of else None,
            weight=_WEIGHTS[Kind.CHARACTERISATION]
            * (0.5 * called + close + 0.3 * about),
        )


def _spoken_of(pair: Pair, start: int, end: int) -> Word | None:
    """Return the claim's word for what the words between characterise, if any."""
    beside = [
        answer
        for answer in pair.agreeing
        if answer.given and -60 < answer.given.start - end < 60
    ]
    things = [a for a in beside if a.asked.kind in {"NOUN", "ADJ", "VERB"}]
    closest = sorted(
        things or beside,
        key=lambda a: _distance(a.given, start, end) if a.given else 0,
    )
    return closest[0].asked if closest else None


def _distance(word: Word, start: int, end: int) -> int:
    return max(word.start - end, start - word.end, 0)


def _weighed(clash: Clash, factor: float) -> Clash:
    return Clash(
        kind=clash.kind,
        statement=clash.statement,
        claim=clash.claim,
        weight=clash.weight * factor,
    )
