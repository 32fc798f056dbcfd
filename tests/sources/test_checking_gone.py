"""A page in trouble, and after which waits it is gone."""

from datetime import timedelta

import pytest

from sources.models import Passage, Source
from sources.vocabulary import Outcome, PassageState, SourceState
from tests.sources.press import answer, raw, stalls
from tests.sources.story import QUOTE, STORY


@pytest.mark.parametrize(
    ("handler", "words"),
    [
        (answer(status=404), "no such page (404)"),
        (answer(status=500), "in trouble itself (500)"),
        (answer(status=400), "does not give the page (400)"),
        (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nwords"), "broke off"),
        (raw(b""), "broke the connection off"),
        (answer(status=302, headers=[("Location", "/a")]), "circle"),
        (stalls, "in time"),
    ],
)
def test_trouble_is_failing_at_first_with_a_sentence_for_people(
    press, lookout, handler, words
):
    press.on("/a", handler)
    source = lookout.attach("/a", QUOTE)

    check = lookout.look(source)

    assert check.outcome == Outcome.FAILING
    assert words in check.said
    assert (source.state, source.failures) == (SourceState.FAILING, 1)
    assert source.failing_since == lookout.now
    assert source.due_at == lookout.now + timedelta(minutes=15)
    assert Passage.objects.get().state == PassageState.UNVERIFIABLE


def test_404_is_gone_after_three_failures_over_three_days(press, lookout):
    source = lookout.attach("/a")

    outcomes = []
    for hours in (0, 1, 24, 46, 2):
        lookout.pass_time(hours=hours)
        outcomes.append(lookout.look(source).outcome)

    assert outcomes == [Outcome.FAILING] * 4 + [Outcome.GONE]
    assert source.state == SourceState.GONE
    assert list(Source.objects.changed_since(lookout.now)) == [source]


def test_three_failures_in_an_hour_are_not_three_days(press, lookout):
    source = lookout.attach("/a")

    outcomes = {lookout.look(source).outcome for _ in range(5)}

    assert outcomes == {Outcome.FAILING}


def test_410_is_gone_after_two_failures_over_a_day(press, lookout):
    press.page("/a", "", status=410)
    source = lookout.attach("/a")

    first = lookout.look(source)
    lookout.pass_time(hours=24)
    second = lookout.look(source)

    assert (first.outcome, second.outcome) == (Outcome.FAILING, Outcome.GONE)
    assert "taken down (410)" in second.said
    assert "14 March 2026" in second.said


def test_a_name_that_does_not_exist_is_gone_after_a_day(press, lookout):
    source = lookout.attach("/a")
    Source.objects.update(canonical_url="http://no-such-name.invalid/a")

    first = lookout.look(source)
    lookout.pass_time(hours=24)
    second = lookout.look(source)

    assert (first.outcome, second.outcome) == (Outcome.FAILING, Outcome.GONE)
    assert "name does not exist" in second.said


def test_waits_can_be_shortened(press, lookout):
    press.page("/a", "", status=410)
    source = lookout.attach("/a")

    lookout.look(source, gone_after=timedelta(seconds=30))
    due_in = source.due_at - lookout.now
    lookout.pass_time(seconds=30)
    check = lookout.look(source, gone_after=timedelta(seconds=30))

    assert due_in == timedelta(seconds=30)
    assert check.outcome == Outcome.GONE


def test_a_page_that_is_gone_stays_gone_until_it_is_seen_again(press, lookout):
    press.page("/a", "", status=410)
    source = lookout.attach("/a", QUOTE)
    lookout.look(source)
    lookout.pass_time(days=1)
    lookout.look(source)
    press.page("/a", "", status=500)
    assert lookout.look(source).outcome == Outcome.GONE
    press.page("/a", STORY)

    lookout.look(source)

    assert (source.state, source.failures) == (SourceState.LIVE, 0)
    assert source.failing_since is None
