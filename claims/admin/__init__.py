"""The panel's pages about claims, the people who say things, and the people of the desk."""

from claims.admin import (
    article,
    assessment,
    citation,
    claim,
    claimant,
    people,
    record,
    review,
    token,
    webhook,
)

__all__ = [
    "article",
    "assessment",
    "citation",
    "claim",
    "claimant",
    "people",
    "record",
    "review",
    "token",
    "webhook",
]
