"""What the sample desk tracks: who said what, who contradicts it, what was found."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

DESK = Path(__file__).parent / "desk"


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Somebody who says things."""

    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    role: str = ""
    affiliation: str = ""  # the name of another speaker


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """What somebody else says about a statement."""

    assessor: str
    stance: str
    statement: str
    article: str  # slug
    exact: str
    days_ago: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a reviewer wrote, and who recorded the same verdict after them, if anyone."""

    by: str
    days_ago: int
    verdict: str
    summary: str
    explanation: str
    second: str = ""
    submitted: bool = False
    kind: str = ""  # of a correction
    note: str = ""  # of a correction


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something else that was done with a claim, with its reason."""

    by: str
    days_ago: int
    note: str
    verdict: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One tracked statement and everything that was done with it."""

    key: str
    topic: str
    statement: str
    form: str
    claimant: str
    article: str  # slug
    exact: str
    days_ago: int
    due_in_hours: int = 24
    assessments: tuple[Voice, ...] = ()

    draft: Finding | None = None
    differs: Step | None = None  # a second verdict that is another one
    review: Finding | None = None
    correction: Finding | None = None
    retraction: Step | None = None
    dismissal: Step | None = None

    def quotes(self) -> Iterator[tuple[str, str]]:
        """Yield every cited quotation: the article's slug and the exact words."""
        yield self.article, self.exact
        for voice in self.assessments:
            yield voice.article, voice.exact


@cache
def speakers() -> tuple[Speaker, ...]:
    """Return all who speak; whom somebody belongs to stands before them."""
    return tuple(
        Speaker(**fields | {"aliases": tuple(fields.get("aliases", ()))})
        for dossier in _dossiers()
        for fields in dossier["claimants"]
    )


@cache
def statements() -> tuple[Statement, ...]:
    """Return all that is tracked, what was said first at the head."""
    found = [
        _statement(fields, topic=dossier["topic"])
        for dossier in _dossiers()
        for fields in dossier["claims"]
    ]
    return tuple(sorted(found, key=lambda each: -each.days_ago))


# Any: the files are ours, and a key that is wrong or missing ends the start by name.
def _dossiers() -> list[dict[str, Any]]:
    return [
        tomllib.loads(path.read_text(encoding="utf-8"))
        for path in sorted(DESK.glob("*.toml"))
    ]


def _statement(fields: Mapping[str, Any], *, topic: str) -> Statement:
    parts: dict[str, Any] = {
        name: Finding(**_stripped(fields[name]))
        for name in ("draft", "review", "correction")
        if name in fields
    }
    parts |= {
        name: Step(**fields[name])
        for name in ("differs", "retraction", "dismissal")
        if name in fields
    }
    voices = tuple(Voice(**each) for each in fields.get("assessments", ()))
    return Statement(**{**fields, **parts, "assessments": voices, "topic": topic})


def _stripped(fields: Mapping[str, Any]) -> dict[str, Any]:
    return dict(fields) | {"explanation": fields["explanation"].strip()}
