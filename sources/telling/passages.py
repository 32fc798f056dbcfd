"""Where watched words stand, told no worse and no better than it is known."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from sources.vocabulary import Outcome, PassageState, SourceState
from sources.wording import within

if TYPE_CHECKING:
    from sources.models import Check, Passage

_SHUT = {SourceState.FAILING, SourceState.BLOCKED}


class Stance(StrEnum):
    """Where words stand, and whether they ever did."""

    INTACT = "intact"
    STOOD_TO_THE_END = "stood_to_the_end"  # the page is gone
    STOOD_LAST = "stood_last"  # the page cannot be looked at now
    ALTERED = "altered"
    NEVER_SO = "never_so"  # the page reads otherwise, and was never seen to read so
    MISSING = "missing"
    NEVER_THERE = "never_there"  # and was never seen to have them
    UNKNOWN = "unknown"

    @property
    def tone(self) -> PassageState:
        """The state as whose it is coloured: grey where nobody can look now."""
        return _TONES.get(self, PassageState.UNVERIFIABLE)

    @property
    def is_a_change(self) -> bool:
        """Whether the page was seen with the words, and then without."""
        return self in {Stance.ALTERED, Stance.MISSING}


_READ = {Outcome.UNCHANGED, Outcome.CHANGED, Outcome.MOVED}
_TONES = {
    Stance.INTACT: PassageState.INTACT,
    Stance.ALTERED: PassageState.ALTERED,
    Stance.NEVER_SO: PassageState.ALTERED,
    Stance.MISSING: PassageState.MISSING,
    Stance.NEVER_THERE: PassageState.MISSING,
}


def stance(passage: Passage, *, stood: bool) -> Stance:
    """
    Return where watched words stand; `stood` says whether they were ever seen to.

    Words that never stood were changed by nobody: whoever cites them may have erred.
    """
    state = PassageState(passage.state)
    if state == PassageState.ALTERED:
        return Stance.ALTERED if stood else Stance.NEVER_SO
    if state == PassageState.MISSING:
        return Stance.MISSING if stood else Stance.NEVER_THERE
    if state == PassageState.UNVERIFIABLE and not stood:
        return Stance.UNKNOWN
    if passage.source.state == SourceState.GONE:
        return Stance.STOOD_TO_THE_END
    if state == PassageState.UNVERIFIABLE or passage.source.state in _SHUT:
        return Stance.STOOD_LAST
    return Stance.INTACT


def label(passage: Passage, where: Stance) -> str:
    """Return in a few words where the words stand, for the desk."""
    return {
        Stance.STOOD_TO_THE_END: _("Words stood while the page did"),
        Stance.STOOD_LAST: _("Words stood when last seen"),
        Stance.NEVER_SO: _("Not the page's words"),
        Stance.NEVER_THERE: _("Not found"),
    }.get(where) or str(passage.get_state_display())


def remark(passage: Passage, where: Stance, *, newest: Check | None) -> str:
    """Say what the label leaves open, by the newest look; empty where it is all."""
    if where is Stance.NEVER_SO:
        return _("The page has never read so.")
    if where is Stance.NEVER_THERE:
        return _("These words have not been found on the page.")
    if where is not Stance.UNKNOWN or passage.misses:
        return ""
    if newest is None or newest.outcome in _READ:
        return _("Nobody has looked for it yet.")
    return _("It could not be looked for: %(why)s") % {
        "why": within(newest.said) or newest.get_outcome_display()
    }
