"""Files and pages as articles: their words, and what they say of themselves."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from claims.errors import ArticleRefused
from sources import readable
from sources.checking import door_config
from sources.errors import SourceError
from sources.net import Door
from sources.readable.apart import read_apart

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from django.core.files.uploadedfile import UploadedFile

    from sources.net import Fetched
    from sources.readable import Page

MARKUP = {".html", ".htm", ".xhtml"}
MOST_BYTES_A_CHARACTER = 4  # in UTF-8
PACKED = b"PK\x03\x04"  # a Word document, or something else that is packed
MAX_FILE_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An article as it was found."""

    text: str
    title: str = ""
    publisher: str = ""
    published_on: date | None = None
    language: str = ""
    address: str = ""  # where it stands on the web, if that is known


def is_address(text: str) -> bool:
    """Whether this names a page rather than a file."""
    return "://" in text or text.lower().startswith(("http:", "https:"))


def from_file(path: Path) -> Given:
    """
    Return the article in a file; of HTML, PDF and Word what a reader sees.

    Raises ArticleRefused, OSError.
    """
    if path.is_dir():
        raise ArticleRefused(_("%(file)s is a folder. Give one file.") % {"file": path})
    _require_size(path.name, path.stat().st_size)
    return from_content(path.read_bytes(), name=path.name)


def from_upload(file: UploadedFile[bytes]) -> Given:
    """Return the article in a file that somebody sent. Raises ArticleRefused."""
    name = file.name or ""
    _require_size(name, file.size or 0)
    return from_content(file.read(), name=name)


def from_content(content: bytes, *, name: str) -> Given:
    """
    Return the article in the bytes of a file; plain text stays letter for letter.

    What is more than text is read in a process of its own, which is ended where it
    takes too long. Raises ArticleRefused.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix in MARKUP or content.startswith(PACKED) or b"%PDF-" in content[:1024]:
        media_type = "text/html" if suffix in MARKUP else ""
        try:
            page = read_apart(content, media_type=media_type)
        except SourceError as exc:
            raise ArticleRefused(str(exc)) from exc
        return _given(page, address="")
    return Given(text=_decoded(content, name))


def _require_size(name: str, size: int) -> None:
    if size > MAX_FILE_BYTES:
        raise ArticleRefused(
            _("%(file)s has more than %(megabytes)s MB. Give a part of it.")
            % {"file": name, "megabytes": MAX_FILE_BYTES // 1024**2}
        )


def from_address(url: str) -> Given:
    """Return the article on a page, through the one door. Raises ArticleRefused."""
    try:
        fetched = asyncio.run(_fetched(url))
    except SourceError as exc:
        raise ArticleRefused(str(exc)) from exc
    if fetched.status >= 400:
        raise ArticleRefused(
            _("The page answered %(status)s, so there is nothing to read.")
            % {"status": fetched.status}
        )
    return _page(
        fetched.body,
        media_type=fetched.media_type,
        charset=fetched.charset,
        address=fetched.final_url,
    )


async def _fetched(url: str) -> Fetched:
    async with Door(door_config()) as door:
        return await door.get(url)


def _page(content: bytes, *, media_type: str, charset: str, address: str) -> Given:
    try:
        page = readable.read(
            content, media_type=media_type, charset=charset, url=address
        )
    except SourceError as exc:
        raise ArticleRefused(str(exc)) from exc
    return _given(page, address=address)


def _given(page: Page, *, address: str) -> Given:
    return Given(
        text=page.article_text,
        title=page.title,
        publisher=page.publisher,
        published_on=page.published_at.date() if page.published_at else None,
        language=page.language,
        address=address,
    )


def _decoded(content: bytes, name: str) -> str:
    if len(content) > MOST_BYTES_A_CHARACTER * settings.CLAIMS_ARTICLE_MAX_CHARACTERS:
        raise ArticleRefused(
            _(
                "%(file)s has %(bytes)s bytes, more than any article that is read. Give a "
                "part of it."
            )
            % {"file": name, "bytes": f"{len(content):,}"}
        )
    if b"\0" in content:
        raise ArticleRefused(
            _(
                "%(file)s is not a text: it holds NUL bytes. Give plain text in UTF-8, "
                "HTML, PDF or a Word document (.docx)."
            )
            % {"file": name}
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        raise ArticleRefused(
            _(
                "%(file)s is not UTF-8: byte %(byte)s does not fit. Save it as UTF-8 and "
                "try again."
            )
            % {"file": name, "byte": f"{exc.start:,}"}
        ) from exc
