"""The page of a claimant: what they said, and who contradicts them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from claims import search
from claims.access import may_see_desk
from claims.models import Claim, Claimant
from claims.public import wording
from claims.public.answers import for_readers, malformed
from claims.public.index import LOST
from claims.public.items import items, marks, steps
from claims.public.picture import drawn
from claims.search import MarkRefused, Wanted
from claims.search.speakers import CLAIMS_AT_MOST
from claims.vocabulary import ClaimStatus, Verdict

if TYPE_CHECKING:
    from uuid import UUID

    from claims.models import Assessment
    from claims.models.assessment import AssessmentQuerySet
    from claims.models.claimant import ClaimantQuerySet

CLAIMS_ON_A_PAGE = 15
NAMED_AT_MOST = 12
MEMBERS_AT_MOST = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """How many claims got one verdict."""

    verdict: str
    label: str
    number: int


@for_readers
def claimant(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show everything that somebody said and the desk published a finding about."""
    speaker = _open_to(request).select_related("affiliation").filter(pk=pk).first()
    if speaker is None:
        raise Http404("no such claimant, or not public")
    record = _record(speaker)
    try:
        where = marks(request.GET)
    except MarkRefused:
        return malformed(request, LOST)
    reviews = search.published(Wanted(claimant=speaker))
    page = search.page(reviews, by="published_at", limit=CLAIMS_ON_A_PAGE, **where)
    around = search.around_claimant(speaker)
    number = sum(rated.number for rated in record)
    context = {
        "claimant": speaker,
        "items": items(page.rows),
        "steps": steps(page, {}),
        "record": record,
        "picture": drawn(around, name=speaker.name, url=speaker.get_absolute_url()),
        "critics": around.critics,
        "number": number,
        "newest": CLAIMS_AT_MOST if number > CLAIMS_AT_MOST else 0,
        "address": settings.SITE_URL + speaker.get_absolute_url(),
    }
    return render(request, "claims/public/claimant.html", context | _others(speaker))


def _open_to(request: HttpRequest) -> ClaimantQuerySet:
    """Return those who have a page for whoever asks."""
    # The desk may look anybody up; to readers, nobody exists before they are heard.
    if may_see_desk(request.user):
        return Claimant.objects.all()
    return search.speaking_in_public()


def _record(speaker: Claimant) -> list[Rated]:
    reviews = search.published(Wanted(claimant=speaker)).select_related(None)
    numbers = Counter(
        dict(reviews.order_by().values_list("verdict").annotate(Count("claim")))
    )
    return [
        Rated(verdict=verdict, label=str(verdict.label), number=numbers[verdict])
        for verdict in Verdict
    ]


def _others(speaker: Claimant) -> dict[str, Any]:
    """Return those around a claimant, each list in one question."""
    answers = (
        search.heard()
        .filter(assessor=speaker)
        .select_related("claim__claimant")
        .order_by("-created_at", "-pk")
    )
    return {
        "answers": _answers(answers),
        "members": _members(speaker),
        "withdrawn": list(
            Claim.objects.standing(ClaimStatus.RETRACTED)
            .filter(claimant=speaker)
            .newest_first()[:NAMED_AT_MOST]
        ),
    }


def _members(speaker: Claimant) -> list[Claimant]:
    # Most have none; whether one is public is the dearer question.
    if not speaker.members.exists():
        return []
    members = search.speaking_in_public().filter(affiliation=speaker)
    return list(members.by_name()[:MEMBERS_AT_MOST])


def _answers(answers: AssessmentQuerySet) -> list[dict[str, Assessment | str]]:
    return [
        {
            "assessment": each,
            "said": wording.said_when(each),
            "words": wording.shortened(each.claim.statement, most=160),
        }
        for each in answers[:NAMED_AT_MOST]
    ]
