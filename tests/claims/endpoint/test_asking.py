"""Asking the plugged-in model: its budget, its silences, and its odd answers."""

import json
from datetime import timedelta

import pytest
from django.test import override_settings

from claims.endpoint import memory
from claims.endpoint.asking import MOST_BYTES, ask
from claims.endpoint.chat import Question, list_in
from claims.endpoint.ledger import FIRST_PAUSE, REFUSED_PAUSE
from claims.endpoint.terms import Use, terms_for
from claims.errors import NoAnswer
from claims.models import EndpointAnswer, EndpointDay, EndpointPause
from claims.vocabulary import WhyNot
from tests.claims.endpoint.oracle import completion
from tests.factories import NOON
from tests.sources.press import answer, drips, raw, stalls

pytestmark = pytest.mark.django_db

DAY = NOON.date()


def a_question(data="What?"):
    return Question(instructions="Say it.", data=data, schema={}, most_tokens=50)


def asked(oracle, data="What?", *, now=NOON, **terms):
    return ask(
        a_question(data),
        lambda told: list_in(told, "words", most=3),
        terms=oracle.terms(**terms),
        now=now,
    )


def why(oracle, data="What?", **how):
    with pytest.raises(NoAnswer) as refused:
        asked(oracle, data, **how)
    return refused.value.why


# --- A good answer ------------------------------------------------------------


def test_a_question_is_sent_with_the_key_and_the_form_that_is_wanted(oracle):
    oracle.says({"words": ["yes"]})

    assert asked(oracle) == ["yes"]

    (sent,) = oracle.asked
    (request,) = oracle.press.requests
    assert request.headers["authorization"] == "Bearer secret"
    assert sent["model"] == "oracle-1"
    assert [message["role"] for message in sent["messages"]] == ["system", "user"]
    assert sent["temperature"] == 0
    assert sent["response_format"]["type"] == "json_schema"


def test_without_a_key_none_is_sent(oracle):
    oracle.says({"words": []})

    asked(oracle, key="")

    assert "authorization" not in oracle.press.requests[0].headers


def test_the_same_question_is_asked_once(oracle):
    oracle.says({"words": ["yes"]})

    assert asked(oracle) == asked(oracle) == ["yes"]

    assert len(oracle.asked) == 1
    assert EndpointDay.objects.get(day=DAY).remembered == 1


def test_another_model_is_asked_anew(oracle):
    oracle.says({"words": ["yes"]})

    asked(oracle)
    asked(oracle, model="oracle-2")

    assert [sent["model"] for sent in oracle.asked] == ["oracle-1", "oracle-2"]


def test_a_fence_around_the_answer_is_taken_away(oracle):
    oracle.says('```json\n{"words": ["yes"]}\n```')

    assert asked(oracle) == ["yes"]


def test_a_server_that_knows_no_formats_is_asked_plainly_from_then_on(oracle):
    def handle(request, line):
        known = "response_format" not in json.loads(request.body)
        body = completion({"words": ["yes"]}) if known else {"error": "what?"}
        answer(json.dumps(body), status=200 if known else 400)(request, line)

    oracle.on(handle)

    assert asked(oracle, "One?") == asked(oracle, "Two?") == ["yes"]

    assert ["response_format" in sent for sent in oracle.asked] == [True, False, False]


# --- Odd answers --------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"[" * 100_000,
        b"[]",
        b"{}",
        b'{"choices": []}',
        b'{"choices": [{"message": {"content": null}}]}',
        b'{"choices": [{"message": {"content": 7}}]}',
        b'{"choices": ["words"]}',
        completion("no object"),
        completion("[1, 2]"),
        completion('{"words": NaN}'),
        completion('{"words": "yes"}'),
        completion('{"words": [1, 2, 3, 4]}'),
        completion('{"other": []}'),
        completion('{"words": ["yes"]}', ended="length"),
        completion("[" * 100_000),
        b'\xff\xfe{"words": []}',
    ],
)
def test_an_answer_of_another_form_is_rubbish_and_not_remembered(oracle, body):
    oracle.gives(body)

    assert why(oracle) == WhyNot.RUBBISH
    assert not EndpointAnswer.objects.exists()
    assert EndpointDay.objects.get(day=DAY).failed == 1


