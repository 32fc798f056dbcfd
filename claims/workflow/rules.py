"""What has to hold before a claim moves, and what to say where it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Max
from django.utils.translation import gettext as _

from claims import document
from claims.errors import MoveRefused, NotPublishable, NotYours
from claims.models import Citation, Claim, Review
from claims.vocabulary import ClaimStatus, CorrectionKind
from sources.vocabulary import PassageState

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import User


def require_complete(claim: Claim, review: Review, *, at: datetime) -> None:
    if not review.verdict:
        raise NotPublishable(_("Choose a verdict."))
    if not review.summary.strip():
        raise NotPublishable(_("Write a summary: one or two sentences for readers."))
    if current(claim) is not None and not (
        review.correction_note.strip()
        and review.correction_kind in {CorrectionKind.CORRECTION, CorrectionKind.UPDATE}
    ):
        raise NotPublishable(
            _("Say whether this is a correction or an update, with a note for readers.")
        )
    require_quoted(claim)
    if found := document.faults(document.claim_review(claim, review, at=at)):
        raise NotPublishable(" ".join(found))


def is_quoted(claim: Claim) -> bool:
    """Tell whether words that a verdict may rest on were ever seen on their page."""
    cited = Citation.objects.grounding(claim)
    return (
        cited.filter(passage__sightings__state=PassageState.INTACT).exists()
        or cited.filter(passage__state=PassageState.INTACT).exists()
    )


def require_quoted(claim: Claim) -> None:
    if not is_quoted(claim):
        raise NotPublishable(
            _(
                "No cited passage was seen intact on its page yet. Cite the page where "
                "it was said, and wait until a worker has found the words there."
            )
        )


def require_not_the_writer(review: Review, person: User) -> None:
    # Also where another has taken the writing over since: the history remembers.
    if review.was_written_by(person):
        raise NotYours(
            _("You wrote this review; the second pair of eyes is somebody else's.")
        )


def require_unaware(review: Review, person: User) -> None:
    # Or a verdict at random would open the first one: send the review back, and agree.
    seen = review.claim.moves.filter(
        by=person, to_status=ClaimStatus.ARBITRATION, at__gte=review.created_at
    )
    if seen.exists():
        raise NotYours(
            _(
                "You gave this review a second verdict before and saw the first one; the "
                "second pair of eyes is somebody else's."
            )
        )


def require_a_third_person(review: Review, person: User) -> None:
    if review.was_written_by(person) or review.second_reviewer_id == person.pk:
        raise NotYours(
            _("The arbiter is a third person: neither writer nor second reviewer.")
        )


def require_reason(text: str) -> None:
    if not text.strip():
        raise MoveRefused(_("Give a reason: those who come after you will need it."))


def cannot(claim: Claim, sentence: str, **facts: str) -> str:
    status = claim.get_status_display().lower()
    return sentence % {"status": status, **facts}


def in_the_making(claim: Claim) -> Review:
    review = claim.reviews.unpublished().first()
    if review is None:
        raise MoveRefused(
            cannot(
                claim,
                _("A claim that is %(status)s cannot go on without a written review."),
            )
        )
    return review


def current(claim: Claim) -> Review | None:
    return claim.reviews.current().first()


def next_version(claim: Claim) -> int:
    last: int | None = claim.reviews.aggregate(last=Max("version"))["last"]
    return (last or 0) + 1
