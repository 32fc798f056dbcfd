"""Interviews printed as dialogue: a speaker's name in capitals and a colon."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claims.extraction.draft import Draft, Stretch

if TYPE_CHECKING:
    from spacy.tokens import Doc

_LINE = re.compile(
    r"\s*[\"“]?(?P<name>[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,3})(?P<colon>:)\s+"
    r"(?P<said>\S.*?)\s*$"
)


def transcribed(text: str, doc: Doc) -> Draft | None:
    """Read a paragraph as one line of dialogue, where it is one."""
    line = _LINE.match(text)
    if line is None:
        return None
    name = Stretch(*line.span("name"))
    speaker = next((token for token in reversed(doc) if token.idx < name.end), None)
    if speaker is None:
        return None
    return Draft(
        pieces=(Stretch(*line.span("said")),),
        cue=Stretch(*line.span("colon")),
        source=name,
        speaker=speaker,
        construction="transcript",
    )
