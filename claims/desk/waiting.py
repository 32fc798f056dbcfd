"""Since when a claim waits, and why, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from claims.vocabulary import UNDONE_TO, ClaimStatus, RecheckReason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claims.models import Claim
    from claims.search.causes import Cause

SOON = timedelta(hours=2)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

# What became of the evidence is told with the glyph it has everywhere else.
_GLYPHS = {
    RecheckReason.QUOTE_ALTERED: ("passage-altered", "state-altered"),
    RecheckReason.QUOTE_MISSING: ("passage-missing", "state-missing"),
    RecheckReason.SOURCE_GONE: ("source-gone", "state-gone"),
    RecheckReason.CONTRADICTED: ("stance-contradicts", "stance-contradicts"),
    RecheckReason.REPORTED: ("person", "state-blocked"),
}
_SHORT = {
    RecheckReason.QUOTE_ALTERED: gettext_lazy("Quote altered"),
    RecheckReason.QUOTE_MISSING: gettext_lazy("Quote missing"),
    RecheckReason.SOURCE_GONE: gettext_lazy("Source gone"),
    RecheckReason.CONTRADICTED: gettext_lazy("Contradicted"),
    RecheckReason.REPORTED: gettext_lazy("A reader wrote"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Why a claim is where it is: a word, its glyph, and what was noted."""

    label: str
    icon: str = ""
    tone: str = ""  # a class that colours it; the word says it all the same
    note: str = ""


def why(claim: Claim, *, unanswered: Sequence[Cause] = ()) -> Why:
    """
    Return why a claim waits; `unanswered` is what else became of its evidence.

    Reads `last_reason`, `last_from`, `last_note` and `last_by`, which the queue asks
    for with the claim. Notes of the desk to a writer are not among them: what a second
    reviewer wrote may tell the first verdict.
    """
    last: Any = claim
    if claim.status == ClaimStatus.RECHECK and last.last_reason:
        return _why_back(
            RecheckReason(last.last_reason), last.last_note, unanswered=unanswered
        )
    if last.last_from == ClaimStatus.PUBLISHED and claim.status in UNDONE_TO:
        return Why(
            label=_("Publication undone by %(name)s") % {"name": last.last_by},
            icon="attention",
        )
    if claim.status == ClaimStatus.ARBITRATION:
        return Why(label=_("Verdicts differ"), icon="attention", tone="state-blocked")
    returned = last.last_from in {ClaimStatus.SECOND_REVIEW, ClaimStatus.ARBITRATION}
    if returned and claim.status in {ClaimStatus.IN_REVIEW, ClaimStatus.CORRECTING}:
        return Why(
            label=_("Sent back by %(name)s") % {"name": last.last_by},
            icon="attention",
            tone="state-blocked",
        )
    if claim.status == ClaimStatus.SECOND_REVIEW:
        return Why(label=_("Written by %(name)s") % {"name": last.last_by})
    return Why(label=claim.get_status_display())


def _why_back(reason: RecheckReason, note: str, *, unanswered: Sequence[Cause]) -> Why:
    icon, tone = _GLYPHS[reason]
    reasons = dict.fromkeys([reason, *(cause.reason for cause in unanswered)])
    further = dict.fromkeys(
        cause.note for cause in unanswered if cause.note not in note
    )
    return Why(
        label=pgettext("between things of a list", ", ")
        .join(str(_SHORT[each]) for each in reasons)
        .capitalize(),
        icon=icon,
        tone=tone,
        # What came last stands first: it is what nobody has read yet.
        note="\n".join([*further, *([note] if note else [])]),
    )


def due_in_words(due_at: datetime | None, *, now: datetime) -> tuple[str, bool]:
    """Return when something is due, and whether that is close or past."""
    if due_at is None:
        return "", False
    left = due_at - now
    if left < timedelta(0):
        return _late(-left), True
    return _ahead(left), left <= SOON


def until_in_words(moment: datetime, *, now: datetime) -> str:
    """Return until when, as short as it can be told."""
    here, then = timezone.localtime(now), timezone.localtime(moment)
    days = (then.date() - here.date()).days
    if days == 0:
        return _("until %(time)s") % {"time": date_format(then, "TIME_FORMAT")}
    if days == 1:
        return _("until tomorrow, %(time)s") % {
            "time": date_format(then, "TIME_FORMAT")
        }
    return _("until %(time)s") % {"time": date_format(then, _("D j M, H:i"))}


def _late(time: timedelta) -> str:
    if time < HOUR:
        return ngettext("%(n)s min late", "%(n)s min late", n := _minutes(time)) % {
            "n": n
        }
    if time < 2 * DAY:
        return ngettext("%(n)s h late", "%(n)s h late", n := int(time / HOUR)) % {
            "n": n
        }
    return ngettext("%(n)s d late", "%(n)s d late", time.days) % {"n": time.days}


def _ahead(time: timedelta) -> str:
    if time < HOUR:
        return ngettext("in %(n)s min", "in %(n)s min", n := _minutes(time)) % {"n": n}
    if time < 2 * DAY:
        return ngettext("in %(n)s h", "in %(n)s h", n := int(time / HOUR)) % {"n": n}
    return ngettext("in %(n)s d", "in %(n)s d", time.days) % {"n": time.days}


def _minutes(time: timedelta) -> int:
    return max(1, int(time.total_seconds() // 60))
