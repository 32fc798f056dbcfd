"""What a look means for the row of its source: state, validators and next look."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sources import archiving, merging
from sources.checking import scheduling
from sources.checking.judging import moved_to
from sources.checking.rules import Rules
from sources.checking.verdicts import Seen, Trouble
from sources.models import Source
from sources.plain import without_hidden
from sources.saying import SINCE, Sentence
from sources.saying import gettext_noop as _
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


def weigh(
    source: Source,
    seen: Seen,
    *,
    token: UUID,
    now: datetime,
    rules: Rules,
    missed: bool = False,
) -> tuple[Outcome, Sentence]:
    """
    Set the fields of a source that a look decides, and end its lease; save nothing.

    Returns what the look comes to by now, with a sentence for people. `missed` says
    that words were not found for the first time.
    """
    outcome, detail = seen.outcome, seen.detail
    if not _refused_here(seen):
        outcome, detail = _over_time(source, seen, now=now, rules=rules)
    if seen.page is not None or outcome == Outcome.MOVED:
        source.points_to = _pointed_to(source, seen)
    _describe(source, seen)
    times = scheduling.next_look(
        source, seen, missed=missed, token=token, now=now, rules=rules
    )
    source.interval, source.due_at = times.interval, times.due_at
    source.last_checked_at, source.attempts = now, 0
    source.looks += 1
    source.lease_token = source.lease_until = None
    return outcome, detail


def _refused_here(seen: Seen) -> bool:
    """Say whether our own door stayed shut, which tells nothing of the page."""
    return seen.outcome == Outcome.REFUSED and not (seen.error and seen.error.hops)


def _over_time(
    source: Source, seen: Seen, *, now: datetime, rules: Rules
) -> tuple[Outcome, Sentence]:
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
            detail = detail.saying(**{SINCE: source.failing_since.isoformat()})
    state = _STATES.get(outcome, SourceState.LIVE)
    if state == SourceState.LIVE and (to := _elsewhere(source, seen)):
        state = SourceState.MOVED
        if to != source.final_url:
            outcome = Outcome.MOVED
            detail = Sentence(_("The page has moved to %(address)s"), {"address": to})
    if state != source.state:
        source.state, source.state_since = state, now
    return outcome, detail


def _pointed_to(source: Source, seen: Seen) -> str:
    if seen.another:
        return ""  # what stands there now says nothing of the page that stood there
    return merging.pointed_to(
        source,
        moved_to=_elsewhere(source, seen),
        canonical_link=seen.page.canonical_url if seen.page else "",
    )


def _elsewhere(source: Source, seen: Seen) -> str:
    if seen.fetched is None or seen.another:
        return ""
    return moved_to(source, seen.fetched)


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
