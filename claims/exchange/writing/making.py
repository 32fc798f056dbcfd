"""What a plan comes to, written down: call it inside of a transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from uuid_utils.compat import uuid7

from claims import editing
from claims.access import may_review
from claims.exchange.writing.copying import copy
from claims.exchange.writing.paging import passages
from claims.models import Assessment, Citation, Claim, Claimant
from claims.vocabulary import AssessmentState

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.contrib.auth.models import User

    from claims.exchange.record import Page
    from claims.exchange.writing.judging import NewPage, NewVoice, Plan

_CLAIMANT = ("id", "kind", "name", "role", "same_as", "created_at")
_CLAIM = (
    "id",
    "statement",
    "original_wording",
    "form",
    "language",
    "topics",
    "claimant_id",
    "role_at_time",
    "said_at",
    "said_at_precision",
    "moved_at",
    "created_by_id",
    "created_at",
    "updated_at",
)
_ASSESSMENT = (
    "id",
    "claim_id",
    "assessor_id",
    "stance",
    "statement",
    "said_at",
    "said_at_precision",
    "rating_text",
    "url",
    "state",
    "decided_by_id",
    "decided_at",
    "created_at",
    "updated_at",
)
_CITATION = ("id", "claim_id", "assessment_id", "passage_id", "role", "created_at")


def make(plan: Plan, *, by: User | None, at: datetime) -> None:
    """
    Write what is planned.

    To a claim that the desk has begun to work on, voices and pages come one by one, with
    all that follows from them there.
    """
    if plan.claimants:
        copy(
            Claimant,
            _CLAIMANT,
            (
                (key, who.kind, who.name, who.role, list(who.same_as), at)
                for key, who in plan.claimants
            ),
        )
    _make_claims(plan, by=by, at=at)
    fresh = [each for each in plan.voices if each.claim.is_new or by is None]
    _make_voices(fresh, by=by, at=at)
    _cite(
        [each for each in plan.pages if each.claim.is_new],
        [each for each in fresh if each.claim.is_new],
        at=at,
    )
    if by is not None:
        _add_one_by_one(plan, by=by, at=at)


def _make_claims(plan: Plan, *, by: User | None, at: datetime) -> None:
    creator = by.pk if by else None
    # Not due: nobody has promised anything about them, and they would bury the queue.
    copy(
        Claim,
        _CLAIM,
        (
            (
                key,
                record.statement,
                record.wording,
                record.form,
                record.language,
                list(record.topics),
                claimant,
                record.role_at_time,
                record.said_at,
                record.precision,
                at,
                creator,
                at,
                at,
            )
            for key, claimant, record in plan.claims
        ),
    )


def _make_voices(voices: Iterable[NewVoice], *, by: User | None, at: datetime) -> None:
    stands_behind = by if by is not None and may_review(by) else None

    def row(each: NewVoice) -> tuple[object, ...]:
        voice = each.voice
        decided = voice.clear and stands_behind is not None
        return (
            each.id,
            each.claim.id,
            each.assessor,
            voice.stance,
            voice.statement,
            voice.said_at,
            voice.precision,
            voice.rating_text,
            voice.url,
            AssessmentState.CONFIRMED if decided else AssessmentState.SUGGESTED,
            stands_behind.pk if decided and stands_behind else None,
            at if decided else None,
            at,
            at,
        )

    if rows := [row(each) for each in voices]:
        copy(Assessment, _ASSESSMENT, rows)


def _cite(
    pages: Iterable[NewPage], voices: Iterable[NewVoice], *, at: datetime
) -> None:
    wanted: list[tuple[UUID | None, UUID | None, Page]] = [
        (each.claim.id, None, each.page) for each in pages
    ]
    wanted += [(None, each.id, page) for each in voices for page in each.voice.pages]
    if not wanted:
        return
    found = passages([page for _, _, page in wanted], at=at)
    rows = {
        (claim, assessment, found[page.url, page.exact], page.role): None
        for claim, assessment, page in wanted
    }
    copy(
        Citation,
        _CITATION,
        (
            (uuid7(), claim, assessment, passage, page_role, at)
            for claim, assessment, passage, page_role in rows
        ),
    )


def _add_one_by_one(plan: Plan, *, by: User, at: datetime) -> None:
    for each in plan.voices:
        if each.claim.is_new:
            continue
        voice = each.voice
        claim = Claim.objects.get(pk=each.claim.id)
        added = editing.add_assessment(
            claim,
            by=by,
            at=at,
            suggested=not voice.clear,
            assessor=Claimant.objects.get(pk=each.assessor),
            stance=voice.stance,
            statement=voice.statement,
            said_at=voice.said_at,
            said_at_precision=voice.precision,
            rating_text=voice.rating_text,
            url=voice.url,
        )
        for page in voice.pages:
            editing.cite(
                added, url=page.url, exact=page.exact, role=page.role, by=by, at=at
            )
    for one in plan.pages:
        if not one.claim.is_new:
            page = one.page
            claim = Claim.objects.get(pk=one.claim.id)
            editing.cite(
                claim, url=page.url, exact=page.exact, role=page.role, by=by, at=at
            )
