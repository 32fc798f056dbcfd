"""The claims nearest to some texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from claims.matching.alike import alike

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAST = 0.1  # likeness, below which two texts have nothing to do with each other


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A claim that may say what a text says."""

    claim: UUID
    score: float  # the higher, the nearer; to be compared within one answer only


def nearest(texts: Sequence[str], *, most: int) -> list[list[Match]]:
    """
    Return for each text at most so many claims that are about the same, nearest first.

    Asks the database a fixed number of times, whatever the number of texts and of claims.
    """
    keys = {uuid4(): text for text in texts}
    found = alike(keys, least=LEAST, most=most)
    return [
        [Match(claim=each.claim, score=each.likeness) for each in found.get(key, ())]
        for key in keys
    ]
