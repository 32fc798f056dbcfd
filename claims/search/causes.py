"""What became of the words and pages that published claims rest on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, OuterRef, Q, Subquery, UUIDField, Value
from django.db.models.functions import Coalesce, Greatest

from claims.models import Assessment, Citation, Claim, Move, Review
from claims.vocabulary import ClaimStatus, RecheckReason
from sources.models import Passage, Sighting
from sources.vocabulary import PassageState, SourceState

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from uuid import UUID

    from claims.models.assessment import AssessmentQuerySet
    from claims.models.citation import CitationQuerySet

_NEVER = datetime(1, 1, 2, tzinfo=UTC)
_WORDS = {
    PassageState.ALTERED: RecheckReason.QUOTE_ALTERED,
    PassageState.MISSING: RecheckReason.QUOTE_MISSING,
}
_ORDER = list(RecheckReason)
_CURRENT = Q(review__published_at__isnull=False, review__valid_to=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """One thing that became of a cited passage, which nobody has answered yet."""

    claim: Claim
    passage: Passage
    reason: RecheckReason
    since: datetime  # when a worker saw it, or when the passage was cited, if later

    @property
    def note(self) -> str:
        """Where it happened, and to which words."""
        return f"{self.passage.source.name}: “{self.passage.exact[:200]}”"


def unanswered(claims: Collection[UUID]) -> dict[UUID, list[Cause]]:
    """
    Return what became of the evidence of published claims and was not answered yet.

    By claim; a claim that has nothing to answer is left out. A reaffirmation answers
    what was so when it was made, a published review what was so when it was submitted:
    that is listed where it is written and where it is judged. What was seen later
    waits, also where it came between submission and publication: whoever wrote the
    review did not know of it.
    """
    if not claims:
        return {}
    of_claim = Citation.objects.filter(claim__in=claims)
    of_voices = Citation.objects.filter(assessment__claim__in=claims)
    of_reviews = Citation.objects.filter(_CURRENT, review__claim__in=claims)
    cited = of_claim.values("pk").union(of_voices.values("pk"), of_reviews.values("pk"))
    # Two questions: asked as one, what follows is worked out for every citation there
    # is before those of these claims are picked (3 s at 340,000 of them, now 5 ms).
    keys = [row["pk"] for row in cited]
    return _by_claim(Citation.objects.filter(pk__in=keys)) if keys else {}


def unanswered_in_public(*, now: datetime) -> dict[UUID, list[Cause]]:
    """Return the same for all that is published and can no longer be undone."""
    broken = Passage.objects.broken().values("pk")
    lost = Passage.objects.filter(source__state=SourceState.GONE).values("pk")
    went_out = Review.objects.current().filter(
        claim=OuterRef("about"),
        claim__status=ClaimStatus.PUBLISHED,
        published_at__lte=now,
    )
    cited = Citation.objects.filter(
        Q(review=None) | _CURRENT, passage__in=broken.union(lost)
    )
    # Two questions, as above.
    keys = list(cited.values_list("pk", flat=True))
    return _by_claim(Citation.objects.filter(pk__in=keys), Exists(went_out))


def contradictions(claim: Claim) -> AssessmentQuerySet:
    """
    Assessments that contradict a claim and were confirmed since its review was answered
    for: since it was handed in, or last reaffirmed.
    """
    moments = [
        Move.objects.filter(
            claim=claim,
            from_status=ClaimStatus.RECHECK,
            to_status=ClaimStatus.PUBLISHED,
        )
        .newest_first()
        .values_list("at", flat=True)
        .first(),
        Review.objects.current()
        .filter(claim=claim)
        .values_list("submitted_at", flat=True)
        .first(),
    ]
    answered = max((moment for moment in moments if moment), default=_NEVER)
    return (
        Assessment.objects.confirmed()
        .contradicting()
        .filter(claim=claim, decided_at__gt=answered)
        .select_related("assessor")
        .oldest_first()
    )


def _by_claim(citations: CitationQuerySet, *which: Exists) -> dict[UUID, list[Cause]]:
    found: dict[UUID, list[Cause]] = {}
    for citation in _open(citations, which):
        for cause in _causes(citation):
            found.setdefault(cause.claim.pk, []).append(cause)
    for causes in found.values():
        causes.sort(key=lambda cause: _ORDER.index(cause.reason))
    return found


def _open(citations: CitationQuerySet, which: Iterable[Exists]) -> CitationQuerySet:
    about = OuterRef("about")
    reaffirmed = Move.objects.filter(
        claim=about,
        from_status=ClaimStatus.RECHECK,
        to_status=ClaimStatus.PUBLISHED,
    ).newest_first()
    standing = Review.objects.current().filter(claim=about)
    # Words that were altered twice are told twice: the state has stayed the same.
    seen = (
        Sighting.objects.on_the_page()
        .filter(passage=OuterRef("passage"), state=OuterRef("passage__state"))
        .newest_first()
    )
    # A copy counts for the words that were found in it, letter for letter.
    copied = Sighting.objects.in_an_archive().filter(passage=OuterRef("passage"))
    open_words = Q(passage__state__in=_WORDS, words_since__gt=F("answered"))
    open_page = Q(
        passage__source__state=SourceState.GONE,
        copied=False,
        page_since__gt=F("answered"),
    )
    return (
        citations.with_their_pages()
        .annotate(
            about=Coalesce(
                "claim", "assessment__claim", "review__claim", output_field=UUIDField()
            ),
            answered=Greatest(
                Subquery(reaffirmed.values("at")[:1]),
                Subquery(standing.values("submitted_at")[:1]),
                Value(_NEVER),
            ),
            words_since=Greatest(
                "passage__state_since",
                "created_at",
                Subquery(seen.values("at")[:1]),
            ),
            page_since=Greatest("passage__source__state_since", "created_at"),
            copied=Exists(copied),
        )
        .filter(open_words | open_page, *which)
        .select_related("claim", "assessment__claim", "review__claim")
        .order_by("pk")
    )


def _causes(citation: Any) -> Iterator[Cause]:  # Any: annotated columns
    passage = citation.passage
    claim = _claim_of(citation)
    reason = _WORDS.get(PassageState(passage.state))
    if reason is not None and citation.words_since > citation.answered:
        yield Cause(
            claim=claim, passage=passage, reason=reason, since=citation.words_since
        )
    gone = passage.source.state == SourceState.GONE and not citation.copied
    if gone and citation.page_since > citation.answered:
        yield Cause(
            claim=claim,
            passage=passage,
            reason=RecheckReason.SOURCE_GONE,
            since=citation.page_since,
        )


def _claim_of(citation: Citation) -> Claim:
    if citation.claim is not None:
        return citation.claim
    if citation.assessment is not None:
        return citation.assessment.claim
    if citation.review is None:
        raise ValueError(f"citation {citation.pk} belongs to nothing")
    return citation.review.claim
