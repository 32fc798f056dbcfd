"""All that the page of a claim tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.models import Assessment, Claim, Correction, Move, Review
from claims.public import evidence, wording
from claims.public.items import is_quoted
from claims.search import Appearances, Tally, appearances, causes
from claims.vocabulary import (
    ClaimStatus,
    CorrectionKind,
    RecheckReason,
    Stance,
)

if TYPE_CHECKING:
    from datetime import datetime

    from claims.public.evidence import Cited, Cites

STANCE_WORDS = {
    Stance.CONTRADICTS: gettext_lazy("Contradicted by %(name)s"),
    Stance.EXPLAINS_AWAY: gettext_lazy("Explained away by %(name)s"),
    Stance.SUPPORTS: gettext_lazy("Supported by %(name)s"),
    Stance.QUALIFIES: gettext_lazy("Qualified by %(name)s"),
    Stance.DEFERS: gettext_lazy("Left open by %(name)s"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Somebody else's word about the claim, and where it stands written."""

    assessment: Assessment
    said: str
    cited: list[tuple[Cites, Cited]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One thing on the timeline."""

    at: datetime
    when: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """Who stands behind a finding, as far as they are named in public."""

    written_by: str
    seconded_by: str
    decided_by: str
    arbitrated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the page shows of a claim."""

    quoted: bool
    said: str
    language: str
    repeats: Claim | None  # the first time it was said, where that is public
    against: list[Voice]
    others: list[Voice]
    tally: Tally
    pages: list[Cites]
    # Where there is more than the one page; of today alone.
    appeared: Appearances | None
    reviews: list[Review]
    corrections: list[Correction]
    withdrawn: Correction | None
    newest: Correction | None  # the note that goes with the version shown
    recheck: list[str]  # why the desk looks again, if it does
    correcting: bool
    signed: Signed | None
    timeline: list[Happened]


def published_reviews(claim: Claim) -> list[Review]:
    """Return every version that readers have seen, the newest first."""
    found = list(
        claim.reviews.published()
        .select_related("written_by", "second_reviewer", "arbiter")
        .newest_first()
    )
    now = timezone.now()
    for review in found:
        # An end that is yet to come can still be undone: it is nobody's business.
        if review.valid_to is not None and review.valid_to > now:
            review.valid_to = None
    return found


def tell(
    claim: Claim,
    reviews: list[Review],
    *,
    shown: Review | None,
    then: datetime | None,
) -> Told:
    """Return what readers may know of a claim; of then, where a moment is given."""
    voices = _voices(claim, then=then)
    pages = evidence.pages(claim, review=shown, voices=voices)
    heard = [_voice(each, pages) for each in voices]
    against = [each for each in heard if each.assessment.contradicts]
    others = sorted(
        (each for each in heard if not each.assessment.contradicts),
        key=lambda each: each.assessment.stance != Stance.SUPPORTS,
    )
    corrections = _corrections(claim)
    return Told(
        quoted=is_quoted(claim),
        said=wording.said_when(claim),
        language=wording.language(claim.language),
        repeats=_public_original(claim),
        against=against,
        others=others,
        tally=Tally(
            against=len(against),
            in_favour=sum(each.assessment.stance == Stance.SUPPORTS for each in others),
        ),
        pages=pages,
        appeared=None if then else _appeared(claim),
        reviews=reviews,
        corrections=corrections,
        withdrawn=next(
            (each for each in corrections if each.kind == CorrectionKind.RETRACTION),
            None,
        ),
        newest=next(
            (each for each in corrections if shown and each.review_to_id == shown.pk),
            None,
        ),
        recheck=_why_rechecked(claim),
        correcting=claim.status
        in {
            ClaimStatus.CORRECTING,
            ClaimStatus.SECOND_REVIEW,
            ClaimStatus.ARBITRATION,
        },
        signed=_signed(shown) if shown else None,
        timeline=_timeline(claim, heard, reviews, corrections),
    )


def _voices(claim: Claim, *, then: datetime | None) -> list[Assessment]:
    confirmed = claim.assessments.confirmed()
    if then is not None:
        confirmed = confirmed.filter(decided_at__lte=then)
    return list(
        confirmed.select_related("assessor__affiliation")
        .prefetch_related(Prefetch("based_on", Claim.objects.public()))
        .oldest_first()
    )


def _voice(assessment: Assessment, pages: list[Cites]) -> Voice:
    return Voice(
        assessment=assessment,
        said=wording.said_when(assessment),
        cited=[
            (page, cited)
            for page in pages
            for cited in page.cited
            if cited.assessment_id == assessment.pk
        ],
    )


def _corrections(claim: Claim) -> list[Correction]:
    return list(
        claim.corrections.public()
        .select_related("review_from", "review_to")
        .order_by("-at")
    )


def _public_original(claim: Claim) -> Claim | None:
    original = claim.canonical
    return original if original is not None and original.is_public else None


def _appeared(claim: Claim) -> Appearances | None:
    found = appearances(claim, public=True)
    return found if found.repeats or len(found.pages) > 1 else None


def _why_rechecked(claim: Claim) -> list[str]:
    if claim.status != ClaimStatus.RECHECK:
        return []
    # The note of the move stays at the desk: it may quote a reader's letter.
    last = (
        Move.objects.filter(claim=claim, to_status=ClaimStatus.RECHECK)
        .newest_first()
        .values_list("reason", flat=True)[:1]
    )
    since = causes.unanswered([claim.pk]).get(claim.pk, [])
    reasons = [str(RecheckReason(reason).label) for reason in last if reason]
    reasons += [str(cause.reason.label) for cause in since]
    return list(dict.fromkeys(reasons)) or [_("New evidence")]


def _signed(review: Review) -> Signed:
    third = review.arbiter
    return Signed(
        written_by=review.written_by.get_full_name(),
        seconded_by=review.second_reviewer.get_full_name()
        if review.second_reviewer
        else "",
        decided_by=third.get_full_name() if third else "",
        arbitrated=third is not None,
    )


def _timeline(
    claim: Claim,
    heard: list[Voice],
    reviews: list[Review],
    corrections: list[Correction],
) -> list[Happened]:
    # What was said stands before what was answered on the same day: sorting is stable.
    found: list[Happened] = []
    if claim.said_at:
        found.append(
            Happened(
                at=claim.said_at,
                when=wording.said_when(claim),
                what=_("Said by %(name)s") % {"name": claim.claimant.name},
            )
        )
    found += [
        Happened(
            at=voice.assessment.said_at,
            when=voice.said,
            what=STANCE_WORDS[Stance(voice.assessment.stance)]
            % {"name": voice.assessment.assessor.name},
        )
        for voice in heard
        if voice.assessment.said_at
    ]
    found += [
        Happened(
            at=review.published_at,
            when=wording.day(review.published_at),
            what=_published(review, first=review is reviews[-1]),
        )
        for review in reviews
        if review.published_at
    ]
    found += [
        Happened(at=each.at, when=wording.day(each.at), what=_("Withdrawn"))
        for each in corrections
        if each.kind == CorrectionKind.RETRACTION
    ]
    return sorted(found, key=lambda each: each.at)


def _published(review: Review, *, first: bool) -> str:
    said = _("Published: %(verdict)s") if first else _("Published again: %(verdict)s")
    return said % {"verdict": review.get_verdict_display()}
