"""The sentences around a quotation on its page. (pure)"""

from __future__ import annotations

import re

AROUND_CHARACTERS = 320  # of the page, asked for on either side
_ENDS = re.compile(r"[.!?…][\"'”’»)\]]*(?=\s|$)")


def leading(text: str) -> str:
    """
    Return what leads up to the words: whole sentences, on one line.

    `text` is the page before them, a line for each block. Blocks that are no prose,
    such as a menu, end it.
    """
    lines = text.split("\n")
    cut = len(text) >= AROUND_CHARACTERS
    kept = [lines.pop()]
    while lines and _is_prose(lines[-1]):
        kept.insert(0, lines.pop())
    led = " ".join(kept)
    if cut and not lines:
        led = _from_a_sentence(led)
    return _on_one_line(led)


def following(text: str) -> str:
    """Return what follows the words, like `leading`."""
    lines = text.split("\n")
    cut = len(text) >= AROUND_CHARACTERS
    kept = [lines.pop(0)]
    while lines and _is_prose(lines[0], cut=cut and len(lines) == 1):
        kept.append(lines.pop(0))
    led = " ".join(kept)
    if cut and not lines:
        led = _to_a_sentence(led)
    return _on_one_line(led)


def _is_prose(line: str, *, cut: bool = False) -> bool:
    return len(line) > 40 and (cut or bool(_ENDS.search(line)))


def _from_a_sentence(text: str) -> str:
    first = _ENDS.search(text)
    if first and text[first.end() :].strip():
        return text[first.end() :].lstrip()
    return "… " + text.partition(" ")[2]


def _to_a_sentence(text: str) -> str:
    ends = [found.end() for found in _ENDS.finditer(text)]
    # A sentence that the cut has ended by chance cannot be told from a whole one.
    if ends and text[: ends[-1]].strip(" .”’»"):
        return text[: ends[-1]]
    return text.rpartition(" ")[0] + " …"


def _on_one_line(text: str) -> str:
    inner = " ".join(text.split())
    if not inner:
        return " " if text else ""
    return " " * text[:1].isspace() + inner + " " * text[-1:].isspace()
