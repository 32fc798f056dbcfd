"""What a look can find, with a sentence for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from sources.errors import (
    FetchError,
    Refused,
    RobotsForbid,
    TooLarge,
    Unreachable,
    UnsupportedMedia,
)
from sources.net import Fetched
from sources.obstacles import Kind, Obstacle
from sources.quote import Finding
from sources.readable import Page
from sources.vocabulary import Outcome


class Trouble(StrEnum):
    """How sure it is that a page that was not found is gone."""

    NONE = "none"
    PASSING = "passing"  # time may heal it
    FINAL = "final"  # the site, or its absence, says that it is gone for good


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What one look found."""

    outcome: Outcome
    detail: str  # one sentence for people
    fetched: Fetched | None = None  # whatever its status
    error: FetchError | None = None
    trouble: Trouble = Trouble.NONE
    page: Page | None = None  # where there is something new to keep
    text_sha256: str = ""  # of everything a reader sees, where that was read
    findings: Mapping[UUID, Finding] = field(default_factory=dict)  # by passage
    first: bool = False  # nothing was known of the page before
    another: bool = False  # visitors are led to a page with nothing of the one before


_SHUT = {
    401: "The site asks visitors to sign in (401). Readers with an account may see it.",
    402: "The site asks for payment (402). Subscribers may see the page.",
    403: "The site turns automatic visitors away (403). Readers may well see the page.",
    407: "A proxy in between asks for a password (407).",
    429: "The site asks for fewer visits (429). It is looked at again later.",
    451: "The site withholds the page for legal reasons (451).",
    999: "The site turns automatic visitors away (999). Readers may well see the page.",
}

_KINDS = {
    "image": "a picture",
    "video": "a film",
    "audio": "a recording",
    "font": "a font",
    "application/zip": "an archive of files",
    "application/gzip": "a compressed file",
    "application/x-7z-compressed": "an archive of files",
    "application/json": "data",
    "application/xml": "data",
    "text/csv": "a table",
    "text/calendar": "a calendar",
    "text/css": "a style sheet",
    "text/javascript": "a program",
    "application/javascript": "a program",
    "application/octet-stream": "a file of an unknown kind",
    "application/msword": "a Word document",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "a Word document",
    "application/vnd.ms-excel": "a spreadsheet",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "a spreadsheet",
    "application/vnd.ms-powerpoint": "a set of slides",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "a set of slides",
    "application/epub+zip": "a book",
    "application/rss+xml": "a feed",
    "application/atom+xml": "a feed",
    "application/pdf": "a PDF document",
}


def of_error(error: FetchError) -> Seen:
    """Judge a page that was not fetched."""
    if isinstance(error, Refused):
        return Seen(outcome=Outcome.REFUSED, detail=str(error), error=error)
    if isinstance(error, RobotsForbid):
        return Seen(outcome=Outcome.ROBOTS, detail=str(error), error=error)
    if isinstance(error, TooLarge):
        return Seen(outcome=Outcome.UNSUPPORTED, detail=str(error), error=error)
    final = isinstance(error, Unreachable) and error.reason == "no_such_name"
    return Seen(
        outcome=Outcome.FAILING,
        detail=str(error),
        error=error,
        trouble=Trouble.FINAL if final else Trouble.PASSING,
    )


def of_status(fetched: Fetched) -> Seen:
    """Judge an answer that is no page by its status."""
    status = fetched.status
    if status in _SHUT:
        return blocked(_SHUT[status], fetched=fetched)
    if status == 404:
        sentence = "The site says that there is no such page (404)."
    elif status == 410:
        sentence = "The site says that the page was taken down (410)."
    elif status >= 500:
        sentence = f"The site is in trouble itself ({status})."
    else:
        sentence = f"The site does not give the page ({status})."
    return Seen(
        outcome=Outcome.FAILING,
        detail=sentence,
        fetched=fetched,
        trouble=Trouble.FINAL if status == 410 else Trouble.PASSING,
    )


def blocked(sentence: str, *, fetched: Fetched) -> Seen:
    """Judge a page that is kept from us, though readers may see it."""
    return Seen(outcome=Outcome.BLOCKED, detail=sentence, fetched=fetched)


def unsupported(sentence: str, *, fetched: Fetched) -> Seen:
    """Judge a page that is there and cannot be read here."""
    return Seen(outcome=Outcome.UNSUPPORTED, detail=sentence, fetched=fetched)


def unsupported_kind(error: UnsupportedMedia, *, fetched: Fetched) -> Seen:
    """Judge what is there and is no page of text; says which kind it is."""
    family = error.media_type.partition("/")[0]
    name = _KINDS.get(error.media_type) or _KINDS.get(family)
    if name is None:
        return unsupported(str(error), fetched=fetched)
    sentence = (
        f"The address gives {name} ({error.media_type}), whose words are not read here."
    )
    return unsupported(sentence, fetched=fetched)


def of_obstacle(obstacle: Obstacle, *, fetched: Fetched) -> Seen:
    """Judge what is answered in place of a page."""
    if obstacle.kind in {Kind.LOST, Kind.PARKED}:
        outcome, trouble = Outcome.SOFT_GONE, Trouble.PASSING
    elif obstacle.kind is Kind.BROKEN:
        outcome, trouble = Outcome.FAILING, Trouble.PASSING
    else:
        return blocked(obstacle.sentence, fetched=fetched)
    return Seen(
        outcome=outcome, detail=obstacle.sentence, fetched=fetched, trouble=trouble
    )
