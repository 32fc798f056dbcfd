"""A claim on paper, and in the colours of whoever needs their own."""

import pytest
from playwright.sync_api import expect

from claims.vocabulary import ClaimStatus, Verdict
from tests.factories import a_citation, a_claim, an_assessment

pytestmark = pytest.mark.django_db(transaction=True)

# What a verdict is told by when no colour of ours is left.
TOLD = """(chip) => {
  const style = getComputedStyle(chip);
  const glyph = getComputedStyle(chip.querySelector(".icon"));
  return {
    line: style.borderTopStyle === "solid" && parseFloat(style.borderTopWidth) >= 1,
    words: style.color !== style.backgroundColor,
    glyph: glyph.color === style.color && glyph.display !== "none",
  };
}"""
# What a link on paper says of where it leads.
ADDRESS = """(link) => getComputedStyle(link, "::after").content"""


@pytest.fixture
def claim(db):
    claim = a_claim(ClaimStatus.PUBLISHED, verdict=Verdict.MISLEADING)
    a_citation(an_assessment(claim))
    return claim


@pytest.fixture
def page(enter, live_server, claim):
    page = enter()
    page.goto(live_server.url + claim.get_absolute_url())
    return page


def test_on_paper_stands_the_claim_with_its_verdict_and_where_it_was_said(page, claim):
    cited = claim.citations.get().passage

    page.emulate_media(media="print")

    main = page.locator("main")
    expect(main.locator(".claim-words")).to_be_visible()
    expect(main.locator(".finding .verdict")).to_have_text("Misleading")
    expect(main.locator(".finding .verdict")).to_be_visible()
    expect(main.locator(".cited mark").first).to_have_text(cited.exact)
    expect(main.locator(".cited mark").first).to_be_visible()
    link = main.locator(f'.sources a[href="{cited.source.canonical_url}"]')
    assert cited.source.canonical_url in link.first.evaluate(ADDRESS)


def test_nothing_is_on_paper_that_can_only_be_pressed(page):
    page.emulate_media(media="print")

    seen = page.locator(
        "button, input:not([type=hidden]), select, nav, summary, .footer, .skip-link"
    ).filter(visible=True)
    expect(seen).to_have_count(0)


def test_paper_is_white_however_dark_the_screen_is(page):
    page.emulate_media(media="print", color_scheme="dark")

    expect(page.locator("html")).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(page.locator(".claim-words")).to_have_css("color", "rgb(27, 30, 35)")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_verdict_is_told_without_colours_of_ours(page, scheme):
    page.emulate_media(forced_colors="active", color_scheme=scheme)

    for chip in page.locator(".verdict").all():
        assert chip.evaluate(TOLD) == {"line": True, "words": True, "glyph": True}
