"""A claim as JSON, with nothing left out that may be told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings

from claims.outbox.saying import moment, told_of_review

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claims.exchange.giving.gathering import Given
    from claims.models import Assessment, Citation, Claimant


def written(given: Given) -> dict[str, Any]:
    """Return a claim as `claims.exchange.ours` reads it."""
    claim = given.claim
    return {
        "id": str(claim.pk),
        "page": settings.SITE_URL + claim.get_absolute_url(),
        "status": claim.status,
        "statement": claim.statement,
        "original_wording": claim.original_wording,
        "form": claim.form,
        "language": claim.language,
        "topics": claim.topics,
        "claimant": _who(claim.claimant),
        "role_at_time": claim.role_at_time,
        "said_at": moment(claim.said_at),
        "said_at_precision": claim.said_at_precision,
        "citations": _cited(given.citations),
        "assessments": [_voice(each) for each in given.assessments],
        "review": told_of_review(given.review) if given.review else None,
    }


def _who(claimant: Claimant) -> dict[str, Any]:
    return {
        "name": claimant.name,
        "kind": claimant.kind,
        "role": claimant.role,
        "same_as": claimant.same_as,
    }


def _voice(assessment: Assessment) -> dict[str, Any]:
    return {
        "assessor": _who(assessment.assessor),
        "stance": assessment.stance,
        "state": assessment.state,
        "statement": assessment.statement,
        "said_at": moment(assessment.said_at),
        "said_at_precision": assessment.said_at_precision,
        "rating_text": assessment.rating_text,
        "url": assessment.url,
        "citations": _cited(assessment.citations.all()),
    }


def _cited(citations: Iterable[Citation]) -> list[dict[str, str]]:
    return [
        {
            "url": each.passage.source.canonical_url,
            "exact": each.passage.exact,
            "role": each.role,
        }
        for each in citations
    ]
