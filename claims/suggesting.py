"""Suggesting assessments: what others said, held against claims by the machine."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import F

from claims import intake
from claims.disagreement import gathering
from claims.disagreement.comparing import Contradiction, Said, among, compared
from claims.models import (
    Article,
    Assessment,
    Candidate,
    Citation,
    Claim,
    Clash,
    Comparison,
)
from claims.vocabulary import AssessmentState, CitationRole, ClaimStatus, Stance
from sources.models import Passage
from sources.wire import tell_after_commit

if TYPE_CHECKING:
    from datetime import datetime

# Suggestions about one claim that wait at a time: more would be read by nobody.
MOST_WAITING = 8
_DROPPED = (ClaimStatus.DISMISSED, ClaimStatus.RETRACTED)


def begin(comparison: Comparison) -> bool:
    """Count an attempt, so that texts that kill their worker are not tried for ever."""
    due = Comparison.objects.due().filter(pk=comparison.pk)
    return bool(due.update(attempts=F("attempts") + 1))


@transaction.atomic
def compare(comparison: Comparison, *, at: datetime) -> list[Clash]:
    """
    Compare what waits and suggest what contradicts it; nothing where another is at it.

    May run twice: of a pair there is one clash for ever, whatever became of it.
    """
    waiting = Comparison.objects.select_for_update(skip_locked=True, of=("self",))
    row = (
        waiting.filter(pk=comparison.pk)
        .select_related("claim__claimant", "article")
        .first()
    )
    if row is None:
        return []
    found = []
    if row.claim is not None:
        found = _compare_claim(row.claim, at=at)
    elif row.article is not None:
        found = _compare_candidates(row.article, at=at)
    row.delete()
    return found


# --- Claims -------------------------------------------------------------------


def _compare_claim(claim: Claim, *, at: datetime) -> list[Clash]:
    if claim.status in _DROPPED:
        return []
    beside = {other.pk: other for other in gathering.others(claim)}
    known = _known(claim)
    fresh = [_said(other) for key, other in beside.items() if key not in known]
    found = compared(_said(claim), fresh)
    beside[claim.pk] = claim
    clashes = [
        _suggest(
            each, beside[each.statement.key], against=beside[each.against.key], at=at
        )
        for each in found
    ]
    return [clash for clash in clashes if clash is not None]


def _said(claim: Claim) -> Said[UUID]:
    return Said(
        key=claim.pk,
        text=claim.statement,
        speaker=claim.claimant.name,
        on=claim.said_at.date() if claim.said_at else None,
        order=_order(claim),
    )


def _order(claim: Claim) -> tuple[datetime, str]:
    return (claim.created_at, str(claim.pk))


def _known(claim: Claim) -> set[UUID]:
    """Return the claims that were held against this one, or it against them, before."""
    clashes = Clash.objects.filter
    by_people = Assessment.objects.filter
    pairs = (
        clashes(claim=claim, against__isnull=False).values_list("against", flat=True),
        clashes(against=claim, claim__isnull=False).values_list("claim", flat=True),
        by_people(claim=claim, based_on__isnull=False).values_list(
            "based_on", flat=True
        ),
        by_people(based_on=claim).values_list("claim", flat=True),
    )
    return {key for keys in pairs for key in keys}


def _suggest(
    found: Contradiction[UUID], statement: Claim, *, against: Claim, at: datetime
) -> Clash | None:
    waiting = against.assessments.suggested().filter(clash__isnull=False)
    if waiting.count() >= MOST_WAITING:
        return None
    clash, new = Clash.objects.get_or_create(
        claim=statement,
        candidate=None,
        against=against,
        against_candidate=None,
        defaults={
            "words": found.words,
            "strength": found.judgement.strength,
            "reversal": found.reversal,
            "created_at": at,
        },
    )
    if not new:
        return None
    clash.assessment = _assessment(statement, against=against, at=at)
    clash.save(update_fields=["assessment"])
    tell_after_commit(f"claim:{against.pk}", "queue")
    return clash


def _assessment(statement: Claim, *, against: Claim, at: datetime) -> Assessment:
    assessment = Assessment(
        claim=against,
        based_on=statement,
        assessor=statement.claimant,
        stance=Stance.CONTRADICTS,
        statement=statement.statement,
        said_at=statement.said_at,
        said_at_precision=statement.said_at_precision,
        state=AssessmentState.SUGGESTED,
        created_at=at,
        updated_at=at,
    )
    assessment.full_clean(exclude=["search"])
    assessment.save(force_insert=True)
    Citation.objects.bulk_create(
        Citation(assessment=assessment, passage=passage, role=role, created_at=at)
        for passage, role in _pages(statement)
    )
    return assessment


def _pages(statement: Claim) -> list[tuple[Passage, str]]:
    said_here = statement.citations.filter(role=CitationRole.SAID_HERE)
    return [
        (citation.passage, citation.role)
        for citation in said_here.select_related("passage")
    ]


# --- Candidates ---------------------------------------------------------------


def _compare_candidates(article: Article, *, at: datetime) -> list[Clash]:
    candidates = gathering.candidates(article)
    said = [_proposed(candidate) for candidate in candidates]
    found = among(said)
    tracked = gathering.tracked_beside([each.text for each in said])
    claims = {claim.pk: claim for beside in tracked for claim in beside}
    for each, beside in zip(said, tracked, strict=True):
        found += compared(each, [_said_before(claim) for claim in beside], most=1)
    by_key = {candidate.pk: candidate for candidate in candidates}
    kept = [_keep(each, by_key, claims, at=at) for each in found]
    if kept:
        tell_after_commit(f"article:{article.pk}", "inbox")
    return kept


def _proposed(candidate: Candidate) -> Said[UUID]:
    return Said(
        key=candidate.pk,
        text=intake.wording(candidate),
        speaker=candidate.claimant_name or candidate.mention,
        on=candidate.said_on or candidate.article.published_on,
        order=(1, candidate.start),
    )


def _said_before(claim: Claim) -> Said[UUID]:
    return Said(
        key=claim.pk,
        text=claim.statement,
        speaker=claim.claimant.name,
        on=claim.said_at.date() if claim.said_at else None,
        order=(0, 0),
    )


def _keep(
    found: Contradiction[UUID],
    candidates: dict[UUID, Candidate],
    claims: dict[UUID, Claim],
    *,
    at: datetime,
) -> Clash:
    statement, against = found.statement.key, found.against.key
    return Clash.objects.get_or_create(
        claim=claims.get(statement),
        candidate=candidates.get(statement),
        against=claims.get(against),
        against_candidate=candidates.get(against),
        defaults={
            "words": found.words,
            "strength": found.judgement.strength,
            "reversal": found.reversal,
            "created_at": at,
        },
    )[0]
