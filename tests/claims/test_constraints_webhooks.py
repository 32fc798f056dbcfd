"""Each rule of the database about events and webhooks, broken on purpose."""

from datetime import timedelta

import pytest
from django.utils import timezone
from uuid_utils.compat import uuid7

from claims.models import Attempt, Delivery, Event
from claims.vocabulary import EventType
from tests.claims.breaking import append_only, change, refused
from tests.claims.telling import a_webhook, something_published
from tests.factories import NOON, a_claim

pytestmark = pytest.mark.django_db


def to_come():
    return Event.objects.create(
        claim=a_claim(),
        type=EventType.QUOTE_MISSING,
        cause="a",
        at=timezone.now() + timedelta(hours=1),
        data={},
    )


def a_delivery():
    a_webhook()
    something_published()
    return Delivery.objects.get()


def tried(delivery, **fields):
    return Attempt.objects.create(
        **{
            "delivery": delivery,
            "token": uuid7(),
            "at": NOON,
            "duration_ms": 1,
            "http_status": 200,
            **fields,
        }
    )


def test_an_event_is_told_once_and_is_of_a_known_type():
    event = to_come()

    with refused("event_is_told_once"):
        Event.objects.create(
            claim=event.claim, type=event.type, cause="a", at=NOON, data={}
        )
    with refused("event_type_is_known"):
        Event.objects.create(
            claim=event.claim, type="claim.sold", cause="b", at=NOON, data={}
        )


def test_an_event_is_told_as_it_was_written_once_and_not_before_its_time():
    told, coming = something_published(), to_come()

    for event, fields in (
        (told, {"data": {}}),
        (told, {"number": None}),
        (told, {"number": 999}),
        (coming, {"number": 999}),
        (coming, {"at": NOON}),
        (coming, {"data": {"more": 1}}),
    ):
        with refused("event_stays_as_it_is"):
            change(event, **fields)


def test_an_event_that_readers_could_see_is_not_struck():
    with refused("event_once_public_stays"):
        something_published().delete()
    a_claim("published")
    with refused("event_once_public_stays"):
        Event.objects.filter(number=None).delete()
    assert to_come().delete()


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        ("webhook_off_has_a_reason", {"active": False}),
        ("webhook_off_has_a_reason", {"off_reason": "gone", "off_at": NOON}),
        ("webhook_removed_is_off", {"removed_at": NOON}),
        ("webhook_has_a_secret", {"secret": "sesame"}),
        ("webhook_former_secret_ends", {"former_secret": "whsec_a"}),
        ("webhook_former_secret_ends", {"former_until": NOON}),
        ("webhook_types_are_known", {"types": ["claim.sold"]}),
    ],
)
def test_a_webhook_is_whole(rule, fields):
    with refused(rule):
        change(a_webhook(), **fields)


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        ("delivery_waits_or_is_done", {"status": "delivered"}),
        ("delivery_waits_or_is_done", {"next_at": None}),
        ("delivery_waits_or_is_done", {"status": "lost"}),
        ("delivery_waits_or_is_done", {"done_at": NOON}),
        ("delivery_lease_is_whole_or_empty", {"lease_until": NOON}),
        ("delivery_lease_is_whole_or_empty", {"lease_token": uuid7()}),
    ],
)
def test_a_delivery_is_whole(rule, fields):
    with refused(rule):
        change(a_delivery(), **fields)


def test_an_event_is_delivered_to_a_webhook_once():
    first = a_delivery()

    with refused("delivery_once_for_each_event"):
        Delivery.objects.create(
            webhook=first.webhook,
            event=first.event,
            created_at=NOON,
            began_at=NOON,
            next_at=NOON,
        )


def test_a_try_is_answered_or_says_why_not_and_is_one_for_its_lease():
    attempt = tried(a_delivery())

    for fields in ({"problem": "x"}, {"http_status": None}, {"http_status": None,
                   "problem": "x", "answer": "y"}):  # fmt: skip
        with refused("attempt_was_answered_or_has_a_problem"):
            tried(attempt.delivery, **fields)
    with refused("attempt_once_for_each_lease"):
        tried(attempt.delivery, token=attempt.token)


def test_what_was_tried_stays_on_record():
    attempt = tried(a_delivery())

    with append_only():
        change(attempt, answer="Thanks.")
    with append_only():
        attempt.delete()
