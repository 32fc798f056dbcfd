"""Drafts and presence, while people work on a claim."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from claims.models import Draft, Lease
from claims.vocabulary import ClaimStatus
from tests.desk.sent import HTMX, at, edited, verdict
from tests.factories import (
    NOON,
    a_claim,
)


def filled_draft(answer, form):
    """What the form of that name sends besides what is typed."""
    [part] = [
        each
        for each in LexborHTMLParser(answer.content.decode()).css("[data-draft]")
        if each.attributes["data-draft"].endswith(f":{form}")
    ]
    return {
        field.attributes["name"]: field.attributes["value"] or ""
        for field in part.css("input[type=hidden]")
    }


# --- While people work --------------------------------------------------------


def test_a_draft_is_kept_and_put_back(as_, ana, ben):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)
    desk = as_(ana)

    answer = desk.post(
        at(claim, "draft"),
        {"form": "review", "summary": "Half a sentence", "verdict": "mixed"},
        headers=HTMX,
    )

    assert "draft saved" in answer.content.decode()
    page = desk.get(at(claim)).content.decode()
    assert "Half a sentence" in page
    assert 'value="mixed" id="review_verdict_mixed"' in page
    assert "Half a sentence" not in as_(ben).get(at(claim)).content.decode()


def test_without_javascript_a_button_saves_the_draft(as_, ana):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)

    answer = as_(ana).post(at(claim, "draft"), {"form": "review", "summary": "Half"})

    assert answer.url == at(claim) + "#review"
    draft = Draft.objects.get()
    assert (draft.form, draft.fields) == ("review", {"summary": "Half"})


@pytest.mark.parametrize(
    "sent",
    [
        {"form": "review", "summary": "a\x00b"},
        {"form": "review", "summary": "a\u202eb"},
        {"form": "review", "explanation": "x" * 1_000_000},
        {"form": "review", "summary": "x", "a\x00b": "a field of nobody's"},
        {"form": "review", **{f"{n:0250}": "" for n in range(1_500)}},
        {"form": "elsewhere", "summary": "x"},
        {},
    ],
)
def test_a_draft_that_cannot_be_kept_says_so(as_, ana, sent):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)

    answer = as_(ana).post(at(claim, "draft"), sent, headers=HTMX)

    assert answer.status_code == 422
    assert "ot saved" in answer.content.decode()
    assert not Draft.objects.exists()


def test_a_draft_of_no_form_of_the_desk_is_shown_to_whoever_typed_it(as_, ana):
    answer = as_(ana).post("/desk/drafts/", {"form": "elsewhere", "summary": "Mine."})

    assert answer.status_code == 422
    assert "there is no such form" in answer.content.decode()
    assert "Mine." in answer.content.decode()


def test_hidden_characters_take_no_text_along_that_was_sent_signed_out(
    as_, client, ana
):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)
    sent = {"draft_claim": claim.pk, "draft_person": ana.pk}
    for form, text in (("review", "One\x00half"), ("assessment", "Another")):
        client.post(
            at(claim, "draft"),
            {**sent, "draft_form": form, "statement": text, "a\x00b": "x"},
        )

    assert as_(ana).get(at(claim)).status_code == 200

    kept = {draft.form: draft.fields["statement"] for draft in Draft.objects.all()}
    assert kept == {"review": "One half", "assessment": "Another"}


def test_text_sent_after_the_session_ended_is_in_the_form_after_signing_in(
    as_, client, ana
):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)

    form = filled_draft(as_(ana).get(at(claim)), "review")
    client.logout()

    answer = client.post(at(claim, "review"), verdict(summary="Typed long ago.") | form)
    page = as_(ana).get(at(claim)).content.decode()

    assert answer.url == f"/sign-in/?next={at(claim)}"
    assert "Typed long ago." in page
    assert "You had been signed out" in page


def test_a_part_of_a_page_asked_for_by_a_stranger_says_they_were_signed_out(
    client, ana
):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)

    answer = client.post(at(claim, "draft"), {"form": "review"}, headers=HTMX)

    assert answer.status_code == 401
    assert 'id="error"' in answer.content.decode()


def test_who_has_a_claim_open_is_said_to_the_others(as_, ana, ben):
    claim = a_claim()
    as_(ben).get(at(claim))

    page = as_(ana).get(at(claim)).content.decode()
    heard = as_(ana).post(at(claim, "presence")).content.decode()

    assert {lease.holder for lease in Lease.objects.all()} == {ana, ben}
    assert "ben also here" in page
    assert "ben also here" in heard
    assert "ana also here" in as_(ben).get(at(claim)).content.decode()


def test_what_became_of_an_open_claim_is_news_once(as_, ana, ben):
    claim = a_claim()
    page = as_(ana).get(at(claim)).content.decode()
    opened = re.search('name="opened" value="([^"]*)"', page)[1]
    told = re.search('id="presence" data-standing="([^"]*)"', page)[1]
    as_(ben).post(at(claim, "change"), edited(claim, statement="Another sentence."))
    sent = {"opened": opened, "told": told}

    heard = as_(ana).post(at(claim, "presence"), sent).content.decode()
    told = re.search('id="presence" data-standing="([^"]*)"', heard)[1]
    again = as_(ana).post(at(claim, "presence"), sent | {"told": told})

    news = "Somebody changed the claim since you opened it."
    assert "data-news" not in page
    assert f'data-news="{news}' in heard
    assert 'role="status"' not in heard
    assert "data-news" not in again.content.decode()
    assert news in again.content.decode()


def test_a_lease_that_ran_out_passes_to_who_is_there(as_, ana, ben):
    claim = a_claim()
    Lease.objects.create(
        claim=claim,
        holder=ben,
        since=NOON,
        until=timezone.now() - timedelta(seconds=1),
    )

    as_(ana).get(at(claim))

    assert Lease.objects.get().holder == ana
