"""Who asks too much in a minute is told to wait."""

import pytest
import time_machine
from django.test import Client

from claims.models import Claim
from config.api import limits
from sources.wire.store import store, trouble
from tests.api.conftest import Caller, a_program
from tests.factories import NOON, a_claim, a_claimant, a_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def few(settings):
    """Three requests a minute for those who are known, two for strangers."""
    settings.API_A_MINUTE, settings.API_A_MINUTE_FOR_STRANGERS = 3, 2
    forget()
    with time_machine.travel(NOON, tick=False):
        yield
    forget()


def forget():
    for key in store().scan_iter(match="counterclaim:asked:*"):
        store().delete(key)


def statuses(caller, path, times):
    return [caller.get(path).status_code for _ in range(times)]


@pytest.mark.parametrize("path", ["claims", "claims?limit=2&count=exact", "claimants"])
def test_one_who_asks_too_much_is_refused_until_the_next_minute(path):
    program = a_program("contributor")

    assert statuses(program, path, 4) == [200, 200, 200, 429]
    with time_machine.travel(NOON.replace(minute=1), tick=False):
        assert program.get(path).status_code == 200


def test_a_refusal_says_how_long_to_wait(stranger):
    statuses(stranger, "claimants", 2)

    refused = stranger.get("claimants")

    assert refused.headers["Content-Type"] == "application/problem+json"
    assert (refused.status_code, refused.body["code"]) == (429, "throttled")
    assert refused.headers["Retry-After"] == refused.headers["RateLimit-Reset"] == "60"


@pytest.mark.parametrize("path", ["claims", "claimants"])
def test_each_answer_says_how_much_is_left(path):
    program, left = a_program("contributor"), []
    a_claim("published")

    for _ in range(3):
        answer = program.get(path)
        assert answer.headers["RateLimit-Limit"] == "3"
        left.append(answer.headers["RateLimit-Remaining"])

    assert left == ["2", "1", "0"]


def test_refusals_and_what_did_not_change_count_and_tell_too():
    program = a_program("contributor")
    claim = a_claim("published")
    tag = program.get(f"claims/{claim.pk}?include=reviews").headers["ETag"]

    same = program.get(f"claims/{claim.pk}?include=reviews", If_None_Match=tag)
    wrong = program.get("claims?nothing=1")

    assert (same.status_code, same.headers["RateLimit-Remaining"]) == (304, "1")
    assert (wrong.status_code, wrong.headers["RateLimit-Remaining"]) == (400, "0")


def test_nothing_is_done_for_one_who_asks_too_much():
    program, speaker = a_program("contributor"), str(a_claimant().pk)
    statuses(program, "claimants", 3)

    refused = program.post("claims", {"statement": "It held.", "claimant": speaker})

    assert (refused.status_code, Claim.objects.count()) == (429, 0)


def test_each_token_each_person_and_each_address_is_counted_apart():
    person = a_person("contributor")
    session = Caller(person)
    session.client.force_login(person)
    elsewhere = Caller()
    elsewhere.client = Client(REMOTE_ADDR="192.0.2.7")
    callers = [a_program(user=person), a_program(user=person), session]

    for caller in callers:
        assert statuses(caller, "claimants", 4) == [200, 200, 200, 429]
    for stranger in (Caller(), elsewhere):
        assert statuses(stranger, "claimants", 3) == [200, 200, 429]


def test_one_network_of_ipv6_is_one_address():
    for last in (1, 2):
        caller = Caller()
        caller.client = Client(REMOTE_ADDR=f"2001:db8::{last}")
        assert caller.get("claimants").status_code == 200

    assert caller.get("claimants").status_code == 429


def test_behind_a_proxy_the_one_it_heard_is_counted(settings):
    settings.BEHIND_PROXY = True
    found = [
        Caller().get("claimants", X_Forwarded_For=f"203.0.113.{n}, 198.51.100.7")
        for n in range(3)
    ]

    assert [answer.status_code for answer in found] == [200, 200, 429]


def test_without_a_proxy_nobody_chooses_their_address():
    found = [
        Caller().get("claimants", X_Forwarded_For=f"203.0.113.{n}") for n in range(3)
    ]

    assert [answer.status_code for answer in found] == [200, 200, 429]


def test_where_nothing_is_limited_nothing_is_said(settings):
    settings.API_A_MINUTE = settings.API_A_MINUTE_FOR_STRANGERS = 0

    answers = [Caller().get("claimants") for _ in range(5)]

    assert {answer.status_code for answer in answers} == {200}
    assert not any("RateLimit-Limit" in answer.headers for answer in answers)


def test_where_redis_is_away_everybody_is_answered(stranger):
    trouble.begin()
    try:
        assert statuses(stranger, "claimants", 5) == [200] * 5
    finally:
        trouble.end()


def test_a_request_costs_one_call_to_redis(monkeypatch):
    asked = []
    monkeypatch.setattr(
        limits, "ask", lambda question: asked.append(1) or question(store())
    )

    for path in ("claims", "claimants"):
        Caller().get(path)

    assert len(asked) == 2
