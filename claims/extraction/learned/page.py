"""A paragraph ready to be weighed: its parse, its quotations, what the rules say."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from claims.extraction.draft import Draft, Stretch
from claims.extraction.quotations import Quotation
from claims.extraction.rules import Ruled

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

SHORT_CHARACTERS = 120  # a headline, a caption
Pieces = tuple[Stretch, ...]


@dataclass(slots=True)
class Page:
    """One paragraph of an article."""

    text: str
    doc: Doc
    quoted: Sequence[Quotation]
    rules: Ruled
    number: int  # of the paragraph, from nought
    last: bool  # whether it is the article's last
    chosen: dict[Pieces, Draft] = field(init=False)
    seen: dict[Pieces, list[Draft]] = field(init=False)
    chosen_cues: set[int] = field(init=False)
    starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.chosen = {draft.pieces: draft for draft in self.rules.chosen}
        self.chosen_cues = {draft.cue.start for draft in self.rules.chosen}
        self.seen = {}
        for draft in self.rules.every:
            self.seen.setdefault(draft.pieces, []).append(draft)
        self.starts = [token.idx for token in self.doc]

    @property
    def place(self) -> tuple[int, bool, bool]:
        """Say where in the article it stands, and whether it is short."""
        return min(self.number, 3), len(self.text) < SHORT_CHARACTERS, self.last

    def in_quotation(self, place: int) -> bool:
        """Tell whether somebody is quoted there."""
        return any(mark.holds(place) for mark in self.quoted)

    def words(self, stretch: Stretch) -> tuple[int, int]:
        """Return the first and the last word of a stretch, by their places."""
        first = max(0, bisect_right(self.starts, stretch.start) - 1)
        return first, max(first, bisect_left(self.starts, stretch.end) - 1)

    def word_at(self, place: int) -> Token:
        """Return the word that a character belongs to, or follows."""
        return self.doc[max(0, bisect_right(self.starts, place) - 1)]
