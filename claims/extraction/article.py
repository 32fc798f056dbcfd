"""From the text of an article to the statements in it."""

from __future__ import annotations

from datetime import date

from claims.extraction.candidate import Candidate
from claims.extraction.errors import ArticleTooLong

MAX_ARTICLE_CHARACTERS = 1_000_000


def read_article(text: str, *, published_on: date | None = None) -> list[Candidate]:
    """
    Return the attributed statements of an English article, in reading order.

    Offsets count code points of `text` exactly as given. `published_on` turns
    "on Saturday" into a date. Raises ArticleTooLong above MAX_ARTICLE_CHARACTERS.
    """
    if len(text) > MAX_ARTICLE_CHARACTERS:
        raise ArticleTooLong(
            f"an article has at most {MAX_ARTICLE_CHARACTERS:,} characters,"
            f" this one {len(text):,}"
        )
    raise NotImplementedError
