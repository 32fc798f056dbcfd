"""
What can be counted of a statement beside a claim, whatever they are about.

No feature names a word: what was learnt of somebody's texts is how much, say, a denied
verb counts, and never which words those texts used.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping

from claims.disagreement.signals import manners
from claims.disagreement.signals.alignment import Answer, Pair, near
from claims.disagreement.signals.closeness import closeness
from claims.disagreement.signals.directions import PULLS, Direction
from claims.disagreement.signals.exclusions import EXCLUSIONS
from claims.disagreement.signals.wordnet import Tie, tie
from claims.disagreement.signals.words import Text, Word

Features = dict[str, float]

_GROUPS = {
    "NOUN": "thing",
    "PROPN": "thing",
    "X": "thing",
    "VERB": "doing",
    "ADJ": "manner",
    "ADV": "manner",
    "NUM": "number",
}
_TOLD_APART = (Tie.NONE, Tie.OPPOSITE, Tie.SIBLING)
_SURE = (Tie.SAME, Tie.SYNONYM, Tie.KIND_OF)
_MANNERS = {
    "hedged": manners.HEDGES,
    "sure": manners.CERTAINTIES,
    "all": manners.WITHOUT_EXCEPTION,
    "turn": manners.TURNS,
    "about words": manners.ABOUT_WORDS,
    "not known": manners.NOT_KNOWN,
}


def features(pair: Pair) -> Features:
    """Return the features by name; what is left out is 0."""
    found: Features = {}
    found.update(_lengths(pair))
    found.update(_ties(pair))
    found.update(_coverage(pair))
    found.update(_core(pair))
    found.update(_denials(pair))
    found.update(_manners(pair))
    found.update(_figures(pair))
    found.update(_names(pair))
    found.update(_directions(pair))
    found.update(_exclusions(pair))
    found.update(closeness(pair, found))
    return found


def scenery(pair: Pair) -> Features:
    """Return by what a described scene is told from a report."""
    both = (*pair.statement.words, *pair.claim.words)
    many = len(both)
    return {
        "length of the statement": pair.statement.length,
        "length of the claim": pair.claim.length,
        "letters": sum(word.end - word.start for word in both) / many,
        "going on": sum(word.tag == "VBG" for word in both) / many,
        "past": sum(word.tag in {"VBD", "VBN"} for word in both) / many,
        "names": sum(word.kind == "PROPN" for word in both) / many,
        "could": sum(word.tag == "MD" for word in both) / many,
        "figures": sum(word.form[:1].isdigit() for word in both) / many,
        "begins with a": float(
            pair.claim.words[0].form in {"a", "an", "the", "two", "some", "there"}
        ),
    }


def _lengths(pair: Pair) -> Features:
    longer = len(pair.claim.words) > 14 or len(pair.statement.words) > 24
    return {
        "length of the claim": pair.claim.length,
        "length of the statement": pair.statement.length,
        "longer than a line": float(longer),
    }


def _ties(pair: Pair) -> Features:
    many = max(len(pair.answers), 1)
    counts = Counter((_GROUPS[a.asked.kind], a.tie) for a in pair.answers)
    found: Features = {}
    for (group, kind), times in counts.items():
        found[f"{group}: {kind}"] = times / many
        if kind in _TOLD_APART:
            found[f"{group}: any {kind}"] = 1.0
    for group, times in Counter(_GROUPS[a.asked.kind] for a in pair.answers).items():
        found[f"{group}: many"] = float(times)
    return found


def _coverage(pair: Pair) -> Features:
    many = max(len(pair.answers), 1)
    covered = len(pair.agreeing) / many
    claimed = {word.base for word in pair.claim.telling}
    stated = {word.base for word in pair.statement.telling}
    steps = _steps(pair.claim)
    return {
        "covered": covered,
        "covered, squared": covered**2,
        "all covered": float(covered == 1),
        "statement covered": len(claimed & stated) / max(len(stated), 1),
        "nothing shared": float(claimed.isdisjoint(stated)),
        "steps shared": len(steps & _steps(pair.statement)) / max(len(steps), 1),
        "letters covered": _letters(a.asked for a in pair.agreeing)
        / max(_letters(a.asked for a in pair.answers), 1),
    }


def _letters(words: Iterable[Word]) -> int:
    return sum(word.end - word.start for word in words)


def _steps(text: Text) -> set[tuple[str, str]]:
    bases = [word.base for word in text.telling]
    return set(itertools.pairwise(bases))


def _core(pair: Pair) -> Features:
    """Who does what: the subject and the main verb."""
    found: Features = {}
    verb = pair.by_word.get(pair.claim.root.place)
    if verb is not None:
        found[f"verb: {verb.tie}"] = 1.0
    subject = pair.claim.subject
    answer = pair.by_word.get(subject.place) if subject else None
    if answer is not None:
        found[f"subject: {answer.tie}"] = 1.0
        found["who agrees, what does not"] = float(
            _is(answer, _SURE)
            and pair.claim.root.kind == "VERB"
            and _is(verb, (*_TOLD_APART, Tie.NEAR))
        )
        found["what agrees, who does not"] = float(
            not _is(answer, _SURE) and _is(verb, _SURE)
        )
    other = pair.statement.subject
    if subject and other:
        found["one and many"] = float(_plural(subject) != _plural(other))
        between = tie(other.base, other.kind, subject.base, subject.kind)
        if between in {Tie.SAME, Tie.OPPOSITE, Tie.NONE, Tie.SIBLING}:
            found[f"subjects: {between}"] = 1.0
    return found


def _is(answer: Answer | None, ties: Iterable[Tie]) -> bool:
    return answer is not None and answer.tie in ties


def _plural(word: Word) -> bool:
    return word.tag in {"NNS", "NNPS"}


def _denials(pair: Pair) -> Features:
    here = sum(word.form in manners.DENIALS for word in pair.claim.words)
    there = sum(word.form in manners.DENIALS for word in pair.statement.words)
    apart = denied_apart(pair)
    return {
        "claim denies": float(here > 0),
        "statement denies": float(there > 0),
        "both deny": float(here > 0 and there > 0),
        "odd denials": float(here % 2 != there % 2),
        "denied apart": min(len(apart), 2),
        "verbs denied apart": min(
            sum(a.asked.kind in {"VERB", "ADJ"} for a in apart), 2
        ),
        "nobody": float(not pair.claim.forms.isdisjoint(manners.NOBODY)),
    }


def denied_apart(pair: Pair) -> list[Answer]:
    """Return the words that one says and the other denies."""
    return [
        answer
        for answer in pair.agreeing
        if answer.given is not None and answer.given.denied != answer.asked.denied
    ]


def _manners(pair: Pair) -> Features:
    found: Features = {}
    for name, words in _MANNERS.items():
        there = not pair.statement.forms.isdisjoint(words)
        here = not pair.claim.forms.isdisjoint(words)
        found[f"{name}: statement"] = float(there)
        found[f"{name}: claim"] = float(here)
        found[f"{name}: statement alone"] = float(there and not here)
    stated = {word.base for word in pair.statement.telling}
    many = max(len(pair.answers), 1)
    found["added"] = min(
        3.0,
        sum(
            word.form in manners.ADDED and word.base not in stated
            for word in pair.claim.words
        ),
    )
    found["anybody"] = (
        sum(
            word.form in manners.ANYBODY or word.base in manners.ANYBODY
            for word in pair.claim.telling
        )
        / many
    )
    found["there is"] = float(pair.claim.words[0].form == "there")
    found["question"] = float("?" in pair.claim.text)
    return found


def _figures(pair: Pair) -> Features:
    here = {word.number for word in pair.claim.words if word.number is not None}
    there = {word.number for word in pair.statement.words if word.number is not None}
    return {
        "figures: claim": float(bool(here)),
        "figures: shared": float(not here.isdisjoint(there)),
        "figures: apart": float(bool(here and there) and here.isdisjoint(there)),
        "figures: new": float(bool(here - there) and bool(there)),
        "counted apart": float(bool(counted_apart(pair))),
    }


def counted_apart(pair: Pair) -> list[tuple[Word, Word]]:
    """Return the figures that count the same thing and are not the same: (there, here)."""
    there = _counted(pair.statement)
    return [
        (there[thing], figure)
        for thing, figure in _counted(pair.claim).items()
        if thing in there and _figure(there[thing]) != _figure(figure)
    ]


def _counted(text: Text) -> dict[str, Word]:
    found: dict[str, Word] = {}
    for word in text.words:
        thing = text.words[word.head]
        if word.number is not None and thing is not word:
            found[thing.base] = word
        elif word.form in {"a", "an"}:
            found.setdefault(thing.base, word)
    return found


def _figure(word: Word) -> float:
    return 1.0 if word.number is None else word.number


def _names(pair: Pair) -> Features:
    here = {word.form for word in pair.claim.words if word.kind == "PROPN"}
    there = {word.form for word in pair.statement.words if word.kind == "PROPN"}
    return {
        "names: new": min(3, len(here - there)),
        "names: shared": min(3, len(here & there)),
        "names: some new": float(bool(here - there) and bool(here & there)),
    }


def pulls(text: Text) -> dict[Direction, list[tuple[Word, int]]]:
    """Return the words that pull in a direction, with its side, 1 or −1."""
    found: dict[Direction, list[tuple[Word, int]]] = {}
    for word in text.words:
        if word.conceded:
            continue
        for direction, side in PULLS.get(word.form) or PULLS.get(word.base) or ():
            signed = -side if word.denied else side
            found.setdefault(direction, []).append((word, signed))
    return found


def pulled_apart(pair: Pair) -> dict[Direction, tuple[Word, Word]]:
    """Return by direction a word of each that pull to different sides: (there, here)."""
    here, there = pulls(pair.claim), pulls(pair.statement)
    found = {}
    for direction in here.keys() & there.keys():
        ones, others = there[direction], here[direction]
        if len(_sides(ones)) == len(_sides(others)) == 1 and ones[0][1] != others[0][1]:
            found[direction] = (
                _closest(ones, pair.shared_in_statement),
                _closest(others, pair.shared_in_claim),
            )
    return dict(sorted(found.items()))


def _sides(pulling: Iterable[tuple[Word, int]]) -> set[int]:
    return {side for _, side in pulling}


def _closest(pulling: list[tuple[Word, int]], shared: frozenset[int]) -> Word:
    return next((word for word, _ in pulling if near(word, shared)), pulling[0][0])


def _directions(pair: Pair) -> Features:
    here, there = pulls(pair.claim), pulls(pair.statement)
    apart = pulled_apart(pair)
    close = sum(
        near(one, pair.shared_in_statement) and near(other, pair.shared_in_claim)
        for one, other in apart.values()
    )
    together = sum(
        _sides(here[direction]) == _sides(there[direction])
        and len(_sides(here[direction])) == 1
        for direction in here.keys() & there.keys()
    )
    covered = len(pair.agreeing) / max(len(pair.answers), 1)
    good = _drift(here) - _drift(there)
    return {
        "pulled apart": min(len(apart), 3),
        "pulled apart, about the same": min(close, 3),
        "pulled apart, covered": min(len(apart), 3) * covered,
        "pulled together": min(together, 3),
        "pulled together, covered": min(together, 3) * covered,
        "drift": min(abs(good), 4),
    }


def _drift(pulling: Mapping[Direction, list[tuple[Word, int]]]) -> int:
    return sum(side for words in pulling.values() for _, side in words)


def excluded(pair: Pair) -> dict[str, tuple[Word, Word]]:
    """Return by list a word of each that exclude each other: (there, here)."""
    here, there = _listed(pair.claim), _listed(pair.statement)
    return {
        name: (there[name][0][0], here[name][0][0])
        for name in sorted(here.keys() & there.keys())
        if not _places(here[name]) & _places(there[name])
    }


def _listed(text: Text) -> dict[str, list[tuple[Word, int]]]:
    found: dict[str, list[tuple[Word, int]]] = {}
    for word in text.words:
        for name, place in EXCLUSIONS.get(word.form) or EXCLUSIONS.get(word.base) or ():
            found.setdefault(name, []).append((word, place))
    return found


def _places(listed: Iterable[tuple[Word, int]]) -> set[int]:
    return {place for _, place in listed}


def _exclusions(pair: Pair) -> Features:
    here, there = _listed(pair.claim), _listed(pair.statement)
    apart = len(excluded(pair))
    met = len(here.keys() & there.keys())
    return {
        "excluded": min(apart, 3),
        "excluded at all": float(apart > 0),
        "of one list": min(met - apart, 3),
    }
