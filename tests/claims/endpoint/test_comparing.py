"""The plugged-in model as a judge of contradictions, and of what is the same."""

import json

import pytest

from claims.endpoint.judging import AT_ONCE, MOST_CHARACTERS, Stand, judge
from claims.endpoint.ranking import MOST_CLAIMS, rank
from claims.errors import NoAnswer
from claims.models import EndpointDay
from claims.vocabulary import WhyNot
from tests.factories import NOON

pytestmark = pytest.mark.django_db

PAIR = ("The dam is broken in two places.", "The dam is intact, and safe.")
BROKEN = {
    "id": 0,
    "label": "contradiction",
    "surely": 0.9,
    "statement_words": ["broken"],
    "claim_words": ["intact"],
}


def judged(oracle, *pairs):
    return judge(pairs or [PAIR], terms=oracle.terms(), now=NOON)


def ranked(oracle, claims=("The dam held.", "The dam broke.")):
    return rank("It held.", claims, terms=oracle.terms(), now=NOON)


# --- How a statement stands to a claim ----------------------------------------


def test_a_judgement_points_at_words_of_both_texts(oracle):
    oracle.says({"pairs": [BROKEN]})

    (opinion,) = judged(oracle)

    (there,), (here,) = opinion.statement, opinion.claim
    assert (opinion.stand, opinion.surely) == (Stand.CONTRADICTION, 0.9)
    assert (PAIR[0][slice(*there)], PAIR[1][slice(*here)]) == ("broken", "intact")


@pytest.mark.parametrize(
    ("words", "kept", "lost"),
    [
        (["burst"], 0, 1),
        (["roke"], 0, 1),
        (["broken", "broken"], 1, 0),
        (["broken", "is broken"], 1, 0),
        (["broken", 7, None], 1, 2),
        ("broken", 0, 0),
        (None, 0, 0),
        (["x" * 9_000], 0, 1),
        (["nowhere"] * 1_000, 0, 8),
    ],
)
def test_words_that_stand_nowhere_are_thrown_away_and_counted(
    oracle, words, kept, lost
):
    oracle.says({"pairs": [BROKEN | {"statement_words": words}]})

    (opinion,) = judged(oracle)

    assert len(opinion.statement) == kept
    assert EndpointDay.objects.get().thrown_away == lost


@pytest.mark.parametrize(
    "told",
    [
        BROKEN | {"label": "lie"},
        BROKEN | {"label": None},
        BROKEN | {"label": ["contradiction"]},
        BROKEN | {"surely": 2},
        BROKEN | {"surely": -0.1},
        BROKEN | {"surely": True},
        BROKEN | {"surely": "very"},
        BROKEN | {"id": 1},
        BROKEN | {"id": -1},
        BROKEN | {"id": "0"},
        BROKEN | {"id": True},
        "contradiction",
        None,
    ],
)
def test_an_opinion_that_is_none_is_left_to_the_built_in_judge(oracle, told):
    oracle.says({"pairs": [told]})

    assert judged(oracle) == [None]


def test_the_first_opinion_of_a_pair_counts(oracle):
    oracle.says({"pairs": [BROKEN, BROKEN | {"label": "entailment"}]})

    (opinion,) = judged(oracle)

    assert opinion.stand == Stand.CONTRADICTION


def test_many_pairs_are_asked_about_some_at_a_time(oracle):
    oracle.says({"pairs": [BROKEN | {"id": 1}]})
    pairs = [(f"Statement {n}.", f"Claim {n}.") for n in range(AT_ONCE + 2)]

    opinions = judged(oracle, *pairs)

    sent = [json.loads(asked["messages"][1]["content"]) for asked in oracle.asked]
    assert [len(each) for each in sent] == [AT_ONCE, 2]
    assert [n for n, opinion in enumerate(opinions) if opinion] == [1, AT_ONCE + 1]


def test_texts_that_are_empty_or_too_long_are_not_sent(oracle):
    long = "x" * (MOST_CHARACTERS + 1)

    assert judged(oracle, (long, "Claim."), ("Statement.", " ")) == [None, None]
    assert oracle.asked == []


# --- Which claim a text makes -------------------------------------------------


def test_each_claim_is_given_how_likely_it_is_the_same(oracle):
    oracle.says({"claims": [{"id": 1, "same": 0}, {"id": 0, "same": 0.95}]})

    assert ranked(oracle) == [0.95, 0.0]


@pytest.mark.parametrize(
    "told",
    [
        {"id": 2, "same": 0.9},
        {"id": -1, "same": 0.9},
        {"id": 0.0, "same": 0.9},
        {"id": 0, "same": 1.1},
        {"id": 0, "same": 10**400},
        {"id": 10**400, "same": 1},
        {"id": 0, "same": "0.9"},
        {"id": 0, "same": False},
        {"id": 0},
        [0, 0.9],
        "0",
    ],
)
def test_a_likelihood_that_is_none_is_left_to_the_built_in_order(oracle, told):
    oracle.says({"claims": [told, {"id": 1, "same": 0.2}]})

    assert ranked(oracle) == [None, 0.2]


def test_no_claims_are_no_question(oracle):
    assert ranked(oracle, claims=()) == []
    assert oracle.asked == []


def test_what_comes_after_the_first_claims_is_not_asked_about(oracle):
    oracle.says({"claims": [{"id": MOST_CLAIMS, "same": 1}, {"id": 0, "same": 1}]})

    found = ranked(oracle, claims=["A claim."] * (MOST_CLAIMS + 1))

    assert found == [1.0] + [None] * MOST_CLAIMS


@pytest.mark.parametrize("compare", [judged, ranked])
def test_rubbish_is_no_answer(oracle, compare):
    oracle.says({"pairs": "all", "claims": {}})

    with pytest.raises(NoAnswer) as refused:
        compare(oracle)

    assert refused.value.why == WhyNot.RUBBISH
