"""Which pages print one text: copies of one story have one origin. (pure)"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

AROUND_CHARACTERS = 700  # of a page, looked at on either side of the quotation
WORDS_IN_A_ROW = 4
FEWEST_ROWS = 8  # below, two texts tell nothing about each other
# Agency copy is cut and headed anew, so half of what the shorter one has is enough; two
# reports of one speech share the quotation itself, which is left out, and little else.
SHARED = 0.5
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a page prints before and after a quotation, without it."""

    before: str
    after: str
    text_sha256: str = ""  # of the whole text


def origins(pages: Sequence[Around]) -> list[int]:
    """
    Return for each page the number of its origin, from 1, in the order of the pages.

    Pages that print one text have one number. Of a page whose text nobody has, nothing
    is known: it counts as an origin of its own.
    """
    rows = [_rows(page) for page in pages]
    found: list[int] = []
    first: list[int] = []  # of each origin, the pages
    for place, page in enumerate(pages):
        same = next(
            (
                found[other]
                for other in range(place)
                if _is_copy(page, pages[other], rows[place], rows[other])
            ),
            None,
        )
        if same is None:
            first.append(place)
            same = len(first)
        found.append(same)
    return found


def _is_copy(
    one: Around,
    other: Around,
    rows: frozenset[tuple[str, ...]],
    other_rows: frozenset[tuple[str, ...]],
) -> bool:
    if one.text_sha256 and one.text_sha256 == other.text_sha256:
        return True
    fewer = min(len(rows), len(other_rows))
    return fewer >= FEWEST_ROWS and len(rows & other_rows) >= SHARED * fewer


def _rows(page: Around) -> frozenset[tuple[str, ...]]:
    found: set[tuple[str, ...]] = set()
    for text in (page.before, page.after):
        words = _WORD.findall(text.casefold())
        found.update(zip(*(words[n:] for n in range(WORDS_IN_A_ROW)), strict=False))
    return frozenset(found)
