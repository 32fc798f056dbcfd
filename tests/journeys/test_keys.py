"""Keys at the desk: they press what is there, and never while somebody types."""

import pytest
from playwright.sync_api import expect

from claims import editing, intake
from claims.desk import keys
from claims.models import Assessment, Candidate, Claim, Draft
from claims.vocabulary import CandidateState, ClaimStatus
from tests.factories import (
    NOON,
    PASSWORD,
    a_citation,
    a_claim,
    a_claimant,
    a_person,
    an_article,
)

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
    with desk.expect_response("**/keys/switch/"):
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


def written(page):
    """Dispatch a key to the page as a layout of another country would."""

    def write(key, code, **held):
        page.evaluate(
            "init => document.body.dispatchEvent(new KeyboardEvent('keydown', "
            "{bubbles: true, cancelable: true, ...init}))",
            {"key": key, "code": code, **held},
        )

    return write


def test_other_layouts_are_understood(desk, ana):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)
    desk.goto(f"/desk/claims/{claim.pk}/")
    write = written(desk)
    chosen = desk.locator("[name=verdict]:checked")

    write("à", "Digit5")  # French: digits need Shift
    expect(chosen).to_have_value("false")
    write("4", "Digit4", shiftKey=True)
    expect(chosen).to_have_value("misleading")
    write("ь", "KeyM")  # Russian: no Latin letters
    expect(desk.get_by_label("Summary")).to_be_focused()
    desk.keyboard.press("Escape")
    write("]", "Digit9", ctrlKey=True, altKey=True, modifierAltGraph=True)  # German
    expect(desk.locator(".evidence a").first).to_be_focused()


@pytest.mark.parametrize("held", ["ctrlKey", "altKey", "metaKey"])
def test_no_key_works_together_with_another(desk, ana, held):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)
    desk.goto(f"/desk/claims/{claim.pk}/")

    written(desk)("5", "Digit5", **{held: True})

    expect(desk.locator("[name=verdict]:checked")).to_have_count(0)


def test_no_key_works_in_a_text_that_is_edited_in_place_or_a_choice(desk, ana):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)
    desk.goto(f"/desk/claims/{claim.pk}/?open=citation")
    desk.evaluate("document.querySelector('.workspace-claim').contentEditable = true")

    desk.locator(".workspace-claim").press("5")
    desk.locator("select").first.press("5")

    expect(desk.locator("[name=verdict]:checked")).to_have_count(0)


def test_a_key_that_was_changed_works_and_stands_on_the_button(desk, ana):
    claim = a_claim()
    desk.goto("/desk/keys/")
    desk.get_by_label("Take the claim, accept the candidate").fill("w")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("#messages")).to_contain_text("saved")
    desk.goto(f"/desk/claims/{claim.pk}/")

    expect(desk.get_by_role("button", name="Take it")).to_contain_text("w")
    desk.keyboard.press("?")
    expect(desk.get_by_role("dialog")).to_contain_text("wTake this claim")
    desk.keyboard.press("Escape")
    desk.keyboard.press("a")
    assert Claim.objects.get().assigned_to is None
    desk.keyboard.press("w")

    expect(desk.locator("main")).to_contain_text("yours")


def test_ctrl_enter_sends_the_form_one_is_in_even_with_the_keys_off(desk, ana):
    keys.switch(ana, are_on=False)
    claim = a_claim()
    desk.goto(f"/desk/claims/{claim.pk}/?open=assessment")

    desk.get_by_label("Contradicts").check()
    desk.get_by_label("Who says so").fill("Meridian Imagery Lab")
    desk.get_by_label("In their words").fill("Two halls have no roof.")
    desk.keyboard.press("Control+Enter")

    expect(desk.locator("#assessments blockquote")).to_have_text(
        "Two halls have no roof."
    )


def test_several_claims_are_selected_and_taken_at_once(desk):
    for _ in range(3):
        a_claim()
    desk.goto("/desk/?tab=unclaimed")

    for key in ("x", "j", "j", "x", "a"):
        desk.keyboard.press(key)

    expect(desk.locator("#messages")).to_contain_text("2 claims are yours")
    assert Claim.objects.unclaimed().count() == 1


def test_suggestions_are_confirmed_and_set_aside_by_keys(desk, ana):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)
    for number in (1, 2):
        editing.add_assessment(
            claim,
            assessor=a_claimant(),
            stance="supports",
            statement=f"Picture {number} shows it.",
            suggested=True,
            by=ana,
            at=NOON,
        )
    desk.goto(f"/desk/claims/{claim.pk}/")

    desk.keyboard.press("y")
    expect(desk.locator("#messages")).to_contain_text("Confirmed")
    desk.keyboard.press("d")
    expect(desk.locator("#messages")).to_contain_text("Set aside")

    states = Assessment.objects.order_by("statement").values_list("state", flat=True)
    assert list(states) == ["confirmed", "rejected"]


def test_words_that_are_selected_on_a_source_are_cited_anew(desk, ana):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)
    source = a_citation(claim, exact="no damage at all").passage.source
    desk.goto(f"/desk/claims/{claim.pk}/")

    words = desk.locator(".evidence mark", has_text="no damage at all")
    words.evaluate("mark => getSelection().selectAllChildren(mark)")
    desk.keyboard.press("q")

    form = desk.locator("#add-citation")
    expect(form.get_by_label("Address of the page")).to_have_value(source.url)
    expect(form.get_by_label("The exact words")).to_have_value("no damage at all")


def test_what_was_typed_while_the_server_was_away_is_put_back(desk, ana):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)
    desk.goto(f"/desk/claims/{claim.pk}/")

    desk.context.set_offline(True)
    desk.get_by_label("Summary").fill("Written on a train.")
    desk.keyboard.press("Tab")
    expect(desk.locator("#review [data-saved]")).to_contain_text("kept in this browser")
    assert not Draft.objects.exists()
    desk.context.set_offline(False)
    desk.reload()

    expect(desk.get_by_label("Summary")).to_have_value("Written on a train.")
    expect(desk.locator("#review [data-saved]")).to_contain_text("draft saved")
    assert Draft.objects.get(form="review").fields["summary"] == "Written on a train."
