"""A citation with a wrong address is put right from the page of its claim."""

import pytest
from django.urls import reverse

from claims import editing, workflow
from claims.models import Draft
from claims.vocabulary import ClaimStatus
from tests.factories import NOON, a_citation, a_claim, a_person

RIGHT = {
    "url": "https://paper.example/right",
    "exact": "two halls",
    "role": "said_here",
}


@pytest.fixture
def claim(ana):
    return a_claim(ClaimStatus.IN_REVIEW, writer=ana)


def at(citation, claim=None):
    return reverse("desk:recite", args=[(claim or citation.claim).pk, citation.pk])


def page_of(claim):
    return reverse("desk:claim", args=[claim.pk])


def test_the_page_of_the_claim_leads_to_it_and_shows_what_is_cited_then(
    as_, ana, claim
):
    desk, citation = as_(ana), claim.citations.get()

    assert at(citation) in desk.get(page_of(claim)).content.decode()
    shown = desk.get(at(citation)).content.decode()
    answer = desk.post(at(citation), RIGHT, follow=True)

    assert citation.passage.source.url in shown
    assert citation.passage.exact in shown
    assert "https://paper.example/right" in answer.content.decode()
    assert not claim.citations.filter(pk=citation.pk).exists()
    history = desk.get(reverse("desk:history", args=[claim.pk])).content.decode()
    assert "two halls" in history


def test_what_workers_renew_on_the_page_still_leads_there(as_, ana, claim):
    part = reverse("desk:sources", args=[claim.pk])

    renewed = as_(ana).get(part, headers={"HX-Request": "true"}).content.decode()

    assert at(claim.citations.get()) in renewed


@pytest.mark.parametrize("status", [ClaimStatus.SECOND_REVIEW, ClaimStatus.PUBLISHED])
def test_what_a_verdict_rests_on_is_not_offered_and_the_page_says_why(as_, ana, status):
    claim = a_claim(status)
    citation, desk = claim.citations.get(), as_(ana)

    offered = desk.get(page_of(claim)).content.decode()
    told = desk.get(reverse("desk:record", args=[claim.pk])).content.decode()
    shown = desk.get(at(citation))
    answer = desk.post(at(citation), RIGHT)

    assert at(citation) not in offered
    assert str(editing.why_citations_stay(claim))[:40] in told
    assert shown.context["form"] is None
    assert answer.status_code == 422
    assert claim.citations.get() == citation


def test_a_contributor_is_neither_offered_it_nor_let(as_, claim):
    citation, desk = claim.citations.get(), as_(a_person("contributor"))

    assert at(citation) not in desk.get(page_of(claim)).content.decode()
    assert desk.get(at(citation)).context["form"] is None
    assert desk.post(at(citation), RIGHT).status_code == 403


def test_what_somebody_took_back_meanwhile_keeps_what_was_typed(as_, ana, ben, claim):
    citation = claim.citations.get()
    address = at(citation)
    editing.uncite(citation, by=ben)

    answer = as_(ana).post(address, RIGHT)
    text = answer.content.decode()

    assert answer.status_code == 409
    assert "somebody took it back" in text
    assert "https://paper.example/right" in text
    assert as_(ana).get(address).status_code == 302
    assert not claim.citations.exists()


@pytest.mark.parametrize(
    "wrong", [{"url": ""}, {"exact": " "}, {"role": "x"}, {"url": "javascript:1"}]
)
def test_what_makes_no_sense_is_not_cited(as_, ana, claim, wrong):
    citation = claim.citations.get()

    assert as_(ana).post(at(citation), RIGHT | wrong).status_code == 422
    assert claim.citations.get() == citation


def test_what_is_typed_is_kept_until_it_is_cited(as_, ana, claim):
    desk, citation = as_(ana), claim.citations.get()
    typed = RIGHT | {"draft_form": f"recite:{citation.pk}"}
    desk.post(reverse("desk:draft", args=[claim.pk]), typed)

    page = desk.get(at(citation)).content.decode()
    desk.post(at(citation), typed)

    assert "two halls</textarea>" in page
    assert not Draft.objects.exists()


def test_what_a_hidden_review_cites_is_not_there_for_others(as_, ana, ben, claim):
    review = workflow.write_review(claim, verdict="false", by=ana, at=NOON)
    citation = a_citation(review, exact="zinnober roofs")

    assert as_(ben).get(at(citation, claim), follow=True).status_code == 200
    assert at(citation, claim) not in as_(ben).get(page_of(claim)).content.decode()
    answer = as_(ben).post(at(citation, claim), RIGHT).content.decode()
    assert "zinnober" not in answer
    assert review.citations.get() == citation
    assert at(citation, claim) in as_(ana).get(page_of(claim)).content.decode()
