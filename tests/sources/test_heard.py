"""How much of what sites said a worker keeps in mind."""

import asyncio
from datetime import timedelta

import pytest

from sources.net import heard
from sources.net.heard import Heard
from sources.net.manners import RobotsSaid
from tests.factories import NOON


def said(number=1, *, rules=10, standing="rules"):
    lines = "".join(f"Disallow: /{n}\n" for n in range(rules))
    return RobotsSaid(
        origin=f"https://paper-{number}.example",
        standing=standing,
        http_status=200,
        text=f"User-agent: other\nDisallow: /\n\nUser-agent: *\n{lines}",
        fetched_at=NOON,
        standing_since=NOON,
    )


@pytest.fixture
def memory():
    return Heard("counterclaim")


def allowed(memory, entry, path="/1"):
    rules = asyncio.run(memory.rules(entry))
    return rules.allow(entry.said.origin + path)


def test_of_a_text_that_was_read_only_what_is_about_us_is_kept(memory):
    entry = memory.keep(said())

    assert not allowed(memory, entry)

    assert "other" not in entry.said.text
    assert not allowed(memory, entry)


def test_rules_that_are_let_go_are_read_again_and_not_asked_for(memory, monkeypatch):
    monkeypatch.setattr(heard, "_MOST_LINES", 30)
    entries = [memory.keep(said(n)) for n in range(5)]

    for entry in entries * 2:
        assert not allowed(memory, entry)

    assert sum(entry.rules is not None for entry in entries) == 2
    assert all(memory.get(entry.said.origin) is entry for entry in entries)


@pytest.mark.parametrize(
    ("limit", "value"), [("_MOST_CHARACTERS", 500), ("_MOST_ORIGINS", 3)]
)
def test_what_was_kept_first_goes_first(memory, monkeypatch, limit, value):
    monkeypatch.setattr(heard, limit, value)

    entries = [memory.keep(said(n)) for n in range(9)]

    kept = [memory.get(entry.said.origin) is entry for entry in entries]
    assert kept == sorted(kept)
    assert 1 < sum(kept) < 4


def test_one_that_is_too_large_is_kept_while_it_is_the_last(memory, monkeypatch):
    monkeypatch.setattr(heard, "_MOST_CHARACTERS", 100)
    monkeypatch.setattr(heard, "_MOST_LINES", 5)

    entry = memory.keep(said(rules=2_000))

    assert not allowed(memory, entry, "/1999")
    assert memory.get(entry.said.origin) is entry


def test_what_is_counted_is_what_is_kept(memory):
    for _ in range(3):
        for number in range(4):
            allowed(memory, memory.keep(said(number)))

    assert memory._lines == sum(entry.rules.size for entry in memory._read.values())
    assert memory._characters == sum(len(e.said.text) for e in memory._kept.values())


@pytest.mark.parametrize(
    ("standing", "hours"), [("rules", 24), ("none", 24), ("unreachable", 0.25)]
)
def test_how_long_it_is_fresh(memory, standing, hours):
    entry = memory.keep(said(standing=standing))
    until = timedelta(hours=hours)

    assert entry.is_fresh(NOON + until - timedelta(seconds=1))
    assert not entry.is_fresh(NOON + until)
    assert not entry.is_fresh(NOON - until)  # a clock was set back
