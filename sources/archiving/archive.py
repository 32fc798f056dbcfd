"""An archive of the web that speaks Memento (RFC 7089): its copies of a page."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from urllib.parse import urljoin, urlsplit

from sources.archiving.links import Link, links, moment
from sources.archiving.restraint import Restraint
from sources.errors import AddressRefused, ArchiveTrouble, FetchError, TooLarge
from sources.net import Doorkeeper, Fetched, pausing

_MOST_COPIES = 4  # that are looked at for one page
# https://archive.example/web/20261012100000/https://…, as the Wayback Machine, pywb
# and others spell it; with `id_` after the digits they give what the site had sent.
_DATED = re.compile(r"(https?://[^/]+/(?:[^/]+/)*?\d{14})(/https?:/.+)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """An archive's copy of a page."""

    url: str  # for people
    at: datetime  # when the archive made it
    fetched: Fetched  # as the site had sent it, where the archive gives that


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """
    One archive, asked through the door and in its own time.

    `address` is that of the archive (https://web.archive.org), which is then asked
    under `/web/` and `/save/` as the Wayback Machine is, or that of its TimeGate up to
    the page's own address.
    """

    address: str
    door: Doorkeeper
    restraint: Restraint
    now: datetime
    sleep: Callable[[float], None] = time.sleep

    @property
    def timegate(self) -> str:
        """What stands before the address of a page that is looked for."""
        if urlsplit(self.address).path.strip("/"):
            return self.address
        return self.address.rstrip("/") + "/web/"

    def copies(self, url: str, *, at: datetime) -> Iterator[Copy]:
        """
        Yield the copies of a page that were made closest to that moment, a few.

        Copies of error pages are left out. Each is fetched when it is asked for.
        Raises ArchiveTrouble, and NotNow where the archive has to be left alone.
        """
        first = self._ask(self.timegate + url, at=at)
        if first is None:
            return
        if _made_at(first) is None and not 400 <= first.status < 500:
            raise ArchiveTrouble("The archive's answer is no copy of a page.")
        if copy := self._copy(first):
            yield copy
        for link in self._others(first, at=at):
            answer = self._ask(link.target)
            if answer is not None and (copy := self._copy(answer)):
                yield copy

    def save(self, url: str) -> None:
        """
        Ask the archive to make a copy of this page.

        Whether it did shows when its copies are looked through. Raises ArchiveTrouble
        and NotNow.
        """
        parts = urlsplit(self.address)
        answer = self._ask(f"{parts.scheme}://{parts.netloc}/save/{url}")
        if answer is not None and answer.status >= 400:
            raise ArchiveTrouble(f"The archive saves no copy ({answer.status}).")

    def _copy(self, answer: Fetched) -> Copy | None:
        """Return the copy that was answered, None where it is none, or of an error."""
        made_at = _made_at(answer)
        if made_at is None or answer.status != 200:
            return None
        # Without the banner that some archives put on it, where that can be had.
        if dated := _DATED.fullmatch(answer.final_url):
            raw = self._ask(f"{dated[1]}id_{dated[2]}")
            if raw is not None and raw.status == 200:
                return Copy(url=answer.final_url, at=made_at, fetched=raw)
        return Copy(url=answer.final_url, at=made_at, fetched=answer)

    def _others(self, first: Fetched, *, at: datetime) -> list[Link]:
        """Return the next closest copies, from the list that an answer names."""
        timemap = _timemap(first)
        listed = self._listed(timemap) if timemap else []
        if listed and not any(_is_copy(link) for link in listed):
            # A list of lists, each telling of some years.
            parts = [link for link in listed if link.begins and link.target != timemap]
            closest = min(parts, key=lambda part: _away(part, at), default=None)
            listed = self._listed(closest.target) if closest else []
        copies = [
            link for link in listed if _is_copy(link) and link.target != first.final_url
        ]
        copies.sort(key=lambda link: _away(link, at))
        return copies[: _MOST_COPIES - 1]

    def _listed(self, timemap: str) -> list[Link]:
        answer = self._ask(timemap)
        if answer is None or answer.status != 200:
            return []
        found = links(answer.body.decode("utf-8", "replace"))
        return [replace(link, target=_joined(answer, link)) for link in found]

    def _ask(self, url: str, *, at: datetime | None = None) -> Fetched | None:
        """
        Ask once, when it is our turn, and tell the others how it went.

        What is too large to be read is None.
        """
        self.sleep(self.restraint.admit())
        wanted = format_datetime(at.astimezone(UTC), usegmt=True) if at else ""
        try:
            answer = self.door.fetch(url, accept_datetime=wanted).result()
        except TooLarge:
            self.restraint.went_well()
            return None
        except (FetchError, AddressRefused) as error:
            self.restraint.went_wrong()
            raise ArchiveTrouble(f"The archive did not answer: {error}") from error
        if _made_at(answer) is None and (answer.status == 429 or answer.status >= 500):
            self._heed(answer)
            raise ArchiveTrouble(f"The archive is in trouble itself ({answer.status}).")
        self.restraint.went_well()
        return answer

    def _heed(self, answer: Fetched) -> None:
        wish = answer.headers.get("retry-after", "")
        pause = pausing.asked_for(answer.status, wish, now=self.now)
        self.restraint.went_wrong(retry_after_seconds=pause.total_seconds())


def _made_at(answer: Fetched) -> datetime | None:
    """Return when a copy was made; None for what is no copy."""
    return moment(answer.headers.get("memento-datetime", ""))


def _timemap(answer: Fetched) -> str:
    """Return the address of the list of copies, as far as an answer names it."""
    try:
        said = list(links(answer.headers.get("link", "")))
    except ArchiveTrouble:
        return ""
    return next((_joined(answer, x) for x in said if "timemap" in x.relations), "")


def _joined(answer: Fetched, link: Link) -> str:
    try:
        return urljoin(answer.final_url, link.target)
    except ValueError as error:
        raise ArchiveTrouble("The archive names an address that is none.") from error


def _is_copy(link: Link) -> bool:
    # «memento», «first memento», «last memento»: they are words of one attribute.
    return "memento" in link.relations and link.at is not None


def _away(link: Link, at: datetime) -> timedelta:
    """Return how far a copy, or the time that a list tells of, is from a moment."""
    begins = link.at or link.begins or at
    ends = link.at or link.ends or at
    return max(begins - at, at - ends, timedelta())
