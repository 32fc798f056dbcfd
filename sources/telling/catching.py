"""What the state of a page does not tell by itself."""

from __future__ import annotations

from enum import StrEnum
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from sources.vocabulary import Outcome, SourceState

if TYPE_CHECKING:
    from sources.models import Source


class Catch(StrEnum):
    """What the last look found that the state of its page passes over."""

    NONE = "none"
    UNREAD = "unread"  # it answers, with nothing that could be read here
    FEWER_VISITS = "fewer_visits"  # nobody is locked out


def catch(source: Source, *, outcome: str, status: int | None) -> Catch:
    """Return what there is to know beside the state, by the newest look's findings."""
    if outcome == Outcome.UNSUPPORTED and source.state == SourceState.LIVE:
        return Catch.UNREAD
    if status == HTTPStatus.TOO_MANY_REQUESTS and source.state == SourceState.BLOCKED:
        return Catch.FEWER_VISITS
    return Catch.NONE


def label(source: Source, caught: Catch) -> str:
    """Return in a word or two where a page stands, for the desk."""
    return {
        Catch.NONE: str(source.get_state_display()),
        Catch.UNREAD: _("Answers, but cannot be read here"),
        Catch.FEWER_VISITS: _("Asked for fewer visits"),
    }[caught]


def tone(source: Source, caught: Catch) -> SourceState:
    """Return the state as whose it is coloured: grey where nothing is wrong with it."""
    return SourceState(source.state) if caught is Catch.NONE else SourceState.PENDING
