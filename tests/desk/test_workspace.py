"""One claim on the desk: what is shown, and how the claim itself is changed."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from claims import workflow
from claims.vocabulary import ClaimStatus, Stance
from sources.models import Sighting, Source
from sources.vocabulary import PassageState, SourceState
from tests.desk.sent import HTMX, at, edited, shown_in
from tests.factories import (
    NOON,
    a_citation,
    a_claim,
    a_person,
    a_snapshot,
    an_assessment,
)

UNKNOWN = "01a20849-2adb-710b-a60d-9ca3cdec7599"


# --- What is shown ------------------------------------------------------------


def test_the_workspace_shows_the_claim_and_what_is_said_about_it(as_, ana):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)
    against = an_assessment(claim, stance=Stance.EXPLAINS_AWAY)

    page = as_(ana).get(at(claim)).content.decode()

    assert claim.statement in page
    assert claim.claimant.name in page
    assert "Explains away" in page
    assert against.statement in page


def test_the_cited_words_are_marked_on_their_page(as_, ana):
    claim = a_claim()
    a_citation(claim, exact="only <minor> damage")

    page = as_(ana).get(at(claim)).content.decode()

    assert "Before. <mark>only &lt;minor&gt; damage</mark> After" in page
    assert "Intact" in page


def test_words_that_changed_show_what_went_and_what_came(as_, ana):
    claim = a_claim()
    passage = a_citation(claim, exact="two halls were hit").passage
    snapshot = a_snapshot(passage.source, "Now: five halls were hit, it says.")
    passage.state, passage.snapshot = PassageState.ALTERED, snapshot
    passage.start, passage.end = 5, 23
    passage.save()
    Sighting.objects.create(
        passage=passage,
        at=NOON + timedelta(hours=1),
        state=PassageState.ALTERED,
        snapshot=snapshot,
        found="five halls were hit",
        diff=[["-", "two "], ["+", "five "], ["=", "halls were hit"]],
    )

    page = as_(ana).get(at(claim)).content.decode()

    assert '<del class="weighty">two</del>' in page
    assert '<ins class="weighty">five</ins>' in page
    assert "Altered" in page


def test_a_page_nobody_looked_at_yet_is_asked_for_again(as_, ana):
    claim = a_claim()
    source = a_citation(claim, intact=False).passage.source
    desk, polled = as_(ana), at(claim, "sources")

    page = desk.get(at(claim)).content.decode()

    assert "A worker looks at it soon" in page
    assert f'data-follow="claim:{claim.pk} source:{source.pk}" data-every="3"' in page
    first = desk.get(polled, headers=HTMX)
    same = desk.get(polled, headers={**HTMX, "If-None-Match": first["ETag"]})
    assert same.status_code == 304
    Source.objects.filter(pk=source.pk).update(
        state=SourceState.BLOCKED,
        last_checked_at=timezone.now(),
        due_at=timezone.now() + timedelta(minutes=16),
    )
    again = desk.get(polled, headers=HTMX).content.decode()
    assert 'data-every="3"' not in again
    assert "Blocked" in again


def test_only_what_would_succeed_is_offered(as_, ana, olga):
    claim = a_claim()

    reviewer = as_(ana).get(at(claim)).content.decode()
    contributor = as_(a_person("contributor")).get(at(claim)).content.decode()
    editor = as_(olga).get(at(claim)).content.decode()

    assert at(claim, "take") in reviewer
    assert at(claim, "assign") not in reviewer
    assert at(claim, "retract") not in reviewer
    assert at(claim, "take") not in contributor
    assert at(claim, "assess") in contributor
    assert at(claim, "assign") in editor


def test_every_move_is_in_the_timeline(as_, ana, olga):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)
    workflow.reset(claim, by=olga, at=NOON, reason="Begin again, please.")

    page = as_(ana).get(at(claim)).content.decode()

    assert "Begin again, please." in page
    assert "olga" in page


def test_for_readers_and_unknown_keys_there_is_no_claim(as_, ana):
    published = a_claim(ClaimStatus.PUBLISHED)

    assert as_(ana).get(reverse("desk:claim", args=[UNKNOWN])).status_code == 404
    assert as_(a_person("reader")).get(at(published)).status_code == 404


def test_the_workspace_asks_a_fixed_number_of_questions(
    as_, ana, django_assert_max_num_queries
):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)
    for _ in range(8):
        a_citation(an_assessment(claim, by=ana))
        a_citation(claim)
    desk = as_(ana)

    with django_assert_max_num_queries(29):
        desk.get(at(claim))


# --- The claim itself ---------------------------------------------------------


def test_a_claim_is_changed(as_, ana):
    claim = a_claim(said_at=NOON)

    answer = as_(ana).post(
        at(claim, "change"),
        edited(claim, statement="Two halls were hit", claimant="Leila Varan"),
    )

    claim.refresh_from_db()
    assert answer.status_code == 302
    assert claim.statement == "Two halls were hit"
    assert claim.claimant.name == "Leila Varan"
    assert claim.version == 2


def test_a_time_known_to_the_minute_outlives_another_edit(as_, ana):
    claim = a_claim(said_at=NOON, said_at_precision="minute")

    as_(ana).post(
        at(claim, "change"),
        edited(claim, statement="Two halls were hit", said_on="2026-03-14"),
    )

    claim.refresh_from_db()
    assert (claim.said_at, claim.said_at_precision) == (NOON, "minute")


def test_who_saves_second_sees_base_theirs_and_yours_and_loses_nothing(as_, ana, ben):
    claim = a_claim(statement="One hall was hit", topics=["strike"])
    mine = edited(claim, statement="Five halls were hit", topics="strike")
    as_(ben).post(
        at(claim, "change"),
        edited(claim, statement="Two halls were hit", topics="strike, Kassar"),
    )

    answer = as_(ana).post(at(claim, "change"), mine)

    page = answer.content.decode()
    claim.refresh_from_db()
    assert answer.status_code == 409
    assert 'role="alert"' in page
    assert "ben saved this claim" in page
    assert shown_in(page, "statement") == {
        "base": "One hall was hit",
        "theirs": "Two halls were hit",
        "yours": "Five halls were hit",
        "chosen": "yours",
    }
    assert shown_in(page, "topics")["theirs"] == "strike, Kassar"
    assert shown_in(page, "topics")["chosen"] == "theirs"
    assert claim.statement == "Two halls were hit"


def test_what_was_chosen_in_a_conflict_can_be_saved(as_, ana, ben):
    claim = a_claim(statement="One hall was hit")
    as_(ben).post(at(claim, "change"), edited(claim, statement="Two halls were hit"))
    claim.refresh_from_db()

    as_(ana).post(at(claim, "change"), edited(claim, statement="Five halls were hit"))

    claim.refresh_from_db()
    assert (claim.statement, claim.version) == ("Five halls were hit", 3)


@pytest.mark.parametrize(
    "changed",
    [
        {"statement": " "},
        {"statement": "a\x00b"},
        {"statement": "x" * 1_000_000},
        {"role_at_time": "a\u202eb"},
        {"version": ""},
        {"version": "0"},
        {"version": "9" * 30},
        {"said_on": "2026-13-01"},
        {"form": "sung"},
    ],
)
def test_odd_input_is_a_form_error_and_the_rest_is_kept(as_, ana, changed):
    claim = a_claim()

    answer = as_(ana).post(
        at(claim, "change"), edited(claim, original_wording="what I typed", **changed)
    )

    claim.refresh_from_db()
    assert answer.status_code == 422
    assert "what I typed" in answer.content.decode()
    assert claim.version == 1
