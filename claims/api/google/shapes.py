"""What Google's clients are given: each claim with every review of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings

from claims.search.factchecks import site_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from claims.models import Assessment, Review


def claim(review: Review, others: Iterable[Assessment]) -> dict[str, Any]:
    """Return a claim with our review first, and with those that others published."""
    said = review.claim
    return _filled(
        {
            "text": said.statement,
            "claimant": said.claimant.name,
            "claimDate": _moment(said.said_at),
            "claimReview": [_ours(review), *map(_theirs, others)],
        }
    )


def _ours(review: Review) -> dict[str, Any]:
    verdict = str(review.get_verdict_display())
    return _filled(
        {
            "publisher": {
                "name": settings.SITE_NAME,
                "site": urlsplit(settings.SITE_URL).hostname,
            },
            "url": settings.SITE_URL + review.claim.get_absolute_url(),
            "title": f"{verdict}: {review.claim.statement}",
            "reviewDate": _moment(review.published_at),
            "textualRating": verdict,
            "languageCode": review.claim.language,
        }
    )


def _theirs(assessment: Assessment) -> dict[str, Any]:
    publisher = {"name": assessment.assessor.name, "site": site_of(assessment.url)}
    return _filled(
        {
            "publisher": _filled(publisher),
            "url": assessment.url,
            "reviewDate": _moment(assessment.said_at),
            "textualRating": assessment.rating_text,
        }
    )


def _moment(at: datetime | None) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}" if at else ""


def _filled(members: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is empty, as Google does."""
    return {name: value for name, value in members.items() if value}
