"""What the desk says of a page and its words, and what it must not say."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from claims.vocabulary import ClaimStatus
from sources.models import Check, Sighting, Source
from tests.factories import NOON, a_citation, a_claim, a_person, a_source

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=2)


@pytest.fixture
def desk(client):
    client.force_login(a_person())
    return client


def words(client, source):
    response = client.get(reverse("desk:source", args=[source.pk]))
    return flat(LexborHTMLParser(response.content.decode()).css_first("#dossier"))


def flat(node):
    return " ".join(node.text().split())


def a_look(source, outcome, *, status=200, detail=""):
    Check.objects.create(
        source=source,
        lease_token=uuid4(),
        started_at=LATER,
        duration_ms=90,
        outcome=outcome,
        http_status=status,
        detail=detail,
    )


def test_another_address_of_a_page_says_only_that(desk):
    page = a_source()
    alias = a_source(same_as=page, state="failing", failures=2, failing_since=NOON)

    told = words(desk, alias)

    assert "This address leads to the page of" in told
    assert "checks failed" not in told
    assert "Next check" not in told


def test_an_author_who_is_the_publisher_is_named_once(desk):
    source = a_source(publisher="The Paper", author="The Paper")

    assert words(desk, source).count("The Paper") == 1


def test_a_site_is_said_to_be_visited_page_by_page_and_how_far_apart(desk, settings):
    settings.SOURCES_LEAST_GAP = timedelta(seconds=2)
    source = a_source()
    address = reverse("desk:host", args=[source.host])

    assert b"One page at a time, at least 2 seconds apart." in desk.get(address).content

    Source.objects.update(last_checked_at=LATER)
    a_look(source, "failing", status=None, detail="The site's name does not exist.")
    assert b"One page at a time" not in desk.get(address).content


# --- Words that are watched ---------------------------------------------------


def watched(client, source):
    response = client.get(reverse("desk:source", args=[source.pk]))
    return LexborHTMLParser(response.content.decode()).css_first(".watched")


def never_seen(state="unverifiable", **source):
    passage = a_citation(a_claim(), exact="rose by 9 per cent", intact=False).passage
    passage.state = state
    passage.save()
    Source.objects.filter(pk=passage.source_id).update(
        **{"state": "live", "last_checked_at": LATER, **source}
    )
    return passage


def test_words_the_page_never_had_are_not_called_altered(desk):
    passage = never_seen("altered")
    Sighting.objects.create(
        passage=passage, at=LATER, state="altered", found="rose by 7 per cent"
    )

    told = flat(watched(desk, passage.source))

    assert "Not the page's words" in told
    assert "The page has never read so." in told
    assert "Altered" not in told


def test_words_nobody_ever_found_are_not_called_missing(desk):
    told = flat(watched(desk, never_seen("missing").source))

    assert "These words have not been found on the page." in told
    assert "Missing" not in told


def test_why_words_could_not_be_looked_for_is_told(desk):
    passage = never_seen()
    a_look(passage.source, "unsupported", detail="It shows no text.")

    told = flat(watched(desk, passage.source))

    assert "It could not be looked for: It shows no text." in told
    assert "Nobody has looked" not in told


def test_on_a_dead_page_no_words_are_called_intact(desk):
    passage = a_citation(a_claim()).passage
    Source.objects.filter(pk=passage.source_id).update(state="gone", state_since=LATER)

    place = watched(desk, passage.source)

    assert "Words stood while the page did" in flat(place)
    assert place.css(".state-intact") == []


def test_a_claim_tells_why_a_page_that_answers_cannot_be_read(desk):
    claim = a_claim(ClaimStatus.IN_REVIEW)
    a_look(
        claim.citations.get().passage.source, "unsupported", detail="It shows no text."
    )

    response = desk.get(reverse("desk:claim", args=[claim.pk]))

    card = flat(LexborHTMLParser(response.content.decode()).css_first(".evidence"))
    assert "Answers, but cannot be read here" in card
    assert "It shows no text." in card
