"""What an article proposes becomes rows: single claims, by names that are known."""

import pytest

from claims import intake
from tests.factories import NOON, a_claimant, an_article

pytestmark = pytest.mark.django_db


def test_two_claims_in_one_sentence_are_two_candidates():
    text = "Mara Teske said that the harbour was safe and that the ferry would sail."

    first, second = intake.propose(an_article(text=text), at=NOON)

    assert (first.text, second.text) == (
        "that the harbour was safe",
        "that the ferry would sail",
    )
    assert text[second.start : second.end] == second.text


def test_an_alias_of_a_claimant_gives_the_claimants_name():
    a_claimant(name="The Northern Ledger", aliases=["the Ledger"])

    (found,) = intake.propose(
        an_article(text="The Ledger said that the ferry would sail."), at=NOON
    )

    assert found.claimant_name == "The Northern Ledger"
    assert found.mention == "The Ledger"


def test_an_alias_of_two_claimants_names_neither():
    a_claimant(name="The Northern Ledger", aliases=["the Ledger"])
    a_claimant(name="The Southern Ledger", aliases=["Ledger"])

    (found,) = intake.propose(
        an_article(text="The Ledger said that the ferry would sail."), at=NOON
    )

    assert found.claimant_name == "The Ledger"
