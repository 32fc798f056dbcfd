"""The articles of the sample press, and what has become of them at any moment."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cache
from pathlib import Path

ARTICLES = Path(__file__).parent / "articles"

PAPERS = {
    "courier": "The Lindmar Courier",
    "kps": "Kassar Press Service",
    "ledger": "Northern Ledger",
    "post": "The Port Ellery Post",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article as it was first printed, and what is going to happen to it."""

    paper: str  # a key of PAPERS
    slug: str
    headline: str
    standfirst: str
    author: str
    section: str
    days_ago: int  # before the press opened
    at: time
    body: str  # paragraphs, an empty line between two of them

    was: str = ""  # words that are changed without notice …
    becomes: str = ""  # … into these
    moved: str = ""  # the slug it moves to
    gone: bool = False
    walled: bool = False

    @property
    def path(self) -> str:
        return f"/{self.paper}/{self.slug}"

    @property
    def new_path(self) -> str:
        """Where it is found once it has moved; its first address if it never does."""
        return f"/{self.paper}/{self.moved or self.slug}"

    def around(self, exact: str) -> tuple[str, str]:
        """Return what stands before and after these words, within their paragraph."""
        paragraph = next(each for each in self.body.split("\n\n") if exact in each)
        before, _, after = paragraph.partition(exact)
        return before, after

    def published_at(self, opened: datetime) -> datetime:
        day = (opened - timedelta(days=self.days_ago)).date()
        return datetime.combine(day, self.at, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """When the press opened, and how long after that its articles change."""

    opened: datetime
    edit_after: timedelta = timedelta(seconds=60)
    move_after: timedelta = timedelta(seconds=90)
    gone_after: timedelta = timedelta(seconds=120)

    def body_of(self, article: Article, now: datetime) -> str:
        """Return the text as it reads at this moment."""
        if article.was and now >= self.opened + self.edit_after:
            return article.body.replace(article.was, article.becomes)
        return article.body

    def modified_at(self, article: Article, now: datetime) -> datetime:
        """Return when the page last became what it is at this moment."""
        edited_at = self.opened + self.edit_after
        if article.was and now >= edited_at:
            return edited_at
        return article.published_at(self.opened)

    def has_moved(self, article: Article, now: datetime) -> bool:
        return bool(article.moved) and now >= self.opened + self.move_after

    def is_gone(self, article: Article, now: datetime) -> bool:
        return article.gone and now >= self.opened + self.gone_after


@cache
def articles() -> tuple[Article, ...]:
    """Return every article, the newest first."""
    found = [
        _article(tomllib.loads(path.read_text(encoding="utf-8")))
        for path in ARTICLES.glob("*.toml")
    ]
    return tuple(sorted(found, key=lambda each: (each.days_ago, each.path)))


def article(name: str) -> Article:
    """Return the article with this slug. Raises KeyError."""
    return {each.slug: each for each in articles()}[name]


def _article(fields: dict[str, object]) -> Article:
    edit = fields.pop("edit", {})
    fields |= {
        "body": str(fields["body"]).strip(),
        "at": time.fromisoformat(str(fields["at"])),
    }
    # Any: a wrong or missing key ends the start with its name.
    return Article(**fields, **edit)  # type: ignore[arg-type]
