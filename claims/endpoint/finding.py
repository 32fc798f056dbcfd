"""
Where words stand in a text. Pure.

A model repeats a text, and the rule is that what it repeats has to stand there, word
for word: letters and digits as they are, in whole words. White space and the shape of
quotation marks alone may differ, since models straighten both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

MOST_CHARACTERS = 5_000  # of words that are looked for
MOST_PLACES = 200  # at which they are looked at
_DOUBLE, _SINGLE = '"“”„«»‟', "'’‘‚"

Place = tuple[int, int]


def places(words: str, text: str, *, within: Place) -> list[Place]:
    """Return where words stand in a stretch of a text, never as a part of a word."""
    parts = words.split()
    if not any(map(str.isalnum, words)) or len(words) > MOST_CHARACTERS:
        return []
    pattern = re.compile(r"\s+".join("".join(map(_either, part)) for part in parts))
    found = []
    for match in pattern.finditer(text, *within):
        if _is_whole(text, *match.span()):
            found.append(match.span())
        if len(found) == MOST_PLACES:
            break
    return found


def nearest(found: Sequence[Place], to: Place) -> Place:
    """Return the place that is nearest to another one."""
    return min(found, key=lambda place: (_apart(place, to), place))


def in_order(
    pieces: Sequence[str], text: str, *, within: Place, near: Place
) -> tuple[Place, ...]:
    """
    Return where pieces stand, each after the one before; nothing where one does not.

    The first stands where it is nearest to `near`, the others follow it at once.
    """
    first, *others = pieces
    begins = places(first, text, within=within)
    for begin in sorted(begins, key=lambda place: (_apart(place, near), place)):
        found = [begin]
        for piece in others:
            later = places(piece, text, within=(found[-1][1], within[1]))
            if not later:
                break
            found.append(later[0])
        if len(found) == len(pieces):
            return tuple(found)
    return ()


def _apart(one: Place, other: Place) -> int:
    return max(0, one[0] - other[1], other[0] - one[1])


def _either(character: str) -> str:
    for alike in (_DOUBLE, _SINGLE):
        if character in alike:
            return f"[{alike}]"
    return re.escape(character)


def _is_whole(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    begins = not (before.isalnum() and text[start].isalnum())
    return begins and not (after.isalnum() and text[end - 1].isalnum())
