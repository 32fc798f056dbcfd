"""Tracked claims appear under a statement while it is written, and stop nobody."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from claims import imprinting, intake
from tests.admin.rooms import address
from tests.factories import NOON, a_claim, a_person, an_article

pytestmark = pytest.mark.django_db(transaction=True)

STATEMENT = "The quay at Ostrel sank by two metres in one night."
OTHER_WORDS = "Overnight the Ostrel quay went down two metres."
NEAR, NONE = "One tracked claim is near to this.", "No tracked claim is near to this."


@pytest.fixture
def claim(transactional_db):
    claim = a_claim(statement=STATEMENT)
    imprinting.imprint_some()
    return claim


@pytest.fixture
def candidate(claim):
    text = f'"{OTHER_WORDS[:-1]}," Mayor Ada Quill said on Monday.'
    [found] = intake.propose(an_article(text, title="The quay"), at=NOON)
    return found


def form_of(candidate):
    return f"{candidate.article.get_absolute_url()}?edit={candidate.pk}"


def test_it_appears_under_the_field_while_one_types(candidate, enter, live_server):
    page = enter(a_person("reviewer", "ana"))
    page.goto(live_server.url + form_of(candidate))
    field, told = page.get_by_label("Claim", exact=True), page.locator(".nearest")

    field.fill("Nobody pays for the ferry.")
    expect(told).to_contain_text(NONE)
    field.fill(OTHER_WORDS)

    expect(told).to_contain_text(NEAR)
    expect(told.get_by_role("link", name=STATEMENT)).to_be_visible()
    expect(field).to_be_focused()
    page.get_by_role("button", name="Accept this").click()
    expect(page.get_by_role("link", name="Open the claim")).to_be_visible()


def test_a_button_asks_at_once(candidate, enter, live_server):
    page = enter(a_person("reviewer", "ana"))
    page.goto(live_server.url + form_of(candidate))

    page.get_by_role("button", name="Is it tracked already?").click()

    expect(page.locator(".nearest")).to_contain_text(NEAR)


def test_without_javascript_a_button_opens_a_tab_of_its_own(
    candidate, enter, live_server
):
    page = enter(a_person("reviewer", "ana"), java_script_enabled=False)
    page.goto(live_server.url + form_of(candidate))

    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Is it tracked already?").click()

    expect(opened.value.get_by_text(NEAR)).to_be_visible()
    expect(opened.value.get_by_role("link", name=STATEMENT)).to_be_visible()
    assert opened.value.url == live_server.url + reverse("desk:nearest")


def test_the_panel_tells_as_much_while_a_claim_is_added(claim, enter, live_server):
    page = enter(a_person("editor", "olga"))
    page.goto(live_server.url + address("claims.claim", "add"))

    page.get_by_label("Statement").first.fill(OTHER_WORDS)

    expect(page.locator(".field-statement + div .nearest")).to_contain_text(NEAR)
