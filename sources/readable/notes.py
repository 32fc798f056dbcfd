"""The small raised numbers and stars that stand for notes, and are no words of a text."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

_NOTE = re.compile(r"\s*(?:\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*|[*†‡]{1,3})\s*")
_WORD = re.compile(r"[^\W\d_]+$")
# A closing mark: what stands after a dash or an opening bracket is part of a name,
# as in the names of isotopes.
_CLOSING = frozenset(".,;:!?…。、！？\"'”’»›“)]%")
_POWERS = frozenset("23")
_MEASURES = frozenset(
    [
        *("mm", "cm", "dm", "km", "hm", "nm", "µm", "μm", "ft", "in", "yd", "mi", "mc"),
        *("ms", "sec", "inch", "inches", "foot", "feet", "yard", "yards", "mile"),
        *("miles", "metre", "metres", "meter", "meters", "км", "см", "мм", "дм"),
    ]
)
_INLINE = frozenset(
    [
        *(
            "a",
            "abbr",
            "b",
            "bdi",
            "cite",
            "code",
            "em",
            "font",
            "i",
            "ins",
            "mark",
            "q",
        ),
        *("small", "span", "strong", "sub", "sup", "time", "u", "wbr", "-text"),
    ]
)
_FAR = 24  # characters before and after it that are looked at


def is_note(node: LexborNode) -> bool:
    """
    Say whether raised characters stand for a note: after a word or a closing mark.

    After a digit or a measure they are a power, or could be read as a part of the
    number.
    """
    raised = node.text(deep=True)
    if not _NOTE.fullmatch(raised):
        return False
    before, after = _beside(node, "prev"), _beside(node, "next")
    if not before or before[-1].isspace() or after[:1].isalnum():
        return False
    word = _WORD.search(before[-_FAR:])
    if word is None:
        return before[-1] in _CLOSING and not _ends_a_number(before)
    return not _is_power(word[0], raised.strip())


def _ends_a_number(before: str) -> bool:
    return before[-1] == "%" and before[-2:-1].isdigit()


def _is_power(word: str, raised: str) -> bool:
    if not raised[0].isdigit():
        return False
    return len(word) == 1 or (raised in _POWERS and word.lower() in _MEASURES)


def _beside(node: LexborNode, way: str) -> str:
    """Return the text right beside a node, "" where its block begins or ends."""
    place: LexborNode | None = node
    while place is not None:
        near = getattr(place, way)
        while near is not None:
            if near.tag not in _INLINE and near.tag != "-comment":
                return ""
            text: str = near.text(deep=True)
            # Several notes may stand in a row.
            if text and not _is_comment_or_note(near, text):
                return text
            near = getattr(near, way)
        place = place.parent
        if place is None or place.tag not in _INLINE:
            return ""
    return ""


def _is_comment_or_note(node: LexborNode, text: str) -> bool:
    return node.tag == "-comment" or (
        node.tag in {"sup", "a"} and _NOTE.fullmatch(text) is not None
    )
