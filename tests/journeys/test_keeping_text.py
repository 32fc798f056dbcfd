"""Whatever happens to a browser, a session or the server: what was typed is there."""

import os
import re
import signal
import socket
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from claims.models import Draft
from claims.vocabulary import ClaimStatus
from tests.environment import PROJECT
from tests.factories import PASSWORD, a_citation, a_claim, a_person
from tests.live import test_database_url, until

pytestmark = pytest.mark.django_db(transaction=True)

SENTENCE = "Images show two halls without a roof."
# The drafts that this browser keeps.
COPIES = "Object.keys(localStorage).filter(name => name.startsWith('draft:'))"
SOON_ENOUGH = 10_000  # milliseconds in which others are seen
START_SECONDS = 60


@pytest.fixture
def people(db):
    return {name: a_person("reviewer", name) for name in ("ana", "ben")}


@pytest.fixture
def enter(new_context, people):
    """Sign somebody in, in a browser of their own."""

    pages = []

    def sign_in(name):
        pages.append(page := new_context().new_page())
        page.goto("/sign-in/")
        signed_in(page, name)
        return page

    yield sign_in
    for page in pages:
        if not page.is_closed():
            # What is still under way would be answered in the middle of another test.
            page.goto("about:blank")


def signed_in(page, name):
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Password").press("Enter")
    page.wait_for_url("**/desk/**")


def saved(page, form="review"):
    return page.locator(f"#{form} [data-saved]")


def kept_in(page):
    return page.evaluate(COPIES)


@pytest.fixture
def claim(people):
    return a_claim(ClaimStatus.IN_REVIEW, writer=people["ana"])


@pytest.fixture
def desk(claim):
    return f"/desk/claims/{claim.pk}/"


def test_without_a_line_one_types_on_and_it_is_sent_later(enter, desk):
    ana = enter("ana")
    ana.goto(desk)

    ana.context.set_offline(True)
    ana.get_by_label("Summary").fill(SENTENCE)
    expect(saved(ana)).to_contain_text("kept in this browser")
    assert not Draft.objects.exists()
    ana.context.set_offline(False)

    expect(saved(ana)).to_contain_text("draft saved")
    assert Draft.objects.get().fields["summary"] == SENTENCE
    assert kept_in(ana) == []


def test_a_browser_that_keeps_nothing_says_so(enter, desk):
    ana = enter("ana")
    ana.add_init_script("Storage.prototype.setItem = () => { throw new Error('full') }")
    ana.goto(desk)

    ana.context.set_offline(True)
    ana.get_by_label("Summary").fill(SENTENCE)

    expect(saved(ana)).to_contain_text("refuses to keep it")
    ana.context.set_offline(False)
    expect(saved(ana)).to_contain_text("draft saved")


@pytest.mark.parametrize(
    ("form", "opens", "name", "button"),
    [
        ("review", "", "summary", "Submit for second review"),
        ("change", "Edit the claim", "role_at_time", "Save the claim"),
        ("add-assessment", "Add an assessment", "statement", "Add it"),
        ("add-citation", "Cite a page", "exact", "Cite it"),
        ("dismiss", "Dismiss", "reason", "Dismiss"),
    ],
)
def test_after_the_session_ended_the_text_is_in_its_form(
    enter, desk, form, opens, name, button
):
    ana = enter("ana")
    ana.goto(desk)
    part = ana.locator(f"#{form}")
    if opens:
        part.locator("summary", has_text=opens).first.click()
    field = part.locator(f"[name={name}]")
    field.fill(SENTENCE)
    ana.context.clear_cookies(name="sessionid")

    part.get_by_role("button", name=re.compile(f"^{button}")).click()
    ana.wait_for_url("**/sign-in/**")
    signed_in(ana, "ana")

    expect(ana.locator("#messages")).to_contain_text("You had been signed out")
    expect(field).to_have_value(SENTENCE)


def test_an_article_that_was_pasted_is_there_after_the_session_ended(enter):
    ana = enter("ana")
    ana.goto("/desk/inbox/")
    ana.get_by_label("Text").fill(SENTENCE)
    ana.context.clear_cookies(name="sessionid")

    ana.get_by_role("button", name="Read this article").click()
    ana.wait_for_url("**/sign-in/**")
    signed_in(ana, "ana")

    expect(ana.get_by_label("Text")).to_have_value(SENTENCE)


def test_who_signs_in_next_in_the_same_browser_sees_nothing_of_it(enter, desk):
    page = enter("ana")
    page.goto(desk)
    page.get_by_label("Summary").fill(SENTENCE)
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Submit for second review").click()
    page.wait_for_url("**/sign-in/**")

    signed_in(page, "ben")
    page.goto(desk)

    expect(page.locator("#head")).to_contain_text("ana has it")
    assert SENTENCE not in page.content()
    assert not Draft.objects.filter(author__username="ben").exists()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/")
    page.goto("/sign-in/")
    signed_in(page, "ana")
    page.goto(desk)
    expect(page.get_by_label("Summary")).to_have_value(SENTENCE)


def test_signing_out_leaves_nothing_in_the_browser_that_the_server_has(enter, desk):
    ana = enter("ana")
    ana.goto(desk)
    ana.get_by_label("Summary").fill(SENTENCE)
    ana.get_by_role("button", name="Sign out").click()

    expect(ana.get_by_role("link", name="Sign in")).to_be_visible()
    assert kept_in(ana) == []
    assert Draft.objects.get().fields["summary"] == SENTENCE


def left_behind(page, person, claim):
    """Have a text in the browser that never reached the server."""
    address = f"/desk/claims/{claim.pk}/draft/"
    fields = {"topics": SENTENCE}
    copy = {"edition": "0", "address": address, "sent": False, "fields": fields}
    page.evaluate(
        "([name, copy]) => localStorage.setItem(name, JSON.stringify(copy))",
        [f"draft:{person.pk}:{claim.pk}:change:onepage", copy],
    )


