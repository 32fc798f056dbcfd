"""Undoing a publication on the page one lands on, and what is said afterwards."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from claims import workflow
from claims.vocabulary import ClaimStatus
from tests.factories import PASSWORD, a_claim, a_person


def at(claim, name="claim"):
    return reverse(f"desk:{name}", args=[claim.pk])


def status(claim):
    claim.refresh_from_db()
    return claim.status


def published_by(person, *, ago=0):
    claim = a_claim(ClaimStatus.SECOND_REVIEW)
    return workflow.second(
        claim,
        verdict="false",
        by=person,
        at=timezone.now() - timedelta(seconds=ago),
        note="I counted the roofs.",
    )


def test_who_published_can_undo_it_on_the_page_they_land_on(as_, ben):
    claim = a_claim(ClaimStatus.SECOND_REVIEW)
    desk = as_(ben)

    landed = desk.post(at(claim, "second"), {"verdict": "false"}, follow=True)
    undone = desk.post(at(claim, "undo"), follow=True).content.decode()

    page = landed.content.decode()
    assert landed.redirect_chain[-1][0] == at(claim, "compare")
    assert f'action="{at(claim, "undo")}"' in page
    assert "Published." in page
    assert 'data-key="u"' in page
    assert status(claim) == ClaimStatus.SECOND_REVIEW
    assert "Undone: readers saw nothing of it." in undone


def test_an_arbiter_can_undo_it_too(as_, cleo):
    claim = a_claim(ClaimStatus.ARBITRATION)
    desk = as_(cleo)

    landed = desk.post(
        at(claim, "arbitrate"), {"verdict": "false", "note": "The first."}, follow=True
    )
    desk.post(at(claim, "undo"))

    assert f'action="{at(claim, "undo")}"' in landed.content.decode()
    assert status(claim) == ClaimStatus.ARBITRATION


def test_what_was_typed_is_in_the_form_again(as_, ben):
    claim = published_by(ben)

    page = as_(ben).post(at(claim, "undo"), follow=True).content.decode()

    assert "I counted the roofs." in page
    assert claim.drafts.get(author=ben, form="second").fields["verdict"] == "false"


def test_after_undoing_the_first_verdict_is_hidden_again(as_, ben):
    claim = published_by(ben)
    desk = as_(ben)
    desk.post(at(claim, "undo"))

    page = desk.get(at(claim)).content.decode()

    assert "two halls without a roof" not in page
    assert desk.get(at(claim, "compare")).status_code == 404


def test_after_ten_seconds_the_button_is_gone_and_its_answer_says_why(as_, ben):
    claim = published_by(ben, ago=10)
    desk = as_(ben)

    page = desk.get(at(claim)).content.decode()
    answer = desk.post(at(claim, "undo"))

    assert at(claim, "undo") not in page
    assert answer.status_code == 422
    assert "Too late: readers see it already." in answer.content.decode()
    assert status(claim) == ClaimStatus.PUBLISHED


@pytest.mark.parametrize(
    ("role", "code"), [("reviewer", 403), ("editor", 403), ("admin", 403)]
)
def test_nobody_else_is_offered_it_or_may(as_, ben, role, code):
    claim = published_by(ben)
    desk = as_(a_person(role))

    page = desk.get(at(claim)).content.decode()
    answer = desk.post(at(claim, "undo"))

    assert at(claim, "undo") not in page
    assert answer.status_code == code
    assert status(claim) == ClaimStatus.PUBLISHED


@pytest.mark.parametrize(("role", "code"), [("contributor", 403), ("reader", 404)])
def test_who_does_not_review_cannot_undo(as_, ben, role, code):
    claim = published_by(ben)

    assert as_(a_person(role)).post(at(claim, "undo")).status_code == code


def test_a_publication_is_not_undone_by_following_a_link(as_, ben):
    claim = published_by(ben)

    assert as_(ben).get(at(claim, "undo")).status_code == 405
    assert status(claim) == ClaimStatus.PUBLISHED


def test_the_queue_says_that_a_publication_was_undone(as_, ana, ben):
    claim = published_by(ben)
    workflow.undo(claim, by=ben, at=timezone.now())

    page = as_(ana).get(reverse("desk:queue"), {"tab": "second"}).content.decode()

    assert "Publication undone by ben" in page


@pytest.fixture
def at_keys(live_server, page):
    a_person("reviewer", "dora")
    page.goto("/sign-in/")
    page.get_by_label("Username").fill("dora")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Password").press("Enter")
    page.wait_for_url("**/desk/")
    return page


@pytest.mark.django_db(transaction=True)
def test_u_undoes_and_never_while_somebody_types(at_keys):
    claim = a_claim(ClaimStatus.SECOND_REVIEW)
    at_keys.goto(at(claim))

    at_keys.get_by_label("Note").fill("u")
    at_keys.get_by_label("Note").press("Escape")
    at_keys.keyboard.press("5")
    at_keys.keyboard.press("Control+Enter")
    expect(at_keys.locator("#undo")).to_contain_text("Readers do not see it yet.")
    at_keys.keyboard.press("u")

    expect(at_keys.locator("#messages")).to_contain_text("Undone")
    assert status(claim) == ClaimStatus.SECOND_REVIEW


@pytest.mark.django_db(transaction=True)
def test_when_the_seconds_are_over_the_button_goes(at_keys, settings):
    settings.CLAIMS_UNDO_WITHIN = timedelta(seconds=2)
    claim = a_claim(ClaimStatus.SECOND_REVIEW)
    at_keys.goto(at(claim))
    at_keys.keyboard.press("5")
    at_keys.keyboard.press("Control+Enter")

    expect(at_keys.get_by_role("button", name="Undo")).to_be_visible()
    expect(at_keys.get_by_role("button", name="Undo")).to_be_hidden()
    expect(at_keys.locator("#undo")).to_contain_text("Readers see it now.")
