"""Why a source is in its state, and what happens to it next, in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sources.models import Capture, Check, Host, Source
from sources.telling.catching import Catch, catch, label, tone
from sources.telling.sites import names_nothing
from sources.telling.words import ago, ahead, clock, every
from sources.vocabulary import Outcome, SourceState
from sources.wording import moment, within

if TYPE_CHECKING:
    from collections.abc import Iterator

# As many failures in a row as make a page gone, once they have lasted: of a page that
# the site says was taken down, and of any other trouble.
FINAL_FAILURES, PASSING_FAILURES = 2, 3
_TAKEN_DOWN = 410


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What is to be said of one source now."""

    label: str  # where it stands, in a word or two
    tone: SourceState  # as whose it is coloured
    why: tuple[str, ...]  # sentences: since when, what the site said
    next: str  # what the coming looks can make of it; empty where that goes without saying
    when: str  # when it is looked at again
    closely_until: datetime | None  # it is looked at more often until then
    newest: Check | None
    pause: Host | None  # its site, while that is left alone


def account(source: Source, *, now: datetime) -> Account:
    """Say why a source stands where it does, and when it is looked at; three questions."""
    newest = Check.objects.filter(source=source).newest_first().first()
    pause = Host.objects.paused(now).filter(name=source.host).first()
    closely = source.closely_until
    caught = caught_in(source, newest)
    return Account(
        label=label(source, caught),
        tone=tone(source, caught),
        why=tuple(_why(source, newest, now=now)),
        next=_next(source, newest, now=now),
        when=_when(source, pause, now=now),
        closely_until=closely if closely and closely > now else None,
        newest=newest,
        pause=pause,
    )


def caught_in(source: Source, newest: Check | None) -> Catch:
    """Return what the newest look found that the state passes over."""
    if newest is None:
        return Catch.NONE
    return catch(source, outcome=newest.outcome, status=newest.http_status)


# --- Why ----------------------------------------------------------------------


def _why(source: Source, newest: Check | None, *, now: datetime) -> Iterator[str]:
    if source.same_as_id is not None:
        return  # the other address has all that is to be told
    if source.state == SourceState.PENDING and newest is None:
        yield _("Nobody has looked at it yet.")
    else:
        yield _state(source, newest)
    if newest is not None:
        yield _said(source, newest, now=now)
    if source.parked_at is not None:
        yield _(
            "It was given up on %(when)s: workers began to look at it %(times)s times "
            "and broke off each time, which is a fault here and says nothing about "
            "the page. It stays so until somebody has it checked now."
        ) % {"when": moment(source.parked_at), "times": source.attempts}


def _state(source: Source, newest: Check | None) -> str:
    since = {"since": moment(source.state_since)}
    if source.state in {SourceState.FAILING, SourceState.GONE} and source.failures:
        return _in_a_row(source)
    if source.state == SourceState.BLOCKED:
        return _blocked(source, newest) % since
    if caught_in(source, newest) is Catch.UNREAD:
        return _("The page answers, but cannot be read here.")
    return {
        SourceState.PENDING: _("It has not been read yet."),
        SourceState.LIVE: _("The page answers and can be read, since %(since)s."),
        SourceState.MOVED: _("The page stands at another address since %(since)s."),
        SourceState.FAILING: _("It could not be read since %(since)s."),
        SourceState.GONE: _("The page counts as gone since %(since)s."),
    }[SourceState(source.state)] % since


def _in_a_row(source: Source) -> str:
    told = {
        "n": source.failures,
        "since": moment(source.failing_since or source.state_since),
        "gone": moment(source.state_since),
    }
    at_once = told["since"] == told["gone"]
    if source.state == SourceState.GONE and at_once and source.failures > 1:
        return _(
            "The page counts as gone since %(gone)s: every check since then has failed."
        ) % {"gone": told["gone"]}
    if source.state == SourceState.GONE:
        return (
            ngettext(
                "The page counts as gone since %(gone)s: the check failed.",
                "The page counts as gone since %(gone)s: %(n)d checks in a row have "
                "failed, the first of them on %(since)s.",
                source.failures,
            )
            % told
        )
    return (
        ngettext(
            "It has failed since %(since)s.",
            "The last %(n)d checks failed, the first of them on %(since)s.",
            source.failures,
        )
        % told
    )


