"""Looking for claims that say what a text says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rest_framework.response import Response

from claims.api.shapes.match import MatchesOut, MatchIn
from claims.api.views.rows import ClaimResource
from claims.matching import nearest
from claims.vocabulary import AssessmentState
from sources.api.resource import Operation

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from rest_framework.request import Request

    from claims.matching import Match
    from claims.models import Assessment

DIGITS = 4


class MatchViewSet(ClaimResource):
    """The claims nearest to a text: all of them for the desk, else what is published."""

    operations = {
        "create": Operation(
            summary="Find the claims that a text repeats",
            takes=MatchIn,
            gives=MatchesOut,
        )
    }

    def create(self, request: Request) -> Response:
        """Answer with the claims nearest to the text, and how sure each is."""
        asked = self.taken()
        (found,) = nearest(
            [asked["text"]],
            most=asked["limit"],
            public=not self.desk,
            on=asked.get("written_on"),
        )
        keys = [match.claim for match in found]
        # A claim may go between the two questions.
        claims = self.get_queryset().in_bulk(keys)
        checks = self._checks(keys)
        results = [
            _result(match, claims[match.claim], checks.get(match.claim, []))
            for match in found
            if match.claim in claims
        ]
        context = self.context_of(list(claims.values()))
        return Response(MatchesOut({"results": results}, context=context).data)

    def _checks(self, keys: Iterable[UUID]) -> dict[UUID, list[Assessment]]:
        found: dict[UUID, list[Assessment]] = {}
        rows = self.visible_assessments().filter(
            claim__in=list(keys), state=AssessmentState.CONFIRMED, url__gt=""
        )
        for check in rows.select_related("assessor").order_by("said_at", "pk"):
            found.setdefault(check.claim_id, []).append(check)
        return found


def _result(match: Match, claim: Any, checks: list[Assessment]) -> dict[str, Any]:
    return {
        "claim": claim,
        "probability": round(match.probability, DIGITS),
        "score": round(match.score, DIGITS),
        "shared_words": match.shared,
        "checks": checks,
    }
