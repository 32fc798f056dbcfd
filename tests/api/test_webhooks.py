"""Webhooks in the API: a person's own, with a secret that is shown once."""

import pytest
from django.utils import timezone

from claims import outbox
from claims.models import Webhook
from tests.api.conftest import Caller, a_program, pointers
from tests.claims.telling import a_webhook, deliver, something_published
from tests.factories import a_claim
from tests.live import open_port
from tests.sources.press import Press

pytestmark = pytest.mark.django_db(transaction=True)
BODY = {"url": "https://partner.example/hook", "types": ["claim.published"]}


@pytest.fixture
def partner(db):
    return a_program("reader", scopes=["webhooks:manage"])


def test_a_webhook_is_made_and_its_secret_shown_once(partner):
    made = partner.post("webhooks", BODY)

    assert made.status_code == 201
    assert made.body["secret"].startswith("whsec_")
    at = made.headers["Location"]
    for answer in (partner.get(at), partner.get("webhooks")):
        assert answer.status_code == 200
        assert "secret" not in answer.content.decode().replace("former_secret", "")
    assert partner.get(at).body["types"] == ["claim.published"]


@pytest.mark.parametrize(
    ("change", "at"),
    [
        ({"url": "http://10.0.0.8/hook"}, "/url"),
        ({"url": "http://127.0.0.1:22/"}, "/url"),
        ({"url": "nowhere"}, "/url"),
        ({"url": None}, "/url"),
        ({"types": ["claim.sold"]}, "/types/0"),
        ({"secret": "whsec_mine"}, "/secret"),
    ],
)
def test_what_cannot_be_told_is_refused(partner, change, at):
    answer = partner.post("webhooks", {**BODY, **change})

    assert answer.status_code == 400
    assert pointers(answer) == {at}
    assert not Webhook.objects.exists()


def test_it_takes_the_scope_and_a_sign_in():
    assert Caller().get("webhooks").status_code == 401
    other = a_program("editor", scopes=["claims:read"])
    assert other.post("webhooks", BODY).body["code"] == "scope_missing"


def test_the_webhook_of_somebody_else_is_not_there(partner):
    webhook = a_webhook()
    something_published()
    delivery = webhook.deliveries.get()
    absent = str(webhook.pk).replace(str(webhook.pk)[-4:], "0000")

    for method, path, body in (
        ("GET", "", None),
        ("PATCH", "", {"name": "mine"}),
        ("DELETE", "", None),
        ("POST", "/secret", {}),
        ("POST", "/test", {}),
        ("POST", "/replay", {"since": "2026-01-01T00:00:00Z"}),
        ("GET", "/deliveries", None),
        ("GET", f"/deliveries/{delivery.pk}", None),
    ):
        for key in (webhook.pk, absent):
            answer = partner(method, f"webhooks/{key}{path}", body, If_Match="*")
            assert (answer.status_code, answer.body["code"]) == (404, "not_found")


def test_a_change_is_made_on_the_version_that_was_read(partner):
    made = partner.post("webhooks", BODY)
    path = f"webhooks/{made.body['id']}"
    tag = partner.get(path).headers["ETag"]

    assert partner.patch(path, {"active": False}).status_code == 428
    off = partner.patch(path, {"active": False}, If_Match=tag)
    late = partner.patch(path, {"name": "b"}, If_Match=tag)

    assert (off.status_code, off.body["off_reason"]) == (200, "owner")
    assert (late.status_code, late.body["current"]["active"]) == (412, False)
    on = partner.patch(path, {"active": True}, If_Match="*")
    assert (on.body["active"], on.body["off_reason"]) == (True, "")


def test_it_goes_from_a_test_to_a_replay():
    partner = a_program("reader", scopes=["webhooks:manage"])
    with Press(port=open_port()) as press:
        press.page("/hook", "Thank you.")
        made = partner.post("webhooks", {"url": press.url("/hook")}).body
        path = f"webhooks/{made['id']}"
        tested = partner.post(f"{path}/test", {})
        again = partner.post(f"{path}/test", {})
        event = something_published()
        deliver()
        replayed = partner.post(f"{path}/replay", {"events": [str(event.pk)]})
        deliver()

    assert (tested.status_code, tested.body["type"]) == (202, "webhook.test")
    assert (again.status_code, again.body["code"]) == (409, "webhook_refused")
    assert (replayed.status_code, replayed.body) == (202, {"events": 1})
    listed = partner.get(f"{path}/deliveries?status=delivered").body["results"]
    assert [each["type"] for each in listed] == ["claim.published", "webhook.test"]
    one = partner.get(f"{path}/deliveries/{listed[0]['id']}").body
    assert [each["http_status"] for each in one["log"]] == [200, 200]
    assert one["log"][0]["answer"] == "Thank you."
    assert one["body"]["data"]["claim"]["id"] == str(event.claim_id)


def test_a_secret_is_replaced_and_a_webhook_removed(partner):
    made = partner.post("webhooks", BODY).body
    path = f"webhooks/{made['id']}"

    turned = partner.post(f"{path}/secret", {})

    assert turned.body["secret"] not in {made["secret"], ""}
    assert turned.body["former_until"]
    assert partner.delete(path).status_code == 204
    assert partner.get(path).status_code == 404


def test_a_replay_names_events_or_a_moment_and_only_known_ones(partner):
    path = f"webhooks/{partner.post('webhooks', BODY).body['id']}/replay"
    claim = a_claim("published")
    coming = claim.told.get()

    for body, status in (
        ({}, 400),
        ({"events": [str(coming.pk)], "since": "2026-01-01T00:00:00Z"}, 400),
        ({"events": [str(coming.pk)]}, 409),  # it was not told yet
    ):
        assert partner.post(path, body).status_code == status
    outbox.tell(now=timezone.now())
    assert partner.post(path, {"events": [str(coming.pk)]}).status_code == 202