def _blocked(source: Source, newest: Check | None) -> str:
    outcome = newest.outcome if newest else ""
    if caught_in(source, newest) is Catch.FEWER_VISITS:
        return _(
            "The site asked for fewer visits, and is left alone for a while. Readers "
            "see the page as ever."
        )
    if outcome == Outcome.ROBOTS:
        return _(
            "The site asks automatic visitors to stay away, and that has been heeded "
            "since %(since)s. Readers may well see the page: it does not count as gone."
        )
    if outcome == Outcome.REFUSED:
        return _(
            "Nothing is sent to this address from here, since %(since)s. That says "
            "nothing about the page."
        )
    return _(
        "The site has kept the page from automatic visitors since %(since)s. Readers "
        "may well see it: it does not count as gone."
    )


def _said(source: Source, newest: Check, *, now: datetime) -> str:
    told = {"ago": ago(newest.started_at, now=now), "detail": within(newest.said)}
    if not told["detail"]:
        told["detail"] = str(Outcome(newest.outcome).label) + "."
    return _("The last check, %(ago)s: %(detail)s") % told


# --- What next ----------------------------------------------------------------


def _next(source: Source, newest: Check | None, *, now: datetime) -> str:
    if source.parked_at is not None or source.same_as_id is not None:
        return ""
    if source.state == SourceState.GONE:
        return _("It is still checked: one good answer brings it back.")
    if source.state != SourceState.FAILING or source.failing_since is None:
        return ""
    final = newest is not None and _is_final(newest)
    lasts = settings.SOURCES_GONE_AFTER if final else settings.SOURCES_FAILED_AFTER
    left = (FINAL_FAILURES if final else PASSING_FAILURES) - source.failures
    from_then = source.failing_since + lasts
    told = {"n": left, "then": clock(from_then, now=now)}
    if left <= 0:
        return _("If it still fails after %(then)s, it counts as gone.") % told
    if from_then <= now:
        return (
            ngettext(
                "It counts as gone after one more failure.",
                "It counts as gone after %(n)d more failures.",
                left,
            )
            % told
        )
    return (
        ngettext(
            "It counts as gone after one more failure, not before %(then)s.",
            "It counts as gone after %(n)d more failures, not before %(then)s.",
            left,
        )
        % told
    )


def _is_final(check: Check) -> bool:
    """Say whether the site, or its absence, said that the page is gone for good."""
    return check.http_status == _TAKEN_DOWN or names_nothing(check)


# --- When ---------------------------------------------------------------------


def _when(source: Source, pause: Host | None, *, now: datetime) -> str:
    if source.same_as_id is not None:
        return _("Not under this address: the other one is looked at instead.")
    if source.parked_at is not None:
        return _("Not before somebody has it checked.")
    if source.lease_until is not None and source.lease_until >= now:
        return _under_way(source)
    if source.due_at <= now:
        return _waiting(pause)
    return _later(source, pause, now=now)


def _later(source: Source, pause: Host | None, *, now: datetime) -> str:
    ends = pause.paused_until if pause is not None else None
    if ends is not None and ends > source.due_at:
        told = _at(ends, now=now)
        return _("%(In)s (%(at)s), when its site may be visited again.") % told
    told = _at(source.due_at, now=now)
    if source.last_checked_at is None:
        return _("%(In)s (%(at)s).") % told
    if source.failures:
        return _after_failures(source, source.last_checked_at) % told
    told["every"] = every(source.interval)
    return (
        _("%(In)s (%(at)s). By how often it changes, a check %(every)s is enough.")
        % told
    )


def _at(at: datetime, *, now: datetime) -> dict[str, str]:
    how_far = ahead(at, now=now)
    return {"In": how_far[:1].upper() + how_far[1:], "at": clock(at, now=now)}


def _after_failures(source: Source, last: datetime) -> str:
    """Compare the wait with what it would be otherwise: either may be the longer."""
    wait = source.due_at - last
    if source.state == SourceState.GONE and wait > source.interval:
        return _("%(In)s (%(at)s). It is asked less often now.")
    if source.state != SourceState.GONE and wait < source.interval:
        return _("%(In)s (%(at)s), sooner than usual while it fails.")
    return _("%(In)s (%(at)s).")


def _under_way(source: Source) -> str:
    if Capture.objects.filter(source=source).exists():
        return _("It was fetched a moment ago and is being read.")
    return _("A worker is looking at it now.")


def _waiting(pause: Host | None) -> str:
    if pause is not None and pause.paused_until is not None:
        return _("It is due, and waits until its site may be visited again.")
    return _("It is due now and waits for a worker.")
