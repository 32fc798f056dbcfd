"""Who judges pairs: the plugged-in model where it answers, else what is built in."""

import pytest

from claims.disagreement.judges import Pair, judge_pairs
from claims.disagreement.reading import read
from claims.disagreement.signals import Kind, Label, judged
from claims.vocabulary import WhyNot
from tests.factories import NOON
from tests.sources.press import answer

pytestmark = pytest.mark.django_db

PAIR = Pair(
    statement="The dam is broken in two places.", claim="The dam is intact, and safe."
)
OTHER = Pair(statement="It rained.", claim="The dam is not safe.")
BROKEN = {
    "id": 0,
    "label": "contradiction",
    "surely": 0.9,
    "statement_words": ["broken"],
    "claim_words": ["intact", "safe"],
}


@pytest.fixture
def plugged_in(oracle, settings):
    for name, value in oracle.settings().items():
        setattr(settings, name, value)
    return oracle


def own(pair):
    return judged(*read([pair.statement, pair.claim]))


def test_without_a_model_the_built_in_judge_decides():
    found = judge_pairs([PAIR, OTHER], now=NOON)

    assert found.judgements == (own(PAIR), own(OTHER))
    assert (found.model, found.why_not, found.by_model) == ("", "", (False, False))


def test_what_the_model_says_counts_with_the_words_it_goes_by(plugged_in):
    plugged_in.says({"pairs": [BROKEN]})

    found = judge_pairs([PAIR], now=NOON)

    (judgement,) = found.judgements
    (clash,) = judgement.clashes
    assert found.by_model == (True,)
    assert judgement.label is Label.CONTRADICTION
    assert sum(judgement.scores.values()) == pytest.approx(1)
    assert clash.kind is Kind.OPPOSITE
    assert PAIR.statement[clash.statement.start : clash.statement.end] == "broken"
    assert clash.claim
    assert PAIR.claim[clash.claim.start : clash.claim.end] == "intact"
    assert judgement.strength > 1


def test_what_the_model_takes_for_no_contradiction_is_not_suggested(plugged_in):
    plugged_in.says({"pairs": [BROKEN | {"label": "neutral"}]})

    (judgement,) = judge_pairs([PAIR], now=NOON).judgements

    assert (judgement.label, judgement.strength) == (Label.NEUTRAL, 0)


def test_words_that_are_lies_leave_those_of_the_built_in_judge(plugged_in):
    lies = {"statement_words": ["burst"], "claim_words": ["whole"]}
    plugged_in.says({"pairs": [BROKEN | lies]})

    (judgement,) = judge_pairs([PAIR], now=NOON).judgements

    assert judgement.label is Label.CONTRADICTION
    assert judgement.clashes == own(PAIR).clashes


def test_a_pair_of_which_the_model_says_nothing_is_judged_here(plugged_in):
    plugged_in.says({"pairs": [BROKEN]})

    found = judge_pairs([PAIR, OTHER], now=NOON)

    assert found.by_model == (True, False)
    assert found.judgements[1] == own(OTHER)


def test_where_the_model_fails_the_built_in_judge_decides_and_says_why(plugged_in):
    plugged_in.on(answer(status=500))

    found = judge_pairs([PAIR], now=NOON)

    assert found.judgements == (own(PAIR),)
    assert (found.model, found.why_not) == ("oracle-1", WhyNot.FAILED)
