"""Where quoted words stand in a text: intact, altered or missing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from math import prod

from sources.errors import PassageRefused
from sources.quote.aligning import Likeness, chance, most_like
from sources.quote.differing import Change, changes
from sources.quote.folding import Folded, fold
from sources.quote.matching import (
    MAX_LEFT_OUT,
    Context,
    Span,
    beside,
    beside_one,
    parts_of,
    stands,
)
from sources.saying import gettext_noop as _

ALTERED_FROM = 75.0  # per cent of the letters, aligned
BY_CHANCE = 1.0  # stretches so like the words, in an unrelated page
FITTING = 60.0  # per cent of the surroundings
MAX_QUOTE = 20_000


class Standing(StrEnum):
    """What became of quoted words. Stored values are those of a passage's state."""

    INTACT = "intact"
    ALTERED = "altered"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Where the words stand: `text[start:end]`, both None where they are missing."""

    state: Standing
    start: int | None = None  # first code point
    end: int | None = None  # one past the last
    similarity: float = 0.0  # 100 is intact
    diff: tuple[Change, ...] = ()  # from the quotation to the page, where altered


def find(
    exact: str, *, text: str | Folded, prefix: str = "", suffix: str = ""
) -> Finding:
    """
    Look for quoted words in a text.

    Typography does not count; every letter, digit and word does. "…" and "[…]"
    stand for words left out. `prefix` and `suffix` tell several places apart.
    Give a `Folded` text to look for many quotations in it. Raises PassageRefused
    for a quotation without a word, or of more than 20,000 characters.
    """
    page = fold(text) if isinstance(text, str) else text
    parts = parts_of(_needle(exact))
    context = Context(before=fold(prefix).text.strip(), after=fold(suffix).text.strip())
    intact = stands(parts, page, context)
    if intact is not None and not _edited_beside(parts, intact, page, context):
        return Finding(
            state=Standing.INTACT,
            start=page.start(intact.start),
            end=page.end(intact.end),
            similarity=100.0,
        )
    likeness = (
        beside(parts, page, context)
        or _most_like(parts, page, context)
        or beside_one(parts, page, context)
    )
    if likeness is None:
        return Finding(state=Standing.MISSING)
    start, end = page.start(likeness.start), page.end(likeness.end)
    return Finding(
        state=Standing.ALTERED,
        start=start,
        end=end,
        # 100 would say "intact", and a digit in a long quotation rounds up to it.
        similarity=min(round(likeness.similarity, 1), 99.9),
        diff=changes(exact, page.original[start:end]),
    )


def _needle(exact: str) -> str:
    if len(exact) > MAX_QUOTE:
        raise PassageRefused(
            _(
                "The quotation is longer than %(most)s characters. Quote the words that "
                "matter."
            ),
            facts={"most": MAX_QUOTE},
        )
    needle = fold(exact).text.strip()
    if not any(character.isalnum() for character in needle):
        raise PassageRefused(_("The quotation holds no words. Quote at least one."))
    return needle


def _edited_beside(
    parts: list[str], intact: Span, page: Folded, context: Context
) -> bool:
    """
    Say whether the words were edited where they were cited from, and merely stand
    elsewhere too, as in a headline that repeats them.
    """
    if context.likeness(page.text, intact) >= FITTING:
        return False
    return beside(parts, page, context) is not None


def _most_like(parts: list[str], page: Folded, context: Context) -> Likeness | None:
    found = [most_like(part, page.text) for part in parts]
    likenesses = [likeness for likeness in found if likeness is not None]
    if not likenesses:
        return None
    if len(likenesses) < len(parts):
        likenesses = _near_each_other(parts, likenesses, page)
    weight = sum(len(part) for part in parts)
    similarity = sum(
        likeness.similarity * len(part)
        for likeness, part in zip(likenesses, parts, strict=False)
    )
    if len(likenesses) < len(parts) or similarity / weight < ALTERED_FROM:
        return None
    found_by_chance = prod(
        chance(part, page.text[likeness.start : likeness.end], page.text)
        for part, likeness in zip(parts, likenesses, strict=True)
    )
    whole = Likeness(
        start=min(likeness.start for likeness in likenesses),
        end=max(likeness.end for likeness in likenesses),
        similarity=similarity / weight,
    )
    fits = context.given and context.likeness(page.text, whole) >= FITTING
    return whole if fits or found_by_chance < BY_CHANCE else None


def _near_each_other(
    parts: list[str], known: list[Likeness], page: Folded
) -> list[Likeness]:
    """Look once more where some parts were found, content with less for the rest."""
    start = max(0, min(likeness.start for likeness in known) - MAX_LEFT_OUT)
    end = max(likeness.end for likeness in known) + MAX_LEFT_OUT
    around = page.text[start:end]
    found = [most_like(part, around, shared=0.2) for part in parts]
    return [
        replace(one, start=one.start + start, end=one.end + start)
        for one in found
        if one is not None
    ]
