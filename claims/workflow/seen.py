"""
What somebody had before their eyes when they wrote, and whether it stands there still.

A claim counts its own versions. A review in the making has no number of its own: the
newest entry of its history is its edition, so nothing that was ever written is lost.
What others say about a claim is many rows: one mark stands for all of them.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypedDict

from django.apps import apps
from django.utils.translation import gettext as _

from claims.errors import Rewritten, WordsChanged
from claims.models.triggers import PUBLISHED_WORDS
from claims.vocabulary import AssessmentState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from claims.models import Assessment, Claim, Review

# What a writer writes, and what an arbiter reads besides.
TEXT = ("verdict", "summary", "explanation", "correction_kind", "correction_note")
_WORDS = tuple(
    "claimant_id" if name == "claimant" else name for name in PUBLISHED_WORDS
)
DELIBERATION = ("first_verdict", "second_verdict", "second_note")


class Findings(TypedDict, total=False):
    """What a writer finds; what is left out is empty."""

    verdict: str
    summary: str
    explanation: str
    correction_kind: str
    correction_note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What stood there when somebody wrote; None: they did not say."""

    words: int | None = None  # version of the claim
    review: int | None = None  # edition of the review in the making; 0: there was none
    voices: str = ""  # mark of what others say about the claim; empty: not said


NOTHING = Seen()


def edition(review: Review | None) -> int:
    """Return the number of what stands in a review now; 0 where there is none."""
    if review is None or review.pk is None:
        return 0
    newest = _history("ReviewEvent").filter(pgh_obj_id=review.pk).order_by("-pgh_id")
    return newest.values_list("pgh_id", flat=True).first() or 0


def text_of(review: Any) -> dict[str, str]:
    """Return what a writer wrote, in a review or in an entry of its history."""
    return {name: getattr(review, name) for name in TEXT}


def text_at(review: Review, number: int) -> dict[str, str] | None:
    """Return what the writer of a review read in that edition of it, if they did."""
    then = _review_at(review, number)
    if then is None or then.written_by_id != review.written_by_id:
        return None
    return text_of(then)


def require_own_edition(
    review: Review, seen: Seen, *, writes: Mapping[str, str]
) -> None:
    """
    Raise Rewritten where another page of the same writer wrote on it meanwhile.

    What both wrote alike, and what only the history of its steps changed, is none.
    """
    if seen.review is None or edition(review) == seen.review:
        return
    stands = text_of(review)
    if stands in (text_at(review, seen.review), dict(writes)):
        return
    raise Rewritten(
        _("This review was written on in another window after you opened this one."),
        current=edition(review),
    )


def require_same_review(review: Review, seen: Seen) -> None:
    """Raise Rewritten where not the review stands that somebody judged."""
    if seen.review is None or edition(review) == seen.review:
        return
    then = _review_at(review, seen.review)
    if then is not None and all(
        getattr(then, name) == getattr(review, name) for name in (*TEXT, *DELIBERATION)
    ):
        return
    raise Rewritten(
        _(
            "The review was written anew after you opened this page. Read it once more; "
            "nothing was recorded, and what you typed is kept."
        ),
        current=edition(review),
    )


def require_same_words(claim: Claim, seen: Seen) -> None:
    """Raise WordsChanged where a verdict would be about other words than were read."""
    if seen.words is None or seen.words == claim.version:
        return
    then = claim_at(claim, seen.words)
    if then is not None and all(
        getattr(then, name) == getattr(claim, name) for name in _WORDS
    ):
        return
    raise WordsChanged(
        _(
            "The claim itself was changed after you opened this page. Read it once "
            "more; nothing was recorded, and what you typed is kept."
        ),
        current=claim.version,
    )


def mark_of(assessments: Iterable[Assessment]) -> str:
    """Return what is another once anything differs that people stand behind."""
    heard = sorted(
        f"{each.pk}:{each.version}"
        for each in assessments
        if each.state == AssessmentState.CONFIRMED
    )
    return hashlib.sha256("\n".join(heard).encode()).hexdigest()[:32]


def require_same_voices(claim: Claim, seen: Seen) -> None:
    """
    Raise WordsChanged where others say something else than was read.

    For whoever holds the claim: no assessment of it changes meanwhile.
    """
    if not seen.voices or mark_of(claim.assessments.confirmed()) == seen.voices:
        return
    raise WordsChanged(
        _(
            "What others say about this claim was changed, added to or taken back after "
            "you opened this page. Read it once more; nothing was recorded, and what you "
            "typed is kept."
        ),
        current=claim.version,
    )


def claim_at(claim: Claim, version: int) -> Any:
    """Return the claim as the history has it at that version, or None."""
    events = _history("ClaimEvent").filter(pgh_obj_id=claim.pk, version=version)
    return events.select_related("claimant").order_by("-pgh_id").first()


def _review_at(review: Review, number: int) -> Any:
    events = _history("ReviewEvent")
    return events.filter(pgh_obj_id=review.pk, pgh_id=number).first()


def _history(name: str) -> Any:
    # The models that the history's triggers write to are made at run time.
    return apps.get_model("claims", name)._default_manager
