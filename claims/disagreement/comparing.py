"""Which of two speakers is held against the other, and how strongly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from claims.disagreement.learned import learned_weights
from claims.disagreement.reading import read
from claims.disagreement.signals import Clash, Judgement, Kind, Text, judged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

# Below that there is little to point at, and the desk would learn not to look.
LEAST = 0.2
# A claimant's own words are held against them only where hardly anything is left open.
LEAST_OF_REVERSAL = 0.3
MOST_OF_EACH = 3  # suggestions that one statement sets off

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Generic[Key]):
    """A statement, by whom, and when."""

    key: Key
    text: str
    speaker: str
    on: date | None = None
    order: Any = 0  # which was written down first; Any: whatever can be compared


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction(Generic[Key]):
    """A statement that seems to contradict another one."""

    statement: Said[Key]
    against: Said[Key]
    judgement: Judgement
    reversal: bool  # both are by one speaker

    @property
    def words(self) -> list[dict[str, Any]]:  # Any: JSON
        """The words that clash, with their places, as they are kept."""
        return [self._kept(clash) for clash in self.judgement.clashes]

    def _kept(self, clash: Clash) -> dict[str, Any]:  # Any: JSON
        there, here = clash.statement, clash.claim
        return {
            "kind": clash.kind.value,
            "statement": [there.start, there.end],
            "said": self.statement.text[there.start : there.end],
            "claim": [here.start, here.end] if here else None,
            "against": self.against.text[here.start : here.end] if here else "",
        }


def compared(
    said: Said[Key], others: Sequence[Said[Key]], *, most: int = MOST_OF_EACH
) -> list[Contradiction[Key]]:
    """Return what contradicts a statement or is contradicted by it, strongest first."""
    texts = read([said.text, *(other.text for other in others)])
    mine, *theirs = texts
    found = [
        contradiction
        for other, text in zip(others, theirs, strict=True)
        for contradiction in _between(said, mine, other, text)
    ]
    return _strongest(found)[:most]


def among(
    statements: Sequence[Said[Key]], *, most: int = MOST_OF_EACH
) -> list[Contradiction[Key]]:
    """Return what contradicts what among some statements, strongest first."""
    texts = list(read([said.text for said in statements]))
    found = [
        contradiction
        for place, said in enumerate(statements)
        for before in range(place)
        for contradiction in _between(
            said, texts[place], statements[before], texts[before]
        )
    ]
    return list(_few_of_each(_strongest(found), most=most))


def _between(
    one: Said[Key], text: Text, other: Said[Key], other_text: Text
) -> Iterator[Contradiction[Key]]:
    """Yield the one direction in which a pair is worth showing, if any."""
    same = one.speaker.casefold() == other.speaker.casefold()
    if same and not (one.on and other.on and one.on != other.on):
        return  # one speech is not at odds with itself
    later, earlier = ((one, text), (other, other_text))
    if (one.on or other.on) == (other.on or one.on):
        swapped = one.order < other.order
    else:
        swapped = bool(one.on and other.on and one.on < other.on)
    if swapped:
        later, earlier = earlier, later
    ways = [_way(later, earlier, reversal=same)]
    back = _way(earlier, later, reversal=same)
    if not same and _characterises(back.judgement):
        # Whoever speaks of the other's words answers them, whenever it was printed.
        ways.append(back)
    best = max(ways, key=lambda way: way.judgement.strength)
    if best.judgement.strength >= (LEAST_OF_REVERSAL if same else LEAST):
        yield best


def _way(
    later: tuple[Said[Key], Text], earlier: tuple[Said[Key], Text], *, reversal: bool
) -> Contradiction[Key]:
    (statement, text), (against, other) = later, earlier
    speaker = "" if reversal else against.speaker
    return Contradiction(
        statement=statement,
        against=against,
        judgement=judged(text, other, speaker=speaker, weights=learned_weights()),
        reversal=reversal,
    )


def _characterises(judgement: Judgement) -> bool:
    return any(clash.kind is Kind.CHARACTERISATION for clash in judgement.clashes)


def _strongest(
    found: Iterable[Contradiction[Key]],
) -> list[Contradiction[Key]]:
    return sorted(found, key=lambda each: -each.judgement.strength)


def _few_of_each(
    found: Iterable[Contradiction[Key]], *, most: int
) -> Iterator[Contradiction[Key]]:
    counts: dict[int, int] = {}
    for contradiction in found:
        key = id(contradiction.statement)
        counts[key] = counts.get(key, 0) + 1
        if counts[key] <= most:
            yield contradiction
