"""Typed reads of the environment: what is odd stops the start, by name."""

from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env


@pytest.mark.parametrize(
    ("raw", "value"), [("on", True), ("FALSE", False), ("", False)]
)
def test_a_switch_reads_the_usual_words(monkeypatch, raw, value):
    monkeypatch.setenv("COUNTERCLAIM_DEBUG", raw)

    assert env.switch("COUNTERCLAIM_DEBUG", default=True) is value


@pytest.mark.parametrize(
    ("read", "raw"),
    [
        (lambda name: env.switch(name, default=False), "perhaps"),
        (lambda name: env.number(name, 1), "many"),
        (lambda name: env.number(name, 1, least=1), "0"),
        (lambda name: env.seconds(name, timedelta(days=1)), "1 day"),
        (lambda name: env.seconds(name, timedelta(days=1)), "-1"),
        (lambda name: env.seconds(name, timedelta(days=1)), "nan"),
        (lambda name: env.seconds(name, timedelta(days=1)), "inf"),
        (env.numbers, "80,http"),
        (env.address, "archive.example"),
        (env.address, "ftp://archive.example/"),
        (env.address, "https://archive.example/?url="),
        (env.networks, "10.0.0.1/8"),
        (lambda name: env.database(name, ""), "mysql://host/name"),
    ],
)
def test_an_odd_value_stops_the_start_and_is_named(monkeypatch, read, raw):
    monkeypatch.setenv("SOURCES_ODD", raw)

    with pytest.raises(ImproperlyConfigured, match="SOURCES_ODD"):
        read("SOURCES_ODD")


@pytest.mark.parametrize(("raw", "value"), [("90", 90), ("0", 0), ("0.25", 0.25)])
def test_a_time_is_given_in_seconds_whole_or_not(monkeypatch, raw, value):
    monkeypatch.setenv("SOURCES_ODD", raw)

    assert env.seconds("SOURCES_ODD", timedelta(days=1)) == timedelta(seconds=value)


def test_a_value_that_is_missing_and_has_no_default_is_named(monkeypatch):
    monkeypatch.delenv("SOURCES_ODD", raising=False)

    with pytest.raises(ImproperlyConfigured, match="SOURCES_ODD"):
        env.text("SOURCES_ODD")


def test_a_socket_is_found_by_the_shell_too():
    found = env.database("SOURCES_ODD", "postgresql://me@/db?host=/tmp/socket")

    assert (found["HOST"], found["NAME"], found["USER"]) == ("/tmp/socket", "db", "me")


def test_lists_are_read_with_commas(monkeypatch):
    monkeypatch.setenv("SOURCES_ODD", " 127.0.0.0/8, fd00::/8 ,")

    assert [str(n) for n in env.networks("SOURCES_ODD")] == ["127.0.0.0/8", "fd00::/8"]
