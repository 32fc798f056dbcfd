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
from sources.saying import Sentence
from sources.saying import gettext_noop as _
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
    detail: Sentence  # for people
    fetched: Fetched | None = None  # whatever its status
    error: FetchError | None = None
    trouble: Trouble = Trouble.NONE
    page: Page | None = None  # where there is something new to keep
    text_sha256: str = ""  # of everything a reader sees, where that was read
    findings: Mapping[UUID, Finding] = field(default_factory=dict)  # by passage
    first: bool = False  # nothing was known of the page before
    another: bool = False  # visitors are led to a page with nothing of the one before


_SHUT = {
    401: _(
        "The site asks visitors to sign in (401). Readers with an account may see it."
    ),
    402: _("The site asks for payment (402). Subscribers may see the page."),
    403: _(
        "The site turns automatic visitors away (403). Readers may well see the page."
    ),
    407: _("A proxy in between asks for a password (407)."),
    429: _("The site asks for fewer visits (429). It is looked at again later."),
    451: _("The site withholds the page for legal reasons (451)."),
    999: _(
        "The site turns automatic visitors away (999). Readers may well see the page."
    ),
}

# Whole sentences: in many languages a word changes with the place it takes in one.
_ARCHIVE_OF_FILES = _(
    "The address gives an archive of files (%(kind)s), whose words are not read here."
)
_DATA = _("The address gives data (%(kind)s), whose words are not read here.")
_PROGRAM = _("The address gives a program (%(kind)s), whose words are not read here.")
_WORD = _(
    "The address gives a Word document (%(kind)s), whose words are not read here."
)
_SPREADSHEET = _(
    "The address gives a spreadsheet (%(kind)s), whose words are not read here."
)
_SET_OF_SLIDES = _(
    "The address gives a set of slides (%(kind)s), whose words are not read here."
)
_FEED = _("The address gives a feed (%(kind)s), whose words are not read here.")
_KINDS = {
    "image": _(
        "The address gives a picture (%(kind)s), whose words are not read here."
    ),
    "video": _("The address gives a film (%(kind)s), whose words are not read here."),
    "audio": _(
        "The address gives a recording (%(kind)s), whose words are not read here."
    ),
    "font": _("The address gives a font (%(kind)s), whose words are not read here."),
    "application/zip": _ARCHIVE_OF_FILES,
    "application/gzip": _(
        "The address gives a compressed file (%(kind)s), whose words are not read here."
    ),
    "application/x-7z-compressed": _ARCHIVE_OF_FILES,
    "application/json": _DATA,
    "application/xml": _DATA,
    "text/csv": _(
        "The address gives a table (%(kind)s), whose words are not read here."
    ),
    "text/calendar": _(
        "The address gives a calendar (%(kind)s), whose words are not read here."
    ),
    "text/css": _(
        "The address gives a style sheet (%(kind)s), whose words are not read here."
    ),
    "text/javascript": _PROGRAM,
    "application/javascript": _PROGRAM,
    "application/octet-stream": _(
        "The address gives a file of an unknown kind (%(kind)s), whose words are not read here."
    ),
    "application/msword": _WORD,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": _WORD,
    "application/vnd.ms-excel": _SPREADSHEET,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": _SPREADSHEET,
    "application/vnd.ms-powerpoint": _SET_OF_SLIDES,
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": _SET_OF_SLIDES,
    "application/epub+zip": _(
        "The address gives a book (%(kind)s), whose words are not read here."
    ),
    "application/rss+xml": _FEED,
    "application/atom+xml": _FEED,
    "application/pdf": _(
        "The address gives a PDF document (%(kind)s), whose words are not read here."
    ),
}


def of_error(error: FetchError) -> Seen:
    """Judge a page that was not fetched."""
    if isinstance(error, Refused):
        return Seen(outcome=Outcome.REFUSED, detail=error.sentence, error=error)
    if isinstance(error, RobotsForbid):
        return Seen(outcome=Outcome.ROBOTS, detail=error.sentence, error=error)
    if isinstance(error, TooLarge):
        return Seen(outcome=Outcome.UNSUPPORTED, detail=error.sentence, error=error)
    final = isinstance(error, Unreachable) and error.reason == "no_such_name"
    return Seen(
        outcome=Outcome.FAILING,
        detail=error.sentence,
        error=error,
        trouble=Trouble.FINAL if final else Trouble.PASSING,
    )


def of_status(fetched: Fetched) -> Seen:
    """Judge an answer that is no page by its status."""
    status = fetched.status
    if status in _SHUT:
        return blocked(Sentence(_SHUT[status]), fetched=fetched)
    if status == 404:
        text = _("The site says that there is no such page (%(status)s).")
    elif status == 410:
        text = _("The site says that the page was taken down (%(status)s).")
    elif status >= 500:
        text = _("The site is in trouble itself (%(status)s).")
    else:
        text = _("The site does not give the page (%(status)s).")
    return Seen(
        outcome=Outcome.FAILING,
        detail=Sentence(text, {"status": str(status)}),
        fetched=fetched,
        trouble=Trouble.FINAL if status == 410 else Trouble.PASSING,
    )


def blocked(sentence: Sentence, *, fetched: Fetched) -> Seen:
    """Judge a page that is kept from us, though readers may see it."""
    return Seen(outcome=Outcome.BLOCKED, detail=sentence, fetched=fetched)


def unsupported(sentence: Sentence, *, fetched: Fetched) -> Seen:
    """Judge a page that is there and cannot be read here."""
    return Seen(outcome=Outcome.UNSUPPORTED, detail=sentence, fetched=fetched)


def unsupported_kind(error: UnsupportedMedia, *, fetched: Fetched) -> Seen:
    """Judge what is there and is no page of text; says which kind it is."""
    family = error.media_type.partition("/")[0]
    text = _KINDS.get(error.media_type) or _KINDS.get(family)
    if text is None:
        return unsupported(error.sentence, fetched=fetched)
    return unsupported(Sentence(text, {"kind": error.media_type}), fetched=fetched)


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
