"""Every page of the panel, with something on it."""

from uuid import uuid4

from django.contrib import admin
from django.urls import reverse

from claims import intake
from claims.models import AccessToken
from claims.vocabulary import ClaimStatus
from sources.models import Check, Passage
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
    AccessToken.issue(
        user=a_person("contributor"),
        name="Partner",
        scopes=["claims:read"],
        now=NOON,
    )
