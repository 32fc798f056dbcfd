"""What looks found, written down while their leases hold."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import DataError, IntegrityError, transaction

from sources import archiving
from sources.checking import sighting, writing
from sources.checking.rules import Rules
from sources.checking.verdicts import Seen
from sources.checking.weighing import weigh
from sources.checking.writing import Weighed
from sources.errors import Hop
from sources.models import Check, Snapshot, Source
from sources.saying import Sentence
from sources.vocabulary import Outcome

logger = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One look at one source, under one lease."""

    source: Source  # as it was when the look began; used up by writing it down
    token: UUID
    started_at: datetime
    seen: Seen
    passage_ids: frozenset[UUID]  # that were looked for


def record(looks: Sequence[Look], *, now: datetime, rules: Rules) -> list[Check]:
    """
    Write down what was seen and when to look again; end the leases of these sources.

    Returns the checks that were written. Nothing is written where a lease is no longer
    held: somebody else looks at that source, or this look was written down already.
    What cannot be written is logged and stays leased, and costs the others nothing.
    """
    brief = [
        _weighed(look, now=now, rules=rules) for look in looks if not look.seen.page
    ]
    whole = [look for look in looks if look.seen.page]

    def each_with_its_page(looks: Sequence[Look]) -> list[Check]:
        return [c for look in looks if (c := _keep(look, now=now, rules=rules))]

    return [
        *_surely(lambda rows: _write(rows, now=now), brief),
        *_surely(each_with_its_page, whole),
    ]


def _surely(
    write: Callable[[Sequence[T]], list[Check]], what: Sequence[T]
) -> list[Check]:
    """Write all at once, or each for itself where one of them cannot be written."""
    if not what:
        return []
    try:
        return write(what)
    except (DataError, IntegrityError, ValueError):
        if len(what) == 1:
            logger.exception("a look could not be written down")
            return []
    return [check for one in what for check in _surely(write, [one])]


def _weighed(look: Look, *, now: datetime, rules: Rules) -> Weighed:
    outcome, detail = weigh(
        look.source, look.seen, token=look.token, now=now, rules=rules
    )
    check = _check(look, look.source, outcome, detail, now=now)
    return Weighed(source=look.source, check=check, watched=len(look.passage_ids))


@transaction.atomic
def _write(weighed: Sequence[Weighed], *, now: datetime) -> list[Check]:
    checks = writing.write(weighed)
    unread = [c.source_id for c in checks if c.outcome == Outcome.UNSUPPORTED]
    if unread:
        sighting.lose_sight(unread, now=now)
    return checks


@transaction.atomic
def _keep(look: Look, *, now: datetime, rules: Rules) -> Check | None:
    """Write down one look with the page it saw."""
    seen, fetched, page = look.seen, look.seen.fetched, look.seen.page
    source = (
        Source.objects.select_for_update()
        .filter(pk=look.source.pk, lease_token=look.token)
        .first()
    )
    if source is None or fetched is None or page is None:
        return None
    snapshot = archiving.keep(source, fetched=fetched, page=page, now=now)
    passages = list(sighting.watched_on([source.pk]))
    missed = sighting.sight(passages, seen, snapshot=snapshot, now=now)
    outcome, detail = weigh(
        source, seen, token=look.token, now=now, rules=rules, missed=missed
    )
    if any(passage.pk not in look.passage_ids for passage in passages):
        source.due_at = now  # somebody began to watch words while this look was on
    source.save()
    check = _check(look, source, outcome, detail, now=now, snapshot=snapshot)
    check.save(force_insert=True)
    return check


def _check(
    look: Look,
    source: Source,
    outcome: Outcome,
    detail: Sentence,
    *,
    now: datetime,
    snapshot: Snapshot | None = None,
) -> Check:
    seen = look.seen
    return Check(
        source=source,
        lease_token=look.token,
        started_at=look.started_at,
        duration_ms=_duration_ms(look, now),
        outcome=outcome,
        http_status=seen.fetched.status if seen.fetched else None,
        hops=[_hop(hop) for hop in _hops(seen)],
        bytes=seen.fetched.wire_bytes if seen.fetched else 0,
        snapshot=snapshot,
        detail=detail.text[:500],
        facts=detail.facts,
    )


def _duration_ms(look: Look, now: datetime) -> int:
    """Return how long the site took; until now, where it gave no answer."""
    if look.seen.fetched is not None:
        return look.seen.fetched.duration_ms
    return max(0, round((now - look.started_at).total_seconds() * 1000))


def _hops(seen: Seen) -> tuple[Hop, ...]:
    if seen.fetched is not None:
        return seen.fetched.hops
    return seen.error.hops if seen.error is not None else ()


def _hop(hop: Hop) -> dict[str, str | int]:
    return {"url": hop.url, "status": hop.status, "address": hop.address}
