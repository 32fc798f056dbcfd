"""Every address below /api/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, re_path
from drf_spectacular.views import SpectacularSwaggerSplitView

from config.api.describing import SchemaView
from config.api.outside import nothing_here

resources = [
    path("", include("claims.api.urls")),
    path("", include("sources.api.urls")),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("v1/", include((resources, "api"))),
    re_path(r"^schema/?\Z", SchemaView.as_view(), name="schema"),
    re_path(
        r"^docs/?\Z",
        SpectacularSwaggerSplitView.as_view(
            url_name="schema", template_name="api/docs.html"
        ),
        name="docs",
    ),
    re_path(r"", nothing_here),
]
