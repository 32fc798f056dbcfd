"""What of a text and a claim tells that they say the same."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

from claims.matching import posts
from claims.matching.rank import Asked, Near, ranked

ASKED = Asked(words={"ferri": 5.0, "ostrel": 7.0, "night": 3.0}, on=date(2026, 3, 14))


def near(*words, likeness=0.5, **fields):
    return Near(claim=uuid4(), words=frozenset(words), likeness=likeness, **fields)


def first(*claims, asked=ASKED):
    return ranked(asked, claims)[0].claim


def test_of_claims_as_near_the_one_that_shares_the_rarer_word_comes_first():
    rare, common = near("ostrel", "x"), near("night", "x")

    assert first(common, rare) == rare.claim


def test_of_claims_with_the_same_words_the_one_that_lies_nearer_comes_first():
    far, close = near("ferri", likeness=0.3), near("ferri", likeness=0.7)

    assert first(far, close) == close.claim


def test_of_claims_alike_the_one_of_about_that_day_comes_first():
    then = near("ferri", days=(date(2026, 3, 20),))
    long_ago = near("ferri", days=(date(2011, 3, 20),))

    assert first(long_ago, then) == then.claim
    assert first(long_ago, then, asked=replace(ASKED, on=None)) == long_ago.claim


def test_what_a_fact_check_calls_it_counts_like_its_own_words():
    plain = near("ferri", likeness=0.3)
    checked = near("ferri", likeness=0.3, likeness_of_checks=0.9)

    assert first(plain, checked) == checked.claim


def test_a_claim_that_no_model_has_seen_is_ranked_by_its_words():
    unseen = near("ferri", "ostrel", "night", likeness=None)

    assert first(near("night", likeness=0.4), unseen) == unseen.claim


def test_probability_falls_where_two_claims_are_as_good():
    alone = near("ferri", "ostrel", likeness=0.7)
    twin = replace(alone, claim=uuid4())

    sure, unsure = ranked(ASKED, [alone])[0], ranked(ASKED, [alone, twin])[0]

    assert 0 <= unsure.probability < sure.probability <= 1


def test_the_words_in_common_stand_with_the_most_telling_first():
    (found,) = ranked(ASKED, [near("night", "ostrel", "quay")])

    assert found.shared == ("ostrel", "night")


def test_nothing_near_is_no_answer():
    assert ranked(ASKED, []) == []


def test_a_post_is_read_without_what_its_site_put_around_it():
    post = posts.read(
        "The #NightFerry sank?! @OstrelPort https://t.co/Ab1 "
        "— Ada Quill (@adaq) March 14, 2026"
    )

    assert post.words == "The Night Ferry sank?! Ostrel Port"
    assert (post.by, post.on) == ("Ada Quill", date(2026, 3, 14))


def test_a_signature_with_a_day_that_never_was_is_part_of_the_text():
    post = posts.read("It sank. — Ada Quill (@adaq) March 44, 2026")

    assert post.on is None
    assert "Ada Quill" in post.words
