"""A published claim in the words of the API, for readers."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from claims.search import Tally
from claims.vocabulary import ClaimStatus

if TYPE_CHECKING:
    from datetime import datetime

    from claims.models import Claim, Review

NONE = Tally(against=0, in_favour=0)
_CLAIMS = Path(__file__).parent.parent
# What of our code decides how a document reads.
_MADE_BY = (
    *("documents/printing.py", "documents/wording.py"),
    *("models/claim.py", "models/review.py", "vocabulary.py"),
)
_PLAIN = (
    *("original_wording", "form", "role_at_time", "said_at_precision", "language"),
    *("topics", "version"),
)
# JSON that is read as JavaScript as well, as the API's own renderer writes it.
_LINE_ENDS = str.maketrans({"\u2028": "\\u2028", "\u2029": "\\u2029"})


def told(
    claim: Claim,
    review: Review | None,
    tally: Tally,
    *,
    repeats: Claim | None,
    now: datetime,
) -> bytes:
    """
    Return the document of a claim: what `ClaimOut` shows to readers, byte for byte.

    `review` is the one that readers see, `repeats` the public claim it repeats.
    """
    stands = {
        "id": str(claim.pk),
        "statement": claim.statement,
        **{name: getattr(claim, name) for name in _PLAIN},
        "claimant": {
            "id": str(claim.claimant.pk),
            "kind": claim.claimant.kind,
            "name": claim.claimant.name,
        },
        "said_at": _moment(claim.said_at),
        "canonical": str(repeats.pk) if repeats else None,
        "due_at": None,
        "assigned_to": None,
        "review": _review(review) if review else None,
        "against": tally.against,
        "in_favour": tally.in_favour,
        "created_at": _moment(claim.created_at),
        "page": settings.SITE_URL + claim.get_absolute_url(),
        **_where(claim, review, now=now),
    }
    text = json.dumps(
        {name: stands[name] for name in ORDER},
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return text.translate(_LINE_ENDS).encode()


# As `ClaimOut` lists its fields.
ORDER = (
    *("id", "statement", "original_wording", "form", "claimant", "role_at_time"),
    *("said_at", "said_at_precision", "language", "topics", "canonical", "status"),
    *("moved_at", "due_at", "assigned_to", "review", "against", "in_favour"),
    *("version", "created_at", "updated_at", "page"),
)


def _where(claim: Claim, review: Review | None, *, now: datetime) -> dict[str, Any]:
    """Return where it stands, as far as readers are told: see `ClaimOut`."""
    where = {
        "status": claim.status,
        "moved_at": _moment(claim.moved_at),
        "updated_at": _moment(claim.updated_at),
    }
    if claim.status == ClaimStatus.RETRACTED:
        return where
    where["status"] = ClaimStatus.PUBLISHED.value
    if review is not None:
        decided_at = review.arbitrated_at or review.seconded_at
        where["moved_at"] = _moment(decided_at or review.published_at)
        if claim.updated_at > now:
            where["updated_at"] = _moment(review.published_at)
    return where


def _review(review: Review) -> dict[str, Any]:
    return {
        "id": str(review.pk),
        "version": review.version,
        "verdict": review.verdict,
        "rating_value": review.rating_value,
        "summary": review.summary,
        "published_at": _moment(review.published_at),
    }


def _moment(at: datetime | None) -> str | None:
    if at is None:
        return None
    spelled = timezone.localtime(at, timezone.get_default_timezone()).isoformat()
    return f"{spelled[:-6]}Z" if spelled.endswith("+00:00") else spelled


@cache
def press() -> str:
    """
    Return which settings and code of ours decide how documents read.

    What another press printed is printed anew.
    """
    somewhere = reverse("public:claim", args=[UUID(int=0), "slug"])
    found = hashlib.sha256(
        f"{settings.SITE_URL} {settings.TIME_ZONE} {somewhere}".encode()
    )
    for name in _MADE_BY:
        found.update((_CLAIMS / name).read_bytes())
    return found.hexdigest()[:32]
