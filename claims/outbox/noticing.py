"""
What workers saw happen to the pages under published claims.

They know nothing of claims, and what they see they put down for good: sightings, and
states with their times. From that each event follows, once, whoever looks and however
often; what nobody has noticed yet is not lost.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Min, UUIDField
from django.db.models.functions import Coalesce

from claims.models import Citation, Claim, Event, Review
from claims.outbox.saying import Told, moment, told_of_claim, told_of_passage
from claims.outbox.writing import write
from claims.vocabulary import EventType
from sources.models import Passage, Sighting
from sources.vocabulary import PassageState, SourceState

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from uuid import UUID

BACK = timedelta(days=3)  # longer than workers are away
_WORDS = {
    PassageState.ALTERED: EventType.QUOTE_ALTERED,
    PassageState.MISSING: EventType.QUOTE_MISSING,
}
Seen = tuple[EventType, Passage, "datetime", str]  # what, of what, when, by which row


def notice(*, now: datetime) -> int:
    """Write down what became of cited pages of late. Returns how many events."""
    seen: dict[UUID, list[Seen]] = defaultdict(list)
    for each in (*_altered(now - BACK), *_gone(now - BACK)):
        seen[each[1].pk].append(each)
    if not seen:
        return 0
    written = 0
    for claim, passage, since in _cited_in_public(list(seen)):
        for kind, words, at, row in seen[passage]:
            cause = f"{passage} {row}"
            known = Event.objects.filter(claim=claim, type=kind, cause=cause)
            if at >= since and not known.exists():
                _write(claim, kind, words, cause=cause, at=at)
                written += 1
    return written


@transaction.atomic
def _write(
    claim: UUID, kind: EventType, words: Passage, *, cause: str, at: datetime
) -> None:
    row = Claim.objects.select_related("claimant").get(pk=claim)
    data: Told = {
        "claim": told_of_claim(row, row.reviews.shown().first()),
        "quotation": {**told_of_passage(words), "seen_at": moment(at)},
    }
    write(row, kind, cause=cause, at=at, data=data)


def _altered(since: datetime) -> Iterator[Seen]:
    found = Sighting.objects.on_the_page().since(since).filter(state__in=_WORDS)
    for each in found.select_related("passage__source"):
        yield _WORDS[PassageState(each.state)], each.passage, each.at, str(each.pk)


def _gone(since: datetime) -> Iterator[Seen]:
    lost = Passage.objects.filter(
        source__state=SourceState.GONE, source__state_since__gte=since
    ).exclude(pk__in=Sighting.objects.in_an_archive().values("passage"))
    for each in lost.select_related("source"):
        at = each.source.state_since
        yield EventType.SOURCE_GONE, each, at, at.isoformat()


def _cited_in_public(passages: list[UUID]) -> Iterator[tuple[UUID, UUID, datetime]]:
    """Yield claim, passage, and since when readers see the one cite the other."""
    cited: Any = (  # Any: annotated columns
        Citation.objects.filter(passage__in=passages)
        .annotate(
            about=Coalesce(
                "claim", "assessment__claim", "review__claim", output_field=UUIDField()
            )
        )
        .values_list("about", "passage", "created_at")
    )
    rows = list(cited)
    shown = Review.objects.shown().filter(claim__in={row[0] for row in rows})
    first = dict(
        Review.objects.published()
        .filter(claim__in=shown.values("claim"))
        .values_list("claim")
        .annotate(at=Min("published_at"))
    )
    for claim, passage, cited_at in rows:
        if claim in first:
            yield claim, passage, max(first[claim], cited_at)
