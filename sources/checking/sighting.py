"""Where watched words stand now, and each change of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from sources.checking.verdicts import Seen
from sources.models import Passage, Sighting, Snapshot, Source
from sources.quote import Change, Finding, Kind, Standing
from sources.vocabulary import PassageState

_MISSES = 2  # in a row, before words are missing
_OPS = {Kind.SAME: "=", Kind.REMOVED: "-", Kind.ADDED: "+"}


def watched_on(source_ids: Collection[UUID]) -> QuerySet[Passage]:
    """Return the passages whose words are looked for on these pages, locked in turn."""
    pages = Source.objects.filter(Q(pk__in=source_ids) | Q(same_as__in=source_ids))
    watched = Passage.objects.filter(source__in=pages)
    return watched.select_for_update(of=("self",)).order_by("pk")


def sight(
    passages: Iterable[Passage], seen: Seen, *, snapshot: Snapshot | None, now: datetime
) -> bool:
    """
    Write down where the words stand. Says whether some were missed for the first time.

    What is intact or altered rests on the snapshot; what is missing keeps the one
    in which it stood.
    """
    missed = False
    for passage in passages:
        finding = seen.findings.get(passage.pk)
        if finding is None or snapshot is None:
            continue
        if finding.state is Standing.MISSING and passage.misses + 1 < _MISSES:
            passage.misses += 1
            passage.save(update_fields=["misses"])
            missed = True
        else:
            _stand(passage, finding, snapshot=snapshot, now=now)
    return missed


def lose_sight(source_ids: Collection[UUID], *, now: datetime) -> None:
    """Write down that words cannot be looked for on these pages as they are now."""
    lost = list(
        watched_on(source_ids).exclude(state=PassageState.UNVERIFIABLE).only("pk")
    )
    state = PassageState.UNVERIFIABLE
    Passage.objects.filter(pk__in=[passage.pk for passage in lost]).update(
        state=state, state_since=now, misses=0
    )
    Sighting.objects.bulk_create(
        Sighting(passage=passage, at=now, state=state) for passage in lost
    )


def _stand(
    passage: Passage, finding: Finding, *, snapshot: Snapshot, now: datetime
) -> None:
    state = PassageState(finding.state.value)
    words = snapshot.text[finding.start : finding.end] if finding.diff else ""
    news = state != passage.state or (words and words != _last_words(passage))
    if state != passage.state:
        passage.state, passage.state_since = state, now
    if state == PassageState.MISSING:
        passage.misses = min(passage.misses + 1, _MISSES)
    else:
        passage.misses = 0
        passage.snapshot = snapshot
        passage.start, passage.end = finding.start, finding.end
    passage.save()
    if news:
        Sighting.objects.create(
            passage=passage,
            at=now,
            state=state,
            snapshot=snapshot,
            found=words,
            diff=[_step(change) for change in finding.diff],
        )


def _last_words(passage: Passage) -> str:
    seen = passage.sightings.on_the_page().newest_first()
    return seen.values_list("found", flat=True).first() or ""


def _step(change: Change) -> list[str]:
    return [_OPS[change.kind], change.text]
