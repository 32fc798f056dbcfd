"""Statements in the writer's own words, and half in the speaker's."""

import pytest

from claims.extraction import Form
from tests.claims.extraction.reading import said, the_only


@pytest.mark.parametrize(
    ("text", "speaker", "statement"),
    [
        (
            "The ministry said that 40 houses had been damaged.",
            "The ministry",
            "that 40 houses had been damaged",
        ),
        (
            "Forty houses were damaged, the ministry said.",
            "the ministry",
            "Forty houses were damaged",
        ),
        (
            "The dam, the operator said, was never in danger.",
            "the operator",
            "The dam … was never in danger",
        ),
        (
            "According to the harbour master, two ships ran aground.",
            "the harbour master",
            "two ships ran aground",
        ),
        (
            "Two ships ran aground, according to the harbour master.",
            "the harbour master",
            "Two ships ran aground",
        ),
        (
            "Two ships, according to the harbour master, ran aground.",
            "the harbour master",
            "Two ships … ran aground",
        ),
        (
            "As the minister put it, the coffers are empty.",
            "the minister",
            "the coffers are empty",
        ),
        (
            "Rebels claimed to have shot down a helicopter.",
            "Rebels",
            "to have shot down a helicopter",
        ),
        (
            "Officials urged residents to boil water.",
            "Officials",
            "residents to boil water",
        ),
        (
            "The governor denied the allegations.",
            "The governor",
            "the allegations",
        ),
        (
            "The prime minister accused the union of blackmail.",
            "The prime minister",
            "the union of blackmail",
        ),
        (
            "The governor was accused by the opposition of hiding the report.",
            "the opposition",
            "The governor … of hiding the report",
        ),
        (
            "A statement from the company that the water was clean calmed nobody.",
            "the company",
            "that the water was clean",
        ),
        (
            "Critics expressed doubts about the figures.",
            "Critics",
            "doubts about the figures",
        ),
        (
            "Prosecutors allege the men forged signatures and lied.",
            "Prosecutors",
            "the men forged signatures and lied",
        ),
        (
            "Police believe the fire was started on purpose.",
            "Police",
            "the fire was started on purpose",
        ),
    ],
)
def test_a_told_statement_is_found_with_its_speaker(text, speaker, statement):
    assert said(text) == [(speaker, statement)]


def test_a_told_statement_has_exact_places():
    candidate = the_only("The board said on Friday that profits had fallen.")

    assert (candidate.start, candidate.end) == (25, 48)
    assert candidate.form is Form.INDIRECT
    assert (candidate.cue.start, candidate.cue.end) == (10, 14)
    assert (candidate.source.start, candidate.source.end) == (0, 9)


def test_quoted_words_in_a_told_statement_make_it_mixed():
    candidate = the_only("She called the budget “a fairy tale” from start to end.")

    assert candidate.form is Form.MIXED
    assert "“a fairy tale”" in candidate.text


def test_two_verbs_of_saying_give_two_statements():
    text = "The board said that profits had fallen, adding that jobs were safe."

    assert said(text) == [
        ("The board", "that profits had fallen"),
        ("The board", "that jobs were safe"),
    ]


def test_labeling_belongs_to_whoever_denounced():
    text = 'The union denounced the plan, calling it "a gift to the rich."'

    assert ("The union", 'it "a gift to the rich."') in said(text)


def test_a_statement_within_a_statement_is_part_of_it():
    text = "The lawyer said that the clerk believes the seal was broken."

    assert said(text) == [("The lawyer", "that the clerk believes the seal was broken")]


def test_a_negation_stays_in_the_statement():
    candidate = the_only("The captain said the ferry had not been overloaded.")

    assert candidate.text == "the ferry had not been overloaded"


def test_whoever_was_asked_did_not_ask():
    text = "Asked whether she would resign, the chair answered: “Never.”"

    assert said(text) == [("the chair", "“Never.”")]
