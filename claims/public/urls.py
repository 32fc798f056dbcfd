"""The addresses that readers know. What was published keeps its address for ever."""

from __future__ import annotations

from django.urls import path

from claims.public import claim, claimant, index

app_name = "public"
urlpatterns = [
    path("", index.index, name="index"),
    path("c/<uuid:pk>/", claim.claim, name="claim-by-number"),
    path("c/<uuid:pk>/<slug>", claim.claim, name="claim"),
    path("p/<uuid:pk>", claimant.claimant, name="claimant"),
]
