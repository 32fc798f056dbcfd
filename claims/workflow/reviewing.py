"""From a first verdict to a published one, with two pairs of eyes or three."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from claims import auditing
from claims.access import Role, require
from claims.errors import MoveRefused, NotPublishable, NotYours
from claims.models import Claim, Review
from claims.vocabulary import ClaimStatus, CorrectionKind, Verdict
from claims.workflow.moving import locked, move, publish_review, withdraw
from claims.workflow.rules import (
    cannot,
    current,
    in_the_making,
    next_version,
    require_complete,
    require_not_the_writer,
    require_reason,
    require_unaware,
)

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import User

WRITING = (ClaimStatus.IN_REVIEW, ClaimStatus.CORRECTING)


@transaction.atomic
def write_review(
    claim: Claim,
    *,
    by: User,
    at: datetime,
    verdict: Verdict | str = "",
    summary: str = "",
    explanation: str = "",
) -> Review:
    """Keep what the reviewer finds so far. Raises MoveRefused, NotYours."""
    require(by, Role.REVIEWER)
    claim = locked(claim)
    if claim.status not in WRITING:
        raise MoveRefused(cannot(claim, "be reviewed now"))
    if claim.assigned_to_id not in {None, by.pk}:
        raise NotYours("Somebody else works on this claim; take it over first.")
    review = claim.reviews.unpublished().first() or Review(
        claim=claim, version=next_version(claim), created_at=at
    )
    review.written_by = by
    review.verdict = Verdict(verdict) if verdict else ""
    review.summary, review.explanation = summary, explanation
    review.full_clean(validate_constraints=False)
    review.save()
    return review


@transaction.atomic
def submit(
    claim: Claim,
    *,
    by: User,
    at: datetime,
    correction_kind: CorrectionKind | str = "",
    correction_note: str = "",
) -> Claim:
    """
    Hand the written review to a second pair of eyes.

    A review that replaces a published one needs a kind and a public note.
    Raises NotPublishable with what is missing, MoveRefused, NotYours.
    """
    require(by, Role.REVIEWER)
    claim = locked(claim)
    review = in_the_making(claim)
    if review.written_by_id != by.pk:
        raise NotYours("Only the person who wrote the review can submit it.")
    review.correction_kind, review.correction_note = correction_kind, correction_note
    review.full_clean(validate_constraints=False)
    require_complete(claim, review, at=at)
    review.first_verdict, review.submitted_at = review.verdict, at
    review.save()
    claim.assigned_to = None
    claim.save(update_fields=["assigned_to"])
    return move(claim, ClaimStatus.SECOND_REVIEW, by=by, at=at)


@transaction.atomic
def second(
    claim: Claim, *, verdict: Verdict | str, by: User, at: datetime, note: str = ""
) -> Claim:
    """
    Record the second verdict, blind. Agreement publishes; else it is arbitrated.

    Raises NotYours for the writer, NotPublishable, MoveRefused.
    """
    require(by, Role.REVIEWER)
    claim = locked(claim)
    if claim.status != ClaimStatus.SECOND_REVIEW:
        raise MoveRefused(cannot(claim, "get a second verdict"))
    review = in_the_making(claim)
    require_not_the_writer(review, by)
    require_unaware(review, by)
    # Before the verdicts are compared, or a refusal would tell the first one.
    require_complete(claim, review, at=at)
    review.second_reviewer, review.seconded_at = by, at
    review.second_verdict, review.second_note = Verdict(verdict), note
    review.full_clean(validate_constraints=False)
    review.save()
    if review.second_verdict == review.first_verdict:
        auditing.draw(review, at=at)
        return publish_review(claim, review, by=by, at=at)
    claim.assigned_to = None
    claim.save(update_fields=["assigned_to"])
    return move(claim, ClaimStatus.ARBITRATION, by=by, at=at)


@transaction.atomic
def send_back(claim: Claim, *, by: User, at: datetime, reason: str) -> Claim:
    """Return a review to its writer with a reason; both verdicts are open again."""
    require(by, Role.REVIEWER)
    claim = locked(claim)
    if claim.status not in {ClaimStatus.SECOND_REVIEW, ClaimStatus.ARBITRATION}:
        raise MoveRefused(cannot(claim, "be returned"))
    require_reason(reason)
    review = in_the_making(claim)
    require_not_the_writer(review, by)
    withdraw(claim)
    claim.assigned_to = review.written_by
    claim.save(update_fields=["assigned_to"])
    back = (
        ClaimStatus.CORRECTING if current(claim) is not None else ClaimStatus.IN_REVIEW
    )
    return move(claim, back, by=by, at=at, note=reason)


@transaction.atomic
def arbitrate(
    claim: Claim,
    *,
    verdict: Verdict | str,
    by: User,
    at: datetime,
    note: str,
    summary: str = "",
    explanation: str = "",
) -> Claim:
    """
    Decide between two verdicts, as a third person, and publish.

    A verdict that is not the writer's needs a summary that fits it.
    Raises NotYours for the first two, NotPublishable, MoveRefused.
    """
    require(by, Role.REVIEWER)
    claim = locked(claim)
    if claim.status != ClaimStatus.ARBITRATION:
        raise MoveRefused(cannot(claim, "be arbitrated"))
    review = in_the_making(claim)
    if review.was_written_by(by) or review.second_reviewer_id == by.pk:
        raise NotYours("The arbiter is a third person: neither writer nor second.")
    require_reason(note)
    if verdict != review.first_verdict and not summary.strip():
        raise NotPublishable(
            "Write a summary that fits your verdict: the one here argues for "
            f"«{review.get_verdict_display()}»."
        )
    review.arbiter, review.arbitrated_at, review.arbiter_note = by, at, note
    review.verdict = Verdict(verdict)
    review.summary = summary or review.summary
    review.explanation = explanation or review.explanation
    review.full_clean(validate_constraints=False)
    require_complete(claim, review, at=at)
    review.save()
    return publish_review(claim, review, by=by, at=at)
