"""A second opinion, by the plugged-in model, on what clashes."""

import pytest

from claims import seconding, suggesting
from claims.desk.clashing import suggestion
from claims.models import Clash, Comparison
from tests.factories import NOON, a_claim, a_claimant
from tests.sources.press import answer

pytestmark = pytest.mark.django_db

OPINION = {
    "id": 0,
    "label": "contradiction",
    "surely": 0.9,
    "statement_words": ["Only 20"],
    "claim_words": ["60"],
}


@pytest.fixture
def clash():
    a_claim(
        statement="60 percent of the wells in Halm are safe.",
        claimant=a_claimant("Water Board"),
        topics=["wells"],
    )
    a_claim(
        statement="Only 20 percent of the wells in Halm are safe.",
        claimant=a_claimant("Ida Marek"),
        said_at=NOON,
        topics=["wells"],
    )
    for comparison in Comparison.objects.due():
        suggesting.compare(comparison, at=NOON)
    return Clash.objects.get()


@pytest.fixture
def plugged_in(oracle, settings):
    for name, value in oracle.settings().items():
        setattr(settings, name, value)
    return oracle


def seconded(clash):
    number = seconding.second_some(now=NOON)
    clash.refresh_from_db()
    return number


def test_what_the_model_confirms_has_its_strength_and_its_words(plugged_in, clash):
    plugged_in.says({"pairs": [OPINION]})

    assert seconded(clash) == 1

    (words,) = clash.words
    assert (words["said"], words["against"]) == ("Only 20", "60")
    assert clash.judged_by == "oracle-1"
    assert clash.strength > 1


def test_what_the_model_takes_for_no_contradiction_comes_last_with_its_words(
    plugged_in, clash
):
    before = clash.words
    plugged_in.says({"pairs": [OPINION | {"label": "neutral"}]})

    seconded(clash)

    assert (clash.strength, clash.words) == (0, before)
    assert clash.judged_by == "oracle-1"


def test_what_the_model_leaves_open_stays_as_it_is(plugged_in, clash):
    before = clash.strength
    plugged_in.says({"pairs": []})

    seconded(clash)

    assert (clash.judged_by, clash.strength) == ("", before)


def test_where_the_model_fails_the_clash_stays_and_says_why(plugged_in, clash):
    before = clash.strength
    plugged_in.on(answer(status=500))

    seconded(clash)

    assert (clash.judged_by, clash.judged_why_not) == ("oracle-1", "failed")
    assert clash.strength == before


def test_a_clash_is_asked_about_once(plugged_in, clash):
    plugged_in.says({"pairs": [OPINION]})

    assert [seconded(clash), seconded(clash)] == [1, 0]
    assert len(plugged_in.asked) == 1


def test_without_a_model_nobody_is_asked(clash):
    assert seconded(clash) == 0
    assert clash.judged_at is None


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({}, []),
        (
            {"judged_by": "m", "strength": 1.2},
            ["The plugged-in model takes it for a contradiction."],
        ),
        (
            {"judged_by": "m", "strength": 0},
            ["The plugged-in model takes it for no contradiction."],
        ),
        (
            {"judged_by": "m", "judged_why_not": "late"},
            [
                "The plugged-in model was asked and did not judge it. It did not answer in time."
            ],
        ),
    ],
)
def test_the_desk_is_told_what_the_model_made_of_it(clash, fields, says):
    for name, value in fields.items():
        setattr(clash, name, value)

    shown = suggestion(clash, statement="Statement.", claim="Claim.")

    assert shown.reasons[len(clash.words) :] == says
