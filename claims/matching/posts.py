"""What a post says, without what its site put around it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime

LONGEST = 5_000  # characters that are looked at

_ADDRESS = re.compile(r"(?:https?://|www\.|pic\.twitter\.com/|\bt\.co/)\S*", re.I)
_TAG = re.compile(r"[#@](\w+)")
# Where words run together: dayOfRage, NHSCrisis, covid19.
_JOINT = re.compile(
    r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=\d)|_"
)
# As sites print it under a post that is shown elsewhere.
_SIGNED = re.compile(
    r"[—–-]\s+(?P<by>[^—–]{1,80}?)\s*\(@\w+\)\s+(?P<on>[A-Z][a-z]+ \d{1,2}, \d{4})\s*$"
)
_WRITTEN = "%B %d, %Y"


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What somebody wrote, and when, as far as the text tells."""

    words: str
    by: str = ""
    on: date | None = None


def read(text: str) -> Post:
    """
    Return what a text says, in words alone.

    Addresses go, #tags and @names become the words they are made of, and a signature
    such as "— Name (@name) March 4, 2025" at the end tells who wrote it and when.
    """
    text = unicodedata.normalize("NFKC", text[:LONGEST])
    by, on = "", None
    if (signed := _SIGNED.search(text)) and (on := _day(signed["on"])):
        text, by = text[: signed.start()], signed["by"]
    text = _ADDRESS.sub(" ", text)
    text = _TAG.sub(lambda tag: f" {_JOINT.sub(' ', tag[1])} ", text)
    return Post(words=" ".join(text.split()), by=by, on=on)


def _day(written: str) -> date | None:
    try:
        return datetime.strptime(written, _WRITTEN).date()  # noqa: DTZ007 — a day has no zone
    except ValueError:
        return None
