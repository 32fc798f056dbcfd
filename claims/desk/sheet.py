"""Everything the workspace shows of one claim, asked for in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.auth.models import User
from django.http import Http404

from claims import access, drafting, snoozing, workflow
from claims.desk.clashing import suggestion
from claims.desk.evidence import Evidence, evidence
from claims.desk.progress import Work, work
from claims.desk.steps import Steps, steps
from claims.desk.waiting import due_in_words, until_in_words
from claims.models import Assessment, Claim, Correction, Draft, Move, Review
from claims.models.people import called
from claims.vocabulary import AssessmentState

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One move, with its note where this person may read it."""

    move: Move
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One claim with all that is known of it, as one person may see it."""

    claim: Claim
    assessments: Sequence[Assessment]
    against: int
    in_favour: int
    evidence: Sequence[Evidence]
    work: Work  # how far the workers have come with it
    standing: Review | None  # the review that readers see
    writer: str  # of the review in the making
    making: Review | None  # None where this person may not see it
    notice: Correction | None  # what goes out with it, where it replaces one
    hidden: bool  # whether there is one that may not be seen
    replaces: bool  # the review in the making replaces a published one
    events: Sequence[Event]
    corrections: Sequence[Correction]
    article: Any  # where the claim was read, or None
    steps: Steps
    drafts: dict[str, Draft]  # what this person typed, by form
    due: str
    late: bool
    put_off: str  # until when, by this person
    undo_seconds: int  # for which this person can still undo the publication


def resting(claim: Claim, *, user: User, now: datetime) -> Work:
    """Return how far it has come with what a claim rests on, as this person may see."""
    making = claim.reviews.unpublished().first()
    hidden = making is not None and not access.may_see_findings(user, making)
    return work(evidence(claim, hidden=making if hidden else None), now=now)


def claim_or_404(pk: UUID, *, user: User) -> Claim:
    """Return the claim with its people, for somebody who may see it."""
    claim = (
        Claim.objects.select_related("claimant__affiliation", "assigned_to")
        .filter(pk=pk)
        .first()
    )
    if claim is None or not access.may_see(user, claim):
        raise Http404("There is no such claim.")
    return claim


def sheet(claim: Claim, *, user: User, now: datetime) -> Sheet:
    """Gather what the workspace shows. Nothing a blind reviewer may not see is in it."""
    reviews = list(
        claim.reviews.select_related(
            "written_by", "second_reviewer", "arbiter"
        ).newest_first()
    )
    making = next((r for r in reviews if r.published_at is None), None)
    standing = next((r for r in reviews if r.published_at and not r.valid_to), None)
    hidden = making is not None and not access.may_see_findings(user, making)
    assessments = list(
        claim.assessments.exclude(state=AssessmentState.REJECTED)
        .select_related("assessor__affiliation", "based_on", "clash")
        .prefetch_related("citations__passage__source")
        .oldest_first()
    )
    shown = evidence(claim, hidden=making if hidden else None)
    _as_seen(assessments, shown)
    _as_suggested(assessments, claim)
    confirmed = [a for a in assessments if a.state == AssessmentState.CONFIRMED]
    due, late = due_in_words(claim.due_at, now=now)
    return Sheet(
        claim=claim,
        assessments=assessments,
        against=sum(a.contradicts for a in confirmed),
        in_favour=sum(a.stance == "supports" for a in confirmed),
        evidence=shown,
        work=work(shown, now=now),
        standing=standing,
        writer=called(making.written_by) if making else "",
        making=None if hidden else making,
        notice=None if hidden else _notice(standing, making, at=now),
        hidden=hidden,
        replaces=standing is not None,
        events=noted(
            claim.moves.select_related("by").newest_first(), making=making, user=user
        ),
        corrections=list(claim.corrections.select_related("by").order_by("-at")),
        article=_article(claim),
        steps=steps(
            claim,
            making=making,
            was_published=standing is not None,
            judged=any(review.submitted_at for review in reviews),
            user=user,
        ),
        drafts=drafting.kept(claim, by=user),
        due=due,
        late=late,
        put_off=_put_off(claim, user=user, now=now),
        undo_seconds=_undo_seconds(claim, user=user, now=now),
    )


def _notice(
    standing: Review | None, making: Review | None, *, at: datetime
) -> Correction | None:
    """Return the note that goes out with a version, as it would stand; kept nowhere."""
    if standing is None or making is None:
        return None
    return Correction(
        claim_id=making.claim_id,
        review_from=standing,
        review_to=making if making.verdict else None,
        kind=making.correction_kind,
        note=making.correction_note,
        by=making.written_by,
        at=at,
    )


def _as_seen(assessments: Iterable[Assessment], shown: Iterable[Evidence]) -> None:
    """Tell of each page that an assessment cites what the sources beside it tell."""
    seen = {each.passage.pk: each for each in shown}
    for assessment in assessments:
        for citation in assessment.citations.all():
            citation.seen = seen.get(citation.passage_id)  # type: ignore[attr-defined]  # for the page alone


def _as_suggested(assessments: Iterable[Assessment], claim: Claim) -> None:
    """Tell why the machine suggests what nobody has decided yet."""
    for assessment in assessments:
        clash = getattr(assessment, "clash", None)
        if clash is not None and assessment.state == AssessmentState.SUGGESTED:
            assessment.why = suggestion(  # type: ignore[attr-defined]  # for the page alone
                clash, statement=assessment.statement, claim=claim.statement
            )


def _put_off(claim: Claim, *, user: User, now: datetime) -> str:
    kept = snoozing.snoozed(claim, by=user, now=now)
    return until_in_words(kept.until, now=now) if kept else ""


def _undo_seconds(claim: Claim, *, user: User, now: datetime) -> int:
    until = workflow.undo_until(claim, by=user, at=now)
    return ceil((until - now).total_seconds()) if until else 0


def noted(moves: Iterable[Move], *, making: Review | None, user: User) -> list[Event]:
    """
    Return the moves of a claim, each with its note if this person may read it.

    `making` is the review of the claim that is not published yet, if there is one.
    """
    return [
        Event(
            move=move,
            note=move.told if access.may_read_note(user, move, making=making) else "",
        )
        for move in moves
    ]


def readable(claim: Claim, *, user: User) -> list[Review]:
    """
    Return the versions of a claim's review that this person may read, newest first.

    Those that were handed in and not sent back; what is still being written is none.
    """
    handed_in = claim.reviews.submitted().select_related(
        "written_by", "second_reviewer", "arbiter"
    )
    return [
        review
        for review in handed_in.newest_first()
        if access.may_see_findings(user, review)
    ]


def _article(claim: Claim) -> Any:
    candidate = (
        claim.candidates.select_related("article").defer("article__text").first()
    )
    return candidate.article if candidate else None
