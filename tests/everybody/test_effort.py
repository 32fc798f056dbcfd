"""How many actions the work takes: presses and clicks, without the typing."""

import pytest
from playwright.sync_api import expect

from claims import intake
from claims.models import Assessment, Candidate, Claim
from claims.vocabulary import CandidateState, ClaimStatus, Verdict
from tests.factories import NOON, a_citation, a_claim, a_person, an_article

pytestmark = pytest.mark.django_db(transaction=True)

MOST = {"triage": 2, "verdict": 6, "assessment": 6, "second": 3}


class Counted:
    """A keyboard that counts; what is typed into a field is not counted."""

    def __init__(self, page):
        self.page, self.actions = page, 0

    def press(self, *keys):
        for key in keys:
            self.actions += 1
            self.page.keyboard.press(key)

    def type(self, words):
        self.page.keyboard.insert_text(words)


@pytest.fixture
def ana(db):
    return a_person("reviewer", "ana")


@pytest.fixture
def desk(enter, ana, live_server):
    page = enter(ana)
    page.goto(live_server.url + "/desk/")
    return page


@pytest.fixture
def keyboard(desk):
    return Counted(desk)


def test_a_candidate_is_triaged(desk, keyboard, live_server):
    intake.propose(an_article(), at=NOON)
    desk.goto(live_server.url + "/desk/inbox/")

    keyboard.press("o")
    desk.wait_for_url("**/desk/articles/**")
    keyboard.press("a")
    expect(desk.locator(".candidates")).to_contain_text("Accepted")

    assert Candidate.objects.get().state == CandidateState.ACCEPTED
    assert keyboard.actions <= MOST["triage"]


def test_a_claim_is_reviewed(desk, keyboard):
    claim = a_claim()
    a_citation(claim)
    desk.reload()

    keyboard.press("n")
    desk.wait_for_url("**/desk/claims/**")
    keyboard.press("5", "m")
    keyboard.type("Images show two halls without a roof.")
    keyboard.press("Control+Enter")
    desk.wait_for_url("**/desk/")

    claim.refresh_from_db()
    assert claim.status == ClaimStatus.SECOND_REVIEW
    assert keyboard.actions <= MOST["verdict"]


def test_an_assessment_is_added(desk, keyboard, ana, live_server):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)
    desk.goto(f"{live_server.url}/desk/claims/{claim.pk}/")

    keyboard.press("t", "Space", "Tab")
    keyboard.type("Meridian Imagery Lab")
    keyboard.press("Tab", "Tab")
    keyboard.type("Two halls have no roof.")
    keyboard.press("Control+Enter")
    expect(desk.locator("#assessments")).to_contain_text("Meridian Imagery Lab")

    assert Assessment.objects.get().statement == "Two halls have no roof."
    assert keyboard.actions <= MOST["assessment"]


def test_a_second_review_is_given_and_the_one_after_it(desk, keyboard, live_server):
    for _ in range(2):
        a_claim(ClaimStatus.SECOND_REVIEW, verdict=Verdict.FALSE)
    desk.goto(live_server.url + "/desk/?tab=second")

    for first in ("o", "n"):
        keyboard.actions = 0
        keyboard.press(first)
        desk.wait_for_url("**/desk/claims/*/")
        expect(desk.get_by_role("heading", name="Second review")).to_be_visible()
        keyboard.press("5", "Control+Enter")
        desk.wait_for_url("**/compare/")
        assert keyboard.actions <= MOST["second"]

    assert Claim.objects.standing(ClaimStatus.PUBLISHED).count() == 2


def test_returning_a_review_is_as_cheap_as_agreeing_with_it(
    desk, keyboard, live_server
):
    agreed, returned = (
        a_claim(ClaimStatus.SECOND_REVIEW, verdict=Verdict.FALSE) for _ in range(2)
    )

    desk.goto(f"{live_server.url}/desk/claims/{agreed.pk}/")
    keyboard.press("5", "Control+Enter")
    desk.wait_for_url("**/compare/")
    to_agree, keyboard.actions = keyboard.actions, 0
    desk.goto(f"{live_server.url}/desk/claims/{returned.pk}/")
    keyboard.press("r")
    keyboard.type("The second set of images is from another town.")
    keyboard.press("Control+Enter")
    expect(desk.locator("#messages")).to_contain_text("Returned to its writer")

    agreed.refresh_from_db()
    returned.refresh_from_db()
    assert (agreed.status, returned.status) == (
        ClaimStatus.PUBLISHED,
        ClaimStatus.IN_REVIEW,
    )
    assert keyboard.actions <= to_agree <= MOST["second"]
