"""What a feed tells of claims: found, found otherwise, withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Min, OuterRef, Subquery
from django.utils.translation import gettext as _

from claims import search
from claims.models import Correction, Review
from claims.public import wording
from claims.vocabulary import CorrectionKind

if TYPE_CHECKING:
    from datetime import datetime

    from claims.models import Claim
    from claims.search import Wanted

ENTRIES = 50
TITLE_CHARACTERS = 200

_FIRST = Subquery(
    Review.objects.published()
    .filter(claim=OuterRef("claim"))
    .order_by()
    .values("claim")
    .annotate(first=Min("published_at"))
    .values("first")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One claim in a feed; one that was corrected or withdrawn keeps its name."""

    name: str
    title: str
    words: str
    path: str
    topics: list[str]
    first_at: datetime
    at: datetime


def latest(wanted: Wanted) -> list[Entry]:
    """Return what was found or withdrawn last, the newest first."""
    reviews = list(
        search.published(wanted)
        .annotate(first_at=_FIRST)
        .order_by("-published_at", "-pk")[:ENTRIES]
    )
    notes = {
        note.review_to_id: note
        for note in Correction.objects.public().filter(review_to__in=reviews)
    }
    found = [_of_review(review, notes.get(review.pk)) for review in reviews]
    gone = search.withdrawn(wanted).annotate(first_at=_FIRST)
    found += [
        of_note(note, name=f"urn:uuid:{note.claim_id}")
        for note in gone.order_by("-at", "-pk")[:ENTRIES]
    ]
    return sorted(found, key=lambda entry: entry.at, reverse=True)[:ENTRIES]


def _of_review(review: Review, note: Correction | None) -> Entry:
    if review.published_at is None:
        raise ValueError("a review that is not published is in no feed")
    words = review.summary
    if note is not None:
        words += "\n\n" + _noted(note)
    return Entry(
        name=f"urn:uuid:{review.claim_id}",
        title=_titled(review.claim, str(review.get_verdict_display())),
        words=words,
        path=review.claim.get_absolute_url(),
        topics=list(review.claim.topics),
        first_at=getattr(review, "first_at", None) or review.published_at,
        at=review.published_at,
    )


def of_note(note: Correction, *, name: str) -> Entry:
    """Return a public note as an entry that is known by `name`."""
    withdrawn = note.kind == CorrectionKind.RETRACTION
    kind = _("Withdrawn") if withdrawn else str(note.get_kind_display())
    return Entry(
        name=name,
        title=_titled(note.claim, kind),
        words=note.note,
        path=note.claim.get_absolute_url(),
        topics=list(note.claim.topics),
        first_at=getattr(note, "first_at", None) or note.at,
        at=note.at,
    )


def _noted(note: Correction) -> str:
    return _("%(kind)s: %(note)s") % {
        "kind": note.get_kind_display(),
        "note": note.note,
    }


def _titled(claim: Claim, what: str) -> str:
    words = wording.shortened(claim.statement, most=TITLE_CHARACTERS)
    return _("%(verdict)s: %(words)s") % {
        "verdict": what,
        "words": wording.apart(words),
    }
