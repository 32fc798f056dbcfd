"""From a first verdict to a published one, with two pairs of eyes or three."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from claims import auditing, drafting
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
    require_a_third_person,
    require_complete,
    require_not_the_writer,
    require_reason,
    require_unaware,
)
from claims.workflow.seen import (
    NOTHING,
    TEXT,
    Findings,
    Seen,
    require_own_edition,
    require_same_review,
    require_same_voices,
    require_same_words,
    text_of,
)

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import User

WRITING = (ClaimStatus.IN_REVIEW, ClaimStatus.CORRECTING)


class Better(TypedDict, total=False):
    """An arbiter's own words; what is left out stays as it was handed in."""

    summary: str
    explanation: str


@transaction.atomic
def write_review(
    claim: Claim,
    *,
    by: User,
    at: datetime,
    seen: Seen = NOTHING,
    **findings: Unpack[Findings],
) -> Review:
    """
    Keep what the reviewer finds so far: the whole of it, each time.

    What somebody else had written becomes a draft of theirs. Raises MoveRefused,
    NotYours; Rewritten and WordsChanged where `seen` does not stand any more.
    """
    require(by, Role.REVIEWER)
    claim = locked(claim)
    if claim.status not in WRITING:
        raise MoveRefused(
            cannot(claim, _("A claim that is %(status)s cannot be reviewed now."))
        )
    if claim.assigned_to_id not in {None, by.pk}:
        raise NotYours(_("Somebody else works on this claim; take it over first."))
    require_same_words(claim, seen)
    review = claim.reviews.unpublished().first() or Review(
        claim=claim, version=next_version(claim), created_at=at, written_by=by
    )
    text = dict.fromkeys(TEXT, "") | {
        name: str(said) for name, said in findings.items()
    }
    if review.written_by_id == by.pk:
        require_own_edition(review, seen, writes=text)
    else:
        _hand_back(claim, review, at=at)
    review.written_by = by
    for name, said in text.items():
        setattr(review, name, said)
    review.full_clean(validate_constraints=False)
    review.save()
    return review


def _hand_back(claim: Claim, review: Review, *, at: datetime) -> None:
    text = text_of(review)
    if any(text.values()):
        drafting.hand_back(
            claim, form="review", fields=text, author=review.written_by, at=at
        )


@transaction.atomic
def submit(
    claim: Claim,
    *,
    by: User,
    at: datetime,
    correction_kind: CorrectionKind | str = "",
    correction_note: str = "",
    seen: Seen = NOTHING,
) -> Claim:
    """
    Hand the written review to a second pair of eyes.

    A review that replaces a published one needs a kind and a public note: these, or
    those that were written with it. Raises NotPublishable with what is missing,
    MoveRefused, NotYours; Rewritten and WordsChanged where `seen` does not stand.
    """
    require(by, Role.REVIEWER)
    claim = locked(claim)
    review = in_the_making(claim)
    if review.written_by_id != by.pk:
        raise NotYours(_("Only the person who wrote the review can submit it."))
    require_same_words(claim, seen)
    require_same_review(review, seen)
    review.correction_kind = correction_kind or review.correction_kind
    review.correction_note = correction_note or review.correction_note
    review.full_clean(validate_constraints=False)
    require_complete(claim, review, at=at)
    review.first_verdict, review.submitted_at = review.verdict, at
    review.save()
    claim.assigned_to = None
    claim.save(update_fields=["assigned_to"])
    return move(claim, ClaimStatus.SECOND_REVIEW, by=by, at=at)


@transaction.atomic
def second(
    claim: Claim,
    *,
    verdict: Verdict | str,
    by: User,
    at: datetime,
    note: str = "",
    seen: Seen = NOTHING,
) -> Claim:
    """
    Record the second verdict, blind. Agreement publishes; else it is arbitrated.

    Raises NotYours for the writer, NotPublishable, MoveRefused; WordsChanged where
    the claim, or what others say about it, is not what they saw.
    """
    require(by, Role.REVIEWER)
    claim = locked(claim)
    if claim.status != ClaimStatus.SECOND_REVIEW:
        raise MoveRefused(
            cannot(claim, _("A claim that is %(status)s cannot get a second verdict."))
        )
    require_same_words(claim, seen)
    require_same_voices(claim, seen)
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
        raise MoveRefused(
            cannot(claim, _("A claim that is %(status)s cannot be returned."))
        )
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
    seen: Seen = NOTHING,
    **better: Unpack[Better],
) -> Claim:
    """
    Decide between two verdicts, as a third person, and publish.

    A verdict that is not the writer's needs a summary that fits it. Raises NotYours
    for the first two, NotPublishable, MoveRefused; Rewritten and WordsChanged where
    not what they read would be published.
    """
    require(by, Role.REVIEWER)
    claim = locked(claim)
    if claim.status != ClaimStatus.ARBITRATION:
        raise MoveRefused(
            cannot(claim, _("A claim that is %(status)s cannot be arbitrated."))
        )
    review = in_the_making(claim)
    require_a_third_person(review, by)
    require_same_words(claim, seen)
    require_same_voices(claim, seen)
    require_same_review(review, seen)
    require_reason(note)
    summary = better.get("summary", "")
    if verdict != review.first_verdict and not summary.strip():
        raise NotPublishable(
            _(
                "Write a summary that fits your verdict: the one here argues for «%(verdict)s»."
            )
            % {"verdict": review.get_verdict_display()}
        )
    review.arbiter, review.arbitrated_at, review.arbiter_note = by, at, note
    review.verdict = Verdict(verdict)
    review.summary = summary or review.summary
    review.explanation = better.get("explanation", "") or review.explanation
    review.full_clean(validate_constraints=False)
    require_complete(claim, review, at=at)
    review.save()
    return publish_review(claim, review, by=by, at=at)
