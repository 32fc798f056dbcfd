"""Where somebody who signs in begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.shortcuts import resolve_url

from claims.access import Role, role_of

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest

NAME_MAX_CHARACTERS = 150  # as long as Django lets one be


class SignInForm(AuthenticationForm):
    """A name and a password."""

    def clean(self) -> dict[str, Any]:
        """Refuse a name that nobody can have: no column takes the attempt."""
        if len(self.cleaned_data.get("username", "")) > NAME_MAX_CHARACTERS:
            raise self.get_invalid_login_error()
        return super().clean()


class SignIn(LoginView):
    """Sign in; whoever was on the way to a page goes on to it."""

    request: HttpRequest
    authentication_form = SignInForm

    def get_default_redirect_url(self) -> str:
        """Return the desk for those who work at it, and the front page for readers."""
        if role_of(self.request.user) < Role.CONTRIBUTOR:
            return resolve_url("public:index")
        return resolve_url(settings.LOGIN_REDIRECT_URL)
