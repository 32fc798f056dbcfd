"""Access tokens: issued once, shown once, revoked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache

from claims.access import Role, role_of
from claims.admin.refusals import told_on
from claims.models import AccessToken
from claims.vocabulary import Scope
from sources.admin.panel import Panel, become, moment
from sources.admin.refusal import TellingForm

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse


class TokenForm(TellingForm):
    """Who gets a token, and what it opens."""

    scopes = forms.MultipleChoiceField(
        choices=Scope.choices, widget=forms.CheckboxSelectMultiple
    )


@admin.register(AccessToken)
class TokenPanel(Panel):
    """Tokens of programs. Nobody sees a secret twice; administrators look after them."""

    form = TokenForm
    list_display = (
        "name",
        "hint",
        "user",
        "opens",
        "last_used_at",
        "expires_at",
        "revoked_at",
    )
    list_filter = (("revoked_at", admin.EmptyFieldListFilter),)
    search_fields = ("name", "hint", "user__username")
    list_select_related = ("user",)
    ordering = ("-created_at", "-pk")
    autocomplete_fields = ("user",)
    actions = ("revoke",)
    adds = True

    def admits(self, request: HttpRequest) -> bool:
        return role_of(request.user) >= Role.ADMIN

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ("user", "name", "scopes", "expires_at")
        return (
            ("name", "user"),
            "hint",
            "opens",
            ("created_at", "last_used_at"),
            ("expires_at", "revoked_at"),
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("hint", "opens", "created_at", "last_used_at") if obj else ()

    @admin.display(description=gettext_lazy("Opens"))
    def opens(self, token: AccessToken) -> str:
        return ", ".join(token.scopes)

    def save_model(
        self, request: HttpRequest, obj: AccessToken, form: Any, change: bool
    ) -> None:
        typed = form.cleaned_data
        with told_on(form):
            token, secret = AccessToken.issue(
                user=typed["user"],
                name=typed["name"],
                scopes=typed["scopes"],
                expires_at=typed["expires_at"],
                now=moment(request),
            )
        become(obj, token)
        request.secret = secret  # type: ignore[attr-defined]

    def response_add(
        self,
        request: HttpRequest,
        obj: AccessToken,
        post_url_continue: str | None = None,
    ) -> HttpResponse:
        """Show the secret, this once: no redirect, for a message would be stored."""
        context = {
            **self.admin_site.each_context(request),
            "title": _("The token is made"),
            "opts": self.opts,
            "token": obj,
            "secret": request.secret,  # type: ignore[attr-defined]
        }
        return never_cache(render)(request, "admin/claims/issued.html", context)

    @admin.action(description=gettext_lazy("Revoke"))
    def revoke(self, request: HttpRequest, tokens: QuerySet[AccessToken]) -> None:
        number = tokens.filter(revoked_at=None).update(revoked_at=moment(request))
        self.message_user(
            request,
            ngettext(
                "%(n)s revoked; it opens nothing from now on.",
                "%(n)s revoked; they open nothing from now on.",
                number,
            )
            % {"n": number},
        )
