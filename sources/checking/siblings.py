"""What a site shows in a folder for a page that never was there."""

from __future__ import annotations

import re
import secrets
import string
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from sources.errors import FetchError, NotNow, RobotsForbid, SourceError
from sources.models import LostPage
from sources.net import Fetched
from sources.obstacles import Sibling, without_address
from sources.plain import without_hidden
from sources.readable import Page, read

Probe: TypeAlias = Callable[[str], Fetched | FetchError]

# Error pages are redesigned with the site, not with the day; a site that was in
# trouble is asked again sooner.
_KEPT = timedelta(days=7)
_KEPT_TROUBLE = timedelta(days=1)
_MOST_TEXT = 50_000  # characters
_NUMBERED = re.compile(
    r"\d{4,}|[0-9a-f]{8}-[0-9a-f]{4}|^(?=.*\d)[0-9a-f]{10,}$", re.IGNORECASE
)
_YEAR = re.compile(r"(?:19|20)\d\d(?:-?[01]?\d(?:-?[0-3]?\d)?)?")
# Nine digits are a number that every database takes, and that few have come to.
_FEWEST = 9
_NAMED = re.compile(r"[^\W_]")
_EXTENSION = re.compile(r"\.[a-zA-Z]{2,5}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where a page lies, and the address of one beside it that never was."""

    origin: str
    folder: str
    address: str


def sibling_of(url: str, *, probe: Probe, now: datetime) -> Sibling | None:
    """
    Return what the site shows for a page beside this one that never was there.

    What is known of the folder from the last seven days is taken; else one address
    is asked for through `probe`. None where that tells nothing.
    """
    place = beside(url)
    if place is None:
        return None
    known = LostPage.objects.filter(origin=place.origin, folder=place.folder).first()
    if known is None or known.seen_at <= now - _lasts(known):
        known = _asked(place, probe, known, now=now)
    if known is None or known.http_status is None:
        return None
    return Sibling(status=known.http_status, landed=known.final_url, text=known.text)


def beside(url: str) -> _Place | None:
    """
    Return an address in the folder of this one that never was; None for a front page.

    It has the shape of the address: as many letters and digits, the same ending.
    Where the folder is a number of its own, as in /news/81723/the-title, that
    changes too, since many sites heed nothing else.
    """
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    origin = f"{parts.scheme}://{parts.netloc}"
    steps = parts.path.split("/")
    last = max((n for n, step in enumerate(steps) if step), default=0)
    if parts.query and (not last or _EXTENSION.search(steps[last])):
        names = parse_qsl(parts.query, keep_blank_values=True)
        if not any(_scrambled(value) != value for _, value in names):
            return None
        query = urlencode([(name, _scrambled(value)) for name, value in names])
        folder = f"{parts.path}?{'&'.join(sorted(name for name, _ in names))}"
        path = parts.path
    elif last:
        first = last
        if last > 1 and _is_number(steps[last - 1]):
            first = last - 1
            steps[first] = _scrambled(steps[first])
        steps[last] = _scrambled_name(steps[last])
        folder, path, query = (
            "/".join(steps[:first]) + "/",
            "/".join(steps),
            parts.query,
        )
    else:
        return None
    if len(origin) > 300 or len(folder) > 500:
        return None
    address = urlunsplit((parts.scheme, parts.netloc, path, query, ""))
    return _Place(origin=origin, folder=folder, address=address)


def _asked(
    place: _Place, probe: Probe, known: LostPage | None, *, now: datetime
) -> LostPage | None:
    answer = probe(place.address)
    if isinstance(answer, NotNow | RobotsForbid):
        return known  # nobody was asked; what was known is better than nothing
    page = _page(answer)
    text = without_address(page.text[:_MOST_TEXT], place.address) if page else ""
    told = answer if isinstance(answer, Fetched) else None
    written, _ = LostPage.objects.update_or_create(
        origin=place.origin,
        folder=place.folder,
        defaults={
            "seen_at": now,
            "http_status": told.status if told else None,
            "final_url": told.final_url[:2_048] if told else "",
            "title": without_hidden(page.title)[:500] if page else "",
            "text": without_hidden(text),
        },
    )
    return written


def _page(answer: Fetched | FetchError) -> Page | None:
    if not isinstance(answer, Fetched) or not 200 <= answer.status < 300:
        return None
    try:
        return read(
            answer.body,
            media_type=answer.media_type,
            charset=answer.charset,
            url=answer.final_url,
        )
    except SourceError:
        return None


def _lasts(known: LostPage) -> timedelta:
    told = known.http_status is not None and known.http_status < 500
    return _KEPT if told else _KEPT_TROUBLE


def _is_number(step: str) -> bool:
    return bool(_NUMBERED.search(step)) and not _YEAR.fullmatch(step)


def _scrambled_name(step: str) -> str:
    """Scramble all but the ending, by which servers choose a program."""
    ending = _EXTENSION.search(step)
    if ending is None:
        return _scrambled(step)
    return _scrambled(step[: ending.start()]) + ending[0]


def _scrambled(word: str) -> str:
    """
    Return other letters and digits, at random; everything else as it is.

    As many, or some more where so few could be the name of a page that is there.
    """
    other = re.sub(r"%[0-9A-Fa-f]{2}|[^\W_]", _other, word)
    named = _NAMED.findall(other)
    if not named:
        return other
    return other + "".join(_other_like(named[-1]) for _ in range(_FEWEST - len(named)))


def _other(match: re.Match[str]) -> str:
    return _other_like(match[0])


def _other_like(old: str) -> str:
    if old.isdigit():
        return secrets.choice("123456789")
    letter = secrets.choice(string.ascii_lowercase)
    return letter.upper() if old.isupper() and len(old) == 1 else letter
