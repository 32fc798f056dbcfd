"""Files and pages as articles: their words, and what they say of themselves."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings

from claims.errors import ArticleRefused
from sources import readable
from sources.checking import door_config
from sources.errors import SourceError
from sources.net import Door

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from sources.net import Fetched

MARKUP = {".html", ".htm", ".xhtml"}
MOST_BYTES_A_CHARACTER = 4  # in UTF-8


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
    Return the article in a file, letter for letter; of HTML what a reader sees.

    Raises ArticleRefused, OSError.
    """
    if path.is_dir():
        raise ArticleRefused(f"{path} is a folder. Give one file.")
    size = path.stat().st_size
    most = MOST_BYTES_A_CHARACTER * settings.CLAIMS_ARTICLE_MAX_CHARACTERS
    if size > max(most, settings.SOURCES_MAX_BODY_BYTES):
        raise ArticleRefused(
            f"{path} has {size:,} bytes, more than any article that is read "
            f"({settings.CLAIMS_ARTICLE_MAX_CHARACTERS:,} characters). Give a part of it."
        )
    content = path.read_bytes()
    if path.suffix.lower() in MARKUP:
        return _page(content, media_type="text/html", charset="", address="")
    return Given(text=_decoded(content, path))


def from_address(url: str) -> Given:
    """Return the article on a page, through the one door. Raises ArticleRefused."""
    try:
        fetched = asyncio.run(_fetched(url))
    except SourceError as exc:
        raise ArticleRefused(str(exc)) from exc
    if fetched.status >= 400:
        raise ArticleRefused(
            f"The page answered {fetched.status}, so there is nothing to read."
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
    return Given(
        text=page.article_text,
        title=page.title,
        publisher=page.publisher,
        published_on=page.published_at.date() if page.published_at else None,
        language=page.language,
        address=address,
    )


def _decoded(content: bytes, path: Path) -> str:
    if b"\0" in content:
        raise ArticleRefused(
            f"{path} is not a text: it holds NUL bytes. Give a .txt file in UTF-8 or "
            "an .html page."
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        raise ArticleRefused(
            f"{path} is not UTF-8: byte {exc.start:,} does not fit. Save it as UTF-8 "
            "and try again."
        ) from exc
