"""Who speaks about whom, and how often: what the picture of a disagreement shows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F

from claims.models import Claimant
from claims.search.speakers import heard, heard_about
from claims.vocabulary import CONTRADICTING, Stance

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

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
class Critic:
    """Who contradicts somebody, and how often."""

    claimant: Claimant  # with key and name alone
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """Who speaks about somebody, and about whom they speak; commonest first."""

    heard_from: list[Tie]
    spoken_of: list[Tie]
    critics: list[Critic]  # of those who are heard, who contradicts


def around_claimant(claimant: Claimant) -> Disagreement:
    """Return who speaks in public about a claimant's words, and whose they answer."""
    heard_from = list(_counted(heard_about(claimant), "assessor"))
    said = heard().filter(assessor=claimant).exclude(claim__claimant=claimant)
    return Disagreement(
        heard_from=_ties(heard_from),
        spoken_of=_ties(_counted(said, "claim__claimant")),
        critics=_critics(heard_from),
    )


def around_claim(
    claim: Claim, *, among: AssessmentQuerySet | None = None
) -> Disagreement:
    """
    Return who speaks about a claim, and against whom it is held up.

    In public; or `among` other assessments.
    """
    spoken = heard() if among is None else among
    heard_from = list(_counted(spoken.filter(claim=claim), "assessor"))
    return Disagreement(
        heard_from=_ties(heard_from),
        spoken_of=_ties(_counted(spoken.filter(based_on=claim), "claim__claimant")),
        critics=_critics(heard_from),
    )


def _counted(assessments: AssessmentQuerySet, other: str) -> Any:
    """Return key, name, stance and how often, the commonest first."""
    return (
        assessments.order_by()
        .values_list(F(other), F(f"{other}__name"), "stance")
        .annotate(times=Count("pk"))
        .order_by("-times", f"{other}__name", "stance")
    )


def _ties(rows: Any) -> list[Tie]:
    return [
        Tie(other=Claimant(pk=pk, name=name), stance=Stance(stance), times=times)
        for pk, name, stance, times in rows[:TIES_AT_MOST]
    ]


def _critics(rows: Iterable[tuple[UUID, str, str, int]]) -> list[Critic]:
    times: Counter[tuple[str, UUID]] = Counter()
    for pk, name, stance, number in rows:
        if stance in CONTRADICTING:
            times[name, pk] += number
    commonest = sorted(times, key=lambda who: (-times[who], who))
    return [
        Critic(claimant=Claimant(pk=pk, name=name), times=times[name, pk])
        for name, pk in commonest[:TIES_AT_MOST]
    ]
