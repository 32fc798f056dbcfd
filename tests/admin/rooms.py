"""Every page of the panel, with something on it."""

from uuid import uuid4

from django.contrib import admin
from django.urls import reverse

from claims import intake
from claims.models import AccessToken, Attempt, Delivery
from claims.vocabulary import ClaimStatus
from sources.models import Capture, Check, Host, LostPage, Passage, Robots
from tests.claims.telling import a_webhook
from tests.factories import (
    NOON,
    a_citation,
    a_claim,
    a_person,
    an_article,
    an_assessment,
)

MODELS = sorted((model._meta.label_lower for model in admin.site._registry), key=str)


def address(model, page="changelist", *args):
    app, name = model.split(".")
    return reverse(f"admin:{app}_{name}_{page}", args=args)


def furnish():
    """Have at least one row of everything that the panel shows."""
    claim = a_claim(ClaimStatus.CORRECTING)
    a_citation(an_assessment(claim))
    a_claim(ClaimStatus.RETRACTED)
    article = an_article()
    intake.propose(article, at=NOON)
    passage = Passage.objects.latest("added_at", "pk")
    Check.objects.create(
        source=passage.source,
        lease_token=uuid4(),
        started_at=NOON,
        duration_ms=12,
        outcome="unchanged",
        http_status=200,
        hops=[{"url": "https://paper.example/", "status": 301, "address": "192.0.2.1"}],
        snapshot=passage.snapshot,
    )
    Capture.objects.create(
        source=passage.source,
        lease_token=uuid4(),
        fetched_at=NOON,
        answer={},
        body_zstd=b"",
    )
    site = f"{uuid4().hex}.example"
    Host.objects.create(
        name=site,
        latency_ms=120,
        answered_at=NOON,
        paused_until=NOON,
        paused_at=NOON,
        pause_reason="The site asked for an hour.",
    )
    Robots.objects.create(
        origin=f"https://{site}",
        standing="rules",
        text="User-agent: *\nDisallow: /",
        fetched_at=NOON,
        standing_since=NOON,
    )
    LostPage.objects.create(
        origin=f"https://{site}", folder="/", seen_at=NOON, title="Not here"
    )
    AccessToken.issue(
        user=a_person("contributor"),
        name="Partner",
        scopes=["claims:read"],
        now=NOON,
    )
    delivery = Delivery.objects.create(
        webhook=a_webhook(), created_at=NOON, began_at=NOON, next_at=NOON
    )
    Attempt.objects.create(
        delivery=delivery,
        token=uuid4(),
        at=NOON,
        duration_ms=12,
        http_status=500,
        answer="Not now.",
    )
