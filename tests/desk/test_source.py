"""A cited page on the desk."""

from datetime import timedelta
from functools import partial

import pytest
from django.urls import reverse
from django.utils import timezone

from claims import editing, workflow
from claims.vocabulary import ClaimStatus
from sources.models import Sighting, Source
from sources.vocabulary import Outcome, SourceState
from tests.desk.looked_at import at, checked
from tests.factories import (
    NOON,
    a_citation,
    a_claim,
    a_person,
    a_snapshot,
)

UNKNOWN = "01a20849-2adb-710b-a60d-9ca3cdec7599"


@pytest.fixture
def claim(db):
    return a_claim()


@pytest.fixture
def source(claim):
    return a_citation(claim, exact="two halls were hit").passage.source


def test_the_page_says_where_the_source_stands_and_what_rests_on_it(
    as_, ana, claim, source
):
    checked(source, ["unchanged"], http_status=304, detail="Nothing new since Monday.")

    page = as_(ana).get(at(source)).content.decode()

    assert "The page answers and can be read, since 14 March 2026, 12:00." in page
    assert "Nothing new since Monday." in page
    assert "two halls were hit" in page
    assert claim.statement in page


@pytest.mark.parametrize("outcome", ["", *Outcome.values])
@pytest.mark.parametrize("state", SourceState.values)
def test_every_state_has_its_sentence_whatever_was_found_last(
    as_, ana, source, state, outcome
):
    Source.objects.filter(pk=source.pk).update(state=state)
    checked(source, [outcome] if outcome else [])

    assert as_(ana).get(at(source)).status_code == 200


def test_for_readers_and_unknown_keys_there_is_no_source(as_, ana, source):
    for name in ("source", "checks", "difference", "progress"):
        assert as_(a_person("reader")).get(at(source, name)).status_code == 404
        unknown = reverse(f"desk:{name}", args=[UNKNOWN])
        assert as_(ana).get(unknown, headers={"HX-Request": "true"}).status_code == 404


def test_the_page_asks_a_fixed_number_of_questions(
    as_, ana, claim, source, django_assert_max_num_queries
):
    for number in range(12):
        a_snapshot(source, f"Text number {number}.")
        a_citation(claim, exact=f"hall number {number}", intact=False)
    checked(source, ["unchanged", "changed"] * 20)
    desk = as_(ana)

    with django_assert_max_num_queries(18):
        desk.get(at(source))


def test_a_page_of_the_desk_is_kept_by_no_cache(as_, ana, source):
    assert as_(ana).get(at(source))["Cache-Control"] == "private, no-cache"


# --- What was found -----------------------------------------------------------


def test_checks_that_found_the_same_are_told_as_one(as_, ana, source):
    checked(source, ["unchanged"] * 14 + ["changed"] + ["unchanged"] * 3)

    runs = as_(ana).get(at(source)).context["timeline"].runs

    assert [(run.outcome, run.number) for run in runs] == [
        ("unchanged", 3),
        ("changed", 1),
        ("unchanged", 14),
    ]
    assert runs[2].first_at == NOON


def test_ten_thousand_checks_are_told_without_being_read(
    as_, ana, source, django_assert_max_num_queries
):
    some = ["unchanged"] * 450 + ["changed"] * 10 + ["failing", "unchanged"] * 20
    checked(source, some * 20, every=timedelta(minutes=1))
    desk = as_(ana)

    with django_assert_max_num_queries(18):
        answer = desk.get(at(source))

    assert len(answer.content) < 200_000


def test_older_runs_are_a_link_away_down_to_the_first(as_, ana, source):
    checked(source, ["unchanged", "changed"] * 40)
    desk, seen, address = as_(ana), [], at(source)

    while address:
        timeline = desk.get(address).context["timeline"]
        seen += [run.newest.pk for run in timeline.runs]
        address = timeline.older and f"{at(source)}?before={timeline.older}"

    assert len(seen) == len(set(seen)) == 80


def test_a_run_that_goes_on_and_on_says_so_and_leads_on(as_, ana, source):
    checked(source, ["unchanged"] * 2_500, every=timedelta(minutes=1))
    desk = as_(ana)

    timeline = desk.get(at(source)).context["timeline"]
    older = desk.get(at(source), {"before": str(timeline.older)}).context["timeline"]

    assert [(run.number, run.goes_on) for run in timeline.runs] == [(2_000, True)]
    assert [(run.number, run.goes_on) for run in older.runs] == [(500, False)]


def test_checks_can_be_read_one_by_one(as_, ana, source):
    checks = checked(source, ["unchanged"] * 60)
    desk = as_(ana)

    newest = desk.get(at(source, "checks")).context
    older = desk.get(at(source, "checks"), {"from": str(newest["older"])}).context

    assert newest["checks"] + older["checks"] == checks[::-1]
    assert older["older"] is None


@pytest.mark.parametrize("key", ["nonsense", UNKNOWN, "a" * 5_000])
def test_a_place_that_is_not_there_is_the_newest(as_, ana, source, key):
    checked(source, ["unchanged"])
    a_snapshot(source, "Another text.")
    asked = {"before": key, "from": key, "to": key, "snapshots": key, "look": key}

    for name in ("source", "checks", "difference"):
        assert as_(ana).get(at(source, name), asked).status_code == 200


# --- What is watched ----------------------------------------------------------


def test_what_became_of_the_words_is_shown_with_numbers_and_negations(as_, ana, source):
    passage = source.passages.get()
    snapshot = a_snapshot(source, "three halls were not hit")
    Sighting.objects.create(
        passage=passage,
        at=timezone.now(),
        state="altered",
        snapshot=snapshot,
        found="three halls were not hit",
        diff=[["-", "two "], ["+", "three "], ["=", "halls were "], ["+", "not "]],
    )

    page = as_(ana).get(at(source)).content.decode()

    assert '<del class="weighty">two</del>' in page
    assert '<ins class="weighty">three</ins>' in page
    assert '<ins class="weighty">not</ins>' in page


def test_evidence_of_a_hidden_verdict_is_shown_to_its_writer_alone(as_, ana, ben, olga):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana, statement="The mill burned.")
    workflow.write_review(
        claim, verdict="false", summary="S.", explanation="E.", by=ana, at=NOON
    )
    workflow.submit(claim, by=ana, at=NOON)
    cite = partial(
        editing.cite, url="https://paper.example/proof", role="evidence_for", at=NOON
    )
    hidden = cite(claim.reviews.get(), exact="the mill stands", by=ana)
    page = at(hidden.passage.source)

    for blind in (ben, olga):
        shown = as_(blind).get(page).content.decode()
        assert "the mill stands" not in shown
        assert "The mill burned." not in shown
    assert "the mill stands" in as_(ana).get(page).content.decode()

    workflow.second(claim, verdict="false", by=ben, at=NOON)

    assert "the mill stands" in as_(olga).get(page).content.decode()
