"""Somebody who is told of events, and what they do with what they are sent."""

import json
from datetime import timedelta

from django.utils import timezone
from standardwebhooks import Webhook as Verifier

from claims import outbox, webhooks
from claims.models import Webhook
from tests.factories import a_claim, a_person

SOON = timedelta(seconds=20)


def a_webhook(url="https://partner.example/hook", *, owner=None, **fields):
    return webhooks.add(
        url, by=owner or a_person("reader"), at=timezone.now(), **fields
    )


def something_published():
    """A claim that was published, told of by now; its event."""
    claim = a_claim("published")
    outbox.tell(now=timezone.now())
    return claim.told.get()


def deliver(after=timedelta()):
    """Send what is due at that time from now. Returns how many tries it took."""
    return webhooks.deliver(clock=lambda: timezone.now() + after)


def verified(request, secret):
    """What was sent, if it was signed with this secret."""
    return Verifier(secret).verify(request.body, request.headers)


def body_of(request):
    return json.loads(request.body)


def again(webhook):
    return Webhook.objects.get(pk=webhook.pk)
