"""Writing down who said what, what others say about it, and where it stands written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from claims import workflow
from claims.access import Role, may_review, require
from claims.errors import AlreadyDecided, CitationRefused, Overtaken, WordsStand
from claims.models import Assessment, Citation, Claim, Claimant, Review
from claims.models.triggers import PUBLISHED_WORDS
from claims.vocabulary import (
    AssessmentState,
    CitationRole,
    ClaimantKind,
    ClaimStatus,
    RecheckReason,
)
from sources import attaching
from sources.errors import SourceError
from sources.wire import tell_after_commit

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import User

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


@transaction.atomic
def create_claim(
    *, by: User, at: datetime, due_at: datetime | None = None, **fields: Any
) -> Claim:
    """Write down a new claim, due within a day unless said. Raises ValidationError."""
    require(by, Role.CONTRIBUTOR)
    claim = Claim(
        created_by=by,
        created_at=at,
        updated_at=at,
        moved_at=at,
        due_at=due_at or at + settings.CLAIMS_DUE_WITHIN,
        **fields,
    )
    claim.full_clean(exclude=["search"])
    claim.save(force_insert=True)
    tell_after_commit("queue")
    return claim


@transaction.atomic
def change_claim(
    claim: Claim, *, version: int, by: User, at: datetime, **fields: Any
) -> Claim:
    """
    Change a claim that was read at `version`. Raises Overtaken, WordsStand.

    Once a verdict was published, and while a second one is awaited, the words it is
    about and who said them when stand; topics, language and what it repeats may change.
    """
    require(by, Role.CONTRIBUTOR)
    # Under lock, or the claim is published between the question and the change.
    claim = Claim.objects.select_for_update(of=("self",)).get(pk=claim.pk)
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


def _decide(
    assessment: Assessment, state: AssessmentState, *, by: User, at: datetime
) -> Assessment:
    require(by, Role.REVIEWER)
    assessment = (
        Assessment.objects.select_for_update(of=("self",))
        .select_related("claim", "assessor")
        .get(pk=assessment.pk)
    )
    if assessment.state != AssessmentState.SUGGESTED:
        raise AlreadyDecided(
            _("This assessment was %(state)s before.")
            % {"state": assessment.get_state_display().lower()}
        )
    assessment.state, assessment.decided_by, assessment.decided_at = state, by, at
    assessment.updated_at = at
    assessment.save(update_fields=["state", "decided_by", "decided_at", "updated_at"])
    assessment.refresh_from_db(fields=["version"])
    tell_after_commit(f"claim:{assessment.claim_id}", "queue")
    return assessment


# --- Citations ----------------------------------------------------------------


@transaction.atomic
def cite(
    cited_by: Claim | Assessment | Review,
    *,
    url: str,
    exact: str,
    by: User,
    at: datetime,
    role: CitationRole | str = CitationRole.SAID_HERE,
    prefix: str = "",
    suffix: str = "",
) -> Citation:
    """
    Tie words on a page to a claim, an assessment or a review.

    The page becomes a source and is looked at soon. The same words cited twice for
    the same purpose are one citation. Raises CitationRefused.
    """
    require(by, Role.CONTRIBUTOR)
    try:
        source = attaching.attach(url, now=at)
        passage = attaching.watch(
            source, exact=exact, prefix=prefix, suffix=suffix, now=at
        )
    except SourceError as exc:
        raise CitationRefused(str(exc)) from exc
    citation, _ = Citation.objects.get_or_create(
        **{_kind(cited_by): cited_by},
        passage=passage,
        role=role,
        defaults={"created_at": at},
    )
    # What a review rests on is nobody's business but its writer's for a while.
    if not isinstance(cited_by, Review):
        claim_id = (
            cited_by.claim_id if isinstance(cited_by, Assessment) else cited_by.pk
        )
        tell_after_commit(f"claim:{claim_id}")
    return citation


@transaction.atomic
def uncite(citation: Citation, *, by: User) -> None:
    """
    Take out a citation of a claim that readers have not seen.

    Once public, what a claim rested on stays. Raises CitationRefused.
    """
    require(by, Role.REVIEWER)
    cited_by: Any = citation.assessment or citation.review or citation
    claim = Claim.objects.select_for_update().get(pk=cited_by.claim_id)
    if claim.reviews.published().exists():
        raise CitationRefused(
            _(
                "Readers have seen this citation: what a published claim rests on stays. "
                "Cite another page beside it."
            )
        )
    citation.delete()
    tell_after_commit(f"claim:{claim.pk}")


def _kind(cited_by: Claim | Assessment | Review) -> str:
    return type(cited_by)._meta.model_name or ""


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
