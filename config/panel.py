"""The admin panel as this house runs it: who enters, and what its pages call things."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims.access import may_edit

if TYPE_CHECKING:
    from django.db.models import Model
    from django.http import HttpRequest, HttpResponse


class ByName(AutocompleteJsonView):
    """Offers rows by the name people give them, without their key."""

    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, str]:
        """Return what the drop-down shows and sends of one row."""
        result: dict[str, str] = super().serialize_result(obj, to_field_name)
        return result | {"text": result["text"].removeprefix(f"{obj.pk} ")}


class House(AdminSite):
    """The panel of editors and administrators; nobody else finds the way in."""

    site_header = site_title = settings.SITE_NAME
    index_title = _("Everything the desk keeps")

    def has_permission(self, request: HttpRequest) -> bool:
        """Roles decide, so that the panel and the desk cannot differ."""
        return may_edit(request.user)

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Send strangers to the one door of the house, and say no to the rest."""
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied
        wanted = request.GET.get("next", "")
        here = reverse("admin:index")
        return redirect_to_login(wanted if wanted.startswith(here) else here)

    def autocomplete_view(self, request: HttpRequest) -> Any:
        return ByName.as_view(admin_site=self)(request)
