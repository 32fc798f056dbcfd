"""
Lists of links as archives write them: `Link` headers and TimeMaps. (pure)

The form is that of RFC 8288 and RFC 6690: `<target>; rel="a b"; datetime="…"`, with
commas between. The parser is strict: what it does not understand is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from sources.errors import ArchiveTrouble

_TARGET = re.compile(r"\s*<([^<>]*)>\s*")
_PARAMETER = re.compile(
    r";\s*([A-Za-z0-9!#$&+.^_`|~*-]+)\s*"
    r"(?:=\s*(?:\"((?:[^\"\\]|\\.)*)\"|([^\s\",;<>]+))\s*)?",
    re.DOTALL,
)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One link of a list."""

    target: str
    relations: frozenset[str]  # in lower case
    at: datetime | None = None  # of a copy: when it was made
    begins: datetime | None = None  # of another list: from when to when it tells
    ends: datetime | None = None


def links(text: str) -> Iterator[Link]:
    """Yield the links of a list. Raises ArchiveTrouble where it is none."""
    at = 0
    while target := _TARGET.match(text, at):
        at = target.end()
        said: dict[str, str] = {}
        while parameter := _PARAMETER.match(text, at):
            value = parameter[2] if parameter[2] is not None else parameter[3] or ""
            # Of a parameter that is given twice the first counts (RFC 8288, 3.3).
            said.setdefault(parameter[1].lower(), _ESCAPED.sub(r"\1", value))
            at = parameter.end()
        yield Link(
            target=target[1].strip(),
            relations=frozenset(said.get("rel", "").lower().split()),
            at=moment(said.get("datetime", "")),
            begins=moment(said.get("from", "")),
            ends=moment(said.get("until", "")),
        )
        if text[at : at + 1] != ",":
            break
        at += 1
    if text[at:].strip():
        raise ArchiveTrouble("The archive's list of copies cannot be read.")


def moment(text: str) -> datetime | None:
    """Return the moment that an HTTP date tells, None where it is no date."""
    try:
        found = parsedate_to_datetime(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
