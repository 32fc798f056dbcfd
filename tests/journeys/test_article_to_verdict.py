"""From a pasted article to a published verdict, by two people in their browsers."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from claims.models import Claim, Draft
from claims.vocabulary import CandidateState, ClaimStatus, Verdict
from sources import tasks
from tests.factories import PASSWORD, a_person
from tests.live import open_port
from tests.sources.press import Press

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = (
    "ORUMAT - The strike had caused “only minor damage” at two storage sites, the "
    "ministry of defence said on Monday.\n\n"
    "“At least three aircraft were destroyed,” said Jonas Ferreira, who directs the "
    "Meridian Imagery Lab."
)
SUMMARY = "Images taken the next morning show three destroyed aircraft."


@pytest.fixture
def ledger():
    """A paper with the article on a page of its own."""
    with Press(port=open_port()) as press:
        paragraphs = "".join(f"<p>{line}</p>" for line in TEXT.split("\n\n"))
        yield press.page(
            "/kassar",
            "<title>Kassar plays down strike</title>"
            f"<article><h1>Kassar plays down strike</h1>{paragraphs}</article>",
        )


@pytest.fixture
def enter(new_context):
    """Sign somebody in, in a browser of their own."""

    def sign_in(name):
        a_person("reviewer", name)
        page = new_context(viewport={"width": 1440, "height": 900}).new_page()
        page.goto("/sign-in/")
        page.get_by_label("Username").fill(name)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_label("Password").press("Enter")
        page.wait_for_url("**/desk/")
        return page

    return sign_in


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def test_an_article_becomes_a_published_verdict(
    live_server, worker, enter, ledger, settings
):
    settings.CLAIMS_UNDO_WITHIN = timedelta(0)  # nobody waits here to see it go out
    ana, ben = enter("ana"), enter("ben")

    # Ana pastes an article, and a worker reads it.
    ana.goto("/desk/inbox/")
    ana.get_by_label("Address of the page").fill(ledger)
    ana.get_by_label("Text").fill(TEXT)
    ana.get_by_label("Title").fill("Kassar plays down strike")
    ana.get_by_role("button", name="Read this article").click()
    cards = ana.locator(".candidates > li")
    expect(cards.first).to_contain_text("minor damage", timeout=60_000)

    # She accepts the first candidate with one key; the second is current then.
    press(ana, "a")
    expect(cards.first).to_contain_text("Accepted")
    expect(cards.nth(1)).to_have_attribute("aria-current", "true")
    claim = Claim.objects.get()
    assert claim.candidates.get().state == CandidateState.ACCEPTED

    # She takes the claim, and a worker finds the words on their page meanwhile.
    ana.goto("/desk/")
    press(ana, "n")
    ana.wait_for_url(f"**/desk/claims/{claim.pk}/")
    expect(ana.locator("#sources")).to_contain_text("still to be looked at")
    tasks.dispatch.delay()
    expect(ana.locator("#sources mark")).to_contain_text("minor damage", timeout=60_000)

    # She writes, and the server keeps her draft.
    press(ana, "5")
    ana.get_by_label("Summary").fill(SUMMARY)
    expect(ana.locator("#review [data-saved]")).to_contain_text("draft saved")
    assert Draft.objects.get(form="review").fields["summary"] == SUMMARY
    ana.get_by_label("Summary").press("Control+Enter")
    ana.wait_for_url("**/desk/")
    expect(ana.get_by_role("status").first).to_contain_text("Submitted")

    # Ben reaches the same verdict without having seen hers: three keys.
    ben.goto("/desk/?tab=second")
    press(ben, "j", "o")
    ben.wait_for_url(f"**/desk/claims/{claim.pk}/")
    assert SUMMARY not in ben.content()
    press(ben, "5", "Control+Enter")
    ben.wait_for_url("**/compare/")
    expect(ben.get_by_role("heading", name="The verdicts agree")).to_be_visible()
    expect(ben.get_by_text(SUMMARY)).to_be_visible()

    # Readers see it.
    ben.get_by_role("link", name="Public page").click()
    ben.wait_for_url(re.compile(r"/c/"))
    expect(ben.locator("main")).to_contain_text(SUMMARY)
    claim.refresh_from_db()
    assert claim.status == ClaimStatus.PUBLISHED
    assert claim.reviews.get().verdict == Verdict.FALSE
