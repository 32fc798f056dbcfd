"""Places are exact in whatever text comes, and nothing in it stops the reader."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.extraction import MAX_ARTICLE_CHARACTERS, ArticleTooLong, read_article
from tests.claims.extraction.reading import assert_exact

PHRASES = [
    "“The well is dry,” ",
    '"It rained," ',
    "''Enough,'' ",
    "‘No,’ ",
    "said the mayor. ",
    "she added that ",
    "the ministry denied the report",
    "according to Petra Holm, ",
    "\n\n",
    "\r\n",
    ": ",
    "— ",
    "HOLM: ",
    "\u00a0",
    "\x00",
    "\u202e",
    "\ud800",
    "😀",
    "e\u0301",
    "”",
    "“",
    ".",
]


@settings(max_examples=60)
@given(st.lists(st.sampled_from(PHRASES), max_size=25).map("".join))
def test_places_are_exact_in_scraps_of_news(text):
    assert_exact(text, read_article(text))


@settings(max_examples=40)
@given(st.text(max_size=200))
def test_places_are_exact_in_arbitrary_text(text):
    assert_exact(text, read_article(text))


@pytest.mark.parametrize(
    "between", ["\r\n", "\u2028", "\u00a0", "\x00", "\u202e", "\ud83d", "😀", "\ufeff"]
)
def test_odd_characters_move_no_place(between):
    text = f"{between}“The well{between}is dry,” said{between}the mayor.{between}"

    candidates = read_article(text)

    assert_exact(text, candidates)


def test_a_text_with_a_byte_order_mark_and_emoji_is_read():
    text = "\ufeff😀😀 The ministry said that the wells were dry. 😀"

    (candidate,) = read_article(text)

    assert candidate.text == "that the wells were dry"
    assert_exact(text, [candidate])


def test_a_paragraph_longer_than_a_page_is_read_to_its_end():
    text = "It rained all night. " * 400 + "The ministry said that the wells were full."

    (candidate,) = read_article(text)

    assert candidate.text == "that the wells were full"
    assert_exact(text, [candidate])


@pytest.mark.parametrize("scrap", ['"', "''", "“", "(", "- ", "\n", "a"])
def test_a_page_of_one_mark_yields_nothing(scrap):
    assert read_article(scrap * 3_000) == []


def test_a_page_of_quotation_marks_takes_no_longer_than_a_page_of_words():
    started = time.process_time()
    read_article('" a ' * 750)

    assert time.process_time() - started < 5  # 0.2 s when this was written


def test_a_text_longer_than_any_article_is_refused():
    with pytest.raises(ArticleTooLong, match="300,000"):
        read_article("a" * (MAX_ARTICLE_CHARACTERS + 1))
