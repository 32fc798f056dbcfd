"""What every page is given."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from claims.access import may_see_desk


def house(request: HttpRequest) -> dict[str, Any]:
    """Name the house to every template, and say whether the desk is open to this person."""
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        # Lazy: a page without the masthead asks the database nothing.
        "at_desk": SimpleLazyObject(lambda: may_see_desk(request.user)),
    }
