"""Putting right at the desk what was recorded wrongly."""

import pytest
from django.urls import reverse

from claims import editing, intake, workflow
from claims.models import Candidate, Citation, Claim, Draft
from claims.vocabulary import AssessmentState, CandidateState, ClaimStatus
from tests.admin.forms import filled
from tests.desk.sent import shown_in
from tests.factories import (
    NOON,
    a_citation,
    a_claim,
    a_person,
    an_article,
    an_assessment,
)


@pytest.fixture
def assessment(ana):
    made = an_assessment(a_claim(ClaimStatus.IN_REVIEW, writer=ana), by=ana)
    made.refresh_from_db()
    return made


def at(row, name):
    return reverse(f"desk:{name}", args=[row.pk])


def fields(assessment, **changed):
    return {
        "version": assessment.version,
        "stance": assessment.stance,
        "assessor": assessment.assessor.name,
        "assessor_kind": assessment.assessor.kind,
        "statement": assessment.statement,
        "said_on": "",
        "said_at_precision": "day",
    } | changed


def test_an_assessment_is_put_right_and_the_history_tells(as_, ana, assessment):
    desk = as_(ana)
    assert desk.get(at(assessment, "amend")).status_code == 200

    sent = fields(assessment, stance="qualifies", assessor="Ada Quill")
    answer = desk.post(at(assessment, "amend"), sent)

    assert answer.status_code == 302
    assessment.refresh_from_db()
    assert (assessment.stance, assessment.assessor.name) == ("qualifies", "Ada Quill")
    history = desk.get(at(assessment.claim, "history")).content.decode()
    assert "Assessment changed" in history


def test_a_stale_save_shows_what_stands_and_keeps_what_was_written(
    as_, ana, assessment
):
    desk = as_(ana)
    before = assessment.statement
    stale = fields(assessment, statement="Mine is another sentence.")
    editing.change_assessment(
        assessment,
        version=assessment.version,
        statement="Theirs came first.",
        by=ana,
        at=NOON,
    )

    answer = desk.post(at(assessment, "amend"), stale)
    shown = shown_in(answer.content.decode(), "statement")
    again = desk.post(at(assessment, "amend"), filled(answer))

    assert answer.status_code == 409
    assert shown["base"] == before
    assert shown["theirs"] == "Theirs came first."
    assert shown["yours"] == "Mine is another sentence."
    assert again.status_code == 302
    assessment.refresh_from_db()
    assert assessment.statement == "Mine is another sentence."


def test_what_is_typed_into_an_assessment_is_kept(as_, ana, assessment):
    desk, form = as_(ana), f"amend:{assessment.pk}"
    typed = fields(assessment, statement="Half a sentence")
    desk.post(at(assessment.claim, "draft"), typed | {"draft_form": form})

    page = desk.get(at(assessment, "amend")).content.decode()
    desk.post(at(assessment, "amend"), typed | {"draft_form": form})

    assert "Half a sentence</textarea>" in page
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"stance": "shouts"}, {"statement": " "}, {"version": "x"}]
)
def test_what_makes_no_sense_is_not_saved(as_, ana, assessment, wrong):
    answer = as_(ana).post(at(assessment, "amend"), fields(assessment, **wrong))

    assert answer.status_code == 422


def test_a_contributor_looks_at_what_is_confirmed_and_changes_what_is_suggested(
    as_, assessment
):
    carl = a_person("contributor")
    own = an_assessment(assessment.claim, by=carl)
    desk = as_(carl)

    shown = desk.get(at(assessment, "amend"))
    refused = desk.post(at(assessment, "amend"), fields(assessment))
    changed = desk.post(at(own, "amend"), fields(own, statement="Another."))

    assert (shown.status_code, shown.context["form"]) == (200, None)
    assert refused.status_code == 403
    assert changed.status_code == 302


def test_an_assessment_is_taken_back_with_a_reason_and_decided_anew(
    as_, ana, assessment
):
    desk = as_(ana)

    without = desk.post(at(assessment, "take_back"), {"reason": " "})
    taken = desk.post(at(assessment, "take_back"), {"reason": "Another strike."})
    assessment.refresh_from_db()
    assert assessment.state == AssessmentState.REJECTED
    listed = desk.get(at(assessment.claim, "record")).content.decode()
    told = desk.get(at(assessment.claim, "history")).content.decode()
    again = desk.post(at(assessment, "reopen"))

    assert (without.status_code, taken.status_code) == (422, 302)
    assert assessment.assessor.name in listed
    assert "Another strike." in told
    assessment.refresh_from_db()
    assert (again.status_code, assessment.state) == (302, AssessmentState.SUGGESTED)
    assert desk.post(at(assessment, "reopen")).status_code == 422


def test_a_page_is_cited_for_an_assessment_and_taken_back(as_, ana, assessment):
    desk = as_(ana)
    page = {
        "url": "https://paper.example/x",
        "exact": "two halls",
        "role": "said_here",
    }

    assert desk.post(at(assessment, "cite_for"), page).status_code == 302
    citation = assessment.citations.get()
    assert desk.post(at(citation, "uncite")).status_code == 302

    assert not assessment.citations.exists()
    assert desk.post(at(citation, "uncite")).status_code == 404


def test_what_readers_have_seen_cited_is_not_offered_to_be_taken_back(as_, ana):
    claim = a_claim(ClaimStatus.PUBLISHED)
    citation = claim.citations.get()
    desk = as_(ana)

    page = desk.get(at(claim, "record")).content.decode()
    answer = desk.post(at(citation, "uncite"))

    assert at(citation, "uncite") not in page
    assert answer.status_code == 422
    assert Citation.objects.filter(pk=citation.pk).exists()


def test_what_a_hidden_review_cites_is_not_on_the_record_of_others(as_, ana, ben):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)
    review = workflow.write_review(claim, verdict="false", by=ana, at=NOON)
    citation = a_citation(review, exact="zinnober roofs")

    assert "zinnober" not in as_(ben).get(at(claim, "record")).content.decode()
    assert as_(ben).post(at(citation, "uncite")).status_code == 404
    assert "zinnober" in as_(ana).get(at(claim, "record")).content.decode()


def test_a_decision_on_a_candidate_is_taken_back_where_nothing_rests_on_it(as_, ana):
    article = an_article()
    [candidate, *_] = intake.propose(article, at=NOON)
    claim = intake.accept(candidate, by=ana, at=NOON)
    desk, deed = as_(ana), at(candidate, "reconsider")

    assert deed in desk.get(at(article, "article")).content.decode()
    assert desk.post(deed).status_code == 302
    assert Candidate.objects.get().state == CandidateState.PROPOSED
    assert not Claim.objects.filter(pk=claim.pk).exists()

    workflow.take(intake.accept(candidate, by=ana, at=NOON), by=ana, at=NOON)
    assert deed not in desk.get(at(article, "article")).content.decode()
    assert desk.post(deed).status_code == 422


def test_a_contributor_is_not_offered_to_change_what_readers_see(as_):
    public, new = a_claim(ClaimStatus.PUBLISHED), a_claim()
    desk = as_(a_person("contributor"))

    offered = [
        set(desk.get(at(each, "claim")).context["forms"]) for each in (public, new)
    ]

    assert "change" not in offered[0]
    assert "citation" not in offered[0]
    assert {"change", "citation", "assessment"} <= offered[1]
    assert "assessment" in offered[0]
