"""What every page is given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from claims.access import may_review, may_see_desk
from claims.desk.keys import keyboard

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def house(request: HttpRequest) -> dict[str, Any]:
    """Tell every template the house's name, whether the desk is open, and whose keys."""
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        # Lazy: a page without the masthead asks the database nothing.
        "at_desk": SimpleLazyObject(lambda: may_see_desk(_person(request))),
        "reviews": SimpleLazyObject(lambda: may_review(_person(request))),
        "keyboard": SimpleLazyObject(lambda: keyboard(_person(request))),
    }


def _person(request: HttpRequest) -> User | AnonymousUser:
    # A request that is refused at the door (an unknown host) has nobody yet.
    return getattr(request, "user", AnonymousUser())
