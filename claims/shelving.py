"""Views of the queue, kept under a name by one person, for themselves or the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from claims.access import Role, require
from claims.errors import NotYours, Overtaken, ViewRefused
from claims.models import SavedView

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

MOST_VIEWS = 30  # of one person: what is more is no menu any longer


@transaction.atomic
def save(
    name: str, *, filters: Mapping[str, str], shared: bool, by: User, at: datetime
) -> SavedView:
    """Keep filters of the queue under a name. Raises ViewRefused, NotYours."""
    _require(by, shared=shared)
    own = _own(by)
    _require_free(own, name)
    if len(own) >= MOST_VIEWS:
        raise ViewRefused(
            _("You have %(most)s views. Remove one first.") % {"most": MOST_VIEWS}
        )
    view = SavedView(
        owner=by, name=name, filters=dict(filters), shared=shared, created_at=at
    )
    view.full_clean()
    view.save(force_insert=True)
    return view


@transaction.atomic
def change(
    view: SavedView,
    *,
    by: User,
    name: str | None = None,
    filters: Mapping[str, str] | None = None,
    shared: bool | None = None,
    version: int | None = None,
) -> SavedView:
    """
    Rename a view, keep other filters under its name, share it or share it no longer.

    What is None stays. Raises Overtaken where another window changed it after `version`
    was read; ViewRefused, NotYours.
    """
    _require(by, shared=bool(shared) and not view.shared)
    _require_own(view, by)
    own = {each.pk: each for each in _own(by)}
    if view.pk not in own:
        raise ViewRefused(_("This view was removed meanwhile."))
    view = own.pop(view.pk)
    if version is not None and view.version != version:
        raise Overtaken(
            _("Another window of yours changed this view; nothing was saved yet."),
            current=view.version,
        )
    if name is not None:
        _require_free(list(own.values()), name)
        view.name = name
    view.filters = view.filters if filters is None else dict(filters)
    view.shared = view.shared if shared is None else shared
    view.full_clean()
    view.save(update_fields=["name", "filters", "shared"])
    return view


def remove(view: SavedView, *, by: User) -> None:
    """Let go of a view. Raises NotYours."""
    _require_own(view, by)
    view.delete()


def _require(by: User, *, shared: bool) -> None:
    require(by, Role.REVIEWER if shared else Role.CONTRIBUTOR)


def _require_own(view: SavedView, by: User) -> None:
    if view.owner_id != by.pk:
        raise NotYours(_("This view is a colleague's. Save one of your own."))


def _own(by: User) -> list[SavedView]:
    # The person's row is the lock: two tabs do not save one name twice.
    User.objects.select_for_update().get(pk=by.pk)
    return list(SavedView.objects.filter(owner=by))


def _require_free(own: list[SavedView], name: str) -> None:
    if any(each.name.casefold() == name.casefold() for each in own):
        raise ViewRefused(_("You have a view of that name. Choose another."))
