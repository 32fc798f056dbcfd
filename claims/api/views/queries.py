"""What can be asked of the lists about claims."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from claims.api.shapes.claims import INCLUDABLE
from claims.api.views import past
from claims.models import Assessment, Citation, Review
from claims.search.published import words_query
from claims.vocabulary import (
    CONTRADICTING,
    AssessmentState,
    CandidateState,
    ClaimantKind,
    ClaimStatus,
    CorrectionKind,
    Stance,
    Verdict,
)
from sources.api.asking import (
    AnyOf,
    Names,
    PageQuery,
    Query,
    Term,
    YesOrNo,
    key,
    since,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from claims.models import Claim, Claimant


class OneClaimQuery(Query):
    """How a claim is shown."""

    known = {"include": INCLUDABLE}
    include = Names(
        required=False, help_text="What is given with it, the first 20 of each."
    )
    as_of = since("As readers read it at that moment.")


class ClaimQuery(PageQuery):
    """Which claims."""

    known = {"include": INCLUDABLE}
    include = Names(
        required=False, help_text="What is given with each, the first 20 of each."
    )
    as_of = since(
        "What readers read at that moment, as it read then. `q`, `claimant`, "
        "`language` and `topic` go by what is known now."
    )
    q = Term(help_text="Words of the statement, as one types them into a search.")
    claimant = key("Who said it.")
    verdict = AnyOf(
        Verdict.choices, required=False, help_text="What the published review found."
    )
    stance = AnyOf(
        Stance.choices,
        required=False,
        help_text="Claims with a confirmed assessment of this stance.",
    )
    has_contradiction = YesOrNo(
        required=False,
        help_text="Whether a confirmed assessment contradicts it or explains it away.",
    )
    source_domain = Term(help_text="A host that is cited for it, or one above.")
    language = Term(help_text="The language of the statement.")
    said_after = since("Said then or later.")
    said_before = since("Said earlier than that.")
    updated_since = since("Changed then or later; for the desk, or moved.")
    status = AnyOf(ClaimStatus.choices, required=False, help_text="Where it stands.")
    topic = Term(help_text="One of its topics.")


def claims(
    rows: QuerySet[Claim], asked: dict[str, Any], *, desk: bool
) -> QuerySet[Claim]:
    """Return the claims that were asked for, by what the caller knows of them."""
    asked = {**asked}
    then: datetime | None = asked.get("as_of")
    if then is not None:
        rows = rows.filter(past.stood(then))
        for name in past.CONDITIONS.keys() & asked.keys():
            rows = rows.filter(past.CONDITIONS[name](asked.pop(name), then))
    if "status" in asked and (then or not desk):
        rows = rows.filter(_shown_as(asked.pop("status"), then=then))
    if "updated_since" in asked:
        rows = rows.filter(_changed_since(asked.pop("updated_since"), desk=desk))
    for name, condition in CLAIM_CONDITIONS.items():
        if name in asked:
            rows = rows.filter(condition(asked[name]))
    return rows


def _shown_as(statuses: list[str], *, then: datetime | None) -> Q:
    """Return which claims readers are shown as one of these: see `shown_status`."""
    if then is not None:  # what stood then was published
        return Q() if ClaimStatus.PUBLISHED in statuses else Q(pk__in=())
    retracted, found = Q(status=ClaimStatus.RETRACTED), Q(pk__in=())
    if ClaimStatus.RETRACTED in statuses:
        found |= retracted
    if ClaimStatus.PUBLISHED in statuses:
        found |= ~retracted
    return found


def _changed_since(moment: datetime, *, desk: bool) -> Q:
    """Return what changed for the desk, or for readers: what they can see by now."""
    if desk:
        return Q(updated_at__gte=moment) | Q(moved_at__gte=moment)
    return Q(updated_at__gte=moment, updated_at__lte=Now())


def _assessed(condition: Q) -> Exists:
    return Exists(
        Assessment.objects.confirmed().filter(condition, claim=OuterRef("pk"))
    )


def _contradicted(wanted: bool) -> Q:  # noqa: FBT001 — the parameter's own value
    found = Q(_assessed(Q(stance__in=CONTRADICTING)))
    return found if wanted else ~found


def _cited(domain: str) -> Q:
    host = domain.strip().lower().strip(".")
    below = f".{host}"
    return Q(
        Exists(
            Citation.objects.filter(claim=OuterRef("pk")).filter(
                Q(passage__source__host=host) | Q(passage__source__host__endswith=below)
            )
        )
    )


CLAIM_CONDITIONS: dict[str, Callable[[Any], Q]] = {
    "q": lambda words: Q(search=words_query(words)),
    "claimant": lambda key: Q(claimant=key),
    "verdict": lambda verdicts: Q(
        Exists(
            Review.objects.shown().filter(claim=OuterRef("pk"), verdict__in=verdicts)
        )
    ),
    "stance": lambda stances: Q(_assessed(Q(stance__in=stances))),
    "has_contradiction": _contradicted,
    "source_domain": _cited,
    "language": lambda language: Q(language__iexact=language),
    "said_after": lambda moment: Q(said_at__gte=moment),
    "said_before": lambda moment: Q(said_at__lt=moment),
    "status": lambda statuses: Q(status__in=statuses),
    "topic": lambda topic: Q(topics__contains=[topic]),
}


class ClaimantQuery(PageQuery):
    """Which claimants."""

    q = Term(help_text="Part of the name, or a whole alias.")
    kind = AnyOf(ClaimantKind.choices, required=False, help_text="What sort.")
    affiliation = key("Whom they belong to.")


def claimants(rows: QuerySet[Claimant], asked: dict[str, Any]) -> QuerySet[Claimant]:
    """Return the claimants that were asked for."""
    if "q" in asked:
        rows = rows.filter(
            Q(name__icontains=asked["q"]) | Q(aliases__contains=[asked["q"]])
        )
    if "kind" in asked:
        rows = rows.filter(kind__in=asked["kind"])
    if "affiliation" in asked:
        rows = rows.filter(affiliation=asked["affiliation"])
    return rows


class AssessmentQuery(PageQuery):
    """Which assessments."""

    claim = key("What it is about.")
    assessor = key("Who says it.")
    stance = AnyOf(Stance.choices, required=False, help_text="How it stands to it.")
    state = AnyOf(
        AssessmentState.choices,
        required=False,
        help_text="Whether a person stands behind it; readers see confirmed ones.",
    )
    updated_since = since("Changed then or later.")


class AssessmentsOfClaimQuery(PageQuery):
    """Which assessments of the claim."""

    stance = AnyOf(Stance.choices, required=False, help_text="How it stands to it.")
    state = AnyOf(
        AssessmentState.choices,
        required=False,
        help_text="Whether a person stands behind it; readers see confirmed ones.",
    )


def assessments(rows: QuerySet[Assessment], asked: dict[str, Any]) -> QuerySet[Any]:
    """Return the assessments that were asked for."""
    columns = {
        "claim": "claim",
        "assessor": "assessor",
        "stance": "stance__in",
        "state": "state__in",
        "updated_since": "updated_at__gte",
    }
    return rows.filter(
        **{column: asked[name] for name, column in columns.items() if name in asked}
    )


class ReviewQuery(PageQuery):
    """Which reviews."""

    claim = key("What it is about.")
    published = YesOrNo(required=False, help_text="Whether it was ever published.")
    verdict = AnyOf(
        Verdict.choices,
        required=False,
        help_text="What was found; published ones only.",
    )


def reviews(rows: QuerySet[Review], asked: dict[str, Any]) -> QuerySet[Review]:
    """Return the reviews that were asked for."""
    if "claim" in asked:
        rows = rows.filter(claim=asked["claim"])
    if "published" in asked:
        rows = rows.filter(published_at__isnull=not asked["published"])
    if "verdict" in asked:
        # What is still blind must not be found out by asking for it.
        rows = rows.filter(published_at__isnull=False, verdict__in=asked["verdict"])
    return rows


class CorrectionQuery(PageQuery):
    """Which corrections."""

    claim = key("What it is about.")
    kind = AnyOf(CorrectionKind.choices, required=False, help_text="What sort.")


class ArticleQuery(PageQuery):
    """Which articles."""

    read = YesOrNo(required=False, help_text="Whether a worker has read it.")
    q = Term(help_text="Part of the title.")


class CandidateQuery(PageQuery):
    """Which candidates."""

    state = AnyOf(
        CandidateState.choices, required=False, help_text="What became of it."
    )
