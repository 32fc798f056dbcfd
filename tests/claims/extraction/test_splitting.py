"""A sentence that makes two claims becomes two, each with its exact place."""

import pytest

from claims.extraction import read_article
from tests.claims.extraction.reading import assert_exact, the_only

BOTH = (
    "Mara Teske said that the harbour was safe and that the ferry would not sail again."
)


def test_two_clauses_are_two_claims():
    found = the_only(BOTH)

    apart = found.apart()

    assert [each.text for each in apart] == [
        "that the harbour was safe",
        "that the ferry would not sail again",
    ]
    assert_exact(BOTH, list(apart))
    assert {each.speaker for each in apart} == {found.speaker}


@pytest.mark.parametrize(
    "text",
    [
        "Mara Teske said that the harbour was safe.",
        "Mara Teske said that the harbour was safe or that the ferry would not sail.",
        "Mara Teske said that the harbour was safe and dry.",
        "Mara Teske said that if it rained, the wall would fall and Aldmoor would flood.",
        "Mara Teske said that probably the wall would fall and the town would flood.",
        "“The harbour is safe, and the ferry will sail,” Mara Teske said.",
    ],
)
def test_what_does_not_stand_apart_stays_together(text):
    (found,) = read_article(text)

    assert found.apart() == (found,)


def test_an_alias_that_is_known_gives_the_name():
    text = "The Ledger said that the ferry would sail."

    (found,) = read_article(text, known={"ledger": "The Northern Ledger"})

    assert found.speaker.name == "The Northern Ledger"
    assert found.source.text == "The Ledger"
