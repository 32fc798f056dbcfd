"""What was wrongly recorded or decided is taken back, and the history tells of it."""

from datetime import timedelta

import pytest
from django.apps import apps

from claims import editing, intake, workflow
from claims.errors import AlreadyDecided, CitationRefused, MoveRefused, NotYours
from claims.models import Candidate, Citation, Claim
from claims.vocabulary import AssessmentState, CandidateState, ClaimStatus
from tests.factories import (
    NOON,
    a_citation,
    a_claim,
    a_person,
    an_article,
    an_assessment,
)

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(hours=1)
TOO_EARLY = "She spoke of another strike."


def a_candidate(**fields):
    [candidate, *_] = intake.propose(an_article(**fields), at=NOON)
    return candidate


# --- Assessments --------------------------------------------------------------


def test_a_confirmed_assessment_is_taken_back_with_the_reason_on_record():
    assessment = an_assessment(a_claim(ClaimStatus.PUBLISHED))
    by = a_person()

    editing.take_back(assessment, by=by, at=LATER, reason=TOO_EARLY)

    assessment.refresh_from_db()
    assert assessment.state == AssessmentState.REJECTED
    assert (assessment.decided_by, assessment.decided_at) == (by, LATER)
    event = apps.get_model("claims", "AssessmentEvent").objects.latest("pgh_id")
    assert event.pgh_context.metadata["reason"] == TOO_EARLY


def test_a_reason_is_asked_for_before_an_assessment_is_taken_back():
    assessment = an_assessment(a_claim())

    with pytest.raises(MoveRefused):
        editing.take_back(assessment, by=a_person(), at=LATER, reason=" ")


def test_what_was_set_aside_is_decided_once_more():
    assessment = an_assessment(a_claim(), by=a_person("contributor"))
    editing.reject(assessment, by=a_person(), at=NOON)

    editing.reopen(assessment, by=a_person(), at=LATER)

    assessment.refresh_from_db()
    assert assessment.state == AssessmentState.SUGGESTED
    assert (assessment.decided_by, assessment.decided_at) == (None, None)
    assert editing.confirm(assessment, by=a_person(), at=LATER).state == "confirmed"


def test_only_what_was_decided_is_taken_back_or_decided_again():
    suggested = an_assessment(a_claim(), by=a_person("contributor"))

    with pytest.raises(AlreadyDecided):
        editing.take_back(suggested, by=a_person(), at=LATER, reason=TOO_EARLY)
    with pytest.raises(AlreadyDecided):
        editing.reopen(suggested, by=a_person(), at=LATER)


# --- Citations ----------------------------------------------------------------


def test_no_citation_goes_while_a_second_verdict_is_awaited():
    citation = a_claim(ClaimStatus.SECOND_REVIEW).citations.get()

    with pytest.raises(CitationRefused):
        editing.uncite(citation, by=a_person())


def test_what_a_review_cites_is_its_writers_to_take_back():
    writer = a_person()
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=writer)
    review = workflow.write_review(claim, verdict="false", by=writer, at=NOON)
    citation = a_citation(review)

    with pytest.raises(NotYours):
        editing.uncite(citation, by=a_person("editor"))
    editing.uncite(citation, by=writer)

    assert not Citation.objects.filter(pk=citation.pk).exists()


@pytest.mark.parametrize("who", ["claim", "assessment"])
def test_what_readers_would_see_at_once_is_not_a_contributors_to_cite(who):
    claim = a_claim(ClaimStatus.PUBLISHED)
    cited_by = claim if who == "claim" else an_assessment(claim)
    page = {"url": "https://paper.example/new", "exact": "two halls", "at": LATER}

    with pytest.raises(NotYours):
        editing.cite(cited_by, by=a_person("contributor"), **page)

    assert editing.cite(cited_by, by=a_person(), **page).pk


def test_what_readers_see_is_not_a_contributors_to_change():
    claim = a_claim(ClaimStatus.PUBLISHED)

    with pytest.raises(NotYours):
        editing.change_claim(
            claim, version=1, topics=["x"], by=a_person("contributor"), at=LATER
        )


ELSEWHERE = {
    "url": "https://paper.example/right",
    "exact": "two halls",
    "role": "evidence_for",
}


def test_another_page_is_cited_in_the_place_of_one_and_the_history_knows_both():
    claim = a_claim(ClaimStatus.IN_REVIEW)
    wrong = claim.citations.get()
    key = wrong.pk

    made = editing.recite(wrong, by=a_person(), at=LATER, **ELSEWHERE)

    assert claim.citations.get() == made
    assert made.passage.source.url == "https://paper.example/right"
    assert (made.passage.exact, made.role) == ("two halls", "evidence_for")
    events = apps.get_model("claims", "CitationEvent").objects
    assert events.filter(pgh_obj_id=key, pgh_label="delete").exists()
    assert events.filter(pgh_obj_id=made.pk, pgh_label="insert").exists()


