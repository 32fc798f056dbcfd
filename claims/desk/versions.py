"""One version of a page, as it was kept: its text, with the words that are watched."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from claims.desk.doors import DeskRequest, at_desk
from sources import quote
from sources.discretion import passages_open_to, sources_open_to

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MOST_CHARACTERS = 60_000  # of a text, on one page of it
LONGEST_LINE = 4_000
PASSAGES = 50  # looked for; in a text of a megabyte that takes a second


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text."""

    start: int  # first code point
    end: int  # one past the last
    altered: bool = False  # words that were watched read otherwise here


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of one line that are watched, or that are not."""

    text: str
    watched: bool
    altered: bool = False  # they read otherwise than they were cited


@require_safe
@at_desk
def version(request: DeskRequest, pk: UUID, snapshot: UUID) -> HttpResponse:
    """Show the text of a version that was kept, part by part."""
    source = get_object_or_404(sources_open_to(request.user), pk=pk)
    kept = get_object_or_404(source.snapshots.defer("body_zstd"), pk=snapshot)
    passages = passages_open_to(request.user).filter(source=source)
    words = passages.order_by("added_at", "pk")[:PASSAGES]
    watched = _places(
        kept.text, [(each.exact, each.prefix, each.suffix) for each in words]
    )
    parts = list(_parts(kept.text))
    asked = request.GET.get("part", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 6 else 1
    number = max(1, min(number, len(parts)))
    return render(
        request,
        "claims/desk/version.html",
        {
            "source": source,
            "version": kept,
            "lines": [
                list(_stretches(kept.text, line, watched))
                for line in (parts[number - 1] if parts else [])
            ],
            "any_watched": bool(words),
            "intact": sum(not span.altered for span in watched),
            "altered": sum(span.altered for span in watched),
            "part": number,
            "parts": len(parts),
            "earlier": number - 1,
            "later": number + 1 if number < len(parts) else 0,
        },
    )


def _places(text: str, words: Iterable[tuple[str, str, str]]) -> list[Span]:
    """Return where watched words stand, changed or not, in order and apart."""
    folded = quote.fold(text)
    found = [
        Span(place.start, place.end, altered=place.state is quote.Standing.ALTERED)
        for exact, prefix, suffix in words
        for place in [quote.find(exact, text=folded, prefix=prefix, suffix=suffix)]
        if place.start is not None and place.end is not None
    ]
    apart: list[Span] = []
    for span in sorted(found, key=lambda span: span.start):
        if apart and span.start <= apart[-1].end:
            last = apart.pop()
            apart.append(
                Span(
                    last.start,
                    max(last.end, span.end),
                    altered=last.altered or span.altered,
                )
            )
        else:
            apart.append(span)
    return apart


def _parts(text: str) -> Iterator[list[Span]]:
    """Yield the lines of a text, as many at a time as one page shows."""
    part: list[Span] = []
    size = 0
    for line in _lines(text):
        length = line.end - line.start
        if part and size + length > MOST_CHARACTERS:
            yield part
            part, size = [], 0
        part.append(line)
        size += length
    if part:
        yield part


def _lines(text: str) -> Iterator[Span]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            for begin in range(start, start + len(line), LONGEST_LINE):
                yield Span(begin, min(begin + LONGEST_LINE, start + len(line)))
        start += len(line) + 1


def _stretches(text: str, line: Span, watched: Sequence[Span]) -> Iterator[Stretch]:
    """Yield a line in turns of what is watched and what is not."""
    inside = [w for w in watched if w.start < line.end and w.end > line.start]
    edges = sorted(
        {line.start, line.end}
        | {max(w.start, line.start) for w in inside}
        | {min(w.end, line.end) for w in inside}
    )
    for start, end in pairwise(edges):
        around = next((w for w in inside if w.start <= start and end <= w.end), None)
        yield Stretch(
            text[start:end],
            watched=around is not None,
            altered=around is not None and around.altered,
        )
