"""Who speaks about whom, and how often: what the picture of a disagreement shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, F

from claims.models import Claimant
from claims.search.speakers import heard
from claims.vocabulary import Stance

if TYPE_CHECKING:
    from claims.models import Claim
    from claims.models.assessment import AssessmentQuerySet

TIES_AT_MOST = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """One claimant's stance towards another, over all their words or one claim."""

    other: Claimant  # with key and name alone
    stance: Stance
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """Who speaks about somebody, and about whom they speak; commonest first."""

    heard_from: list[Tie]
    spoken_of: list[Tie]


def around_claimant(claimant: Claimant) -> Disagreement:
    """Return who speaks in public about a claimant's words, and whose they answer."""
    return Disagreement(
        heard_from=_ties(
            heard().filter(claim__claimant=claimant).exclude(assessor=claimant),
            "assessor",
        ),
        spoken_of=_ties(
            heard().filter(assessor=claimant).exclude(claim__claimant=claimant),
            "claim__claimant",
        ),
    )


def around_claim(claim: Claim) -> Disagreement:
    """Return who speaks in public about a claim, and against whom it is held up."""
    return Disagreement(
        heard_from=_ties(heard().filter(claim=claim), "assessor"),
        spoken_of=_ties(heard().filter(based_on=claim), "claim__claimant"),
    )


def _ties(assessments: AssessmentQuerySet, other: str) -> list[Tie]:
    rows = (
        assessments.order_by()
        .values_list(F(other), F(f"{other}__name"), "stance")
        .annotate(times=Count("pk"))
        .order_by("-times", f"{other}__name", "stance")
    )
    return [
        Tie(other=Claimant(pk=pk, name=name), stance=Stance(stance), times=times)
        for pk, name, stance, times in rows[:TIES_AT_MOST]
    ]