@pytest.mark.parametrize("address", ["/", "/admin/"])
def test_signing_out_from_any_page_sends_what_is_left_and_clears_it(enter, address):
    olga, claim = a_person("editor", "olga"), a_claim()
    page = enter("olga")
    left_behind(page, olga, claim)
    page.goto(address)

    out = page.get_by_role("button", name=re.compile("(sign|log) out", re.IGNORECASE))
    out.click()
    expect(out).to_have_count(0)
    page.goto("/sign-in/")

    assert kept_in(page) == []
    assert Draft.objects.get().fields == {"topics": SENTENCE}


def test_what_cannot_be_sent_is_told_and_thrown_away_by_signing_out_again(
    enter, people
):
    page = enter("ana")
    left_behind(page, people["ana"], a_claim())
    page.route("**/draft/", lambda route: route.abort())
    page.goto("/")

    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("alert")).to_contain_text("only this browser has it")
    assert len(kept_in(page)) == 1
    page.get_by_role("button", name="Sign out").click()

    expect(page.get_by_role("link", name="Sign in")).to_be_visible()
    assert kept_in(page) == []


def test_two_windows_of_one_person_do_not_write_over_each_other(enter, desk):
    one = enter("ana")
    other = one.context.new_page()
    one.goto(desk)
    other.goto(desk)
    one.get_by_label("Summary").fill("The first window.")
    expect(saved(one)).to_contain_text("draft saved")

    other.get_by_label("Summary").fill("The second window.")
    expect(saved(other)).to_contain_text("in another window")
    expect(saved(other)).to_contain_text("The first window.")
    assert Draft.objects.get().fields["summary"] == "The first window."
    other.get_by_role("button", name="Keep what is in this form").click()
    expect(saved(other)).to_contain_text("draft saved")

    draft = Draft.objects.get()
    assert draft.fields["summary"] == "The second window."
    assert draft.earlier["summary"] == "The first window."


def test_what_was_submitted_is_no_draft_any_more(enter, desk, claim):
    a_citation(claim)
    ana = enter("ana")
    ana.goto(desk)

    ana.get_by_role("radio", name="False").check()
    ana.get_by_label("Summary").fill(SENTENCE)
    ana.get_by_label("Explanation").fill("Three sets of images were compared.")
    ana.get_by_label("Explanation").press("Control+Enter")
    expect(ana.locator("#messages")).to_contain_text("Submitted")
    ana.goto(desk)

    assert not Draft.objects.exists()
    assert kept_in(ana) == []


# --- Two people -----------------------------------------------------------------


def test_who_comes_and_goes_is_seen_within_ten_seconds(enter, desk):
    ana = enter("ana")
    ana.goto(desk)
    here = ana.locator("#presence")

    ben = enter("ben")
    ben.goto(desk)
    expect(here).to_contain_text("ben also here", timeout=SOON_ENOUGH)
    ben.close(run_before_unload=True)

    expect(here).not_to_contain_text("also here", timeout=SOON_ENOUGH)


def test_who_loses_a_claim_is_told_and_keeps_the_text(enter, desk):
    ana, ben = enter("ana"), enter("ben")
    ana.goto(desk)
    ana.get_by_label("Summary").fill(SENTENCE)
    expect(saved(ana)).to_contain_text("draft saved")

    ben.goto(desk)
    ben.get_by_role("button", name="Take over").click()
    expect(ben.locator("#messages")).to_contain_text("The claim is yours")
    expect(ben.get_by_label("Summary")).to_have_value("")

    expect(ana.locator("#presence")).to_contain_text(
        "ben took this claim over", timeout=SOON_ENOUGH
    )
    expect(ana.get_by_label("Summary")).to_have_value(SENTENCE)
    ana.reload()
    expect(ana.locator("#unplaced")).to_contain_text(SENTENCE)
    ana.get_by_role("button", name="Take over").click()
    expect(ana.get_by_label("Summary")).to_have_value(SENTENCE)


# --- A server that dies ----------------------------------------------------------


class Server:
    """A web server of its own, to be killed."""

    def __init__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "granian", "--interface", "wsgi",
             "--host", "127.0.0.1", "--port", str(self.port),
             "config.wsgi:application"],
            cwd=PROJECT,
            env={**os.environ, "DATABASE_URL": test_database_url()},
            start_new_session=True,
        )  # fmt: skip
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                assert self.process.poll() is None, "the server stopped"
                assert time.monotonic() < deadline, "the server did not start"
            else:
                return

    def kill(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def session_of(person, address):
    """Return the cookie of a session: that server hashes no passwords as tests do."""
    client = Client()
    client.force_login(person)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": address}


@pytest.fixture
def server(db):
    server = Server()
    yield server
    server.kill()


def test_a_killed_server_takes_nothing_with_it(new_context, people, desk, server):
    ana = new_context().new_page()
    ana.context.add_cookies([session_of(people["ana"], server.address)])
    ana.goto(server.address + desk)
    ana.get_by_label("Summary").fill("Before.")
    expect(saved(ana)).to_contain_text("draft saved")

    server.kill()
    ana.get_by_label("Summary").fill(SENTENCE)
    expect(saved(ana)).to_contain_text("kept in this browser")
    server.start()
    ana.reload()

    expect(ana.get_by_label("Summary")).to_have_value(SENTENCE)
    # Until then "draft saved" may still be said of what was saved before.
    until(ana, f"{COPIES}.length === 0")
    expect(saved(ana)).to_contain_text("draft saved")
    assert Draft.objects.get().fields["summary"] == SENTENCE
