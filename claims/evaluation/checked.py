"""Checked claims and posts about them, as the formats of the data have them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from claims.evaluation.annotations import BadData

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# "26 May 2015"; "stated on October 22, 2019 in a campaign mailer"; "2019-10-22".
_DAYS = (
    (re.compile(r"\b(\d{1,2} [A-Z][a-z]+ \d{4})\b"), "%d %B %Y"),
    (re.compile(r"\b([A-Z][a-z]+ \d{1,2}, \d{4})\b"), "%B %d, %Y"),
    (re.compile(r"\b(\d{4}-\d\d-\d\d)\b"), "%Y-%m-%d"),
)
_STATED = "stated on"  # the day of the claim; a bare one is that of the fact-check


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedClaim:
    """A claim that somebody checked."""

    id: str
    claim: str
    check: str  # title and subtitle of the fact-check
    rating: str
    speaker: str
    publisher: str
    said_at: datetime | None
    checked_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A post, and the claims it repeats."""

    id: str
    text: str
    relevant: frozenset[str]


def read_corpus(path: Path) -> Iterator[CheckedClaim]:
    """Read `{id, claim, title, …}` a line. Raises BadData naming the line."""
    for number, line in _lines(path):
        try:
            yield _claim(line)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise BadData(f"{path.name}, line {number}: {error!r}") from error


def read_queries(path: Path) -> Iterator[Query]:
    """Read `{id, text, relevant: [id, …]}` a line. Raises BadData naming the line."""
    for number, line in _lines(path):
        try:
            yield Query(
                id=str(line["id"]),
                text=line["text"].replace("\0", ""),
                relevant=frozenset(map(str, line["relevant"])),
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise BadData(f"{path.name}, line {number}: {error!r}") from error


def _lines(path: Path) -> Iterator[tuple[int, Any]]:  # Any: what JSON holds
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                yield number, json.loads(line)
            except (ValueError, RecursionError) as error:
                raise BadData(f"{path.name}, line {number}: {error!r}") from error


def _claim(line: Any) -> CheckedClaim:  # Any: what JSON holds
    text = {
        name: str(line.get(name) or "").replace("\0", "").strip()
        for name in ("title", "subtitle", "date", "speaker", "rating", "publisher")
    }
    day = _day(text["date"])
    said = _STATED in text["date"]
    return CheckedClaim(
        id=str(line["id"]),
        claim=str(line["claim"]).replace("\0", "").strip() or text["title"] or "?",
        check=". ".join(filter(None, (text["title"], text["subtitle"]))),
        rating=text["rating"],
        speaker=text["speaker"],
        publisher=text["publisher"],
        said_at=day if said else None,
        checked_at=None if said else day,
    )


def _day(written: str) -> datetime | None:
    for pattern, form in _DAYS:
        if found := pattern.search(written):
            try:
                return datetime.strptime(found[1], form).replace(tzinfo=UTC)
            except ValueError:
                continue
    return None
