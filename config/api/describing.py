"""The description of the API, as it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import override
from drf_spectacular.views import SpectacularAPIView

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


class SchemaView(SpectacularAPIView):
    """In one language, as the reference is: clients are made from it."""

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """Answer in the language of the reference, whatever was asked for."""
        with override(settings.LANGUAGE_CODE):
            answer: Any = super().dispatch(request, *args, **kwargs)
            answer["Content-Language"] = settings.LANGUAGE_CODE
            return answer.render()  # type: ignore[no-any-return]  # now, not later
