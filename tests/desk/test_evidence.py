"""What the desk shows of pages that lost the words that are cited on them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from claims.vocabulary import ClaimStatus
from sources.models import Sighting, Source
from tests.factories import NOON, a_citation, a_claim, a_person, a_snapshot

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=2)


@pytest.fixture
def passage():
    return a_claim(ClaimStatus.IN_REVIEW).citations.get().passage


@pytest.fixture
def shown(client, passage):
    """Return the words of the passage's place in the workspace, and its links."""
    client.force_login(a_person())
    claim = passage.citations.get().claim

    def look():
        response = client.get(reverse("desk:claim", args=[claim.pk]))
        part = LexborHTMLParser(response.content.decode()).css_first(".evidence")
        links = [a.attributes["href"] for a in part.css(".source-head a")]
        return " ".join(part.text().split()), links

    return look


def edited(passage, words):
    text = f"Before. {words} And so on."
    passage.snapshot = a_snapshot(passage.source, text)
    passage.state, passage.state_since = "altered", LATER
    passage.start = text.index(words)
    passage.end = passage.start + len(words)
    passage.save()
    Sighting.objects.create(
        passage=passage,
        at=LATER,
        state="altered",
        snapshot=passage.snapshot,
        found=words,
        diff=[["=", "only"], ["-", "minor"], ["+", "major"], ["=", "damage"]],
    )


def test_words_that_were_changed_are_shown_as_they_read_then_and_now(passage, shown):
    edited(passage, "only major damage")

    words, _ = shown()

    then, now = words.split("Since 16 March 2026, 12:00 it reads:")
    assert "On 14 March 2026, 12:00 it read: Before. only minor damage After" in then
    assert now.strip().startswith("Before. only major damage And so on.")


def test_a_page_that_is_gone_is_shown_as_it_read(passage, shown):
    Source.objects.update(state="gone", state_since=LATER)

    assert (
        "The page is gone. On 14 March 2026, 12:00 it read: Before. only minor damage"
        in shown()[0]
    )


def test_words_that_were_removed_are_shown_where_they_stood(passage, shown):
    passage.state, passage.state_since = "missing", LATER
    passage.save()

    assert (
        "These words were removed. On 14 March 2026, 12:00 it read: Before. only minor"
        in shown()[0]
    )


def test_a_page_that_stands_is_shown_without_a_word_of_the_past(passage, shown):
    assert "it read" not in shown()[0]


@pytest.mark.parametrize(
    ("url", "there"), [("https://archive.example/1", True), ("javascript:x", False)]
)
def test_an_archive_that_shows_the_words_is_a_click_away(passage, shown, url, there):
    Sighting.objects.create(
        passage=passage,
        at=LATER,
        state="intact",
        snapshot=passage.snapshot,
        memento_url=url,
    )

    assert (url in shown()[1]) is there


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"archive_due_at": LATER}, "The archive is looked through for these words"),
        ({"archive_failures": 8}, "The archive was looked through 8 times"),
        (
            {"archived_url": "https://archive.example/1", "archived_at": NOON},
            "A copy elsewhere",
        ),
    ],
)
def test_the_page_of_a_source_tells_what_the_archive_has(
    client, passage, fields, words
):
    client.force_login(a_person())
    Source.objects.filter(pk=passage.source_id).update(**fields)

    response = client.get(reverse("desk:source", args=[passage.source_id]))

    assert words in " ".join(response.content.decode().split())


@pytest.mark.parametrize(("further", "first"), [(7, 1), (8, 9)])
def test_of_many_sources_the_broken_ones_are_counted_and_first(client, further, first):
    claim = a_claim(ClaimStatus.IN_REVIEW)
    for _ in range(further):
        citation = a_citation(claim)
    edited(citation.passage, "only major damage")
    client.force_login(a_person())

    answer = client.get(reverse("desk:claim", args=[claim.pk]))

    told = "One of 9 does not show the words as they were cited; it stands first."
    assert answer.context["sheet"].work.steps[0].evidence.number == first
    assert (told in answer.content.decode()) == (further == 8)


def test_many_pages_that_changed_cost_no_more_questions_than_one(client, passage):
    claim = passage.citations.get().claim
    client.force_login(a_person())
    address = reverse("desk:claim", args=[claim.pk])
    edited(passage, "only major damage")

    client.get(address)
    with CaptureQueriesContext(connection) as of_one:
        client.get(address)
    for _ in range(3):
        edited(a_citation(claim).passage, "only major damage")
    with CaptureQueriesContext(connection) as of_four:
        words = client.get(address).content.decode()

    assert words.count("12:00</time> it read:") == 4
    assert len(of_four) == len(of_one)
