"""The claims nearest to some texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.matching import gathering, posts
from claims.matching.rank import Asked, Near, Ranked, ranked
from claims.matching.sentences import vectors

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

Match = Ranked


def nearest(
    texts: Sequence[str], *, most: int, public: bool = False, on: date | None = None
) -> list[list[Match]]:
    """
    Return for each text at most so many claims that may say the same, nearest first.

    `on` is the day the texts were written, where they do not tell it themselves. With
    `public`, only claims with a verdict that readers can see. Asks the database twice
    for each text. The first call in a process loads the model, in half a second.
    """
    return [
        ranked(asked, near)[:most]
        for asked, near in gathered(texts, public=public, on=on)
    ]


def gathered(
    texts: Sequence[str], *, public: bool = False, on: date | None = None
) -> list[tuple[Asked, list[Near]]]:
    """Return for each text what is asked, and the claims that come into question."""
    read = [posts.read(text) for text in texts]
    made = vectors([post.words for post in read])
    found = []
    for post, vector in zip(read, made, strict=True):
        words = gathering.words(f"{post.words} {post.by}")
        day = post.on or on
        found.append(gathering.near(words, vector, public=public, on=day))
    return found
