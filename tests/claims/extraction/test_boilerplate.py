"""What looks like an article's text and claims nothing."""

import pytest

from claims.extraction import read_article
from tests.claims.extraction.reading import the_only


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n\n\t\n",
        "Ana Petrov and Joao Lima contributed reporting.",
        "By Petra Holm",
        "By Petra Holm, Staff Writer",
        "Reporting by Ana Petrov; Editing by Joao Lima",
        "(Photo by Ana Petrov)",
        "Photograph: Ana Petrov/Nordfoto",
        "Published 3 March 2026, 14:05",
        "It rained all night, and the streets were empty.",
        "The ferry leaves at nine. It takes two hours.",
    ],
)
def test_it_yields_nothing(text):
    assert read_article(text) == []


def test_a_dateline_is_part_of_neither_speaker_nor_statement():
    text = "OSTHAVEN, March 3 (Nordpress) — The ferry was full, the captain said."

    candidate = the_only(text)

    assert candidate.text == "The ferry was full"
    assert candidate.source.text == "the captain"
