"""Every change of a claim's status, from new to published and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from claims import document
from claims.access import Role, require
from claims.errors import MoveRefused, NotPublishable, NotYours
from claims.models import Citation, Claim, Correction, Move, Review
from claims.vocabulary import (
    MOVES,
    ClaimStatus,
    CorrectionKind,
    RecheckReason,
    Verdict,
)
from sources.vocabulary import PassageState

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import User

WRITING = (ClaimStatus.IN_REVIEW, ClaimStatus.CORRECTING)


# --- Who works on it ----------------------------------------------------------


@transaction.atomic
def take(claim: Claim, *, by: User, at: datetime) -> Claim:
    """Begin to work on a claim; a new one goes into review. Raises MoveRefused."""
    require(by, Role.REVIEWER)
    claim = _locked(claim)
    if claim.status == ClaimStatus.SECOND_REVIEW:
        _not_the_writer(_in_the_making(claim), by)
        _unaware(_in_the_making(claim), by)
    claim.assigned_to = by
    claim.save(update_fields=["assigned_to"])
    if claim.status == ClaimStatus.NEW:
        return _move(claim, ClaimStatus.IN_REVIEW, by=by, at=at)
    return claim


@transaction.atomic
def assign(claim: Claim, *, to: User, by: User, at: datetime, reason: str) -> Claim:
    """Give a claim to another reviewer. Raises MoveRefused, NotYours."""
    require(by, Role.EDITOR)
    require(to, Role.REVIEWER)
    claim = _locked(claim)
    if claim.status == ClaimStatus.SECOND_REVIEW:
        _not_the_writer(_in_the_making(claim), to)
        _unaware(_in_the_making(claim), to)
    claim.assigned_to = to
    claim.save(update_fields=["assigned_to"])
    if claim.status == ClaimStatus.NEW:
        return _move(claim, ClaimStatus.IN_REVIEW, by=by, at=at, note=reason)
    return claim


@transaction.atomic
def release(claim: Claim, *, by: User) -> Claim:
    """Put a claim back for anybody to take; its status stays."""
    require(by, Role.REVIEWER)
    claim = _locked(claim)
    if claim.assigned_to_id != by.pk:
        require(by, Role.EDITOR)
    claim.assigned_to = None
    claim.save(update_fields=["assigned_to"])
    return claim


@transaction.atomic
def reset(claim: Claim, *, by: User, at: datetime, reason: str) -> Claim:
    """Send a claim that was never published back to the start, for anybody."""
    require(by, Role.EDITOR)
    claim = _locked(claim)
    _reason(reason)
    if _current(claim) is not None:
        raise MoveRefused("A claim that was published cannot be reset; correct it.")
    _withdraw(claim)
    claim.assigned_to = None
    claim.save(update_fields=["assigned_to"])
    return _move(claim, ClaimStatus.NEW, by=by, at=at, note=reason)


@transaction.atomic
def dismiss(claim: Claim, *, by: User, at: datetime, reason: str) -> Claim:
    """Set a claim aside that is not worth checking. It can be reset."""
    require(by, Role.REVIEWER)
    _reason(reason)
    return _move(_locked(claim), ClaimStatus.DISMISSED, by=by, at=at, note=reason)


# --- The first pair of eyes ---------------------------------------------------


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
    claim = _locked(claim)
    if claim.status not in WRITING:
        raise MoveRefused(_cannot(claim, "be reviewed now"))
    if claim.assigned_to_id not in {None, by.pk}:
        raise NotYours("Somebody else works on this claim; take it over first.")
    review = claim.reviews.unpublished().first() or Review(
        claim=claim, version=_next_version(claim), created_at=at
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
    claim = _locked(claim)
    review = _in_the_making(claim)
    if review.written_by_id != by.pk:
        raise NotYours("Only the person who wrote the review can submit it.")
    review.correction_kind, review.correction_note = correction_kind, correction_note
    review.full_clean(validate_constraints=False)
    _complete(claim, review, at=at)
    review.first_verdict, review.submitted_at = review.verdict, at
    review.save()
    claim.assigned_to = None
    claim.save(update_fields=["assigned_to"])
    return _move(claim, ClaimStatus.SECOND_REVIEW, by=by, at=at)


# --- The second, and the third ------------------------------------------------


@transaction.atomic
def second(
    claim: Claim, *, verdict: Verdict | str, by: User, at: datetime, note: str = ""
) -> Claim:
    """
    Record the second verdict, blind. Agreement publishes; else it is arbitrated.

    Raises NotYours for the writer, NotPublishable, MoveRefused.
    """
    require(by, Role.REVIEWER)
    claim = _locked(claim)
    if claim.status != ClaimStatus.SECOND_REVIEW:
        raise MoveRefused(_cannot(claim, "get a second verdict"))
    review = _in_the_making(claim)
    _not_the_writer(review, by)
    _unaware(review, by)
    # Before the verdicts are compared, or a refusal would tell the first one.
    _complete(claim, review, at=at)
    review.second_reviewer, review.seconded_at = by, at
    review.second_verdict, review.second_note = Verdict(verdict), note
    review.full_clean(validate_constraints=False)
    review.save()
    if review.second_verdict == review.first_verdict:
        return _publish(claim, review, by=by, at=at)
    claim.assigned_to = None
    claim.save(update_fields=["assigned_to"])
    return _move(claim, ClaimStatus.ARBITRATION, by=by, at=at)


@transaction.atomic
def send_back(claim: Claim, *, by: User, at: datetime, reason: str) -> Claim:
    """Return a review to its writer with a reason; both verdicts are open again."""
    require(by, Role.REVIEWER)
    claim = _locked(claim)
    if claim.status not in {ClaimStatus.SECOND_REVIEW, ClaimStatus.ARBITRATION}:
        raise MoveRefused(_cannot(claim, "be returned"))
    _reason(reason)
    review = _in_the_making(claim)
    _not_the_writer(review, by)
    _withdraw(claim)
    claim.assigned_to = review.written_by
    claim.save(update_fields=["assigned_to"])
    back = (
        ClaimStatus.CORRECTING if _current(claim) is not None else ClaimStatus.IN_REVIEW
    )
    return _move(claim, back, by=by, at=at, note=reason)


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
    claim = _locked(claim)
    if claim.status != ClaimStatus.ARBITRATION:
        raise MoveRefused(_cannot(claim, "be arbitrated"))
    review = _in_the_making(claim)
    if review.was_written_by(by) or review.second_reviewer_id == by.pk:
        raise NotYours("The arbiter is a third person: neither writer nor second.")
    _reason(note)
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
    _complete(claim, review, at=at)
    review.save()
    return _publish(claim, review, by=by, at=at)


# --- After publication --------------------------------------------------------


@transaction.atomic
def recheck(
    claim: Claim, *, reason: RecheckReason, at: datetime, note: str = ""
) -> Claim:
    """Bring a published claim back to the desk; a worker's move, nobody's."""
    return _move(
        _locked(claim),
        ClaimStatus.RECHECK,
        by=None,
        at=at,
        reason=reason,
        note=note,
    )


@transaction.atomic
def reaffirm(claim: Claim, *, by: User, at: datetime, note: str) -> Claim:
    """Say that the published review still stands. Raises NotPublishable."""
    require(by, Role.REVIEWER)
    claim = _locked(claim)
    _reason(note)
    if claim.status != ClaimStatus.RECHECK:
        raise MoveRefused(_cannot(claim, "be reaffirmed"))
    _quoted(claim)
    claim.assigned_to = None
    claim.save(update_fields=["assigned_to"])
    return _move(claim, ClaimStatus.PUBLISHED, by=by, at=at, note=note)


@transaction.atomic
def start_correction(claim: Claim, *, by: User, at: datetime) -> Claim:
    """Begin the next version of a published review; the old one stands meanwhile."""
    require(by, Role.REVIEWER)
    claim = _locked(claim)
    standing = _current(claim)
    if standing is None:
        raise MoveRefused(_cannot(claim, "be corrected"))
    claim.assigned_to = by
    claim.save(update_fields=["assigned_to"])
    claim = _move(claim, ClaimStatus.CORRECTING, by=by, at=at)
    if not claim.reviews.unpublished().exists():
        Review.objects.create(
            claim=claim,
            version=_next_version(claim),
            verdict=standing.verdict,
            summary=standing.summary,
            explanation=standing.explanation,
            written_by=by,
            created_at=at,
        )
    return claim


@transaction.atomic
def abandon_correction(claim: Claim, *, by: User, at: datetime, note: str) -> Claim:
    """Leave the published review as it stands; what was written is kept."""
    require(by, Role.REVIEWER)
    claim = _locked(claim)
    if claim.status != ClaimStatus.CORRECTING:
        raise MoveRefused(_cannot(claim, "have a correction abandoned"))
    _reason(note)
    claim.assigned_to = None
    claim.save(update_fields=["assigned_to"])
    return _move(claim, ClaimStatus.PUBLISHED, by=by, at=at, note=note)


@transaction.atomic
def retract(claim: Claim, *, by: User, at: datetime, note: str) -> Claim:
    """Withdraw a published review for good; a tombstone page with the note stays."""
    require(by, Role.EDITOR)
    claim = _locked(claim)
    _reason(note)
    standing = _current(claim)
    if standing is None:
        raise MoveRefused(_cannot(claim, "be retracted"))
    claim = _move(claim, ClaimStatus.RETRACTED, by=by, at=at, note=note)
    standing.valid_to = at
    standing.save(update_fields=["valid_to"])
    Correction.objects.create(
        claim=claim,
        review_from=standing,
        kind=CorrectionKind.RETRACTION,
        note=note,
        by=by,
        at=at,
    )
    return claim


# --- What the moves are made of -----------------------------------------------


def _locked(claim: Claim) -> Claim:
    # The caller's copy may be an hour old; the row is read again under lock.
    return Claim.objects.select_for_update().get(pk=claim.pk)


def _move(
    claim: Claim,
    to: ClaimStatus,
    *,
    by: User | None,
    at: datetime,
    reason: RecheckReason | str = "",
    note: str = "",
) -> Claim:
    before = ClaimStatus(claim.status)
    if to not in MOVES[before]:
        raise MoveRefused(_cannot(claim, f"become {to.label.lower()}"))
    claim.status, claim.moved_at, claim.updated_at = to, at, at
    claim.save(update_fields=["status", "moved_at", "updated_at"])
    Move(
        claim=claim,
        from_status=before,
        to_status=to,
        by=by,
        at=at,
        reason=reason,
        note=note,
    ).save(force_insert=True)
    return claim


def _publish(claim: Claim, review: Review, *, by: User, at: datetime) -> Claim:
    standing = _current(claim)
    if standing is not None:
        standing.valid_to = at
        standing.save(update_fields=["valid_to"])
    review.published_at = review.valid_from = at
    review.save(update_fields=["published_at", "valid_from"])
    if standing is not None:
        Correction.objects.create(
            claim=claim,
            review_from=standing,
            review_to=review,
            kind=review.correction_kind,
            note=review.correction_note,
            by=review.written_by,
            at=at,
        )
    claim.assigned_to = None
    claim.save(update_fields=["assigned_to"])
    return _move(claim, ClaimStatus.PUBLISHED, by=by, at=at)


def _complete(claim: Claim, review: Review, *, at: datetime) -> None:
    if not review.verdict:
        raise NotPublishable("Choose a verdict.")
    if not review.summary.strip():
        raise NotPublishable("Write a summary: one or two sentences for readers.")
    if _current(claim) is not None and not (
        review.correction_note.strip()
        and review.correction_kind in {CorrectionKind.CORRECTION, CorrectionKind.UPDATE}
    ):
        raise NotPublishable(
            "Say whether this is a correction or an update, with a note for readers."
        )
    _quoted(claim)
    if found := document.faults(document.claim_review(claim, review, at=at)):
        raise NotPublishable(" ".join(found))


def _quoted(claim: Claim) -> None:
    seen = (
        Citation.objects.bearing_on(claim)
        .filter(passage__sightings__state=PassageState.INTACT)
        .exists()
        or Citation.objects.bearing_on(claim)
        .filter(passage__state=PassageState.INTACT)
        .exists()
    )
    if not seen:
        raise NotPublishable(
            "No cited passage was seen intact on its page yet. Cite the page where "
            "it was said, and wait until a worker has found the words there."
        )


def _withdraw(claim: Claim) -> None:
    # In one statement: the database holds recorded verdicts fast while submitted.
    claim.reviews.unpublished().update(
        submitted_at=None,
        first_verdict="",
        second_reviewer=None,
        second_verdict="",
        second_note="",
        seconded_at=None,
        arbiter=None,
        arbiter_note="",
        arbitrated_at=None,
    )


def _not_the_writer(review: Review, person: User) -> None:
    # Also where another has taken the writing over since: the history remembers.
    if review.was_written_by(person):
        raise NotYours(
            "You wrote this review; the second pair of eyes is somebody else's."
        )


def _unaware(review: Review, person: User) -> None:
    # Or a verdict at random would open the first one: send the review back, and agree.
    seen = review.claim.moves.filter(
        by=person, to_status=ClaimStatus.ARBITRATION, at__gte=review.created_at
    )
    if seen.exists():
        raise NotYours(
            "You gave this review a second verdict before and saw the first one; the "
            "second pair of eyes is somebody else's."
        )


def _in_the_making(claim: Claim) -> Review:
    review = claim.reviews.unpublished().first()
    if review is None:
        raise MoveRefused(_cannot(claim, "go on without a written review"))
    return review


def _current(claim: Claim) -> Review | None:
    return claim.reviews.current().first()


def _next_version(claim: Claim) -> int:
    last: int | None = claim.reviews.aggregate(last=Max("version"))["last"]
    return (last or 0) + 1


def _reason(text: str) -> None:
    if not text.strip():
        raise MoveRefused("Give a reason: those who come after you will need it.")


def _cannot(claim: Claim, what: str) -> str:
    return f"A claim that is {claim.get_status_display().lower()} cannot {what}."
