"""The whole work, from signing in to a correction: by keys alone, and without a script."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from claims.models import Claim
from claims.vocabulary import ClaimStatus, Verdict
from tests.factories import PASSWORD, a_citation, a_claim, a_person

pytestmark = pytest.mark.django_db(transaction=True)

SUMMARY = "Images taken the next morning show two halls without a roof."
BETTER = "Images taken the next morning show one hall without a roof."
NOTE = "We counted two halls where one was hit."
MOST_TABS = 90


class ByKeys:
    """Somebody without a mouse, who presses Tab until it is there, or its key."""

    options = {}

    def __init__(self, page, address):
        self.page, self.address = page, address

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def leave_by(self, key):
        with self.page.expect_navigation():
            self.press(key)

    def walk_to(self, target):
        for _ in range(MOST_TABS):
            if target.evaluate("each => each === document.activeElement"):
                return
            self.press("Tab")
        raise AssertionError(f"no way to {target} by Tab")

    def write(self, label, words):
        field = self.page.get_by_label(label, exact=True)
        self.walk_to(field)
        self.press("Control+a")
        self.page.keyboard.insert_text(words)

    def follow(self, name):
        self.walk_to(self.page.locator("main").get_by_role("link", name=name).first)
        self.leave_by("Enter")

    def sign_in(self, name):
        self.page.goto(self.address + "/sign-in/")
        self.write("Username", name)
        self.write("Password", PASSWORD)
        self.press("Enter")
        self.page.wait_for_url("**/desk/")

    def take_the_next(self):
        self.leave_by("n")

    def open_the_first(self):
        self.leave_by("o")

    def correct(self):
        self.leave_by("f")

    def judge(self, verdict):
        self.press(str(list(Verdict).index(verdict) + 1))

    def choose(self, label):
        radio = self.page.get_by_label(label, exact=True)
        self.walk_to(radio)
        self.press("Space")

    def send(self):
        self.leave_by("Control+Enter")


class WithoutScript:
    """Somebody whose browser runs no script, and who clicks."""

    options = {"java_script_enabled": False}

    def __init__(self, page, address):
        self.page, self.address = page, address

    def write(self, label, words):
        self.page.get_by_label(label, exact=True).fill(words)

    def follow(self, name):
        self.page.locator("main").get_by_role("link", name=name).first.click()

    def press(self, name):
        self.page.get_by_role("button", name=name).first.click()

    def sign_in(self, name):
        self.page.goto(self.address + "/sign-in/")
        self.write("Username", name)
        self.write("Password", PASSWORD)
        self.press("Sign in")
        self.page.wait_for_url("**/desk/")

    def take_the_next(self):
        self.press("Take the next one")

    def open_the_first(self):
        self.page.locator(".queue-claim a").first.click()

    def correct(self):
        self.press("Start a correction")

    def judge(self, verdict):
        self.page.locator(f"[name=verdict][value={verdict}]").check()

    def choose(self, label):
        self.page.get_by_label(label, exact=True).check()

    def send(self):
        name = "Record my verdict" if self.seconds else "Submit for second review"
        self.press(name)

    @property
    def seconds(self):
        return self.page.locator("#second").count() > 0


@pytest.mark.parametrize("way", [ByKeys, WithoutScript])
def test_a_claim_is_published_and_corrected(enter, live_server, settings, way):
    settings.CLAIMS_UNDO_WITHIN = timedelta(0)
    claim = a_claim()
    a_citation(claim)
    ana, ben = (someone(name, way, enter, live_server) for name in ("ana", "ben"))

    # Ana takes the claim and writes the first verdict.
    ana.take_the_next()
    expect(ana.page.locator(".workspace-claim")).to_have_text(claim.statement)
    ana.judge(Verdict.FALSE)
    ana.write("Summary", SUMMARY)
    ana.send()
    expect(ana.page.locator("#messages")).to_contain_text("Submitted")

    # Ben finds the same, and it is published.
    seconded(ben, Verdict.FALSE, without=SUMMARY)

    # Ana sees that it was wrong, and begins a correction.
    ana.follow("All claims")
    ana.open_the_first()
    ana.correct()
    expect(ana.page.locator("#messages")).to_contain_text("The correction is begun")
    ana.judge(Verdict.MISLEADING)
    ana.write("Summary", BETTER)
    ana.choose("Correction")
    ana.write("Note for readers", NOTE)
    ana.send()
    expect(ana.page.locator("#messages")).to_contain_text("Submitted")

    # Ben finds the same again, and readers see what was changed.
    ben.follow("Next second review")
    expect(ben.page.get_by_role("heading", name="Second review")).to_be_visible()
    answered(ben, Verdict.MISLEADING)
    ben.follow("Public page")
    expect(ben.page.locator("main")).to_contain_text(BETTER)
    expect(ben.page.locator("main")).to_contain_text(NOTE)
    claim = Claim.objects.get()
    assert claim.status == ClaimStatus.PUBLISHED
    assert claim.reviews.count() == 2


def someone(name, way, enter, live_server):
    a_person("reviewer", name)
    person = way(enter(**way.options), live_server.url)
    person.sign_in(name)
    return person


def seconded(ben, verdict, *, without):
    ben.follow("Second review")
    ben.open_the_first()
    expect(ben.page.get_by_role("heading", name="Second review")).to_be_visible()
    assert without not in ben.page.content()
    answered(ben, verdict)


def answered(ben, verdict):
    ben.judge(verdict)
    ben.send()
    ben.page.wait_for_url("**/compare/")
    expect(ben.page.get_by_role("heading", name="The verdicts agree")).to_be_visible()
