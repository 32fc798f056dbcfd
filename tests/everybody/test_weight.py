"""What a page of the desk makes a browser fetch to run."""

import gzip
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from claims.vocabulary import ClaimStatus
from tests.factories import a_claim, a_person, an_article

pytestmark = pytest.mark.django_db
MOST_SCRIPT_BYTES = 45_000  # compressed


def test_the_scripts_of_the_desk_are_light(client):
    ana = a_person("admin", "ana")
    client.force_login(ana)
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)
    article = an_article()

    for path in (
        "/desk/",
        reverse("desk:claim", args=[claim.pk]),
        article.get_absolute_url(),
    ):
        page = LexborHTMLParser(client.get(path).content.decode())
        names = [
            (script.attributes["src"] or "").removeprefix("/static/").partition("?")[0]
            for script in page.css("script[src]")
        ]
        sizes = {name: weight(name) for name in names}
        assert sum(sizes.values()) <= MOST_SCRIPT_BYTES, sizes
        assert "claims/desk/keys.js" in sizes


def weight(name):
    return len(gzip.compress(Path(finders.find(name)).read_bytes()))
