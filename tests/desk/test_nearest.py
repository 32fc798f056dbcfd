"""Tracked claims near to a statement, while somebody writes it down."""

import pytest
from django.urls import reverse

from claims import imprinting
from claims.vocabulary import ClaimStatus, Verdict
from tests.factories import a_claim, a_person

STATEMENT = "The quay at Ostrel sank by two metres in one night."
OTHER_WORDS = "Overnight the Ostrel quay went down two metres."
HTMX = {"HX-Request": "true"}


@pytest.fixture
def claim(db):
    claim = a_claim(statement=STATEMENT)
    a_claim(statement="Ferries to the islands will cost twice as much next year.")
    imprinting.imprint_some()
    return claim


def asked(browser, text, but=""):
    address = reverse("desk:nearest") + (f"?but={but}" if but else "")
    return browser.post(address, {"statement": text}, headers=HTMX)


def test_what_is_tracked_is_found_in_other_words(as_, ana, claim):
    page = asked(as_(ana), OTHER_WORDS).content.decode()

    assert STATEMENT in page
    assert reverse("desk:claim", args=[claim.pk]) in page
    assert "One tracked claim is near to this." in page
    assert "Ferries" not in page


def test_a_claim_that_is_changed_is_not_near_to_itself(as_, ana, claim):
    page = asked(as_(ana), OTHER_WORDS, but=claim.pk).content.decode()

    assert "No tracked claim is near to this." in page


@pytest.mark.parametrize("text", ["", "  ", "The quay"])
def test_of_two_words_nothing_is_told(as_, ana, claim, text):
    page = asked(as_(ana), text)

    assert page.status_code == 200
    assert "tracked claim" not in page.content.decode()


@pytest.mark.parametrize("but", ["x", "00000000-0000-0000-0000-000000000000"])
def test_a_key_that_names_no_claim_changes_nothing(as_, ana, claim, but):
    assert STATEMENT in asked(as_(ana), OTHER_WORDS, but=but).content.decode()


def test_only_a_published_verdict_is_told(as_, ana, db):
    published = a_claim(ClaimStatus.PUBLISHED, statement=STATEMENT)
    a_claim(ClaimStatus.SECOND_REVIEW, statement=f"In short: {STATEMENT}")
    verdict = Verdict(published.reviews.get().verdict)
    imprinting.imprint_some()

    page = asked(as_(ana), STATEMENT).content.decode()

    assert "In short:" in page
    assert page.count('class="verdict') == 1
    assert f"verdict-{verdict}" in page


def test_a_reader_is_told_nothing(as_, claim):
    answer = asked(as_(a_person("reader", "rea")), OTHER_WORDS)

    assert answer.status_code == 403
    assert STATEMENT not in answer.content.decode()


def test_a_stranger_is_told_nothing(client, claim):
    assert asked(client, OTHER_WORDS).status_code == 401
