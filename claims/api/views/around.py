"""What happened around a claim, who speaks against whom, and who has it open."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from rest_framework.decorators import action
from rest_framework.response import Response

from claims import drafting, search
from claims.access import Role
from claims.api.shapes.around import GraphOut, LeasesOut, TimelineOut
from claims.api.views.rows import ClaimResource
from claims.models import Assessment, Claimant, Lease
from claims.search.timeline import Step, timeline
from claims.vocabulary import Scope
from sources.api.resource import Operation

if TYPE_CHECKING:
    from uuid import UUID

    from rest_framework.request import Request

    from claims.models import Claim
    from claims.search import Disagreement

READ, DECIDE = (Scope.CLAIMS_READ,), (Scope.REVIEW_DECIDE,)
CONTRIBUTOR, REVIEWER = Role.CONTRIBUTOR.group, Role.REVIEWER.group

AROUND = {
    "timeline": Operation(summary="Read what happened with a claim", gives=TimelineOut),
    "graph": Operation(summary="Read who speaks against whom", gives=GraphOut),
    "lease": Operation(
        summary="Read who has a claim open",
        gives=LeasesOut,
        scopes=READ,
        role=CONTRIBUTOR,
    ),
    "open": Operation(
        summary="Say that you have a claim open",
        gives=LeasesOut,
        scopes=DECIDE,
        role=REVIEWER,
    ),
    "close": Operation(
        summary="Say that you have closed a claim",
        gives=LeasesOut,
        status=HTTPStatus.NO_CONTENT,
        scopes=DECIDE,
        role=REVIEWER,
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    pk: UUID
    steps: list[Step]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    speaker: UUID
    of: UUID
    stance: str
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    pk: UUID
    claimants: list[Claimant]
    ties: list[Line]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leases:
    pk: UUID
    leases: list[Lease]


class Around(ClaimResource):
    """What is read beside a claim, and is no list of rows."""

    @action(detail=True)
    def timeline(self, request: Request, pk: str) -> Response:
        """When it was said, who answered, and what the desk published, by time."""
        claim = self.claim()
        return self.given(Timeline(pk=claim.pk, steps=timeline(claim)))

    @action(detail=True)
    def graph(self, request: Request, pk: str) -> Response:
        """
        Who contradicts, supports … whom: those heard about the claim, and those
        against whom it is held up; the commonest first, twelve of each.
        """
        claim = self.claim()
        among = Assessment.objects.confirmed() if self.desk else None
        return self.given(_drawn(claim, search.around_claim(claim, among=among)))

    @action(detail=True)
    def lease(self, request: Request, pk: str) -> Response:
        """Whoever came first stands first."""
        return self._leases(self.claim())

    @lease.mapping.post
    def open(self, request: Request, pk: str) -> Response:
        """It is known for 90 seconds: say it again every 20. It keeps nobody out."""
        self.taken()
        claim = self.claim()
        drafting.be_here(claim, by=self.caller, at=self.now)
        return self._leases(claim)

    @lease.mapping.delete
    def close(self, request: Request, pk: str) -> Response:
        """Nothing to do where you did not have it open."""
        drafting.leave(self.claim(), by=self.caller)
        return Response(status=HTTPStatus.NO_CONTENT)

    def _leases(self, claim: Claim) -> Response:
        live = Lease.objects.live(self.now).filter(claim=claim)
        rows = live.select_related("holder").order_by("since", "pk")
        return self.given(Leases(pk=claim.pk, leases=list(rows)))


def _drawn(claim: Claim, ties: Disagreement) -> Graph:
    middle = claim.claimant
    people = {middle.pk: middle}
    others = [tie.other.pk for tie in (*ties.heard_from, *ties.spoken_of)]
    people |= Claimant.objects.in_bulk(others)
    return Graph(
        pk=claim.pk,
        claimants=list(people.values()),
        ties=[
            *(
                Line(
                    speaker=tie.other.pk,
                    of=middle.pk,
                    stance=tie.stance,
                    times=tie.times,
                )
                for tie in ties.heard_from
            ),
            *(
                Line(
                    speaker=middle.pk,
                    of=tie.other.pk,
                    stance=tie.stance,
                    times=tie.times,
                )
                for tie in ties.spoken_of
            ),
        ],
    )
