"""A search for a whole sentence finds what says the same, in whatever words."""

import pytest

from claims import imprinting
from claims.search.near import is_sentence
from claims.vocabulary import ClaimStatus, Verdict
from tests.factories import a_claim

STATEMENT = "The quay at Ostrel sank by two metres in one night."
OTHER_WORDS = "Overnight the Ostrel quay went down two metres"


@pytest.fixture
def claims(db):
    a_claim(ClaimStatus.PUBLISHED, statement=STATEMENT, verdict=Verdict.FALSE)
    a_claim(ClaimStatus.NEW, statement=f"It is said again: {STATEMENT}")
    a_claim(ClaimStatus.PUBLISHED, statement="Ferries cost twice as much since May.")
    imprinting.imprint_some()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (OTHER_WORDS, True),
        ("Ostrel quay", False),
        ("the ministry of water", False),
        ('"The quay at Ostrel" sank by metres', False),
        ("quay of Ostrel sank two -metres", False),
        ("quay at Ostrel OR bridge at Hallin", False),
    ],
)
def test_a_sentence_is_told_from_words(words, expected):
    assert is_sentence(words) is expected


def test_a_sentence_finds_the_claim_in_other_words(client, claims):
    page = client.get("/", {"q": OTHER_WORDS}).content.decode()

    assert "near to these words, the nearest first" in page
    assert page.count('class="results"') == 1
    assert "sank by" in page
    assert "Ferries" not in page.partition('id="found"')[2]
    assert "It is said again" not in page


def test_filters_narrow_it_as_they_narrow_words(client, claims):
    page = client.get("/", {"q": OTHER_WORDS, "verdict": Verdict.TRUE}).content.decode()

    assert "No published claim matches" in page


def test_the_newest_with_all_words_can_be_had_all_the_same(client, claims):
    page = client.get("/", {"q": OTHER_WORDS, "sort": "newest"}).content.decode()

    assert "No published claim matches" in page


def test_where_nothing_is_near_the_words_are_looked_for(client, claims):
    page = client.get("/", {"q": "nobody ever spoke about such zebras here"})

    assert "No published claim matches" in page.content.decode()
