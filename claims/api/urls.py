"""The addresses of claims in the API."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver
from rest_framework.routers import SimpleRouter
from rest_framework.viewsets import ReadOnlyModelViewSet

from claims.models import Claim, Claimant


class ClaimViewSet(ReadOnlyModelViewSet[Claim]):
    queryset = Claim.objects.none()


class ClaimantViewSet(ReadOnlyModelViewSet[Claimant]):
    queryset = Claimant.objects.none()


router = SimpleRouter(trailing_slash="/?")
router.register("claims", ClaimViewSet, basename="claim")
router.register("claimants", ClaimantViewSet, basename="claimant")

urlpatterns: list[URLPattern | URLResolver] = [*router.urls]
