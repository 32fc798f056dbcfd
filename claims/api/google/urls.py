"""The addresses that Google's clients ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path, re_path

from claims.api.google import views

if TYPE_CHECKING:
    from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = [
    path("claims:search", views.search),
    path("claims:imageSearch", views.not_built),
    re_path(r"", views.elsewhere),
]
