"""Marked articles as examples: each proposed cut, and how near it comes to a mark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from claims.extraction.article import pages
from claims.extraction.learned.proposals import Proposals, proposals
from claims.extraction.sources import mention

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from claims.evaluation.annotations import AnnotatedArticle, Ranges
    from claims.extraction.learned.page import Page
    from claims.extraction.learned.proposals import Sure

SAME = 0.5  # intersection over union, from where on two stretches are one statement
ALIKE = 0.3


@dataclass(frozen=True, slots=True)
class Parsed:
    """A marked article with its paragraphs, each with its place."""

    article: AnnotatedArticle
    pages: tuple[tuple[int, Page], ...]


@dataclass(frozen=True, slots=True)
class Examples:
    """What is weighed, row by row, and what people made of it."""

    leads: NDArray[np.int32]  # features of each lead
    cuts: NDArray[np.int32]  # features of each cut
    lead_of: NDArray[np.int32]  # the lead of each cut, in order
    near: NDArray[np.float32]  # how near a cut comes to a mark with the same speaker
    unsaid: NDArray[np.bool_]  # a cut that was marked, with nobody who says it

    @property
    def wanted(self) -> NDArray[np.float32]:
        """How near each cut comes, nought for what is another statement."""
        wanted: NDArray[np.float32] = np.where(self.near >= SAME, self.near, 0)
        return wanted.astype(np.float32)

    @property
    def wanted_leads(self) -> NDArray[np.float32]:
        """For each lead, 1 where one of its cuts was marked."""
        found = np.zeros(len(self.leads), np.float32)
        np.maximum.at(found, self.lead_of, (self.near >= SAME).astype(np.float32))
        return found


@dataclass(frozen=True, slots=True)
class _Mark:
    characters: frozenset[int]
    source: Ranges


def parse(article: AnnotatedArticle) -> Parsed:
    """Parse a marked article once for all that is learned from it."""
    parsed = tuple(pages(article.text))
    for _start, page in parsed:
        page.doc.tensor = np.zeros((0, 0), np.float32)  # most of its memory, unused
    return Parsed(article, parsed)


def examples(parsed: Parsed, *, sure: Sure | None = None) -> Examples:
    """Return what may be learned from one article; without `sure` of its leads only."""
    leads: list[list[int]] = []
    cuts: list[list[int]] = []
    lead_of: list[int] = []
    judged: list[tuple[float, bool]] = []
    for start, page in parsed.pages:
        marks = _marks(parsed.article, start, len(page.text))
        for group in proposals(page, sure=sure):
            leads.append(group.features)
            if sure is not None:
                cuts.extend(group.cut_features(page))
            lead_of.extend([len(leads) - 1] * len(group.cuts))
            judged.extend(_judged(group, page, start, marks))
    return Examples(
        leads=np.array(leads, np.int32),
        cuts=np.array(cuts, np.int32),
        lead_of=np.array(lead_of, np.int32),
        near=np.array([near for near, _ in judged], np.float32),
        unsaid=np.array([unsaid for _, unsaid in judged], np.bool_),
    )


def joined(parts: Sequence[Examples]) -> Examples:
    """Put the examples of several articles into one."""
    parts = [part for part in parts if len(part.leads)]
    before = np.cumsum([0, *(len(part.leads) for part in parts)])
    return Examples(
        leads=np.concatenate([part.leads for part in parts]),
        cuts=np.concatenate([part.cuts for part in parts]),
        lead_of=np.concatenate(
            [part.lead_of + offset for part, offset in zip(parts, before, strict=False)]
        ).astype(np.int32),
        near=np.concatenate([part.near for part in parts]),
        unsaid=np.concatenate([part.unsaid for part in parts]),
    )


def _marks(article: AnnotatedArticle, start: int, length: int) -> list[_Mark]:
    """Return what was marked in a paragraph, as far as it lies there."""
    marks = []
    for marked in article.attributions:
        characters = frozenset(
            place
            for first, last in marked.content
            for place in range(max(first, start), min(last, start + length))
            if article.text[place].isalnum()
        )
        if characters:
            marks.append(_Mark(characters, marked.source))
    return marks


def _judged(
    group: Proposals, page: Page, start: int, marks: Sequence[_Mark]
) -> Iterator[tuple[float, bool]]:
    for cut in group.cuts:
        own = group.by_rules.get(cut.pieces)
        source = (own.source if own else mention(group.lead.speaker)).moved(start)
        mine = frozenset(
            start + place
            for piece in cut.pieces
            for place in range(*piece)
            if page.text[place].isalnum()
        )
        near, unsaid = 0.0, False
        for mark in marks:
            alike = len(mine & mark.characters) / len(mine | mark.characters)
            if any(a < source.end and source.start < b for a, b in mark.source):
                near = max(near, alike)
            elif not mark.source and alike >= ALIKE:
                unsaid = True
        yield near, unsaid
