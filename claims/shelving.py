"""Views of the queue, kept under a name by one person, for themselves or the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from claims.access import Role, require
from claims.errors import NotYours, ViewRefused
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
def change(view: SavedView, *, name: str, shared: bool, by: User) -> SavedView:
    """Rename a view, share it or share it no longer. Raises ViewRefused, NotYours."""
    _require(by, shared=shared and not view.shared)
    _require_own(view, by)
    _require_free([each for each in _own(by) if each.pk != view.pk], name)
    view.name, view.shared = name, shared
    view.full_clean()
    view.save(update_fields=["name", "shared"])
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
