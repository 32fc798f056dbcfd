"""Lists of words, written as a person would write them."""

from __future__ import annotations


def words(listed: str) -> frozenset[str]:
    """Return the words of a text that is a list, set between spaces."""
    return frozenset(listed.split())


def phrases(listed: str) -> frozenset[str]:
    """Return the phrases of a text that is a list, set between commas."""
    return frozenset(
        " ".join(each.split()) for each in listed.split(",") if each.strip()
    )
