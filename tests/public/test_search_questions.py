"""What readers find, and in what order."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models.lookups import LessThan

from claims import editing, search, workflow
from claims.models import Claim, Review
from claims.search import Mark, MarkRefused, Wanted, keyset
from claims.vocabulary import ClaimStatus, Verdict
from tests.factories import (
    NOON,
    a_citation,
    a_claim,
    a_claimant,
    a_person,
    an_assessment,
)

pytestmark = pytest.mark.django_db


def statements(wanted):
    return {review.claim.statement for review in search.published(wanted)}


def test_only_reviews_that_stand_are_found():
    shown = a_claim(ClaimStatus.PUBLISHED)
    a_claim(ClaimStatus.SECOND_REVIEW)
    a_claim(ClaimStatus.RETRACTED)

    assert statements(Wanted()) == {shown.statement}


def test_words_are_found_in_another_form():
    claim = a_claim(ClaimStatus.PUBLISHED, statement="All bridges were repaired.")

    assert statements(Wanted(words="bridge repairing")) == {claim.statement}
    assert statements(Wanted(words="tunnel")) == set()


def test_a_word_that_is_still_typed_finds_what_it_begins():
    claim = a_claim(ClaimStatus.PUBLISHED, statement="The reservoir is full.")

    assert statements(Wanted(words="reserv")) == {claim.statement}
    assert statements(Wanted(words="full reser")) == {claim.statement}
    assert statements(Wanted(words="empty reser")) == set()


@pytest.mark.parametrize(
    "words", ["'", "' OR 1=1 --", "&|!:*()", "a:*b", '"', "\\", "the"]
)
def test_operators_in_the_words_break_nothing(words):
    a_claim(ClaimStatus.PUBLISHED)

    assert statements(Wanted(words=words)) == set()


def test_the_name_of_the_claimant_is_found_with_a_slip():
    claim = a_claim(
        ClaimStatus.PUBLISHED, claimant=a_claimant("Leila Varan"), statement="It rains."
    )

    assert statements(Wanted(words="leila varan")) == {claim.statement}
    assert statements(Wanted(words="Leila Varran")) == {claim.statement}


def test_verdict_topic_and_language_narrow():
    wet = a_claim(ClaimStatus.PUBLISHED, topics=["weather"], language="de")
    a_claim(ClaimStatus.PUBLISHED, verdict=Verdict.TRUE)

    assert statements(Wanted(topic="weather")) == {wet.statement}
    assert statements(Wanted(language="de", verdict=Verdict.FALSE)) == {wet.statement}
    assert statements(Wanted(language="de", verdict=Verdict.TRUE)) == set()


def test_pages_join_without_gap_or_repeat_in_both_directions():
    for _ in range(5):
        a_claim(ClaimStatus.PUBLISHED)
    reviews = search.published(Wanted())
    everything = [each.pk for each in reviews.order_by("-published_at", "-pk")]

    first = search.page(reviews, by="published_at", limit=2)
    second = search.page(
        reviews, by="published_at", limit=2, older_than=Mark.read(str(first.older))
    )
    third = search.page(reviews, by="published_at", limit=2, older_than=second.older)
    back = search.page(reviews, by="published_at", limit=2, newer_than=third.newer)

    assert [each.pk for each in first.rows + second.rows + third.rows] == everything
    assert back.rows == second.rows
    assert (first.newer, third.older) == (None, None)
    assert (back.newer, back.older) == (second.newer, second.older)


def test_a_deep_page_reads_the_index_and_no_more():
    a_claim(ClaimStatus.PUBLISHED)
    mark = Mark(NOON + timedelta(days=1), Review.objects.get().pk)
    below = LessThan(keyset._place("published_at"), keyset._spot(mark))
    reviews = Review.objects.shown().filter(below)

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")  # of few rows
        plan = reviews.order_by("-published_at", "-pk")[:30].explain()

    assert "review_newest" in plan
    assert "Sort" not in plan


@pytest.mark.parametrize(
    "text", ["", "x", "20260314T120000.000000-", "0000-zz", "20260314T120000.0-1", "-"]
)
def test_a_mark_that_was_not_given_out_is_refused(text):
    with pytest.raises(MarkRefused):
        Mark.read(text)


def test_choices_are_those_of_what_was_published():
    a_claim(ClaimStatus.PUBLISHED, topics=["water", "lead"], language="de")
    a_claim(ClaimStatus.PUBLISHED, topics=["water"])
    a_claim(ClaimStatus.NEW, topics=["secret"], language="fr")

    found = search.choices()

    assert found.topics == ["water", "lead"]
    assert sorted(found.languages) == ["de", "en"]


def test_a_tally_counts_what_was_confirmed():
    claim = a_claim(ClaimStatus.PUBLISHED)
    an_assessment(claim, stance="contradicts")
    an_assessment(claim, stance="explains_away")
    an_assessment(claim, stance="supports")
    an_assessment(claim, stance="qualifies")
    an_assessment(claim, by=a_person("contributor"))

    tally = search.tallies([claim.pk])[claim.pk]

    assert (tally.against, tally.in_favour) == (2, 1)


def test_words_found_are_marked():
    a_claim(ClaimStatus.PUBLISHED, statement="The bridge <b>stands</b>.")

    found = search.highlighted(search.published(Wanted(words="bridge")), "bridge").get()

    assert found.marked == "The \x01bridge\x02 <b>stands</b>."


def test_what_was_published_stays_up_while_its_correction_is_seconded():
    claim = a_claim(ClaimStatus.CORRECTING)
    writer = claim.assigned_to
    workflow.write_review(
        claim, verdict=Verdict.MIXED, summary="New pictures.", by=writer, at=NOON
    )
    workflow.submit(
        claim, by=writer, at=NOON, correction_kind="update", correction_note="New."
    )
    claim = Claim.objects.get(pk=claim.pk)

    assert claim.status == ClaimStatus.SECOND_REVIEW
    assert claim.is_public
    assert list(Claim.objects.public()) == [claim]


def test_a_first_review_that_is_seconded_is_not_public():
    claim = a_claim(ClaimStatus.SECOND_REVIEW)

    assert not claim.is_public
    assert not Claim.objects.public().exists()


def test_claimants_are_public_by_what_they_said_answered_or_belong_to():
    speaker, critic = a_claimant("Speaker"), a_claimant("Critic")
    house = a_claimant("House", kind="organisation")
    editing.change_claimant(
        speaker, version=1, by=a_person("reviewer"), affiliation=house
    )
    claim = a_claim(ClaimStatus.PUBLISHED, claimant=speaker)
    editing.add_assessment(
        claim,
        assessor=critic,
        stance="contradicts",
        statement="No.",
        by=a_person("reviewer"),
        at=NOON,
    )
    hidden = a_claim(ClaimStatus.IN_REVIEW)
    an_assessment(hidden)
    a_citation(hidden)

    assert {each.name for each in search.speaking_in_public()} == {
        "Speaker",
        "Critic",
        "House",
    }
