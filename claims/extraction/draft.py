"""A statement on its way to becoming a candidate."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from spacy.tokens import Token


class Stretch(NamedTuple):
    """Offsets into a paragraph, or once moved into the article."""

    start: int
    end: int

    def meets(self, other: Stretch) -> bool:
        """Tell whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def moved(self, by: int) -> Stretch:
        """Return the same stretch, so many code points further on."""
        return Stretch(self.start + by, self.end + by)

    def within(self, other: Stretch) -> bool:
        """Tell whether all of this lies in the other."""
        return other.start <= self.start and self.end <= other.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is said, by which words it is introduced, and who says it."""

    pieces: tuple[Stretch, ...]
    cue: Stretch
    source: Stretch
    speaker: Token  # the head of the mention: "Parsi" of "Parsi of the Institute"
    construction: str = ""  # the grammar that gave it
    said: Stretch | None = None  # the words that tell when
    singles: tuple[Stretch, ...] = ()  # the claims it joins, where there are several

    def moved(self, by: int) -> Draft:
        """Return the same draft, so many code points further on."""
        return replace(
            self,
            pieces=tuple(piece.moved(by) for piece in self.pieces),
            cue=self.cue.moved(by),
            source=self.source.moved(by),
            said=self.said and self.said.moved(by),
            singles=tuple(single.moved(by) for single in self.singles),
        )

    @property
    def covering(self) -> Stretch:
        """From the first piece's start to the last one's end."""
        return Stretch(self.pieces[0].start, self.pieces[-1].end)

    def overlaps(self, other: Draft) -> bool:
        """Tell whether the two share words, or the other holds this one's cue."""
        return any(
            mine.meets(theirs) for mine in self.pieces for theirs in other.pieces
        ) or any(self.cue.within(piece) for piece in other.pieces)
