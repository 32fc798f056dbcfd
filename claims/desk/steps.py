"""What this person can do with this claim now: only what would succeed is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from claims.access import Role, role_of
from claims.vocabulary import AT_THE_DESK, MOVES, ClaimStatus
from claims.workflow.reviewing import WRITING

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from claims.models import Claim, Review


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """The controls that are shown; each names an operation of the workflow."""

    edit: bool  # what is said about it
    amend: bool  # itself, and what is cited for it: readers may see that at once
    recite: bool  # take back or replace what is cited
    decide: bool  # assessments and candidates
    take: bool
    take_over: bool  # what `take` is called when somebody else has it
    release: bool
    write: bool
    second: bool
    send_back: bool
    arbitrate: bool
    reaffirm: bool
    correct: bool
    abandon: bool
    retract: bool
    dismiss: bool
    reset: bool
    assign: bool
    snooze: bool


def steps(
    claim: Claim,
    *,
    making: Review | None,
    was_published: bool,
    judged: bool,
    user: User,
) -> Steps:
    """
    Return what this person can do with the claim as it stands.

    `making` is the review that is being written, if there is one; `judged` tells whether
    any was handed in.
    """
    role, status = role_of(user), ClaimStatus(claim.status)
    reviewer, editor = role >= Role.REVIEWER, role >= Role.EDITOR
    writer = making is not None and making.was_written_by(user)
    seconded = making is not None and making.second_reviewer_id == user.pk
    mine = claim.assigned_to_id == user.pk
    takes = (
        reviewer
        and not mine
        and status in AT_THE_DESK
        and not (status == ClaimStatus.SECOND_REVIEW and writer)
        and not (status == ClaimStatus.ARBITRATION and (writer or seconded))
    )
    return Steps(
        edit=role >= Role.CONTRIBUTOR,
        amend=role >= (Role.REVIEWER if was_published else Role.CONTRIBUTOR),
        recite=reviewer and not judged,
        decide=reviewer,
        take=takes,
        take_over=takes and claim.assigned_to_id is not None,
        release=claim.assigned_to_id is not None and ((mine and reviewer) or editor),
        write=reviewer
        and status in WRITING
        and claim.assigned_to_id in {None, user.pk},
        second=reviewer and status == ClaimStatus.SECOND_REVIEW and not writer,
        send_back=reviewer
        and status in {ClaimStatus.SECOND_REVIEW, ClaimStatus.ARBITRATION}
        and not writer,
        arbitrate=reviewer
        and status == ClaimStatus.ARBITRATION
        and not writer
        and not seconded,
        reaffirm=reviewer and status == ClaimStatus.RECHECK,
        correct=reviewer
        and was_published
        and ClaimStatus.CORRECTING in MOVES[status]
        and status in {ClaimStatus.PUBLISHED, ClaimStatus.RECHECK},
        abandon=reviewer and status == ClaimStatus.CORRECTING,
        retract=editor and ClaimStatus.RETRACTED in MOVES[status],
        dismiss=reviewer and ClaimStatus.DISMISSED in MOVES[status],
        reset=editor and not was_published and ClaimStatus.NEW in MOVES[status],
        assign=editor and status in AT_THE_DESK,
        snooze=reviewer and status in AT_THE_DESK,
    )
