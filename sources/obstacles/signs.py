"""Evidence, weighed: what a page shows, and how much each thing says."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sources.obstacles.impression import Impression
from sources.obstacles.likeness import Sibling

ENOUGH = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A page that is judged, and what else is known about it."""

    page: Impression
    known: bool  # something that was kept, or words that are watched, are on it
    vanished: bool  # there was something, and nothing of it is on the page
    words_missing: bool  # words are watched, and some are not on the page
    sibling: Sibling | None = None  # what the site shows for a page that never was


@dataclass(frozen=True, slots=True)
class Sign:
    """
    One thing that can be seen on a page.

    `says` goes on after a colon, in a sentence for people; signs that speak against
    the obstacle have a negative weight and need no words.
    """

    weight: int
    seen: Callable[[Case], bool]
    says: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """What the signs of one obstacle add up to."""

    weight: int
    reasons: tuple[str, ...]  # the heaviest first

    @property
    def enough(self) -> bool:
        return self.weight >= ENOUGH


def weigh(case: Case, signs: Iterable[Sign]) -> Weighed:
    """Add up what is seen."""
    seen = [sign for sign in signs if sign.seen(case)]
    spoken = sorted((s for s in seen if s.says), key=lambda sign: -sign.weight)
    return Weighed(
        weight=sum(sign.weight for sign in seen),
        reasons=tuple(sign.says for sign in spoken),
    )


# What speaks against every obstacle. A notice is short and is about nothing else.
ALIVE = (
    Sign(-25, lambda case: case.page.prose >= 200),
    Sign(-25, lambda case: case.page.prose >= 400),
    Sign(-45, lambda case: case.page.prose >= 1_200),
    Sign(-40, lambda case: case.page.head.article_markup),
    Sign(-50, lambda case: case.page.is_about_its_address),
)
