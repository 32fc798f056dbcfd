"""Where somebody who signs in begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.views import LoginView
from django.shortcuts import resolve_url

from claims.access import Role, role_of

if TYPE_CHECKING:
    from django.http import HttpRequest


class SignIn(LoginView):
    """Sign in; whoever was on the way to a page goes on to it."""

    request: HttpRequest

    def get_default_redirect_url(self) -> str:
        """Return the desk for those who work at it, and the front page for readers."""
        if role_of(self.request.user) < Role.CONTRIBUTOR:
            return resolve_url("public:index")
        return resolve_url(settings.LOGIN_REDIRECT_URL)
