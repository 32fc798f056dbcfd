"""From an article to claims: candidates proposed, accepted, merged or rejected."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims import editing, extraction
from claims.access import Role, require
from claims.errors import AlreadyDecided, MoveRefused
from claims.feeding import add_article
from claims.models import (
    Assessment,
    Candidate,
    Citation,
    Claim,
    Claimant,
    Move,
    Review,
)
from claims.reading import propose, read_again
from claims.vocabulary import (
    AssessmentState,
    CandidateState,
    CitationRole,
    ClaimStatus,
)
from sources.models.passage import CONTEXT_MAX_CHARACTERS
from sources.wire import tell_after_commit

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from claims.models.article import CandidateQuerySet

__all__ = [
    "OMISSION",
    "accept",
    "add_article",
    "merge",
    "propose",
    "read_again",
    "reconsider",
    "reconsiderable",
    "reject",
    "statement",
    "wording",
]

# What the quote watch takes for «something was left out here».
OMISSION = " […] "


# --- What an editor does with a candidate -------------------------------------


@transaction.atomic
def accept(
    candidate: Candidate,
    *,
    by: User,
    at: datetime,
    claimant: Claimant | None = None,
    **fields: Any,
) -> Claim:
    """
    Make a claim of a candidate, with its passage and citation.

    `fields` are the claim's, where the editor changed what was proposed. Raises
    AlreadyDecided, CitationRefused, ValidationError.
    """
    require(by, Role.REVIEWER)
    candidate = _undecided(candidate)
    claimant = claimant or editing.claimant_named(
        candidate.claimant_name or candidate.mention,
        kind=candidate.claimant_kind,
        role=candidate.role,
        affiliation=candidate.affiliation,
        by=by,
        at=at,
    )
    claim = editing.create_claim(
        by=by,
        at=at,
        claimant=claimant,
        **(_proposed(candidate) | fields),
    )
    _cite(candidate, claim, by=by, at=at)
    _decide(candidate, CandidateState.ACCEPTED, by=by, at=at, claim=claim)
    return claim


@transaction.atomic
def merge(candidate: Candidate, claim: Claim, *, by: User, at: datetime) -> Claim:
    """
    Count a candidate as another report of a tracked claim, with its citation.

    Raises AlreadyDecided, CitationRefused, and MoveRefused where the claim is
    tracked no more.
    """
    require(by, Role.REVIEWER)
    candidate = _undecided(candidate)
    claim = Claim.objects.select_for_update(of=("self",)).get(pk=claim.pk)
    if claim.status in {ClaimStatus.DISMISSED, ClaimStatus.RETRACTED}:
        raise MoveRefused(
            _(
                "That claim was %(status)s and is tracked no more. Merge into another one, or accept the candidate as a new claim."
            )
            % {"status": claim.get_status_display().lower()}
        )
    _cite(candidate, claim, by=by, at=at)
    _decide(candidate, CandidateState.MERGED, by=by, at=at, claim=claim)
    return claim


@transaction.atomic
def reject(candidate: Candidate, *, by: User, at: datetime) -> Candidate:
    """Set a candidate aside; it stays on record with the article."""
    require(by, Role.REVIEWER)
    return _decide(_undecided(candidate), CandidateState.REJECTED, by=by, at=at)


@transaction.atomic
def reconsider(candidate: Candidate, *, by: User) -> Candidate:
    """
    Have a candidate decided once more.

    The claim that was made of it goes, as long as nothing was done with it since; where
    it was merged, its citation goes. Raises AlreadyDecided.
    """
    require(by, Role.REVIEWER)
    candidate = _locked(candidate)
    state, claim = candidate.state, candidate.claim
    decided_at = candidate.decided_at
    if decided_at is None:
        raise AlreadyDecided(_("Nobody has decided this candidate yet."))
    if claim is not None:
        claim = Claim.objects.select_for_update(of=("self",)).get(pk=claim.pk)
    if not reconsiderable().filter(pk=candidate.pk).exists():
        raise AlreadyDecided(_REASONS[CandidateState(state)])
    candidate.state, candidate.claim = CandidateState.PROPOSED, None
    candidate.decided_by = candidate.decided_at = None
    candidate.save(update_fields=["state", "claim", "decided_by", "decided_at"])
    if claim is None:
        return candidate
    # What was cited for it before stays: it was there without this candidate.
    claim.citations.filter(
        created_at=decided_at, passage__exact=wording(candidate)
    ).delete()
    if state == CandidateState.ACCEPTED:
        suggested = Assessment.objects.filter(Q(claim=claim) | Q(based_on=claim))
        Citation.objects.filter(assessment__in=suggested).delete()
        suggested.delete()
        claim.delete()
    return candidate


_REASONS = {
    CandidateState.MERGED: gettext_lazy(
        "A verdict rests on this report by now, so it stays with the claim."
    ),
    CandidateState.ACCEPTED: gettext_lazy(
        "Somebody has worked on the claim that was made of it, so it stays. It can be "
        "dismissed, with a reason."
    ),
}


def reconsiderable() -> CandidateQuerySet:
    """Return the candidates whose decision can be taken back: nothing rests on it."""
    claim = OuterRef("claim")
    begun = (
        Move.objects.filter(claim=claim),
        Review.objects.filter(claim=claim),
        # What the machine alone suggested, nobody has worked on.
        Assessment.objects.filter(Q(claim=claim) | Q(based_on=claim)).exclude(
            state=AssessmentState.SUGGESTED, clash__isnull=False
        ),
        Claim.objects.filter(canonical=claim),
        Candidate.objects.filter(claim=claim).exclude(pk=OuterRef("pk")),
        Citation.objects.filter(claim=claim).exclude(created_at=OuterRef("decided_at")),
    )
    untouched = Q(
        *(~Exists(rows) for rows in begun),
        state=CandidateState.ACCEPTED,
        claim__status=ClaimStatus.NEW,
        claim__version=1,
        claim__assigned_to=None,
    )
    judged = Exists(Review.objects.submitted().filter(claim=claim))
    return Candidate.objects.filter(
        Q(state=CandidateState.REJECTED)
        | Q(~judged, state=CandidateState.MERGED)
        | untouched
    )


def wording(candidate: Candidate) -> str:
    """Return the statement alone, with a mark where its speaker interrupts it."""
    return OMISSION.join(_pieces(candidate))


def statement(candidate: Candidate) -> str:
    """Return the statement as a claim states it: no marks around it, no «that»."""
    return extraction.as_statement(_pieces(candidate))


def _pieces(candidate: Candidate) -> list[str]:
    text = candidate.article.text
    return [text[start:end] for start, end in candidate.pieces]


def _proposed(candidate: Candidate) -> dict[str, Any]:
    day = candidate.said_on or candidate.article.published_on
    return {
        "statement": statement(candidate),
        "original_wording": wording(candidate),
        "form": candidate.form,
        "language": candidate.article.language,
        "role_at_time": candidate.role,
        "said_at": datetime.combine(day, time(), tzinfo=UTC) if day else None,
    }


def _cite(candidate: Candidate, claim: Claim, *, by: User, at: datetime) -> None:
    article = candidate.article
    if article.source is None:
        return
    before = max(0, candidate.start - CONTEXT_MAX_CHARACTERS)
    editing.cite(
        claim,
        url=article.source.url,
        exact=wording(candidate),
        prefix=article.text[before : candidate.start],
        suffix=article.text[candidate.end : candidate.end + CONTEXT_MAX_CHARACTERS],
        role=CitationRole.SAID_HERE,
        by=by,
        at=at,
    )


def _locked(candidate: Candidate) -> Candidate:
    return (
        Candidate.objects.select_for_update(of=("self",))
        .select_related("article__source", "claim")
        .get(pk=candidate.pk)
    )


def _undecided(candidate: Candidate) -> Candidate:
    candidate = _locked(candidate)
    if candidate.state != CandidateState.PROPOSED:
        raise AlreadyDecided(
            _("This candidate was %(state)s before.")
            % {"state": candidate.get_state_display().lower()}
        )
    return candidate


def _decide(
    candidate: Candidate,
    state: CandidateState,
    *,
    by: User,
    at: datetime,
    claim: Claim | None = None,
) -> Candidate:
    candidate.state, candidate.claim = state, claim
    candidate.decided_by, candidate.decided_at = by, at
    candidate.save(update_fields=["state", "claim", "decided_by", "decided_at"])
    tell_after_commit(f"article:{candidate.article_id}", "inbox", "queue")
    return candidate
