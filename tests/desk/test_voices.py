"""What others say about a claim, written down on the desk."""

import pytest
from django.urls import reverse

from claims import editing
from claims.vocabulary import AssessmentState
from tests.desk.sent import at
from tests.factories import (
    NOON,
    a_claim,
    a_person,
)


def assessment(**changed):
    return {
        "stance": "contradicts",
        "assessor": "Jonas Ferreira",
        "assessor_kind": "person",
        "statement": "At least three airframes were destroyed.",
        "said_on": "2026-03-10",
        "url": "https://ledger.example/pictures",
        "exact": "three airframes were destroyed",
        **changed,
    }


def test_an_assessment_is_added_with_the_page_it_was_said_on(as_, ana):
    claim = a_claim()

    answer = as_(ana).post(at(claim, "assess"), assessment())

    added = claim.assessments.get()
    assert answer.url == at(claim) + "#assessments"
    assert added.assessor.name == "Jonas Ferreira"
    assert added.state == AssessmentState.CONFIRMED
    assert added.citations.get().passage.exact == "three airframes were destroyed"


def test_words_that_are_the_statement_need_not_be_copied(as_, ana):
    claim = a_claim()

    as_(ana).post(at(claim, "assess"), assessment(exact=""))

    passage = claim.assessments.get().citations.get().passage
    assert passage.exact == "At least three airframes were destroyed."


def test_a_contributors_assessment_waits_to_be_confirmed(as_, ana):
    claim = a_claim()
    as_(a_person("contributor")).post(at(claim, "assess"), assessment())
    added = claim.assessments.get()

    as_(ana).post(reverse("desk:confirm", args=[added.pk]))

    added.refresh_from_db()
    assert (added.state, added.decided_by) == (AssessmentState.CONFIRMED, ana)


def test_a_suggestion_can_be_set_aside_once(as_, ana):
    claim = a_claim()
    added = editing.add_assessment(
        claim,
        suggested=True,
        assessor=claim.claimant,
        stance="supports",
        statement="Yes.",
        by=ana,
        at=NOON,
    )
    desk = as_(ana)

    first = desk.post(reverse("desk:set_aside", args=[added.pk]))
    second = desk.post(reverse("desk:confirm", args=[added.pk]))

    added.refresh_from_db()
    assert added.state == AssessmentState.REJECTED
    assert (first.status_code, second.status_code) == (302, 422)


@pytest.mark.parametrize(
    "changed",
    [
        {"stance": "shrugs"},
        {"assessor": ""},
        {"statement": "a\u0000b"},
        {"url": "", "exact": "words without a page"},
        {"url": "ftp://ledger.example/"},
        {"url": "https://user:secret@ledger.example/"},
        {"url": "not an address"},
        {"said_on": "soon"},
    ],
)
def test_an_assessment_that_is_not_whole_leaves_nothing_behind(as_, ana, changed):
    claim = a_claim()

    answer = as_(ana).post(at(claim, "assess"), assessment(**changed))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'role="alert"' in page
    assert not claim.assessments.exists()


def test_a_page_is_cited(as_, ana):
    claim = a_claim()

    as_(ana).post(
        at(claim, "cite"),
        {
            "url": "https://kps.example/41",
            "exact": "minor damage",
            "role": "evidence_for",
        },
    )

    citation = claim.citations.get()
    assert citation.passage.source.canonical_url == "https://kps.example/41"
    assert citation.role == "evidence_for"


def test_a_page_that_cannot_be_cited_says_why_and_keeps_the_words(as_, ana):
    claim = a_claim()

    answer = as_(ana).post(
        at(claim, "cite"),
        {"url": "javascript:alert(1)", "exact": "minor damage", "role": "said_here"},
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "minor damage" in page
    assert not claim.citations.exists()


def test_claimants_are_offered_while_a_name_is_typed(as_, ana):
    editing.create_claimant(name="Jonas Ferreira", kind="person", by=ana, at=NOON)

    desk = as_(ana)
    page = desk.get(reverse("desk:claimants"), {"assessor": "ferr"}).content.decode()
    odd = desk.get(reverse("desk:claimants"), {"assessor": "a\u202eb"})

    assert '<option value="Jonas Ferreira">' in page
    assert (odd.status_code, "<option" in odd.content.decode()) == (200, False)
