"""Webhooks: signed, sent until they are taken, to nobody they should not reach."""

import threading
from datetime import timedelta

import pytest
from django.utils import timezone
from standardwebhooks import WebhookVerificationError

from claims import outbox, webhooks
from claims.errors import WebhookRefused
from claims.models import Attempt, Delivery, Webhook
from claims.tasks import tell_events
from claims.vocabulary import DeliveryStatus, EventType, OffReason
from claims.webhooks import delivering
from claims.webhooks.leasing import LASTS, OF_ONE_WEBHOOK, lease
from claims.webhooks.posting import Answer
from claims.webhooks.schedule import GIVEN_UP_AFTER, MOST_ATTEMPTS, WAITS
from sources.errors import AddressRefused
from tests.claims.telling import (
    a_webhook,
    again,
    body_of,
    deliver,
    something_published,
    verified,
)
from tests.factories import a_claim, a_person
from tests.live import open_port
from tests.sources.press import Press, answer, stalls

pytestmark = pytest.mark.django_db(transaction=True)
DAYS = timedelta(days=4)


@pytest.fixture
def press():
    with Press(port=open_port()) as press:
        press.page("/hook", "Thank you.")
        yield press


def test_an_event_is_sent_signed_under_an_id_of_its_own(press):
    webhook = a_webhook(press.url("/hook"))
    event = something_published()

    assert deliver() == 1

    [request] = press.requests
    told = verified(request, webhook.secret)
    assert (request.method, told["type"]) == ("POST", "claim.published")
    assert told["data"]["claim"]["id"] == str(event.claim_id)
    assert request.headers["webhook-id"] == str(event.pk)
    delivery = Delivery.objects.get()
    assert delivery.status == DeliveryStatus.DELIVERED
    [attempt] = delivery.log.all()
    assert (attempt.http_status, attempt.answer) == (200, "Thank you.")


def test_what_was_changed_on_its_way_is_not_verified(press):
    webhook = a_webhook(press.url("/hook"))
    something_published()
    deliver()
    [request] = press.requests

    for secret, body in (
        (webhook.secret, request.body.replace(b"published", b"retracted")),
        ("whsec_" + "A" * 43 + "=", request.body),
    ):
        with pytest.raises(WebhookVerificationError):
            verified(type(request)("POST", "/", request.headers, body), secret)


def test_it_is_tried_again_under_the_same_id_with_the_same_words(press):
    press.page("/hook", "Not now.", status=500)
    webhook = a_webhook(press.url("/hook"))
    something_published()

    assert [deliver(), deliver(), deliver(timedelta(seconds=30))] == [1, 0, 1]

    first, second = press.requests
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body
    assert verified(first, webhook.secret)
    statuses = Attempt.objects.order_by("pk").values_list("http_status", flat=True)
    assert list(statuses) == [500, 500]
    assert Delivery.objects.get().status == DeliveryStatus.WAITING


def test_both_secrets_sign_for_a_day_after_one_was_replaced(press):
    webhook = a_webhook(press.url("/hook"))
    former = webhook.secret
    webhook = webhooks.rotate(webhook, by=webhook.owner, at=timezone.now())
    something_published()
    deliver()
    webhook.former_until = timezone.now()
    webhook.save()
    something_published()
    deliver()

    both, one = press.requests
    assert webhook.secret != former
    assert verified(both, former) == verified(both, webhook.secret)
    assert verified(one, webhook.secret)
    with pytest.raises(WebhookVerificationError):
        verified(one, former)


def test_410_switches_it_off_and_what_waits_goes_on_waiting(press):
    press.page("/hook", "Gone.", status=410)
    webhook = a_webhook(press.url("/hook"))
    something_published()
    deliver()
    Delivery.objects.create(
        webhook=webhook,
        created_at=timezone.now(),
        began_at=timezone.now(),
        next_at=timezone.now(),
    )

    assert deliver() == 0

    off = again(webhook)
    assert (off.active, off.off_reason) == (False, OffReason.GONE)
    something_published()
    assert Delivery.objects.waiting().count() == 1


