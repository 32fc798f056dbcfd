"""The addresses of sources in the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.api.resource import Router
from sources.api.views import SourceViewSet

if TYPE_CHECKING:
    from django.urls import URLPattern, URLResolver

router = Router()
router.register("sources", SourceViewSet, basename="source")

urlpatterns: list[URLPattern | URLResolver] = [*router.urls]
