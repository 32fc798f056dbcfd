"""The addresses of claims, and of what belongs to them, in the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.api.views.articles import ArticleViewSet
from claims.api.views.assessments import AssessmentViewSet
from claims.api.views.batch import BatchViewSet
from claims.api.views.claimants import ClaimantViewSet
from claims.api.views.claims import ClaimViewSet
from claims.api.views.events import EventViewSet
from claims.api.views.exports import ExportViewSet
from claims.api.views.imports import ImportViewSet
from claims.api.views.jobs import JobViewSet
from claims.api.views.match import MatchViewSet
from claims.api.views.reviews import CorrectionViewSet, ReviewViewSet
from claims.api.views.tokens import TokenViewSet
from claims.api.views.views import ViewViewSet
from claims.api.views.webhooks import WebhookViewSet
from sources.api.resource import Router

if TYPE_CHECKING:
    from django.urls import URLPattern, URLResolver

router = Router()
router.register("claims", ClaimViewSet, basename="claim")
router.register("claims:batch", BatchViewSet, basename="batch")
router.register("claimants", ClaimantViewSet, basename="claimant")
router.register("assessments", AssessmentViewSet, basename="assessment")
router.register("articles", ArticleViewSet, basename="article")
router.register("reviews", ReviewViewSet, basename="review")
router.register("corrections", CorrectionViewSet, basename="correction")
router.register("match", MatchViewSet, basename="match")
router.register("views", ViewViewSet, basename="view")
router.register("tokens", TokenViewSet, basename="token")
router.register("webhooks", WebhookViewSet, basename="webhook")
router.register("events", EventViewSet, basename="event")
router.register("imports", ImportViewSet, basename="import")
router.register("exports", ExportViewSet, basename="export")
router.register("jobs", JobViewSet, basename="job")

urlpatterns: list[URLPattern | URLResolver] = [*router.urls]
