"""
Text into the pieces of words that the model of sentences was trained on.

As BERT has it (uncased): lower case, no accents, punctuation and ideographs apart, then
the longest pieces that the vocabulary knows. `vocabulary.txt` beside this file is that
of bert-base-uncased (Google, Apache License 2.0), one piece a line, its number the line.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

LONGEST_WORD = 100  # letters; beyond that it is no word
UNKNOWN, BEGINS, ENDS = "[UNK]", "[CLS]", "[SEP]"

_IDEOGRAPHS = re.compile(
    "([\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0002a6df\U0002a700-\U0002ceaf\U0002f800-\U0002fa1f])"
)


class WordPieces:
    """Knows the number of each piece."""

    def __init__(self, vocabulary: Path) -> None:
        with vocabulary.open(encoding="utf-8", newline="\n") as lines:
            self._numbers = {
                line.rstrip("\n"): number for number, line in enumerate(lines)
            }
        self._of_word = lru_cache(maxsize=20_000)(self._split)

    def numbers(self, text: str, *, most: int) -> list[int]:
        """Return the numbers of the text's pieces, at most so many with the two ends."""
        found = [self._numbers[BEGINS]]
        for word in _words(text):
            found += self._of_word(word)
            if len(found) >= most:
                break
        return [*found[: most - 1], self._numbers[ENDS]]

    def _split(self, word: str) -> list[int]:
        if len(word) > LONGEST_WORD:
            return [self._numbers[UNKNOWN]]
        found, start = [], 0
        while start < len(word):
            piece = self._longest(word, start)
            if piece is None:
                return [self._numbers[UNKNOWN]]
            end, number = piece
            found.append(number)
            start = end
        return found

    def _longest(self, word: str, start: int) -> tuple[int, int] | None:
        before = "##" if start else ""
        for end in range(len(word), start, -1):
            number = self._numbers.get(before + word[start:end])
            if number is not None:
                return end, number
        return None


def _words(text: str) -> list[str]:
    parted = _IDEOGRAPHS.sub(r" \1 ", text)
    bare = unicodedata.normalize("NFD", parted.lower())
    return "".join(_shown(letter) for letter in bare).split()


@lru_cache(maxsize=5_000)
def _shown(letter: str) -> str:
    """Return what becomes of one letter: itself, nothing, or itself set apart."""
    kind = unicodedata.category(letter)
    if letter.isspace():
        return " "
    if kind == "Mn" or kind.startswith("C") or letter == "\ufffd":
        return ""
    punctuation = kind.startswith("P") or (kind.startswith("S") and letter < "\x7f")
    return f" {letter} " if punctuation else letter
