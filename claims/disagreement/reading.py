"""Statements as they are compared: their words, and the vector of what they are about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from claims.disagreement.signals import Text
from claims.disagreement.signals import read as parsed
from claims.matching.sentences import vectors

if TYPE_CHECKING:
    from collections.abc import Iterable


def read(texts: Iterable[str]) -> Iterator[Text]:
    """Read statements with their vectors; much faster together than one by one."""
    known = list(parsed(texts))
    made = vectors([each.text for each in known])
    for text, vector in zip(known, made, strict=True):
        yield replace(text, vector=vector)