@pytest.mark.parametrize(
    ("handler", "reason"),
    [
        (stalls, WhyNot.LATE),
        (drips(b"HTTP/1.1 200 OK\r\n\r\n" + b" " * 10_000, every=0.05), WhyNot.LATE),
        (answer(b" " * (MOST_BYTES + 1)), WhyNot.TOO_LARGE),
        (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"), WhyNot.RUBBISH),
        (raw(b"no http at all"), WhyNot.RUBBISH),
        (raw(b""), WhyNot.UNREACHABLE),
        (answer(status=429), WhyNot.BUSY),
        (answer(status=500), WhyNot.FAILED),
        (answer(status=504), WhyNot.LATE),
        (answer(status=401), WhyNot.REFUSED),
        (answer(status=204), WhyNot.RUBBISH),
        (
            answer(status=307, headers=[("Location", "http://169.254.169.254/latest")]),
            WhyNot.ASTRAY,
        ),
        (answer(status=302, headers=[("Location", "/elsewhere")]), WhyNot.ASTRAY),
    ],
)
def test_each_trouble_has_its_reason(oracle, handler, reason):
    oracle.on(handler)

    assert why(oracle, seconds=0.5) == reason
    assert EndpointDay.objects.get(day=DAY).requests == 1


def test_a_body_that_never_ends_is_left(oracle):
    def endless(_request, line):
        line.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while not line.wait(0):
            line.send(b"1000\r\n" + b" " * 4096 + b"\r\n")

    oracle.on(endless)

    assert why(oracle, seconds=3) in {WhyNot.TOO_LARGE, WhyNot.LATE}


def test_nobody_there_is_unreachable(oracle):
    oracle.press.__exit__()

    assert why(oracle) == WhyNot.UNREACHABLE


def test_a_network_that_is_not_opened_is_not_entered(oracle):
    with override_settings(SOURCES_ALLOW_NETWORKS=[]):
        assert why(oracle) == WhyNot.UNREACHABLE

    assert oracle.press.requests == []


# --- The budget ---------------------------------------------------------------


def test_a_day_has_so_many_requests_and_the_next_day_as_many_again(oracle):
    oracle.says({"words": []})
    asked(oracle, "One?", requests_a_day=1)

    assert why(oracle, "Two?", requests_a_day=1) == WhyNot.BUDGET
    asked(oracle, "Two?", requests_a_day=1, now=NOON + timedelta(days=1))

    assert len(oracle.asked) == 2


def test_what_is_remembered_costs_nothing(oracle):
    oracle.says({"words": ["yes"]})
    asked(oracle, requests_a_day=1)

    assert asked(oracle, requests_a_day=1) == ["yes"]


def test_a_day_has_so_many_tokens(oracle):
    oracle.says({"words": []}, tokens=90)
    asked(oracle, "One?", tokens_a_day=100)

    assert why(oracle, "Two?", tokens_a_day=100) == WhyNot.BUDGET
    assert EndpointDay.objects.get(day=DAY).tokens == 90


@pytest.mark.parametrize("told", [None, 0, -5, 10**9, "many", True])
def test_a_count_that_is_none_does_not_change_the_budget(oracle, told):
    oracle.gives(completion({"words": []}) | {"usage": {"total_tokens": told}})

    asked(oracle)

    assert EndpointDay.objects.get(day=DAY).tokens == a_question().tokens


@pytest.mark.parametrize(("status", "kept"), [(500, False), (200, True)])
def test_what_was_not_worked_on_has_cost_nothing(oracle, status, kept):
    oracle.gives({}, status=status)

    why(oracle)

    assert bool(EndpointDay.objects.get(day=DAY).tokens) is kept


# --- Leaving it alone ---------------------------------------------------------


def test_one_failure_is_forgiven_and_two_in_a_row_are_not(oracle):
    oracle.gives({}, status=500)
    assert [why(oracle), why(oracle), why(oracle)] == [
        *(WhyNot.FAILED, WhyNot.FAILED, WhyNot.PAUSED)
    ]

    oracle.says({"words": ["yes"]})
    assert asked(oracle, now=NOON + FIRST_PAUSE) == ["yes"]
    assert EndpointPause.objects.get().failures == 0


def test_a_pause_grows_to_an_hour(oracle):
    oracle.gives({}, status=500)
    now = NOON
    for _ in range(12):
        assert why(oracle, now=now) == WhyNot.FAILED
        now = EndpointPause.objects.get().until or now

    assert EndpointPause.objects.get().until == now
    assert why(oracle, now=now - timedelta(seconds=1)) == WhyNot.PAUSED
    why(oracle, now=now)
    assert EndpointPause.objects.get().until == now + timedelta(hours=1)


def test_whoever_refuses_us_is_left_alone_at_once(oracle):
    oracle.gives({}, status=403)

    assert why(oracle) == WhyNot.REFUSED
    assert why(oracle, now=NOON + REFUSED_PAUSE / 2) == WhyNot.PAUSED


@pytest.mark.parametrize(
    ("asks", "pause"),
    [
        ("120", timedelta(minutes=2)),
        ("Sat, 14 Mar 2026 12:30:00 GMT", timedelta(minutes=30)),
        ("99999999", timedelta(days=1)),
        ("soon", timedelta(minutes=5)),
    ],
)
def test_it_is_left_alone_as_long_as_it_asks(oracle, asks, pause):
    oracle.gives({}, status=429, headers=[("Retry-After", asks)])

    why(oracle)

    assert EndpointPause.objects.get().until == NOON + pause


def test_the_same_model_elsewhere_is_not_left_alone(oracle):
    oracle.gives({}, status=403)
    why(oracle)
    oracle.says({"words": ["yes"]})

    assert asked(oracle, model="oracle-2") == ["yes"]


# --- What is remembered -------------------------------------------------------


def test_what_was_not_used_for_longest_is_forgotten(oracle, monkeypatch):
    monkeypatch.setattr(memory, "MOST_ANSWERS", 2)
    oracle.says({"words": []})
    for minute, data in enumerate(["One?", "Two?", "One?", "Three?"]):
        asked(oracle, data, now=NOON + timedelta(minutes=minute))

    assert EndpointAnswer.objects.count() == 2
    asked(oracle, "One?")
    assert len(oracle.asked) == 3


# --- Whom to ask --------------------------------------------------------------


def test_nobody_is_asked_where_no_address_is_set():
    assert terms_for(Use.EXTRACTION) is None


def test_a_model_is_asked_for_what_it_is_plugged_in_for(oracle):
    uses = frozenset({"matching"})
    with override_settings(**oracle.settings(EXTRACTION_API_FOR=uses)):
        assert terms_for(Use.EXTRACTION) is None
        terms = terms_for(Use.MATCHING)

    assert terms
    assert terms.url == oracle.terms().url
    assert "secret" not in repr(terms)
