"""Published claims whose evidence moved: back to the desk, with the reason."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from claims import workflow
from claims.errors import MoveRefused
from claims.search import causes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from claims.search.causes import Cause

logger = logging.getLogger(__name__)

NOTE_CHARACTERS = 2_000


def sweep(*, now: datetime) -> int:
    """
    Bring back each published claim whose cited words or pages changed.

    What was reaffirmed or published in full knowledge of a change does not come back
    for it: `causes.unanswered` says what that means. What can still be undone is left
    alone until it has gone out. Returns how many claims moved.
    """
    moved = 0
    for found in causes.unanswered_in_public(now=now).values():
        claim, reason = found[0].claim, found[0].reason
        try:
            workflow.recheck(claim, reason=reason, note=_note(found), at=now)
        except MoveRefused:
            # Another cause, or another sweep, brought it back a moment ago.
            continue
        moved += 1
        logger.info("claim came back", extra={"claim": claim.pk, "reason": reason})
    return moved


def _note(found: Sequence[Cause]) -> str:
    """Say what broke, one thing a line: the same in every language."""
    told = "\n".join(dict.fromkeys(cause.note for cause in found))
    return told if len(told) <= NOTE_CHARACTERS else f"{told[: NOTE_CHARACTERS - 1]}…"
