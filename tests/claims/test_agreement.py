"""Agreement beyond chance, against examples that were worked by hand."""

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.search.agreement import LEAST, Strength, agreement

SCALE = ("a", "b", "c")
ANSWERS = st.sampled_from(["a", "b", "c", "x"])


def test_kappa_is_what_is_left_when_chance_is_taken_away():
    # 50 answers, 35 the same; by chance (25 × 30 + 25 × 20) / 50² = one half.
    table = {("a", "a"): 20, ("a", "b"): 5, ("b", "a"): 10, ("b", "b"): 15}

    found = agreement(table, scale=())

    assert (found.n, found.same, found.kappa) == (50, 35, Fraction(2, 5))


def test_weighted_kappa_counts_the_steps_of_a_miss():
    # Steps seen: 2 × 1 + 1 × 1 = 3 of 10. By chance, rows 6 3 1, columns 4 4 2:
    # 6·4·1 + 6·2·2 + 3·4·1 + 3·2·1 + 1·4·2 + 1·4·1 = 78 of 100. So 1 − 0.3 / 0.78.
    table = {
        ("a", "a"): 4,
        ("a", "b"): 2,
        ("b", "b"): 2,
        ("b", "c"): 1,
        ("c", "c"): 1,
    }

    found = agreement(table, scale=SCALE)

    assert found.weighted == Fraction(8, 13)
    # 7 of 10 the same; by chance (6·4 + 3·4 + 1·2) / 100 = 0.38. So 0.32 / 0.62.
    assert found.kappa == Fraction(16, 31)


def test_a_far_miss_weighs_more_than_a_near_one():
    same = {("a", "a"): 5, ("b", "b"): 5, ("c", "c"): 5}

    near = agreement({**same, ("a", "b"): 2}, scale=SCALE)
    far = agreement({**same, ("a", "c"): 2}, scale=SCALE)

    assert near.same == far.same
    assert near.weighted > far.weighted


def test_what_lies_outside_the_scale_counts_for_plain_kappa_only():
    table = {("a", "a"): 6, ("c", "c"): 6, ("x", "x"): 4, ("x", "c"): 4}

    found = agreement(table, scale=SCALE)

    assert (found.n, found.on_scale) == (20, 12)
    assert found.weighted == 1
    assert found.kappa < 1


def test_kappa_says_nothing_where_everybody_always_says_the_same():
    found = agreement({("a", "a"): 30}, scale=SCALE)

    assert (found.n, found.same) == (30, 30)
    assert (found.kappa, found.weighted, found.strength) == (None, None, None)


def test_one_who_always_says_the_same_agrees_as_chance_would():
    found = agreement({("a", "a"): 15, ("a", "b"): 15}, scale=SCALE)

    assert found.kappa == 0
    assert found.strength == Strength.SLIGHT


def test_kappa_says_nothing_of_nothing():
    found = agreement({}, scale=SCALE)

    assert (found.n, found.kappa, found.weighted) == (0, None, None)


def test_two_who_never_agree_agree_less_than_chance_would():
    found = agreement({("a", "b"): 10, ("b", "a"): 10}, scale=SCALE)

    assert found.kappa == -1
    assert found.strength == Strength.POOR


@pytest.mark.parametrize(
    ("n", "said"), [(LEAST - 1, None), (LEAST, Strength.ALMOST_PERFECT)]
)
def test_too_few_are_called_nothing(n, said):
    found = agreement({("a", "a"): n - 1, ("b", "b"): 1}, scale=SCALE)

    assert found.kappa == 1
    assert found.strength == said


@pytest.mark.parametrize(
    ("same", "missed", "kappa", "said"),
    [
        (6, 4, Fraction(1, 5), Strength.SLIGHT),
        (7, 3, Fraction(2, 5), Strength.FAIR),
        (8, 2, Fraction(3, 5), Strength.MODERATE),
        (9, 1, Fraction(4, 5), Strength.SUBSTANTIAL),
        (10, 0, Fraction(1), Strength.ALMOST_PERFECT),
    ],
)
def test_the_strength_of_agreement_has_a_name(same, missed, kappa, said):
    table = {
        ("a", "a"): same,
        ("b", "b"): same,
        ("a", "b"): missed,
        ("b", "a"): missed,
    }

    found = agreement(table, scale=SCALE)

    assert (found.kappa, found.strength) == (kappa, said)


@given(st.lists(st.tuples(ANSWERS, ANSWERS), max_size=60))
def test_it_is_the_same_whoever_is_named_first(answers):
    table = Counter(answers)
    turned = Counter((other, one) for one, other in answers)

    assert agreement(table, scale=SCALE) == agreement(turned, scale=SCALE)


@given(st.lists(st.tuples(ANSWERS, ANSWERS), max_size=60))
def test_kappa_stays_within_its_bounds(answers):
    found = agreement(Counter(answers), scale=SCALE)

    for each in (found.kappa, found.weighted):
        assert each is None or each <= 1
    assert found.kappa is None or found.kappa >= -1
    assert (found.kappa == 1) == (found.kappa is not None and found.same == found.n)
