"""What people are told of a source or a site: why it stands so, and what comes next."""

from sources.telling.catching import Catch, catch
from sources.telling.passages import Stance, stance
from sources.telling.runs import Run, Timeline, timeline
from sources.telling.standing import Account, account

__all__ = [
    "Account",
    "Catch",
    "Run",
    "Stance",
    "Timeline",
    "account",
    "catch",
    "stance",
    "timeline",
]
