"""What we sign is verified by the npm package of Standard Webhooks, too."""

import json
from pathlib import Path

import pytest
from django.utils import timezone

from claims.models import Delivery
from claims.models.webhook import new_secret
from claims.webhooks.posting import headers, message
from tests.claims.telling import a_webhook, something_published
from tests.npm import node, npm

pytestmark = pytest.mark.django_db


def test_a_program_in_javascript_verifies_a_message_and_refuses_a_forged_one():
    home = npm(Path(__file__).parent / "verifying")
    webhook = a_webhook()
    event = something_published()
    delivery = Delivery.objects.get()
    content = message(delivery)
    sent = {
        "headers": headers(delivery, content, at=timezone.now()),
        "body": content.decode(),
    }

    taken, forged = (
        node(home, "verify.js", said=json.dumps({**sent, "secret": secret})).strip()
        for secret in (webhook.secret, new_secret())
    )

    assert json.loads(taken)["data"]["claim"]["id"] == str(event.claim_id)
    assert forged == "refused"
