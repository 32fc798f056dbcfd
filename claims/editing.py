"""Writing down who said what, what others say about it, and where it stands written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import pghistory
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError, DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from claims import citing, outbox, workflow
from claims.access import Role, may_review, require
from claims.citing import (
    cite,
    may_cite,
    may_uncite,
    recite,
    uncite,
    why_citations_stay,
)
from claims.errors import (
    AlreadyDecided,
    ClaimError,
    Overtaken,
    WordsStand,
)
from claims.models import Assessment, Claim, Claimant
from claims.models.triggers import PUBLISHED_WORDS
from claims.vocabulary import (
    AssessmentState,
    ClaimantKind,
    ClaimStatus,
    RecheckReason,
)
from sources.wire import tell_after_commit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from django.contrib.auth.models import User

__all__ = [
    "add_assessment",
    "change_assessment",
    "change_claim",
    "change_claimant",
    "cite",
    "claimant_named",
    "confirm",
    "create_claim",
    "create_claimant",
    "create_claims",
    "may_cite",
    "may_uncite",
    "recite",
    "reject",
    "reopen",
    "take_back",
    "uncite",
    "why_citations_stay",
]
_NAMED_BY_CLAIMS = ("claimant", "canonical", "assigned_to", "created_by")
Versioned = TypeVar("Versioned", Claim, Claimant, Assessment)


# --- Claimants ----------------------------------------------------------------


@transaction.atomic
def create_claimant(*, by: User, at: datetime, **fields: Any) -> Claimant:
    """Write down somebody who says things. Raises ValidationError."""
    require(by, Role.CONTRIBUTOR)
    claimant = Claimant(created_at=at, **fields)
    claimant.full_clean()
    claimant.save(force_insert=True)
    return claimant


def change_claimant(
    claimant: Claimant, *, version: int, by: User, **fields: Any
) -> Claimant:
    """
    Change a claimant that was read at `version`. Raises Overtaken.

    One whom readers know from a published claim is changed by a reviewer.
    """
    known = claimant.claims.public().exists()
    require(by, Role.REVIEWER if known else Role.CONTRIBUTOR)
    return _changed(claimant, version=version, fields=fields)


@transaction.atomic
def claimant_named(
    name: str,
    *,
    kind: ClaimantKind | str,
    by: User,
    at: datetime,
    role: str = "",
    affiliation: str = "",
) -> Claimant:
    """Return the claimant of this name or alias; a new one if nobody goes by it."""
    if known := Claimant.objects.named(name).by_name().first():
        return known
    belongs_to = None
    if affiliation and affiliation.casefold() != name.casefold():
        belongs_to = claimant_named(
            affiliation, kind=ClaimantKind.ORGANISATION, by=by, at=at
        )
    return create_claimant(
        name=name, kind=kind, role=role, affiliation=belongs_to, by=by, at=at
    )


# --- Claims -------------------------------------------------------------------


def create_claim(
    *, by: User, at: datetime, due_at: datetime | None = None, **fields: Any
) -> Claim:
    """Write down a new claim, due within a day unless said. Raises ValidationError."""
    require(by, Role.CONTRIBUTOR)
    claim = _new(by=by, at=at, due_at=due_at, **fields)
    _clean_new(claim)
    try:
        with transaction.atomic():
            claim.save(force_insert=True)
            tell_after_commit("queue")
    except IntegrityError:
        # Which rule it breaks is asked of the database only now: for all those that
        # break none, the questions would be dearer than the claim.
        claim.full_clean(exclude=["search"])
        raise
    return claim


def _clean_new(claim: Claim) -> None:
    claim.clean_fields(exclude=["search", *_NAMED_BY_CLAIMS])
    claim.clean()


def _new(*, by: User, at: datetime, due_at: datetime | None, **fields: Any) -> Claim:
    return Claim(
        created_by=by,
        created_at=at,
        updated_at=at,
        moved_at=at,
        due_at=due_at or at + settings.CLAIMS_DUE_WITHIN,
        **fields,
    )


@transaction.atomic
def create_claims(
    claims: Sequence[Mapping[str, Any]], *, by: User, at: datetime
) -> list[Claim | Exception]:
    """
    Write down many new claims, each as `create_claim` would.

    Those that it would refuse are returned as its refusal, and the others are kept.
    """
    require(by, Role.CONTRIBUTOR)
    rows = [_new(by=by, at=at, due_at=None, **fields) for fields in claims]
    try:
        with transaction.atomic():
            for row in rows:
                _clean_new(row)
            # What is left to hold is the constraints', and they hold all at once.
            Claim.objects.bulk_create(rows)
    except (ValidationError, DatabaseError):
        return [_created_alone(fields, by=by, at=at) for fields in claims]
    tell_after_commit("queue")
    return list(rows)


def _created_alone(
    fields: Mapping[str, Any], *, by: User, at: datetime
) -> Claim | Exception:
    try:
        return create_claim(by=by, at=at, **fields)
    except (ValidationError, IntegrityError, DataError, ClaimError) as exc:
        return exc


@transaction.atomic
def change_claim(
    claim: Claim, *, version: int, by: User, at: datetime, **fields: Any
) -> Claim:
    """
    Change a claim that was read at `version`. Raises Overtaken, WordsStand.

    Once a verdict was published, and while a second one is awaited, the words it is
    about and who said them when stand; topics, language and what it repeats may change,
    by a reviewer once readers see them.
    """
    require(by, Role.CONTRIBUTOR)
    # Under lock, or the claim is published between the question and the change.
    claim = Claim.objects.select_for_update(of=("self",)).get(pk=claim.pk)
    citing.require_before_readers(claim, by)
    tell_after_commit(f"claim:{claim.pk}", "queue")
    if any(
        fields.get(name, now) != now
        for name, now in ((word, getattr(claim, word)) for word in PUBLISHED_WORDS)
    ):
        _words_may_change(claim)
    return _changed(claim, version=version, fields={**fields, "updated_at": at})


def _words_may_change(claim: Claim) -> None:
    if claim.was_published:
        raise WordsStand(
            _(
                "Readers have seen these words with a verdict about them, so they stand. "
                "If they are wrong, retract the review and record the claim anew."
            )
        )
    if claim.reviews.submitted().exists():
        raise WordsStand(
            _(
                "A verdict on these words waits for a second one, so they stand. If they "
                "are wrong, have the review sent back first."
            )
        )


# --- Assessments --------------------------------------------------------------


@transaction.atomic
def add_assessment(
    claim: Claim, *, by: User, at: datetime, suggested: bool = False, **fields: Any
) -> Assessment:
    """
    Write down what somebody else says about a claim.

    A reviewer's is confirmed at once and, if it contradicts a published claim,
    brings that back to the desk; a contributor's waits as suggested.
    """
    require(by, Role.CONTRIBUTOR)
    _held(claim)
    assessment = Assessment(
        claim=claim,
        created_at=at,
        updated_at=at,
        state=AssessmentState.SUGGESTED,
        **fields,
    )
    assessment.full_clean()
    assessment.save(force_insert=True)
    tell_after_commit(f"claim:{claim.pk}", "queue")
    if suggested or not may_review(by):
        return assessment
    return confirm(assessment, by=by, at=at)


@transaction.atomic
def change_assessment(
    assessment: Assessment, *, version: int, by: User, at: datetime, **fields: Any
) -> Assessment:
    """
    Change an assessment that was read at `version`. Raises Overtaken.

    One that a reviewer stands behind is changed by a reviewer; if it contradicts a
    published claim from now on, that comes back to the desk.
    """
    # Under lock: the caller's copy may be older than the decision.
    assessment = _locked(assessment)
    confirmed = assessment.state != AssessmentState.SUGGESTED
    require(by, Role.REVIEWER if confirmed else Role.CONTRIBUTOR)
    contradicted = assessment.contradicts
    assessment = _changed(
        assessment, version=version, fields={**fields, "updated_at": at}
    )
    tell_after_commit(f"claim:{assessment.claim_id}", "queue")
    if not contradicted and assessment.state == AssessmentState.CONFIRMED:
        _bring_back(assessment, at=at)
    return assessment


@transaction.atomic
def confirm(assessment: Assessment, *, by: User, at: datetime) -> Assessment:
    """Stand behind a suggested assessment. Raises AlreadyDecided."""
    assessment = _decide(assessment, AssessmentState.CONFIRMED, by=by, at=at)
    outbox.assessment_confirmed(assessment, at=at)
    _bring_back(assessment, at=at)
    return assessment


def _bring_back(assessment: Assessment, *, at: datetime) -> None:
    published = assessment.claim.status == ClaimStatus.PUBLISHED
    if published and assessment.contradicts:
        workflow.recheck(
            assessment.claim,
            reason=RecheckReason.CONTRADICTED,
            at=at,
            note=f"{assessment.assessor.name}: {assessment.statement[:200]}",
        )


@transaction.atomic
def reject(assessment: Assessment, *, by: User, at: datetime) -> Assessment:
    """Set a suggested assessment aside; it stays on record. Raises AlreadyDecided."""
    return _decide(assessment, AssessmentState.REJECTED, by=by, at=at)


@transaction.atomic
def take_back(
    assessment: Assessment, *, by: User, at: datetime, reason: str
) -> Assessment:
    """
    Set a confirmed assessment aside that was wrongly recorded; it stays on record.

    Readers hear it no more from now on; the history tells that they did, and why not
    any more. Raises AlreadyDecided, MoveRefused without a reason.
    """
    require(by, Role.REVIEWER)
    workflow.require_reason(reason)
    assessment = _locked(assessment)
    if assessment.state != AssessmentState.CONFIRMED:
        raise AlreadyDecided(
            _("Nobody stands behind this assessment: there is nothing to take back.")
        )
    with pghistory.context(reason=reason):
        return _set(assessment, AssessmentState.REJECTED, by=by, at=at)


@transaction.atomic
def reopen(assessment: Assessment, *, by: User, at: datetime) -> Assessment:
    """Have an assessment that was set aside decided once more. Raises AlreadyDecided."""
    require(by, Role.REVIEWER)
    assessment = _locked(assessment)
    if assessment.state != AssessmentState.REJECTED:
        raise AlreadyDecided(_("This assessment was not set aside."))
    return _set(assessment, AssessmentState.SUGGESTED, by=None, at=at)


def _decide(
    assessment: Assessment, state: AssessmentState, *, by: User, at: datetime
) -> Assessment:
    require(by, Role.REVIEWER)
    assessment = _locked(assessment)
    if assessment.state != AssessmentState.SUGGESTED:
        raise AlreadyDecided(
            _("This assessment was %(state)s before.")
            % {"state": assessment.get_state_display().lower()}
        )
    return _set(assessment, state, by=by, at=at)


def _locked(assessment: Assessment) -> Assessment:
    _held(assessment.claim)
    return (
        Assessment.objects.select_for_update(of=("self",))
        .select_related("claim", "assessor")
        .get(pk=assessment.pk)
    )


def _held(claim: Claim) -> None:
    # As its moves do, and before its assessments: a verdict on it is about what others
    # say at that moment.
    Claim.objects.select_for_update().only("pk").get(pk=claim.pk)


def _set(
    assessment: Assessment, state: AssessmentState, *, by: User | None, at: datetime
) -> Assessment:
    assessment.state, assessment.updated_at = state, at
    assessment.decided_by, assessment.decided_at = by, at if by else None
    assessment.save(update_fields=["state", "decided_by", "decided_at", "updated_at"])
    assessment.refresh_from_db(fields=["version"])
    tell_after_commit(f"claim:{assessment.claim_id}", "queue")
    return assessment


# --- What changes are made of -------------------------------------------------


@transaction.atomic
def _changed(row: Versioned, *, version: int, fields: dict[str, Any]) -> Versioned:
    manager = type(row)._default_manager
    fresh: Versioned = manager.select_for_update(of=("self",)).get(pk=row.pk)
    if fresh.version != version:
        raise Overtaken(
            _(
                "Somebody saved this after you opened it (version %(current)s, yours is %(version)s). Nothing of yours was saved yet."
            )
            % {"current": fresh.version, "version": version},
            current=fresh.version,
        )
    for name, value in fields.items():
        setattr(fresh, name, value)
    fresh.full_clean(exclude=["search"])
    fresh.save(update_fields=list(fields))
    # The database counts the version, so that no road past this one goes uncounted.
    fresh.refresh_from_db()
    return fresh
