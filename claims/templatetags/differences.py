"""Two wordings as one text, with the spaces where they stood."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from django import template

from sources.quote import Change, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

register = template.Library()


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Words that went, came or stayed, and what parts them from the next."""

    change: Change
    words: str
    gap: str


@register.filter
def pieces(changes: Iterable[Change]) -> list[Piece]:
    """Return the pieces of a difference; nothing is put before a comma."""
    found = list(changes)
    return [_piece(each, after) for each, after in zip_longest(found, found[1:])]


@register.filter
def side(changes: Iterable[Change], kind: str) -> list[Piece]:
    """Return one of the two wordings alone: what stayed, and what went or came."""
    return pieces(each for each in changes if each.kind in {Kind.SAME, kind})


def _piece(change: Change, after: Change | None) -> Piece:
    words = change.text.rstrip()
    stands = change.text[len(words) :]
    # What went and what came in its place may both end where a comma follows.
    parted = after is not None and Kind.SAME not in {change.kind, after.kind}
    return Piece(change=change, words=words, gap=stands or (" " if parted else ""))