def test_tries_are_spread_over_three_days_and_then_it_is_switched_off(press):
    press.page("/hook", "No.", status=503)
    webhook = a_webhook(press.url("/hook"))
    something_published()

    assert timedelta(days=2.8) < sum(WAITS, timedelta()) < GIVEN_UP_AFTER
    tries = [deliver(DAYS * number) for number in range(MOST_ATTEMPTS + 1)]

    assert tries == [1] * MOST_ATTEMPTS + [0]
    assert Delivery.objects.get().status == DeliveryStatus.FAILED
    assert again(webhook).off_reason == OffReason.FAILING
    assert len(press.requests) == MOST_ATTEMPTS


def test_one_that_takes_other_messages_stays_on(press):
    webhook = a_webhook(press.url("/hook"))
    something_published()
    deliver()
    press.page("/hook", "No.", status=503)
    something_published()
    Delivery.objects.waiting().update(
        attempts=MOST_ATTEMPTS - 1, began_at=timezone.now() - timedelta(days=3)
    )

    deliver(DAYS)

    assert Delivery.objects.filter(status=DeliveryStatus.FAILED).exists()
    assert again(webhook).active


def test_somebody_who_asks_for_a_pause_is_given_it(press):
    press.on("/hook", answer("Later.", status=503, headers=[("Retry-After", "3600")]))
    a_webhook(press.url("/hook"))
    something_published()
    deliver()

    assert deliver(timedelta(minutes=59)) == 0
    assert deliver(timedelta(minutes=61)) == 1


def test_a_redirect_is_not_followed(press):
    press.redirect("/hook", "/elsewhere", status=307)
    a_webhook(press.url("/hook"))
    something_published()

    deliver()

    assert not press.asked_for("/elsewhere")
    attempt = Attempt.objects.get()
    assert attempt.http_status is None
    assert "not followed" in attempt.problem


@pytest.mark.parametrize(
    "url",
    [
        "http://10.0.0.8/hook",
        "http://169.254.169.254/latest/meta-data",
        "http://[::1]/hook",
        "ftp://partner.example/hook",
        "https://partner.example:22/hook",
    ],
)
def test_no_address_inside_is_taken(url):
    with pytest.raises(AddressRefused):
        a_webhook(url)


def test_an_address_that_leads_inside_by_now_is_sent_nothing():
    webhook = a_webhook()
    Webhook.objects.filter(pk=webhook.pk).update(url="http://10.0.0.8/hook")
    something_published()

    deliver()

    attempt = Attempt.objects.get()
    assert attempt.problem
    assert attempt.http_status is None


def test_a_body_that_has_no_end_and_bytes_that_are_no_text_are_cut(press):
    press.page("/hook", b"\x00\xff" + b"x" * 50_000)
    a_webhook(press.url("/hook"))
    something_published()

    deliver()

    assert len(Attempt.objects.get().answer) == 2_000


def test_a_webhook_hears_of_what_it_asked_for(press):
    webhook = a_webhook(press.url("/hook"), types=[EventType.CLAIM_RETRACTED])
    a_claim("published")
    a_claim("retracted")
    outbox.tell(now=timezone.now())
    deliver()

    assert [body_of(each)["type"] for each in press.requests] == ["claim.retracted"]
    assert again(webhook).types == ["claim.retracted"]


def test_a_worker_that_broke_gives_way_to_another_and_writes_nothing_late(press):
    a_webhook(press.url("/hook"))
    something_published()
    broken = lease(now=timezone.now())
    late = Answer(
        delivery=broken.deliveries[0], at=timezone.now(), duration_ms=1, status=500
    )

    assert deliver() == 0
    assert deliver(LASTS) == 1
    delivering.settle(late, token=broken.token, now=timezone.now())

    delivery = Delivery.objects.get()
    assert (delivery.status, delivery.attempts) == (DeliveryStatus.DELIVERED, 2)
    assert [each.http_status for each in delivery.log.all()] == [200]


def test_one_that_breaks_its_worker_each_time_is_given_up():
    a_webhook()
    something_published()
    for number in range(MOST_ATTEMPTS):
        assert lease(now=timezone.now() + DAYS * number).deliveries

    deliver(DAYS * MOST_ATTEMPTS)

    assert Delivery.objects.get().status == DeliveryStatus.FAILED


