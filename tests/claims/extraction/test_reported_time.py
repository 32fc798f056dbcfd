"""When something was said, as the article tells it."""

from datetime import date

import pytest

from claims.extraction import read_article
from claims.extraction.times import day_of

WEDNESDAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("on Monday", date(2026, 3, 2)),
        ("Wednesday", WEDNESDAY),
        ("late on Thursday night", date(2026, 2, 26)),
        ("yesterday", date(2026, 3, 3)),
        ("today", WEDNESDAY),
        ("on Feb. 27", date(2026, 2, 27)),
        ("on October 1", date(2025, 10, 1)),
        ("on October 1, 2019", date(2019, 10, 1)),
        ("on February 30", None),
        ("last week", None),
        ("", None),
    ],
)
def test_a_reported_time_is_a_day_against_the_articles_own(told, day):
    assert day_of(told, published_on=WEDNESDAY) == day


def test_the_words_that_tell_when_are_given_with_their_place():
    text = "The board said on Friday that profits had fallen."

    (candidate,) = read_article(text, published_on=WEDNESDAY)

    assert candidate.said is not None
    assert (candidate.said.start, candidate.said.text) == (15, "on Friday")
    assert candidate.said_on == date(2026, 2, 27)


def test_without_the_articles_date_there_is_no_day():
    (candidate,) = read_article("The board said on Friday that profits had fallen.")

    assert candidate.said is not None
    assert candidate.said_on is None
