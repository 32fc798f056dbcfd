"""The database's rules about statements that clash, broken on purpose."""

import pytest

from claims.models import Clash, Comparison
from tests.claims.breaking import change, refused
from tests.factories import NOON, a_claim, an_article

pytestmark = pytest.mark.django_db


def a_clash(**sides):
    return Clash.objects.create(strength=0.5, created_at=NOON, **sides)


def test_a_clash_is_of_two_statements():
    clash = a_clash(claim=a_claim(), against=a_claim())

    with refused("clash_is_of_two_statements"):
        change(clash, against=None)


def test_a_statement_does_not_clash_with_itself():
    clash = a_clash(claim=a_claim(), against=a_claim())

    with refused("clash_is_with_another"):
        change(clash, against=clash.claim)


@pytest.mark.parametrize(
    "fields", [{"judged_by": "m"}, {"judged_at": NOON, "judged_why_not": "late"}]
)
def test_a_clash_is_judged_by_somebody_at_some_time(fields):
    clash = a_clash(claim=a_claim(), against=a_claim())

    with refused("clash_is_judged_by_somebody"):
        change(clash, **fields)


def test_a_pair_clashes_once():
    clash = a_clash(claim=a_claim(), against=a_claim())

    with refused("clash_once_for_each_pair"):
        a_clash(claim=clash.claim, against=clash.against)


def test_a_comparison_is_of_a_claim_or_of_an_article():
    claim = a_claim()

    with refused("comparison_is_of_claim_or_article"):
        change(claim.comparison, article=an_article())


def test_a_claim_waits_to_be_compared_and_again_with_other_words():
    """Triggers: claim_is_to_be_compared, claim_reworded_is_compared_anew."""
    claim = a_claim()
    waiting = Comparison.objects.due().filter(claim=claim)
    assert waiting.exists()
    waiting.delete()

    change(claim, topics=["dams"])
    assert not waiting.exists()

    change(claim, statement="The dam held all night.")
    assert waiting.exists()
