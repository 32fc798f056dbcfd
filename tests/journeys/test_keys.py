"""Keys at the desk: they press what is there, and never while somebody types."""

import pytest
from playwright.sync_api import expect

from claims import intake
from claims.models import Candidate, Draft
from claims.vocabulary import CandidateState, ClaimStatus
from tests.factories import NOON, PASSWORD, a_claim, a_person, an_article

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = "\n".join(
    f'"Gate {n} of the dam held through the night," Mayor Ada Quill said.'
    for n in range(1, 5)
)


@pytest.fixture
def ana(db):
    return a_person("reviewer", "ana")


@pytest.fixture
def desk(live_server, page, ana):
    page.goto("/sign-in/")
    page.get_by_label("Username").fill("ana")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Password").press("Enter")
    page.wait_for_url("**/desk/")
    return page


@pytest.fixture
def article(db):
    article = an_article(TEXT, title="The dam")
    intake.propose(article, at=NOON)
    return article


def states():
    return list(Candidate.objects.in_reading_order().values_list("state", flat=True))


def test_candidates_are_walked_and_decided_by_keys(desk, article):
    desk.goto(article.get_absolute_url())
    cards = desk.locator(".candidates > li")

    desk.keyboard.press("j")
    desk.keyboard.press("r")
    expect(cards.nth(1)).to_contain_text("Rejected")
    expect(cards.nth(2)).to_have_attribute("aria-current", "true")
    desk.keyboard.press("k")
    desk.keyboard.press("k")
    desk.keyboard.press("a")
    expect(cards.nth(0)).to_contain_text("Accepted")

    assert states()[:3] == [
        CandidateState.ACCEPTED,
        CandidateState.REJECTED,
        CandidateState.PROPOSED,
    ]
    expect(desk.locator("#candidate-counts")).to_contain_text("1 rejected")
    expect(desk.locator("#m2")).to_have_class("candidate-mark rejected")


def test_a_candidate_is_edited_without_the_mouse(desk, article):
    desk.goto(article.get_absolute_url())
    card = desk.locator(".candidates > li").first

    desk.keyboard.press("e")
    field = card.get_by_label("Claim", exact=True)
    expect(field).to_be_focused()
    field.fill("The gate held")
    desk.keyboard.press("Control+Enter")

    expect(card).to_contain_text("Accepted")
    assert Candidate.objects.in_reading_order()[0].claim.statement == "The gate held"


def test_a_form_that_is_refused_shows_its_errors_in_the_card(desk, article):
    desk.goto(article.get_absolute_url())
    card = desk.locator(".candidates > li").first

    desk.keyboard.press("e")
    card.get_by_label("Topics").fill("x" * 61)
    desk.keyboard.press("Control+Enter")

    expect(card.get_by_role("alert")).to_contain_text("at most 60 characters")
    assert states()[0] == CandidateState.PROPOSED


def test_no_key_works_while_somebody_types(desk, ana):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)
    desk.goto(f"/desk/claims/{claim.pk}/")

    summary = desk.get_by_label("Summary")
    summary.press_sequentially("t5?jkp")

    expect(summary).to_have_value("t5?jkp")
    expect(desk.locator("dialog[open]")).to_have_count(0)
    expect(desk.locator("[name=verdict]:checked")).to_have_count(0)
    summary.press("Escape")
    expect(summary).not_to_be_focused()


def test_the_keys_are_listed_and_can_be_switched_off(desk, ana):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)
    desk.goto(f"/desk/claims/{claim.pk}/")

    desk.keyboard.press("?")
    dialog = desk.get_by_role("dialog")
    expect(dialog).to_contain_text("Submit for second review")
    dialog.get_by_label("Keys are on").uncheck()
    dialog.get_by_role("button", name="Close").click()
    desk.keyboard.press("5")
    desk.reload()
    desk.keyboard.press("5")

    expect(desk.locator("[name=verdict]:checked")).to_have_count(0)
    desk.get_by_role("button", name="Keys").click()
    dialog.get_by_label("Keys are on").check()
    dialog.get_by_role("button", name="Close").click()
    desk.keyboard.press("5")
    expect(desk.locator("[name=verdict]:checked")).to_have_value("false")


def test_no_two_things_on_one_page_have_the_same_key(desk, ana, article):
    claims = [
        a_claim(ClaimStatus.IN_REVIEW, writer=ana),
        a_claim(ClaimStatus.SECOND_REVIEW),
        a_claim(ClaimStatus.ARBITRATION),
        a_claim(ClaimStatus.RECHECK),
        a_claim(ClaimStatus.PUBLISHED),
        a_claim(),
    ]
    addresses = ["/desk/", article.get_absolute_url(), "/desk/inbox/"]

    for address in [*addresses, *(f"/desk/claims/{claim.pk}/" for claim in claims)]:
        desk.goto(address)
        keys = desk.eval_on_selector_all(
            "[data-key]:not([data-item] [data-key])",
            "all => all.filter(e => e.offsetParent).map(e => e.dataset.key)",
        )
        assert len(keys) == len(set(keys)), address
        assert not {"j", "k", "?", "[", "]"} & set(keys), address


def test_what_was_typed_while_the_server_was_away_is_put_back(desk, ana):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)
    desk.goto(f"/desk/claims/{claim.pk}/")

    desk.context.set_offline(True)
    desk.get_by_label("Summary").fill("Written on a train.")
    desk.keyboard.press("Tab")
    expect(desk.locator("#messages")).to_contain_text("did not answer")
    assert not Draft.objects.exists()
    desk.context.set_offline(False)
    desk.reload()

    expect(desk.get_by_label("Summary")).to_have_value("Written on a train.")
    expect(desk.locator("#review [data-saved]")).to_contain_text("draft saved")
    assert Draft.objects.get().fields["review"]["summary"] == "Written on a train."
