"""What the rules find in a paragraph: everything they see, and what they settle on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from claims.extraction.clauses import told
from claims.extraction.draft import Draft, Stretch
from claims.extraction.fragments import led_to
from claims.extraction.speech import spoken
from claims.extraction.transcript import transcribed

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from claims.extraction.quotations import Quotation


@dataclass(frozen=True, slots=True)
class Ruled:
    """The statements of a paragraph as the rules have it."""

    chosen: tuple[Draft, ...]  # apart from each other, in reading order
    every: tuple[Draft, ...]  # these and all that gave way to them
    dialogue: bool = False  # the paragraph is a line of a printed interview


def ruled(text: str, doc: Doc, quoted: Sequence[Quotation]) -> Ruled:
    """Find the statements of a paragraph by grammar and quotation marks."""
    dialogue = transcribed(text, doc)
    if dialogue is not None:
        return Ruled((dialogue,), (dialogue,), dialogue=True)
    direct = spoken(text, doc, quoted)
    indirect = [_whole_quotations(draft, quoted) for draft in told(doc)]
    chosen = _chosen(direct, indirect, quoted)
    marks = [Stretch(each.start, each.end) for each in quoted]
    led = list(led_to(doc, marks, chosen))
    return Ruled(
        tuple(sorted([*chosen, *led], key=lambda draft: draft.covering)),
        (*direct, *indirect, *led),
    )


def whole_quotations(
    pieces: Iterable[Stretch], quoted: Sequence[Quotation], *, cue: int
) -> tuple[Stretch, ...]:
    """Stretch a statement's pieces over quotations that they would cut in two."""
    whole: list[Stretch] = []
    for start, end in pieces:
        for mark in quoted:
            if mark.start < end and start < mark.end and not mark.holds(cue):
                start, end = min(start, mark.start), max(end, mark.end)  # noqa: PLW2901 - it grows
        if whole and start < whole[-1].end:
            start = whole.pop().start  # noqa: PLW2901 - and joins the one before
        whole.append(Stretch(start, end))
    return tuple(whole)


def _chosen(
    direct: Sequence[Draft], indirect: Iterable[Draft], quoted: Sequence[Quotation]
) -> list[Draft]:
    """Keep what does not lie within another statement, quotations first."""
    chosen = list(direct)
    for draft in sorted(
        indirect, key=lambda each: each.covering.start - each.covering.end
    ):
        if any(quotation.holds(draft.cue.start) for quotation in quoted):
            continue
        if any(draft.overlaps(other) for other in chosen):
            continue
        chosen.append(draft)
    return chosen


def _whole_quotations(draft: Draft, quoted: Sequence[Quotation]) -> Draft:
    pieces = whole_quotations(draft.pieces, quoted, cue=draft.cue.start)
    return replace(draft, pieces=pieces)
