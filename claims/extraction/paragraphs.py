"""An article in paragraphs, each with a copy of its words that a parser can read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

# A parser's memory grows with the text it is given at once; no paragraph of a
# real article comes near this, so cutting one costs nothing that matters.
MAX_PARAGRAPH_CHARACTERS = 3_000

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s")
# Two apostrophes or two backquotes are how some wires write a quotation mark.
_DOUBLED = re.compile(r"''|``|’’|‘‘")
# Each mark is a word to the parser: a rule of dashes would cost like an essay.
_RUN_OF_MARKS = re.compile(r"[^\w\s]{10,}")
# "GENEVA, May 4 (Agency) — ": who writes from where is no part of the sentence.
_DATELINE = re.compile(
    r"\s*[A-Z][A-Z.' ]{3,30}(?:, [A-Z][\w. ,]{1,30})?(?: ?\([^()]{2,40}\))?\s*"
    r"(?:--|[—–―-])\s+(?=\S)"
)
_SAME_LENGTH = {
    "‘": "'",
    "’": "'",
    "‛": "'",
    "ʼ": "'",
    "`": "'",
    "“": '"',
    "”": '"',
    "‟": '"',
    "„": '"',
    "«": '"',
    "»": '"',
}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of the article without line breaks."""

    start: int  # its first code point in the article
    text: str  # as written
    copy: str  # as long as `text`, in characters that a parser knows


def paragraphs(article: str) -> Iterator[Paragraph]:
    """Cut an article at its line breaks; what is longer than a page, at sentences."""
    for line in _LINE.finditer(article):
        start, end = line.span()
        while start < end:
            cut = _cut(article, start, end)
            text = article[start:cut]
            if not text.isspace():
                yield Paragraph(start, text, _copy(text))
            start = cut


def _cut(article: str, start: int, end: int) -> int:
    if end - start <= MAX_PARAGRAPH_CHARACTERS:
        return end
    limit = start + MAX_PARAGRAPH_CHARACTERS
    ends = [found.end() for found in _SENTENCE_END.finditer(article, start, limit)]
    if ends:
        return ends[-1]
    space = article.rfind(" ", start + 1, limit)
    return space if space > start else limit


def _copy(text: str) -> str:
    plain = _DOUBLED.sub(_single_mark, _RUN_OF_MARKS.sub(_blank, text))
    if dateline := _DATELINE.match(plain):
        plain = _blank(dateline) + plain[dateline.end() :]
    if plain.isascii() and plain.isprintable():
        return plain
    return "".join(map(_plain, plain))


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


def _single_mark(doubled: re.Match[str]) -> str:
    after = doubled.string[doubled.end() : doubled.end() + 1]
    return ' "' if after.isalnum() else '" '


@cache
def _plain(character: str) -> str:
    if character in _SAME_LENGTH:
        return _SAME_LENGTH[character]
    # Control and format characters, lone surrogates and the many kinds of space.
    if unicodedata.category(character)[0] in "CZ":
        return " "
    return character
