"""Sentences that workers keep, in the language and the time zone of who reads them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.template import Context, Template
from django.utils import timezone, translation
from django.utils.translation import trans_real

from sources import hosts
from sources.errors import AddressRefused
from sources.models import Check, Host
from sources.net.manners import Pause
from sources.saying import Sentence
from sources.wording import within, worded

NOON = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)


@pytest.fixture
def in_arabic(monkeypatch):
    """Speak an Arabic of two sentences, whatever is translated by now."""
    with translation.override("ar"):
        catalogue = trans_real.catalog()
        for known, told in {
            "The site is in trouble itself (%(status)s).": "الموقع متعطّل (%(status)s).",
            "The page was read.": "قُرئت الصفحة.",
        }.items():
            monkeypatch.setitem(catalogue._catalog._catalogs[0], known, told)
        yield


def test_a_sentence_is_kept_apart_from_its_facts(press, lookout):
    press.page("/a", "", status=503)

    check = lookout.look(lookout.attach("/a"))

    kept = Check.objects.get(pk=check.pk)
    assert kept.detail == "The site is in trouble itself (%(status)s)."
    assert kept.facts == {"status": "503"}
    assert kept.said == "The site is in trouble itself (503)."


def test_moments_are_told_in_the_time_zone_of_the_reader():
    sentence = Sentence(
        "Left alone until %(until_at)s.", {"until_at": NOON.isoformat()}
    )

    with timezone.override("Asia/Kolkata"):
        told = worded(sentence)

    assert told == "Left alone until 14 March 2026, 17:30."


def test_amounts_are_told_with_separators_and_names_are_not():
    sentence = Sentence(
        "%(most)s characters, port %(port)s.", {"most": 2048, "port": "8443"}
    )

    assert worded(sentence) == "2,048 characters, port 8443."


def test_an_error_says_in_english_what_an_error_kept():
    error = AddressRefused("At most %(most)s characters.", facts={"most": 2_048})

    assert str(error) == "At most 2,048 characters."
    assert error.sentence == Sentence("At most %(most)s characters.", {"most": 2_048})


def test_a_reader_reads_it_in_their_language(in_arabic):
    told = worded(
        Sentence("The site is in trouble itself (%(status)s).", {"status": "503"})
    )

    assert told == "الموقع متعطّل (\u2068503\u2069)."
    assert not told.foreign


def test_what_was_kept_before_is_shown_as_it_is_and_marked_as_english(in_arabic):
    check = Check(
        detail="The site asked to be left alone until 1 March 2026, 12:00 UTC."
    )

    shown = Template("{{ check.said }}").render(Context({"check": check}))

    assert shown == (
        '<span lang="en" dir="ltr">The site asked to be left alone until '
        "1 March 2026, 12:00 UTC.</span>"
    )
    assert within(check.said).startswith("\u2068")


def test_markup_in_a_fact_is_no_markup_on_a_page():
    sentence = Sentence("It moved to %(address)s", {"address": "http://a.example/<b>"})

    shown = Template("{{ told }}").render(Context({"told": worded(sentence)}))

    assert shown == "It moved to http://a.example/&lt;b&gt;"


def test_a_percent_sign_of_an_older_sentence_is_no_place_for_a_fact():
    assert Check(detail="Write it as %20 or 100%.").said == "Write it as %20 or 100%."


def test_nothing_said_is_nothing_shown():
    assert Check(detail="").said == ""


@pytest.mark.django_db
def test_why_a_site_is_left_alone_is_worded_for_the_reader():
    reason = Sentence(
        "It answered %(status)s and is left alone until %(until_at)s.",
        {"status": "429", "until_at": NOON.isoformat()},
    )
    pause = Pause(
        name="paper.example", until=NOON, at=NOON - timedelta(hours=1), reason=reason
    )
    hosts.remember(hosts.News(pauses=(pause,)))

    host = Host.objects.get(name="paper.example")

    assert host.pause_said == (
        "It answered 429 and is left alone until 14 March 2026, 12:00."
    )
