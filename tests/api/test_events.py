"""Events: a list to read on in, and the same as it happens."""

import json

import pytest
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from claims import outbox
from claims.api import streaming
from claims.models import Event
from tests.claims.telling import something_published
from tests.factories import a_claim

pytestmark = pytest.mark.django_db(transaction=True)
STREAM = "text/event-stream"


def follow(caller, path="events", **headers):
    return caller.get(path, Accept=STREAM, **headers)


def heard(answer, number):
    """The next events of a stream: (id, type, data)."""
    found = []
    for chunk in answer.streaming_content:
        lines = dict(
            line.split(": ", 1) for line in chunk.decode().splitlines() if ": " in line
        )
        if "data" in lines:
            found.append((lines["id"], lines["event"], json.loads(lines["data"])))
        if len(found) == number:
            return found
    raise AssertionError("the stream ended")


def test_strangers_read_on_in_what_was_told_the_oldest_first(stranger):
    first = something_published()
    a_claim("retracted")
    outbox.tell(now=timezone.now())
    a_claim("published")  # not told yet

    everything = stranger.get("events").body["results"]
    later = stranger.get(f"events?since={first.pk}").body["results"]

    assert [each["type"] for each in everything] == [
        "claim.published",
        "claim.published",
        "claim.retracted",
    ]
    assert later == everything[1:]
    assert parse_datetime(everything[0]["at"]) == first.at
    assert stranger.get(f"events/{first.pk}").body == everything[0]


def test_pages_neither_skip_nor_repeat(stranger):
    for _ in range(3):
        something_published()
    seen, path = [], "events?limit=1"
    while path:
        page = stranger.get(path).body
        seen += [each["id"] for each in page["results"]]
        path = page["next"]

    told = Event.objects.told().in_order()
    assert seen == [str(event.pk) for event in told]


def test_the_list_is_narrowed_to_types_and_to_a_claim(stranger):
    first = something_published()
    a_claim("retracted")
    outbox.tell(now=timezone.now())

    kinds = stranger.get("events?type=claim.retracted").body["results"]
    of_one = stranger.get(f"events?claim={first.claim_id}").body["results"]

    assert [each["type"] for each in kinds] == ["claim.retracted"]
    assert [each["id"] for each in of_one] == [str(first.pk)]
    assert stranger.get("events?type=claim.sold").status_code == 400


def test_an_event_that_is_not_known_is_no_place_to_read_on_from(stranger):
    coming = a_claim("published").told.get()

    for answer in (
        stranger.get(f"events?since={coming.pk}"),
        follow(stranger, Last_Event_ID=str(coming.pk)),
        follow(stranger, Last_Event_ID="7"),
    ):
        assert answer.status_code == 400
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert json.loads(answer.content)["code"] == "validation_failed"
    assert stranger.get(f"events/{coming.pk}").status_code == 404


def test_a_stream_goes_on_from_the_last_event_that_was_heard(stranger):
    first, second = something_published(), something_published()

    answer = follow(stranger, Last_Event_ID=str(first.pk))

    assert answer.headers["Content-Type"] == STREAM
    assert answer.headers["X-Accel-Buffering"] == "no"
    [(key, kind, data)] = heard(answer, 1)
    assert (key, kind) == (str(second.pk), "claim.published")
    assert data == stranger.get(f"events/{second.pk}").body
    answer.close()


def test_a_stream_tells_what_happens_from_now_on(stranger):
    something_published()
    answer = follow(stranger)
    event = something_published()

    [(key, *_)] = heard(answer, 1)

    assert key == str(event.pk)
    answer.close()


def test_places_are_few_and_given_back(stranger, monkeypatch):
    monkeypatch.setattr(streaming, "_places", streaming.threading.BoundedSemaphore(1))
    first = follow(stranger)
    refused = follow(stranger)
    first.close()
    again = follow(stranger)
    again.close()

    assert (first.status_code, refused.status_code, again.status_code) == (
        200,
        503,
        200,
    )
    assert refused.headers["Retry-After"] == "30"
    assert stranger.get("events").status_code == 200


def test_an_event_is_served_in_no_other_shape(stranger):
    event = something_published()

    assert stranger.get(f"events/{event.pk}", Accept=STREAM).status_code == 406
    assert stranger.post("events", {}).status_code in {403, 405}
