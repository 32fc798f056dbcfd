"""What came back through the door."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sources.errors import Hop

_MEDIA_TYPE = re.compile(
    r"\s*([a-z0-9!#$&^_.+-]{1,100}/[a-z0-9!#$&^_.+-]{1,100})\s*(?:;|,|$)"
)
_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([a-z0-9_.:()-]{1,40})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A page as it was answered, whatever its status."""

    status: int
    final_url: str
    address: str  # the numeric one that answered; empty where that was not seen
    hops: tuple[Hop, ...]  # each redirect on the way, without the last answer
    headers: Mapping[str, str]  # names in lower case
    body: bytes = field(repr=False)  # decoded
    duration_ms: int
    wire_bytes: int  # of bodies, as sent
    truncated: bool  # only where status is 400 or above

    @property
    def media_type(self) -> str:
        """The declared kind, such as `text/html`, or nothing."""
        match = _MEDIA_TYPE.match(self.headers.get("content-type", "").lower())
        return match[1] if match else ""

    @property
    def charset(self) -> str:
        """The declared charset as the server spells it, or nothing."""
        match = _CHARSET.search(self.headers.get("content-type", "").lower())
        return match[1] if match else ""

    @property
    def etag(self) -> str:
        """The validator for `get(…, etag=…)`, or nothing."""
        return self.headers.get("etag", "")

    @property
    def last_modified(self) -> str:
        """The validator for `get(…, last_modified=…)`, or nothing."""
        return self.headers.get("last-modified", "")


def readable_headers(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Join repeated headers, names in lower case, values as clean text."""
    headers: dict[str, str] = {}
    for name, value in raw:
        key, text = _text(name).lower(), _text(value)
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    return headers


def _text(raw: bytes) -> str:
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    if text.isprintable():  # nearly each: a tenth of what the join takes
        return text
    return "".join(c for c in text if c >= " " or c == "\t")
