"""
Articles with the statements people marked in them, one JSON object a line.

Read: `{id, text, attributions: [{content: [[start, end], …], source: [[start,
end], …], type: direct|indirect|mixed, claimant?}], date?}`. Written, for other
scorers: `{id, attributions: [{content, source, claimant}]}`. Offsets count code
points.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

Ranges = tuple[tuple[int, int], ...]

# By these the data tells direct and mixed from indirect: a statement between
# single or doubled apostrophes counts as indirect in it.
QUOTATION_MARKS = frozenset('"“”')


class BadData(ValueError):
    """A line of the data is not what the format says."""

    code = "bad_data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """One statement with its speaker, marked by a person or by the machine."""

    content: Ranges
    source: Ranges  # empty where nobody is named
    quoted: bool  # holds a quotation mark, or lies between two
    claimant: str = ""  # the resolved name, where it was marked


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotatedArticle:
    """A text, and every statement marked in it."""

    id: str
    text: str
    published_on: date | None
    attributions: tuple[Attribution, ...]


def read_annotated(path: Path) -> Iterator[AnnotatedArticle]:
    """Read a file of JSON lines. Raises BadData naming the line."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                yield _article(json.loads(line))
            except (KeyError, TypeError, ValueError, RecursionError) as error:
                raise BadData(f"{path.name}, line {number}: {error!r}") from error


def holds_quotation(text: str, content: Ranges) -> bool:
    """Tell whether a found statement counts as quoted beside the data's types."""
    return any(
        not QUOTATION_MARKS.isdisjoint(text[start:end]) for start, end in content
    )


def prediction_fields(
    article_id: str, attributions: list[Attribution]
) -> dict[str, Any]:  # Any: JSON
    """Return what was found in one article as a line of the predictions file has it."""
    return {
        "id": article_id,
        "attributions": [
            {
                "content": found.content,
                "source": found.source,
                "claimant": found.claimant,
            }
            for found in attributions
        ],
    }


def _article(fields: dict[str, Any]) -> AnnotatedArticle:  # Any: JSON as found
    text = fields["text"]
    return AnnotatedArticle(
        id=str(fields["id"]),
        text=text,
        published_on=_day(fields.get("date")),
        attributions=tuple(
            Attribution(
                content=_ranges(marked["content"], text),
                source=_ranges(marked.get("source") or [], text),
                quoted=marked.get("type") in {"direct", "mixed"},
                claimant=marked.get("claimant") or "",
            )
            for marked in fields["attributions"]
        ),
    )


def _ranges(pairs: list[list[int]], text: str) -> Ranges:
    ranges = tuple((int(start), int(end)) for start, end in pairs)
    if any(not 0 <= start <= end <= len(text) for start, end in ranges):
        raise ValueError(f"offsets outside the text: {ranges}")
    return ranges


def _day(written: str | None) -> date | None:
    try:
        return date.fromisoformat((written or "")[:10])
    except ValueError:
        return None  # the date is a help for the reader, not part of the measure
