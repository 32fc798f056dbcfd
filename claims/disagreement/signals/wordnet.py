"""
What words have to do with each other, as Princeton's WordNet 3.0 knows it.

The file holds a line for each word — word, kind, senses, opposites, derived words —
then an empty line, then a line for each sense: what it is a kind of, and, for
adjectives, what is like it. Licence: WORDNET-LICENSE beside it.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("wordnet.txt.gz")

_KINDS = {"NOUN": "n", "PROPN": "n", "VERB": "v", "AUX": "v", "ADJ": "a", "ADV": "r"}
_KIND_OF_SENSES = 3  # the first senses, which are the usual ones
_SIBLING_SENSES = 2
_SIBLINGS_UP = 3
# Two things are of a kind if the kind is not as wide as «thing» or «do».
_LEAST_DEPTH = {"n": 4, "v": 1}
_STEM = 5


class Tie(StrEnum):
    """What a word of one text is to a word of the other. The closest come first."""

    SAME = "same"
    SYNONYM = "synonym"
    DERIVED = "derived"
    KIND_OF = "kind_of"  # dog, of animal
    WIDER = "wider"  # animal, of dog
    OPPOSITE = "opposite"
    SIBLING = "sibling"  # dog, of wolf
    NEAR = "near"
    NONE = "none"


ORDER = {tie: number for number, tie in enumerate(Tie)}
AGREEING = frozenset({Tie.SAME, Tie.SYNONYM, Tie.DERIVED, Tie.KIND_OF})


@dataclass(frozen=True, slots=True)
class _Entry:
    senses: tuple[int, ...]
    opposites: frozenset[str]
    derived: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Net:
    words: dict[tuple[str, str], _Entry]
    above: list[tuple[int, ...]]
    alike: dict[int, frozenset[int]]


_NOBODY = _Entry((), frozenset(), frozenset())


@cache
def _net() -> _Net:
    text = gzip.decompress(FILE.read_bytes()).decode()
    words_part, _, senses_part = text.partition("\n\n")
    words = {}
    for line in words_part.split("\n"):
        word, kind, senses, opposites, derived = [*line.split("\t"), "", ""][:5]
        words[word, kind] = _Entry(
            tuple(map(int, senses.split())),
            frozenset(opposites.split()),
            frozenset(derived.split()),
        )
    above, alike = [], {}
    for number, line in enumerate(senses_part.split("\n")):
        kinds, _, near = line.partition("\t")
        above.append(tuple(map(int, kinds.split())))
        if near:
            alike[number] = frozenset(map(int, near.split()))
    return _Net(words, above, alike)


@cache
def _above(sense: int, steps: int) -> dict[int, int]:
    """Return everything a sense is a kind of, with how many steps lie between."""
    net = _net()
    found, edge = {sense: 0}, [sense]
    for step in range(1, steps + 1):
        edge = [up for one in edge for up in net.above[one] if up not in found]
        found.update(dict.fromkeys(edge, step))
        if not edge:
            break
    return found


@cache
def _depth(sense: int) -> int:
    return max(_above(sense, 20).values())


@cache
def tie(word: str, kind: str, other: str, other_kind: str) -> Tie:
    """Return what `word` is to `other`; both are base forms, kinds are spaCy's."""
    if word == other:
        return Tie.SAME
    one, two = _KINDS.get(kind), _KINDS.get(other_kind)
    if one is None or two is None:
        return Tie.NONE
    net = _net()
    mine = net.words.get((word, one), _NOBODY)
    theirs = net.words.get((other, two), _NOBODY)
    if one == two:
        found = _of_one_kind(word, mine, other, theirs, one)
        if found is not Tie.NONE:
            return found
    if other in mine.derived or word in theirs.derived or _one_stem(word, other):
        return Tie.DERIVED
    return Tie.NONE


def _one_stem(word: str, other: str) -> bool:
    shorter = min(len(word), len(other))
    return (
        shorter >= _STEM
        and word[:_STEM] == other[:_STEM]
        and word[: shorter - 2] == other[: shorter - 2]
    )


def _of_one_kind(word: str, mine: _Entry, other: str, theirs: _Entry, kind: str) -> Tie:
    """Adverbs have neither kinds nor neighbours, so they pass for adjectives."""
    if other in mine.opposites or word in theirs.opposites:
        return Tie.OPPOSITE
    if not set(mine.senses).isdisjoint(theirs.senses):
        return Tie.SYNONYM
    if kind in "ar":
        return _adjectives(mine, theirs)
    ones, twos = mine.senses[:_KIND_OF_SENSES], theirs.senses[:_KIND_OF_SENSES]
    if any(two in _above(one, 8) for one in ones for two in twos):
        return Tie.KIND_OF
    if any(one in _above(two, 8) for one in ones for two in twos):
        return Tie.WIDER
    return _siblings(mine, theirs, kind)


def _adjectives(mine: _Entry, theirs: _Entry) -> Tie:
    alike = _net().alike
    ones = {near for sense in mine.senses for near in alike.get(sense, ())}
    twos = {near for sense in theirs.senses for near in alike.get(sense, ())}
    if not ones.isdisjoint(theirs.senses) or not twos.isdisjoint(mine.senses):
        return Tie.SYNONYM
    return Tie.NEAR if not ones.isdisjoint(twos) else Tie.NONE


def _siblings(mine: _Entry, theirs: _Entry, kind: str) -> Tie:
    steps = [
        ones[shared] + twos[shared]
        for one in mine.senses[:_SIBLING_SENSES]
        for two in theirs.senses[:_SIBLING_SENSES]
        for ones, twos in [(_above(one, _SIBLINGS_UP), _above(two, _SIBLINGS_UP))]
        for shared in ones.keys() & twos.keys()
        if _depth(shared) >= _LEAST_DEPTH[kind]
    ]
    if not steps:
        return Tie.NONE
    return Tie.SIBLING if min(steps) <= 2 else Tie.NEAR
