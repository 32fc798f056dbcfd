"""What a look found, written in one transaction while its lease holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from sources import archiving
from sources.checking import scheduling, sighting
from sources.checking.judging import moved_to
from sources.checking.rules import Rules
from sources.checking.verdicts import Seen, Trouble
from sources.errors import Hop
from sources.models import Check, Snapshot, Source
from sources.plain import without_hidden
from sources.vocabulary import Outcome, SourceState

_LEAST_FAILURES = {Trouble.PASSING: 3, Trouble.FINAL: 2}
_STATES = {
    Outcome.BLOCKED: SourceState.BLOCKED,
    Outcome.ROBOTS: SourceState.BLOCKED,
    Outcome.REFUSED: SourceState.BLOCKED,
    Outcome.FAILING: SourceState.FAILING,
    Outcome.SOFT_GONE: SourceState.FAILING,
    Outcome.GONE: SourceState.GONE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One look at one source, under one lease."""

    source_id: UUID
    token: UUID
    started_at: datetime
    seen: Seen
    passage_ids: frozenset[UUID]  # that were looked for


@transaction.atomic
def record(look: Look, *, now: datetime, rules: Rules) -> Check | None:
    """
    Write down what was seen and when to look again; end the lease of this source.

    Writes nothing and returns None where the lease is no longer held: somebody else
    looks at the source, or this look was written down already.
    """
    source = (
        Source.objects.select_for_update()
        .filter(pk=look.source_id, lease_token=look.token)
        .first()
    )
    if source is None:
        return None
    seen = look.seen
    outcome, detail = _judged_over_time(source, seen, now=now, rules=rules)
    snapshot = _kept(source, seen, now=now)
    passages = list(source.passages.select_for_update().order_by("pk"))
    missed = sighting.sight(passages, seen, snapshot=snapshot, now=now)
    if seen.outcome == Outcome.UNSUPPORTED:
        sighting.lose_sight(passages, now=now)
    _describe(source, seen)
    times = scheduling.next_look(
        source, seen, missed=missed, token=look.token, now=now, rules=rules
    )
    source.interval, source.due_at = times.interval, times.due_at
    if any(passage.pk not in look.passage_ids for passage in passages):
        source.due_at = now  # somebody began to watch words while this look was on
    source.last_checked_at, source.attempts = now, 0
    source.lease_token = source.lease_until = None
    source.save()
    return Check.objects.create(
        source=source,
        lease_token=look.token,
        started_at=look.started_at,
        duration_ms=_duration_ms(look, now),
        outcome=outcome,
        http_status=seen.fetched.status if seen.fetched else None,
        hops=[_hop(hop) for hop in _hops(seen)],
        bytes=seen.fetched.wire_bytes if seen.fetched else 0,
        snapshot=snapshot,
        detail=detail[:500],
    )


def _duration_ms(look: Look, now: datetime) -> int:
    """Return how long the site took; until now, where it gave no answer."""
    if look.seen.fetched is not None:
        return look.seen.fetched.duration_ms
    return max(0, round((now - look.started_at).total_seconds() * 1000))


def _judged_over_time(
    source: Source, seen: Seen, *, now: datetime, rules: Rules
) -> tuple[Outcome, str]:
    """Count trouble, and say what it means by now; set the source's state."""
    outcome, detail = seen.outcome, seen.detail
    if seen.trouble is Trouble.NONE:
        source.failures, source.failing_since = 0, None
    else:
        source.failures += 1
        source.failing_since = source.failing_since or now
        lasted = now - source.failing_since
        enough = source.failures >= _LEAST_FAILURES[seen.trouble]
        if source.state == SourceState.GONE or (
            enough and lasted >= scheduling.wait_of(seen, rules)
        ):
            outcome = Outcome.GONE
            detail += (
                f" It has been so since {source.failing_since:%d %B %Y, %H:%M %Z}."
            )
    state = _STATES.get(outcome, SourceState.LIVE)
    if (
        state == SourceState.LIVE
        and seen.fetched
        and (to := moved_to(source, seen.fetched))
    ):
        state = SourceState.MOVED
        if to != source.final_url:
            outcome, detail = Outcome.MOVED, f"The page has moved to {to}"
    if state != source.state:
        source.state, source.state_since = state, now
    return outcome, detail


def _kept(source: Source, seen: Seen, *, now: datetime) -> Snapshot | None:
    if seen.page is None or seen.fetched is None:
        return None
    return archiving.keep(source, fetched=seen.fetched, page=seen.page, now=now)


def _describe(source: Source, seen: Seen) -> None:
    """Take over what the page shows; what a person wrote about it stays."""
    fetched, page = seen.fetched, seen.page
    if fetched is None or seen.outcome not in {Outcome.UNCHANGED, Outcome.CHANGED}:
        return
    source.final_url = fetched.final_url
    if fetched.status != 304:
        source.etag, source.last_modified = _validators(
            fetched.etag, fetched.last_modified
        )
        source.body_sha256 = archiving.digest(fetched.body)
        source.text_sha256 = seen.text_sha256 or source.text_sha256
        source.media_type = fetched.media_type[:100]
    if page is not None:
        source.title = source.title or _words(page.title, 500)
        source.publisher = source.publisher or _words(page.publisher, 200)
        source.author = source.author or _words(page.author, 200)
        source.language = source.language or page.language[:35]
        source.published_at = source.published_at or page.published_at


def _validators(etag: str, last_modified: str) -> tuple[str, str]:
    """Drop what is too long to be kept: cut, it would never match."""
    return (
        etag if len(etag) <= 1_000 else "",
        last_modified if len(last_modified) <= 100 else "",
    )


def _words(text: str, most: int) -> str:
    return without_hidden(text)[:most].strip()


def _hops(seen: Seen) -> tuple[Hop, ...]:
    if seen.fetched is not None:
        return seen.fetched.hops
    return seen.error.hops if seen.error is not None else ()


def _hop(hop: Hop) -> dict[str, str | int]:
    return {"url": hop.url, "status": hop.status, "address": hop.address}
