"""The addresses of sources in the API."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver
from rest_framework.routers import SimpleRouter
from rest_framework.viewsets import ReadOnlyModelViewSet

from sources.models import Source


class SourceViewSet(ReadOnlyModelViewSet[Source]):
    queryset = Source.objects.none()


router = SimpleRouter(trailing_slash="/?")
router.register("sources", SourceViewSet, basename="source")

urlpatterns: list[URLPattern | URLResolver] = [*router.urls]
