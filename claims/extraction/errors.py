"""
What can go wrong while an article is read.

    ValueError
    └── ArticleTooLong
"""

from __future__ import annotations


class ArticleTooLong(ValueError):
    """The text is longer than any article; nothing of it was read."""

    code = "article_too_long"
