"""The API of what others say about a claim, and of the pages that are cited."""

import pytest

from claims.models import Assessment, Claim
from claims.vocabulary import AssessmentState, ClaimStatus
from sources.models import Source
from tests.api.conftest import pointers
from tests.factories import a_citation, a_claim, a_claimant, a_person, an_assessment

pytestmark = pytest.mark.django_db


def body(**fields):
    return {
        "assessor": str(a_claimant().pk),
        "stance": "contradicts",
        "statement": "Two halls have lost their roofs.",
        **fields,
    }


def test_a_reviewers_contradiction_is_confirmed_and_brings_the_claim_back(reviewer):
    claim = a_claim(ClaimStatus.PUBLISHED)

    answer = reviewer.post(f"claims/{claim.pk}/assessments", body())

    assert answer.status_code == 201
    assert answer.body["state"] == "confirmed"
    assert answer.headers["Location"].endswith(f"/assessments/{answer.body['id']}")
    claim.refresh_from_db()
    assert claim.status == ClaimStatus.RECHECK


def test_a_contributors_assessment_waits_and_readers_do_not_see_it(
    contributor, stranger
):
    claim = a_claim(ClaimStatus.PUBLISHED)

    made = contributor.post("assessments", body(claim=str(claim.pk)))

    assert (made.status_code, made.body["state"]) == (201, "suggested")
    key = made.body["id"]
    assert stranger.get(f"assessments/{key}").status_code == 404
    assert stranger.get(f"claims/{claim.pk}/assessments").body["results"] == []
    assert stranger.get("assessments?state=suggested").body["results"] == []
    shown = contributor.get("assessments?state=suggested").body["results"]
    assert [each["id"] for each in shown] == [key]


@pytest.mark.parametrize("decision", ["confirm", "reject"])
def test_a_suggestion_is_decided_once_and_by_a_reviewer(
    decision, contributor, reviewer
):
    claim = a_claim()
    suggested = an_assessment(claim, by=a_person("contributor"))
    path = f"assessments/{suggested.pk}/{decision}"

    assert contributor.post(path).status_code == 403
    decided = reviewer.post(path)
    again = reviewer.post(path)

    assert decided.status_code == 200
    assert decided.body["state"] == f"{decision}ed"
    assert decided.body["decided_by"]["id"] == reviewer.user.pk
    assert (again.status_code, again.body["code"]) == (409, "already_decided")


def test_an_assessment_is_changed_on_the_version_that_was_read(reviewer):
    assessment = an_assessment(a_claim())
    path = f"assessments/{assessment.pk}"
    tag = reviewer.get(path).headers["ETag"]

    changed = reviewer.patch(path, {"stance": "qualifies"}, If_Match=tag)
    stale = reviewer.patch(path, {"stance": "supports"}, If_Match=tag)

    assert (changed.status_code, changed.body["stance"]) == (200, "qualifies")
    assert stale.status_code == 412
    assert stale.body["current"]["stance"] == "qualifies"
    assert reviewer.patch(path, {"state": "rejected"}, If_Match="*").status_code == 400


def test_a_claim_cannot_bear_on_itself(reviewer):
    claim = a_claim()

    answer = reviewer.post(
        f"claims/{claim.pk}/assessments", body(based_on=str(claim.pk))
    )

    assert answer.status_code == 400
    assert "assessment_rests_on_another_claim" in answer.body["errors"][0]["detail"]
    assert not Assessment.objects.exists()


def test_a_claim_that_is_not_public_is_not_named_to_readers(stranger, reviewer):
    claim = a_claim(ClaimStatus.PUBLISHED)
    hidden = a_claim()
    assessment = an_assessment(claim)
    Assessment.objects.filter(pk=assessment.pk).update(based_on=hidden)

    path = f"assessments/{assessment.pk}"
    assert stranger.get(path).body["based_on"] is None
    assert reviewer.get(path).body["based_on"] == str(hidden.pk)


# --- Citations ------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["claims", "assessments"])
def test_words_on_a_page_are_cited_once(contributor, kind):
    claim = a_claim()
    cited_by = claim if kind == "claims" else an_assessment(claim)
    words = {
        "url": "https://Paper.example/strike#top",
        "exact": "only minor damage",
        "prefix": "there was ",
        "role": "evidence_for",
    }

    first = contributor.post(f"{kind}/{cited_by.pk}/citations", words)
    again = contributor.post(f"{kind}/{cited_by.pk}/citations", words)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.body == again.body
    assert first.body["source"]["canonical_url"] == "https://paper.example/strike"
    assert first.body["passage"]["state"] == "unverifiable"
    assert first.body["passage"]["prefix"] == "there was "
    listed = contributor.get(f"{kind}/{cited_by.pk}/citations").body["results"]
    assert listed == [first.body]


@pytest.mark.parametrize(
    ("change", "at"),
    [
        ({"url": "ftp://paper.example/"}, "/url"),
        ({"url": "https://user:secret@paper.example/"}, "/url"),
        ({"url": "javascript:alert(1)"}, "/url"),
        ({"exact": "   "}, "/exact"),
        ({"role": "decoration"}, "/role"),
        ({"exact": None}, "/exact"),
    ],
)
def test_what_cannot_be_cited_is_refused_where_it_stands(contributor, change, at):
    claim = a_claim()
    words = {"url": "https://paper.example/", "exact": "minor damage", **change}

    answer = contributor.post(f"claims/{claim.pk}/citations", words)

    assert answer.status_code == 400, answer.content
    assert pointers(answer) == {at}
    assert not Source.objects.exists()


def test_readers_see_the_citations_of_what_is_public(stranger):
    claim = a_claim(ClaimStatus.PUBLISHED)
    hidden = a_claim()
    a_citation(hidden)

    shown = stranger.get(f"claims/{claim.pk}/citations").body["results"]
    assert [each["passage"]["state"] for each in shown] == ["intact"]
    assert stranger.get(f"claims/{hidden.pk}/citations").status_code == 404


@pytest.mark.parametrize("number", [1, 4])
def test_a_page_costs_two_queries(stranger, django_assert_num_queries, number):
    claim = a_claim(ClaimStatus.PUBLISHED)
    for _ in range(number):
        a_citation(an_assessment(claim, stance="supports"))

    with django_assert_num_queries(2):
        page = stranger.get("assessments")
    with django_assert_num_queries(3):
        stranger.get(f"claims/{claim.pk}/assessments")

    assert len(page.body["results"]) == number
    assert {a["state"] for a in page.body["results"]} == {AssessmentState.CONFIRMED}
    assert Claim.objects.count() == 1
