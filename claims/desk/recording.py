"""What one form of the desk means in operations: all of it, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.db import transaction
from django.utils.translation import gettext as _

from claims import drafting, editing, intake, workflow
from claims.desk.forms.claims import moment
from claims.errors import MoveRefused
from claims.models import Claim
from claims.vocabulary import ClaimStatus
from claims.workflow.seen import edition

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import User

    from claims.desk.forms.claims import (
        AmendForm,
        AssessmentForm,
        ChangeForm,
        StatementForm,
    )
    from claims.desk.forms.reviews import ReviewForm
    from claims.models import Assessment, Candidate, Review
    from claims.workflow.seen import Findings


@transaction.atomic
def accept(
    candidate: Candidate, form: StatementForm, *, by: User, at: datetime
) -> Claim:
    """Make a claim of a candidate as the editor changed it."""
    given = form.cleaned_data
    claimant = None
    if given["claimant"] != candidate.claimant_name:
        claimant = editing.claimant_named(
            given["claimant"],
            kind=given["claimant_kind"],
            role=given["role_at_time"],
            by=by,
            at=at,
        )
    return intake.accept(
        candidate, claimant=claimant, by=by, at=at, **form.fields_of_claim()
    )


@transaction.atomic
def change(claim: Claim, form: ChangeForm, *, by: User, at: datetime) -> Claim:
    """Change a claim that was read at the form's version. Raises Overtaken."""
    given = form.cleaned_data
    claimant = claim.claimant
    if given["claimant"] != claimant.name:
        claimant = editing.claimant_named(
            given["claimant"], kind=given["claimant_kind"], by=by, at=at
        )
    return editing.change_claim(
        claim,
        version=given["version"],
        claimant=claimant,
        by=by,
        at=at,
        **form.fields_of_claim(),
    )


@transaction.atomic
def assess(claim: Claim, form: AssessmentForm, *, by: User, at: datetime) -> Assessment:
    """Write down an assessment with the page it was said on, if one was given."""
    given = form.cleaned_data
    assessor = editing.claimant_named(
        given["assessor"], kind=given["assessor_kind"], by=by, at=at
    )
    assessment = editing.add_assessment(
        claim,
        assessor=assessor,
        stance=given["stance"],
        statement=given["statement"],
        said_at=moment(given["said_on"]),
        by=by,
        at=at,
    )
    if given["url"]:
        editing.cite(assessment, url=given["url"], exact=given["exact"], by=by, at=at)
    return assessment


@transaction.atomic
def amend(
    assessment: Assessment, form: AmendForm, *, by: User, at: datetime
) -> Assessment:
    """Change an assessment that was read at the form's version. Raises Overtaken."""
    given = form.cleaned_data
    assessor = assessment.assessor
    if given["assessor"] != assessor.name:
        assessor = editing.claimant_named(
            given["assessor"], kind=given["assessor_kind"], by=by, at=at
        )
    return editing.change_assessment(
        assessment,
        version=given["version"],
        assessor=assessor,
        by=by,
        at=at,
        **form.fields_of_assessment(),
    )


def submit(claim: Claim, form: ReviewForm, *, by: User, at: datetime) -> Claim:
    """
    Keep what was written, then hand it on.

    Two transactions, on purpose: where something is still missing for the second
    reviewer, the text is kept all the same.
    """
    with transaction.atomic():
        written = edition(write(claim, form, by=by, at=at))
    # Another window of the same person may write before the next step.
    seen = workflow.Seen(words=form.seen.words, review=written)
    return workflow.submit(claim, by=by, at=at, seen=seen)


@transaction.atomic
def undo(claim: Claim, *, by: User, at: datetime) -> Claim:
    """Take a publication back; what was typed for it is a draft of theirs again."""
    review = claim.reviews.current().first()
    claim = workflow.undo(claim, by=by, at=at)
    if review is None:  # undo refuses that
        return claim
    if claim.status == ClaimStatus.ARBITRATION:
        form = "arbitration"
        typed = {
            "verdict": review.verdict,
            "note": review.arbiter_note,
            "summary": review.summary,
            "explanation": review.explanation,
        }
    else:
        form = "second"
        typed = {"verdict": review.second_verdict, "note": review.second_note}
    drafting.keep(claim, form=form, fields=typed, by=by, at=at)
    return claim


@transaction.atomic
def retract(claim: Claim, *, known: str, note: str, by: User, at: datetime) -> Claim:
    """Withdraw the version whose withdrawal was shown; MoveRefused where it is not it."""
    claim = Claim.objects.select_for_update().get(pk=claim.pk)
    standing = claim.reviews.current().first()
    if standing is not None and str(standing.pk) != known:
        raise MoveRefused(
            _(
                "Another version was published after you opened this page. Look at what "
                "stands now; your note is kept."
            )
        )
    return workflow.retract(claim, by=by, at=at, note=note)


def write(claim: Claim, form: ReviewForm, *, by: User, at: datetime) -> Review:
    """
    Keep what was written as the review in the making.

    Raises Rewritten, WordsChanged where the form shows what does not stand any more.
    """
    return workflow.write_review(
        claim, by=by, at=at, seen=form.seen, **cast("Findings", form.findings)
    )
