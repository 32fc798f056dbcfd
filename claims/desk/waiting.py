"""Since when a claim waits, and why, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

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
    RecheckReason.QUOTE_ALTERED: "Quote altered",
    RecheckReason.QUOTE_MISSING: "Quote missing",
    RecheckReason.SOURCE_GONE: "Source gone",
    RecheckReason.CONTRADICTED: "Contradicted",
    RecheckReason.REPORTED: "A reader wrote",
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
        return Why(label=f"Publication undone by {last.last_by}", icon="attention")
    if claim.status == ClaimStatus.ARBITRATION:
        return Why(label="Verdicts differ", icon="attention", tone="state-blocked")
    returned = last.last_from in {ClaimStatus.SECOND_REVIEW, ClaimStatus.ARBITRATION}
    if returned and claim.status in {ClaimStatus.IN_REVIEW, ClaimStatus.CORRECTING}:
        return Why(
            label=f"Sent back by {last.last_by}", icon="attention", tone="state-blocked"
        )
    if claim.status == ClaimStatus.SECOND_REVIEW:
        return Why(label=f"Written by {last.last_by}")
    return Why(label=claim.get_status_display())


def _why_back(reason: RecheckReason, note: str, *, unanswered: Sequence[Cause]) -> Why:
    icon, tone = _GLYPHS[reason]
    reasons = dict.fromkeys([reason, *(cause.reason for cause in unanswered)])
    further = dict.fromkeys(
        cause.note for cause in unanswered if cause.note not in note
    )
    return Why(
        label=", ".join(_SHORT[each] for each in reasons).capitalize(),
        icon=icon,
        tone=tone,
        # What came last stands first: it is what nobody has read yet.
        note=" · ".join([*further, *([note] if note else [])]),
    )


def due_in_words(due_at: datetime | None, *, now: datetime) -> tuple[str, bool]:
    """Return when something is due, and whether that is close or past."""
    if due_at is None:
        return "", False
    left = due_at - now
    if left < timedelta(0):
        return f"{_span(-left)} late", True
    return f"in {_span(left)}", left <= SOON


def until_in_words(moment: datetime, *, now: datetime) -> str:
    """Return until when, as short as it can be told."""
    here, then = timezone.localtime(now), timezone.localtime(moment)
    days = (then.date() - here.date()).days
    if days == 0:
        return _("until %s") % date_format(then, "H:i")
    if days == 1:
        return _("until tomorrow, %s") % date_format(then, "H:i")
    return _("until %s") % date_format(then, "D j M, H:i")


def _span(time: timedelta) -> str:
    if time < HOUR:
        return f"{max(1, int(time.total_seconds() // 60))} min"
    if time < 2 * DAY:
        return f"{int(time / HOUR)} h"
    return f"{time.days} d"
