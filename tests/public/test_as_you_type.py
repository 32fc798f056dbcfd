"""The search in a browser, with JavaScript and without."""

import pytest
from playwright.sync_api import expect

from claims.vocabulary import ClaimStatus
from tests.factories import a_claim

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def claims():
    a_claim(ClaimStatus.PUBLISHED, statement="The bridge stands.")
    a_claim(ClaimStatus.PUBLISHED, statement="The tunnel fell in.")


def test_results_follow_what_is_typed_and_so_does_the_address(claims, page):
    errors = []
    page.on(
        "console",
        lambda line: errors.append(line.text) if line.type == "error" else None,
    )
    page.goto("/")

    page.get_by_role("searchbox").press_sequentially("brid")

    expect(page.get_by_text("1 claim with “brid”")).to_be_visible()
    expect(page.get_by_text("The tunnel fell in.")).to_have_count(0)
    expect(page).to_have_url("/?q=brid")
    expect(page.get_by_role("searchbox")).to_be_focused()
    assert errors == []

    page.get_by_role("searchbox").fill("")
    expect(page.get_by_text("The tunnel fell in.")).to_be_visible()
    expect(page).to_have_url("/")


def test_it_works_without_javascript(claims, browser, base_url):
    page = browser.new_context(java_script_enabled=False, base_url=base_url).new_page()
    page.goto("/")

    page.get_by_role("searchbox").fill("tunnel")
    page.get_by_role("button", name="Search").click()

    expect(page.get_by_text("The tunnel fell in.")).to_be_visible()
    expect(page.get_by_text("The bridge stands.")).to_have_count(0)
