"""What the desk says of a page and its words, and what it must not say."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from sources.models import Check, Source
from tests.factories import NOON, a_person, a_source

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
