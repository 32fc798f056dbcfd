"""How much two pages have in common."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sources.obstacles import addresses

_RUN = 3  # words in a row
_WORD = re.compile(r"\w+")
_SAME = 0.9
_LEAST_WORDS = 6  # a page that says less than this is like any other


@dataclass(frozen=True, slots=True, kw_only=True)
class Sibling:
    """
    What a site shows, in the folder of a page, for one that never was.

    `text` is without the words of the address that was asked for, which some sites
    repeat.
    """

    status: int
    landed: str  # where the visitor ends up
    text: str

    @property
    def is_honest(self) -> bool:
        """The site says by its status what is not there."""
        return self.status in {404, 410}


def is_like(sibling: Sibling, *, text: str, asked: str) -> bool:
    """Say whether a page is the one that the site shows for nothing."""
    if not 200 <= sibling.status < 300:
        return False
    # Out of both: an address may be spelled with words that are in every text.
    ours, theirs = (_runs(without_address(one, asked)) for one in (text, sibling.text))
    if min(len(ours), len(theirs)) < _LEAST_WORDS:
        return False
    return len(ours & theirs) / len(ours | theirs) >= _SAME


def without_address(text: str, url: str) -> str:
    """Take out of a text the words that stand in an address."""
    found = addresses.parts(url)
    spoken = set(_WORD.findall(f"{found.path} {found.query}".lower().replace("_", " ")))
    return " ".join(word for word in _WORD.findall(text.lower()) if word not in spoken)


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(text.lower())
    # Dates, numbers of visits and copyright years change from one answer to the next.
    words = [word for word in words if not word.isdigit()]
    return {tuple(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1)}
