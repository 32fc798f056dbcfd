"""What every page is given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from claims.access import may_see_desk

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def house(request: HttpRequest) -> dict[str, Any]:
    """Name the house to every template, and say whether the desk is open to this person."""
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        # Lazy: a page without the masthead asks the database nothing.
        "at_desk": SimpleLazyObject(lambda: may_see_desk(_person(request))),
    }


def _person(request: HttpRequest) -> User | AnonymousUser:
    # A request that is refused at the door (an unknown host) has nobody yet.
    return getattr(request, "user", AnonymousUser())
