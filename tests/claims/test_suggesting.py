"""What others said, held against claims: suggested, bounded, and never twice."""

from datetime import timedelta

import pytest

from claims import editing, intake, suggesting
from claims.disagreement.comparing import MOST_OF_EACH
from claims.models import Assessment, Clash, Comparison
from claims.vocabulary import AssessmentState, ClaimStatus
from tests.factories import (
    NOON,
    a_citation,
    a_claim,
    a_claimant,
    a_person,
    an_article,
)

pytestmark = pytest.mark.django_db

ARTICLE = """\
The regional water board said that 60 percent of the wells in Halm are safe to drink from.

"The wells in Halm are not safe to drink from," Professor Ida Marek of Lund University \
said. The board's cheerful report may be an attempt to calm the farmers rather than an \
honest account of the wells, according to the union leader Tom Berg.

The town council said that the new library opens in spring.
"""


def compared(*, at=NOON):
    """Every comparison that waits, made."""
    found = []
    for comparison in Comparison.objects.due():
        assert suggesting.begin(comparison)
        found += suggesting.compare(comparison, at=at)
    return found


def two_claims(**fields):
    earlier = a_claim(
        statement="60 percent of the wells in Halm are safe.",
        claimant=a_claimant("Water Board"),
        topics=["wells"],
    )
    later = a_claim(
        statement="Only 20 percent of the wells in Halm are safe.",
        topics=["wells"],
        **{"said_at": NOON, "claimant": a_claimant("Ida Marek")} | fields,
    )
    return earlier, later


def test_what_another_claimant_said_is_suggested_with_the_words_that_clash():
    earlier, later = two_claims()
    a_citation(later)

    compared()

    suggested = Assessment.objects.get()
    assert suggested.state == AssessmentState.SUGGESTED
    assert (suggested.claim, suggested.based_on) == (earlier, later)
    assert suggested.assessor == later.claimant
    assert suggested.citations.count() == 1
    word = suggested.clash.words[0]
    assert (word["said"], word["against"]) == ("20 percent", "60 percent")
    start, end = word["statement"]
    assert suggested.statement[start:end] == "20 percent"


def test_comparing_twice_suggests_once():
    earlier, later = two_claims()
    compared()
    assert not Comparison.objects.exists()

    Comparison.objects.create(claim=earlier)
    Comparison.objects.create(claim=later)

    assert compared() == []
    assert Assessment.objects.count() == 1


def test_what_was_rejected_is_not_suggested_again():
    _, later = two_claims()
    compared()
    editing.reject(Assessment.objects.get(), by=a_person("reviewer"), at=NOON)

    Comparison.objects.create(claim=later)
    compared()

    assert Assessment.objects.get().state == AssessmentState.REJECTED


def test_what_a_person_has_held_against_a_claim_is_not_suggested():
    earlier, later = two_claims()
    editing.add_assessment(
        earlier,
        assessor=later.claimant,
        stance="contradicts",
        statement=later.statement,
        based_on=later,
        by=a_person("reviewer"),
        at=NOON,
    )

    assert compared() == []


def test_one_statement_sets_off_few_suggestions():
    for place in range(MOST_OF_EACH + 3):
        a_claim(
            statement=f"{30 + place} percent of the wells in Halm are safe.",
            topics=["wells"],
        )
        Comparison.objects.all().delete()
    two_claims()
    Comparison.objects.exclude(claim__claimant__name="Ida Marek").delete()

    assert len(compared()) == MOST_OF_EACH


def test_a_claimant_who_says_otherwise_later_is_suggested_as_a_reversal():
    board = a_claimant("Water Board")
    a_claim(
        statement="60 percent of the wells in Halm are safe.",
        claimant=board,
        said_at=NOON,
        topics=["wells"],
    )
    a_claim(
        statement="Only 20 percent of the wells in Halm are safe.",
        claimant=board,
        said_at=NOON + timedelta(days=9),
        topics=["wells"],
    )

    (clash,) = compared()

    assert clash.reversal
    assert clash.claim.said_at > clash.against.said_at


def test_one_speech_is_not_at_odds_with_itself():
    board = a_claimant("Water Board")
    for share in (60, 20):
        a_claim(
            statement=f"{share} percent of the wells in Halm are safe.",
            claimant=board,
            said_at=NOON,
            topics=["wells"],
        )

    assert compared() == []


@pytest.mark.parametrize("status", [ClaimStatus.DISMISSED, ClaimStatus.RETRACTED])
def test_a_claim_that_is_tracked_no_more_is_held_against_nobody(status):
    a_claim(
        status, statement="60 percent of the wells in Halm are safe.", topics=["wells"]
    )
    a_claim(
        statement="Only 20 percent of the wells in Halm are safe.", topics=["wells"]
    )

    assert compared() == []


def test_a_text_that_kills_its_worker_is_not_compared_for_ever():
    claim = a_claim()
    comparison = Comparison.objects.get(claim=claim)

    begun = [suggesting.begin(comparison) for _ in range(6)]

    assert begun == [True] * 4 + [False] * 2


def test_candidates_of_an_article_are_held_against_each_other_and_what_is_tracked():
    tracked = a_claim(
        statement="Just 20 percent of the wells in Halm are safe to drink."
    )
    article = an_article(ARTICLE)
    intake.propose(article, at=NOON)

    compared()

    clashes = Clash.objects.filter(candidate__article=article)
    pairs = [
        (c.candidate.claimant_name, c.against_candidate.claimant_name)
        for c in clashes.filter(against=None)
    ]
    assert any("Marek" in one and "board" in other for one, other in pairs)
    assert (
        clashes.filter(against=tracked).exists()
        or Clash.objects.filter(
            claim=tracked, against_candidate__article=article
        ).exists()
    )
    assert not Assessment.objects.exists()


def test_a_suggestion_does_not_keep_a_candidate_from_being_reconsidered():
    a_claim(statement="Just 20 percent of the wells in Halm are safe to drink from.")
    article = an_article(ARTICLE)
    candidate = intake.propose(article, at=NOON)[0]
    editor = a_person("editor")
    intake.accept(candidate, by=editor, at=NOON)
    compared()
    assert Assessment.objects.exists()

    intake.reconsider(candidate, by=editor)

    assert not Assessment.objects.exists()
