"""
What can go wrong while an article is read.

    ValueError
    ├── ArticleTooLong
    └── WeightsRefused
"""

from __future__ import annotations


class ArticleTooLong(ValueError):
    """The text is longer than any article; nothing of it was read."""

    code = "article_too_long"


class WeightsRefused(ValueError):
    """A file of weights is damaged, or was learned for another reader than this."""

    code = "weights_refused"
