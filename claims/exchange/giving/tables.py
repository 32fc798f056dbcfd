"""Claims as rows of a table; no cell of it is a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from django.conf import settings

from claims.exchange.columns import BETWEEN_TOPICS
from claims.exchange.formulas import defused
from claims.outbox.saying import moment

if TYPE_CHECKING:
    from claims.exchange.giving.gathering import Given
    from claims.models import Assessment, Citation


def rows(claims: Iterable[Given], header: Sequence[str]) -> Iterator[list[str]]:
    """Yield the cells of each claim: a row for each voice about it, and each page."""
    for given in claims:
        told = _of_claim(given)
        beside = zip_longest(given.citations, given.assessments)
        for citation, assessment in list(beside) or [(None, None)]:
            row = told | _of_page(citation) | _of_voice(assessment)
            yield [defused(row.get(name, "")) for name in header]


def written(header: Sequence[str], cells: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """Yield a table as CSV; with a mark by which Excel knows that it is UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header)
    yield b"\xef\xbb\xbf"
    for row in cells:
        yield _taken(out)
        writer.writerow(row)
    yield _taken(out)


def _taken(out: io.StringIO) -> bytes:
    piece = out.getvalue().encode()
    out.seek(0)
    out.truncate()
    return piece


def _of_claim(given: Given) -> dict[str, str]:
    claim, review = given.claim, given.review
    told = {
        "id": str(claim.pk),
        "page": settings.SITE_URL + claim.get_absolute_url(),
        "status": claim.status,
        "statement": claim.statement,
        "original_wording": claim.original_wording,
        "form": claim.form,
        "language": claim.language,
        "topics": BETWEEN_TOPICS.join(claim.topics),
        "claimant": claim.claimant.name,
        "claimant_kind": claim.claimant.kind,
        "claimant_same_as": " ".join(claim.claimant.same_as),
        "role_at_time": claim.role_at_time,
        "said_at": moment(claim.said_at) or "",
        "said_at_precision": claim.said_at_precision,
    }
    if review is not None:
        told |= {
            "verdict": review.verdict,
            "rating_value": str(review.rating_value or ""),
            "review_summary": review.summary,
            "published_at": moment(review.published_at) or "",
        }
    return told


def _of_page(citation: Citation | None) -> dict[str, str]:
    if citation is None:
        return {}
    return {
        "source_url": citation.passage.source.canonical_url,
        "quotation": citation.passage.exact,
        "source_role": citation.role,
    }


def _of_voice(assessment: Assessment | None) -> dict[str, str]:
    if assessment is None:
        return {}
    return {
        "assessor": assessment.assessor.name,
        "assessor_kind": assessment.assessor.kind,
        "assessor_same_as": " ".join(assessment.assessor.same_as),
        "stance": assessment.stance,
        "assessment_state": assessment.state,
        "assessment": assessment.statement,
        "assessed_at": moment(assessment.said_at) or "",
        "assessed_at_precision": assessment.said_at_precision,
        "rating_text": assessment.rating_text,
        "review_url": assessment.url,
    }
