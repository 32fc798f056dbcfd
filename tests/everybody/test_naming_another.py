"""A form in which somebody else is named drops the role of the first, and says so."""

import pytest
from playwright.sync_api import expect

from claims import intake
from claims.vocabulary import CandidateState
from tests.factories import NOON, a_person, an_article

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = '"The dam held through the night," Mayor Ada Quill said on Monday.'


def test_whoever_names_another_sees_the_role_go_and_can_have_it_back(
    enter, live_server
):
    [candidate] = intake.propose(an_article(TEXT, title="The dam"), at=NOON)
    candidate.role = "Mayor"
    candidate.save()
    page = enter(a_person("reviewer", "ana"))
    page.goto(
        f"{live_server.url}{candidate.article.get_absolute_url()}?edit={candidate.pk}"
    )
    name, role = page.get_by_label("Claimant"), page.get_by_label("Role at the time")
    back = page.get_by_role("button", name="Put it back")

    expect(role).to_have_value("Mayor")
    expect(back).to_be_hidden()
    name.fill("Oskar Lind")
    name.blur()
    expect(role).to_have_value("")
    expect(
        page.get_by_text("Taken out: that was the role of Ada Quill.")
    ).to_be_visible()
    back.click()
    expect(role).to_have_value("Mayor")
    expect(back).to_be_hidden()
    page.get_by_role("button", name="Accept this").click()

    expect(page.get_by_role("link", name="Open the claim")).to_be_visible()
    candidate.refresh_from_db()
    assert candidate.state == CandidateState.ACCEPTED
    assert candidate.claim.role_at_time == "Mayor"
    assert candidate.claim.claimant.name == "Oskar Lind"