def test_what_is_cited_once_more_as_it_was_stays_the_same_citation():
    citation = a_claim(ClaimStatus.IN_REVIEW).citations.get()

    made = editing.recite(
        citation,
        url=citation.passage.source.url,
        exact=citation.passage.exact,
        role=citation.role,
        by=a_person(),
        at=LATER,
    )

    assert made == citation


@pytest.mark.parametrize("status", ["second_review", "published"])
def test_nothing_is_cited_in_the_place_of_what_a_verdict_rests_on(status):
    claim = a_claim(status)
    citation = claim.citations.get()

    with pytest.raises(CitationRefused):
        editing.recite(citation, by=a_person(), at=LATER, **ELSEWHERE)

    assert claim.citations.get() == citation


def test_of_two_who_put_the_same_citation_right_the_second_is_told():
    claim = a_claim(ClaimStatus.IN_REVIEW)
    wrong = claim.citations.get()
    copy = Citation.objects.get(pk=wrong.pk)
    made = editing.recite(wrong, by=a_person(), at=LATER, **ELSEWHERE)

    with pytest.raises(CitationRefused):
        editing.recite(
            copy, by=a_person(), at=LATER, **ELSEWHERE | {"exact": "three halls"}
        )

    assert claim.citations.get() == made


def test_a_contributor_puts_no_citation_right():
    citation = a_claim(ClaimStatus.IN_REVIEW).citations.get()

    with pytest.raises(NotYours):
        editing.recite(citation, by=a_person("contributor"), at=LATER, **ELSEWHERE)


# --- Candidates ---------------------------------------------------------------


def test_a_candidate_that_was_rejected_is_proposed_again():
    candidate = a_candidate()
    intake.reject(candidate, by=a_person(), at=NOON)

    intake.reconsider(candidate, by=a_person())

    candidate.refresh_from_db()
    assert candidate.state == CandidateState.PROPOSED
    assert (candidate.decided_by, candidate.decided_at) == (None, None)


def test_the_claim_of_an_accepted_candidate_goes_while_nothing_rests_on_it():
    candidate = a_candidate(source_url="https://paper.example/dam")
    claim = intake.accept(candidate, by=a_person(), at=NOON)
    assert claim.citations.count() == 1

    intake.reconsider(candidate, by=a_person())

    assert not Claim.objects.filter(pk=claim.pk).exists()
    assert not Citation.objects.exists()
    assert Candidate.objects.get(pk=candidate.pk).state == CandidateState.PROPOSED
    assert intake.accept(candidate, by=a_person(), at=LATER).pk != claim.pk


@pytest.mark.parametrize(
    "done",
    [
        lambda claim: workflow.take(claim, by=a_person(), at=LATER),
        an_assessment,
        a_citation,
        lambda claim: editing.change_claim(
            claim, version=1, topics=["x"], by=a_person(), at=LATER
        ),
        lambda claim: a_claim(canonical=claim),
    ],
)
def test_a_claim_on_which_somebody_worked_stays(done):
    candidate = a_candidate(source_url="https://paper.example/dam")
    claim = intake.accept(candidate, by=a_person(), at=LATER)
    done(claim)

    with pytest.raises(AlreadyDecided):
        intake.reconsider(candidate, by=a_person())

    assert Candidate.objects.get(pk=candidate.pk).claim == claim


def test_what_was_merged_takes_its_own_citation_along_and_no_other():
    candidate = a_candidate(source_url="https://paper.example/dam")
    claim = a_claim(ClaimStatus.IN_REVIEW)
    before = claim.citations.get()
    intake.merge(candidate, claim, by=a_person(), at=NOON)
    assert claim.citations.count() == 2

    intake.reconsider(candidate, by=a_person())

    assert claim.citations.get() == before
    assert Candidate.objects.get(pk=candidate.pk).claim is None


@pytest.mark.parametrize("status", ["second_review", "published"])
def test_what_was_merged_stays_where_a_verdict_rests_on_it(status):
    candidate = a_candidate(source_url="https://paper.example/dam")
    intake.merge(candidate, a_claim(status), by=a_person(), at=NOON)

    with pytest.raises(AlreadyDecided):
        intake.reconsider(candidate, by=a_person())


def test_a_candidate_that_nobody_decided_is_not_taken_back():
    with pytest.raises(AlreadyDecided):
        intake.reconsider(a_candidate(), by=a_person())
