"""A proposed statement as a claim states it: without the marks of its sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

_PAIRS = {'"': '"', "“": "”", "‘": "’", "«": "»", "„": "“", "'": "'"}
_THAT = re.compile(r"that\s+(?=\S)")


def as_statement(pieces: Sequence[str]) -> str:
    """
    Return the words of a statement, ready to stand alone.

    The quotation marks around a whole piece go, the comma before its speaker goes,
    and so does a leading «that». Inside nothing changes: what is quoted in part
    stays in its marks. Words that would leave nothing come back as they are.
    """
    bare = [_unquoted(piece.strip()) for piece in pieces]
    told = " ".join(piece for piece in bare if piece).strip(" ,;")
    if len(pieces) == 1 and bare[0] == pieces[0].strip():
        told = _THAT.sub("", told, count=1) if _THAT.match(told) else told
    return told or " ".join(pieces)


def _unquoted(piece: str) -> str:
    closing = _PAIRS.get(piece[:1])
    if closing is None or len(piece) < 2:
        return piece
    inside = piece[1:].rstrip(",;")
    if inside.endswith(closing):
        inside = inside[:-1]
    if closing in inside or piece[0] in inside:
        return piece  # marks inside: «"no" and "never"» is no single quotation
    return inside.strip()