def test_two_workers_lease_different_deliveries_and_few_of_one_webhook():
    busy, other = a_webhook(), a_webhook("https://other.example/hook")
    for _ in range(OF_ONE_WEBHOOK + 1):
        a_claim("published")
    outbox.tell(now=timezone.now())

    first, second = lease(now=timezone.now()), lease(now=timezone.now())

    of = [each.webhook_id for each in first.deliveries]
    assert (of.count(busy.pk), of.count(other.pk)) == (OF_ONE_WEBHOOK, OF_ONE_WEBHOOK)
    assert len(second.deliveries) == 2
    keys = {each.pk for each in (*first.deliveries, *second.deliveries)}
    assert len(keys) == 2 * (OF_ONE_WEBHOOK + 1)


def test_a_slow_one_holds_up_no_other(press, monkeypatch):
    monkeypatch.setattr("claims.webhooks.posting.WITHIN_SECONDS", 0.5)
    press.on("/slow", stalls)
    slow, quick = a_webhook(press.url("/slow")), a_webhook(press.url("/hook"))
    something_published()

    deliver()

    assert quick.deliveries.get().status == DeliveryStatus.DELIVERED
    assert slow.deliveries.get().status == DeliveryStatus.WAITING
    assert slow.deliveries.get().log.get().problem


def test_a_test_is_sent_and_another_waits_until_it_was(press):
    webhook = a_webhook(press.url("/hook"))
    webhooks.send_test(webhook, by=webhook.owner, at=timezone.now())
    with pytest.raises(WebhookRefused):
        webhooks.send_test(webhook, by=webhook.owner, at=timezone.now())

    deliver()

    told = verified(press.requests[0], webhook.secret)
    assert (told["type"], told["data"]) == (
        "webhook.test",
        {"webhook": str(webhook.pk)},
    )


def test_what_was_sent_is_sent_once_more_under_its_id(press):
    webhook = a_webhook(press.url("/hook"))
    event = something_published()
    deliver()
    now = timezone.now()

    assert webhooks.replay(webhook, by=webhook.owner, at=now, events=[event.pk]) == 1
    assert deliver() == 1

    first, second = press.requests
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert Delivery.objects.count() == 1
    assert Attempt.objects.count() == 2


def test_what_was_told_before_there_was_a_webhook_is_replayed_from_a_moment_on(press):
    event = something_published()
    webhook = a_webhook(press.url("/hook"))
    later = event.at + timedelta(seconds=1)

    counts = [
        webhooks.replay(webhook, by=webhook.owner, at=timezone.now(), since=since)
        for since in (later, event.at)
    ]

    assert (counts, deliver()) == ([0, 1], 1)


def test_what_was_removed_is_sent_nothing(press):
    webhook = a_webhook(press.url("/hook"))
    something_published()
    webhooks.remove(webhook, by=webhook.owner, at=timezone.now())

    assert deliver() == 0
    assert Delivery.objects.get().status == DeliveryStatus.FAILED


def test_nothing_is_sent_for_an_account_that_was_closed(press):
    webhook = a_webhook(press.url("/hook"))
    something_published()
    webhook.owner.is_active = False
    webhook.owner.save()

    assert deliver() == 0


def test_nobody_has_more_webhooks_than_they_can_look_after():
    owner = a_person("reader")
    for number in range(webhooks.keeping.MOST_WEBHOOKS):
        a_webhook(f"https://partner.example/{number}", owner=owner)

    with pytest.raises(WebhookRefused):
        a_webhook(owner=owner)


def test_a_worker_does_all_of_it(worker, press):
    webhook = a_webhook(press.url("/hook"))
    claim = a_claim("published")
    taken = press_event(press)

    tell_events.delay()

    assert taken.wait(30)
    told = verified(press.requests[0], webhook.secret)
    assert told["data"]["claim"]["id"] == str(claim.pk)


def press_event(press):
    """Set once the hook has been called."""
    called, thanks = threading.Event(), answer("Thank you.")

    def handle(request, line):
        thanks(request, line)
        called.set()

    press.on("/hook", handle)
    return called
