"""A page of the desk keeps up with what happens, and leaves alone who works on it."""

import threading
import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from claims import editing, workflow
from claims.vocabulary import ClaimStatus
from config.beating import Scheduler
from config.celery import app
from sources import tasks, wire
from sources.models import Check, Source
from sources.vocabulary import SourceState
from sources.wire import pulse
from sources.wire.listening import switchboard
from sources.wire.store import store, trouble
from tests.factories import NOON, a_citation, a_claim, a_person
from tests.live import open_port
from tests.sources.press import Press

pytestmark = pytest.mark.django_db(transaction=True)

SUMMARY = "Three aircraft are destroyed."


@pytest.fixture
def ana(context, live_server):
    """Somebody who is signed in, in all tabs of the browser."""
    ana, client = a_person("reviewer", "ana"), Client()
    client.force_login(ana)
    value = client.cookies["sessionid"].value
    cookie = {"name": "sessionid", "value": value, "url": live_server.url}
    context.add_cookies([cookie])
    pulse.beat(pulse.everybody())
    yield ana
    for tab in context.pages:
        tab.goto("about:blank")


@pytest.fixture
def claim(ana):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)
    Source.objects.update(due_at=timezone.now() + timedelta(days=1))
    return claim


@pytest.fixture
def unseen(claim):
    """A page that the claim cites and that nobody has looked at yet."""
    return a_citation(claim, intact=False).passage.source


def at(claim):
    return reverse("desk:claim", args=[claim.pk])


def looked_at(source):
    """What a worker does to a page that turns out to be behind a wall."""
    Source.objects.filter(pk=source.pk).update(
        state=SourceState.BLOCKED,
        last_checked_at=timezone.now(),
        due_at=timezone.now() + timedelta(days=1),
    )
    wire.tell([f"source:{source.pk}"])


def is_told(page):
    expect(page.locator("html")).to_have_attribute("data-told", "on", timeout=30_000)


def test_a_check_is_seen_to_progress_while_somebody_types(ana, claim, worker, page):
    with Press(port=open_port()) as press:
        words = "The mill on the river burned on Monday night, the mayor said. "
        address = press.page(
            "/a", f"<article><h1>Mill</h1><p>{words * 5}</p></article>"
        )
        editing.cite(
            claim,
            url=address,
            exact="burned on Monday night",
            by=ana,
            at=timezone.now(),
        )
        page.goto(at(claim))
        is_told(page)
        page.get_by_label("Summary").fill(SUMMARY)
        page.evaluate("window.stayed = true; scrollTo(0, 120)")
        page.get_by_label("Summary").evaluate(
            "field => { field.focus(); field.setSelectionRange(6, 14); }"
        )
        before = page.evaluate("[scrollX, scrollY]")

        tasks.dispatch.delay()

        words = page.locator("#sources mark").filter(has_text="burned on Monday")
        expect(words).to_be_visible(timeout=60_000)
        expect(page.locator("#announcements")).to_have_text("One source was read.")
        field = page.get_by_label("Summary")
        expect(field).to_be_focused()
        expect(field).to_have_value(SUMMARY)
        caret = field.evaluate("field => [field.selectionStart, field.selectionEnd]")
        assert caret == [6, 14]
        assert page.evaluate("[scrollX, scrollY]") == before
        assert page.evaluate("window.stayed")


def test_a_source_that_failed_is_tried_again_without_leaving(ana, claim, worker, page):
    with Press(port=open_port()) as press:
        words = "The mill on the river burned on Monday night, the mayor said. "
        address = press.page(
            "/a", f"<article><h1>Mill</h1><p>{words * 5}</p></article>"
        )
        source = editing.cite(
            claim, url=address, exact="burned on Monday", by=ana, at=timezone.now()
        ).passage.source
        later = timezone.now() + timedelta(minutes=16)
        Source.objects.filter(pk=source.pk).update(
            state=SourceState.FAILING, last_checked_at=timezone.now(), due_at=later
        )
        Check.objects.create(
            source=source,
            lease_token=source.pk,
            started_at=timezone.now(),
            duration_ms=1,
            outcome="failing",
            detail="The site did not answer within thirty seconds.",
        )
        page.goto(at(claim))
        is_told(page)
        page.get_by_label("Summary").fill(SUMMARY)
        page.evaluate("window.stayed = true")
        failed = page.locator(".evidence").filter(has_text="within thirty seconds")
        expect(failed).to_contain_text("Tried again in 15")

        failed.get_by_role("button", name="Try again").click()

        mark = page.locator("#sources mark").filter(has_text="burned on Monday")
        expect(mark).to_be_visible(timeout=60_000)
        expect(page.locator("#announcements")).to_have_text("One source was read.")
        expect(page.get_by_label("Summary")).to_have_value(SUMMARY)
        assert page.evaluate("window.stayed")


def test_what_is_open_and_selected_in_a_part_that_changes_stays(claim, unseen, page):
    page.goto(at(claim))
    is_told(page)
    seen = page.locator(".evidence").first
    page.evaluate(
        """() => {
          const words = document.querySelector(".source-text p").firstChild;
          getSelection().setBaseAndExtent(words, 0, words, 7);
          document.querySelectorAll("details").forEach((each) => { each.open = true; });
        }"""
    )
    opened = page.locator("details[open]").count()
    seen.locator("h3 a").focus()
    page.evaluate("window.part = document.querySelector('.evidence')")

    looked_at(unseen)

    expect(page.locator("#sources")).to_contain_text("Blocked")
    expect(seen.locator("h3 a")).to_be_focused()
    assert page.evaluate("String(getSelection())") == "Before."
    assert page.locator("details[open]").count() == opened
    assert page.evaluate("window.part === document.querySelector('.evidence')")


def test_without_a_stream_a_page_looks_by_itself(context, claim, unseen, page):
    context.route("**/desk/live/**", lambda route: route.fulfill(status=503))
    page.goto(at(claim))
    expect(page.locator("#sources")).to_contain_text("A worker looks at it soon")

    looked_at(unseen)

    expect(page.locator("#sources")).to_contain_text("Blocked", timeout=30_000)
    expect(page.locator("html")).to_have_attribute("data-told", "off")


def test_a_stream_that_breaks_leaves_a_page_that_looks_by_itself(claim, unseen, page):
    page.goto(at(claim))
    is_told(page)
    page.context.route("**/desk/live/**", lambda route: route.abort())

    for stream in list(switchboard()._streams):
        stream.close()
    expect(page.locator("html")).to_have_attribute("data-told", "off", timeout=30_000)
    looked_at(unseen)

    expect(page.locator("#sources")).to_contain_text("Blocked", timeout=30_000)


def test_two_tabs_share_one_stream(context, claim, unseen, page):
    page.goto("/desk/inbox/")
    is_told(page)
    other = context.new_page()
    # Whoever reads the stream follows from now on what the other tab shows as well.
    with page.expect_request(lambda request: str(unseen.pk) in request.url):
        other.goto(at(claim))
    is_told(other)

    looked_at(unseen)

    expect(other.locator("#sources")).to_contain_text("Blocked")
    assert switchboard().streams == 1


def test_when_the_tab_that_reads_the_stream_goes_another_does(context, claim, page):
    page.goto("/desk/inbox/")
    is_told(page)
    other = context.new_page()
    other.goto(at(claim))
    is_told(other)

    with other.expect_request("**/desk/live/**"):
        page.close()

    is_told(other)


def test_without_redis_the_desk_works_and_says_so(claim, page, monkeypatch):
    monkeypatch.setattr(settings, "REDIS_URL", "redis://127.0.0.1:1/0")
    store.cache_clear()
    try:
        page.goto(at(claim))

        expect(page.locator("#workers")).to_contain_text("cannot be reached")
        page.get_by_label("Summary").fill(SUMMARY)
        expect(page.locator("#review [data-saved]")).to_contain_text("draft saved")
        expect(page.locator("html")).to_have_attribute("data-told", "off")
    finally:
        store.cache_clear()
        trouble.end()


def test_that_no_worker_answers_is_shown_and_taken_away_again(ana, page):
    page.goto("/desk/")
    is_told(page)
    expect(page.locator("#workers")).to_be_empty()
    an_hour_ago = int(timezone.now().timestamp()) - 3600
    store().hset(pulse.KEY, mapping=dict.fromkeys(settings.WORKER_QUEUES, an_hour_ago))
    wire.tell(["workers"])

    notice = page.locator("#workers")
    expect(notice).to_contain_text("The workers have not answered since")
    expect(notice).to_contain_text("reviewing goes on")
    expect(page.locator("#announcements")).to_contain_text("have not answered")

    pulse.beat(pulse.everybody())
    wire.tell(["workers"])

    expect(notice).to_be_empty()


def test_that_nothing_hands_out_work_is_shown_though_the_workers_answer(ana, page):
    page.goto("/desk/")
    is_told(page)
    an_hour_ago = int(timezone.now().timestamp()) - 3600
    store().hset(pulse.KEY, pulse.SCHEDULE, str(an_hour_ago))
    wire.tell(["workers"])

    notice = page.locator("#workers")
    expect(notice).to_contain_text("nothing hands them work")

    pulse.beat([pulse.SCHEDULE])
    wire.tell(["workers"])

    expect(notice).to_be_empty()


def test_the_clock_says_by_itself_that_it_ticks(db, tmp_path):
    store().hdel(pulse.KEY, pulse.SCHEDULE)
    scheduler = Scheduler(
        app=app, schedule_filename=str(tmp_path / "beat"), lazy=True, schedule={}
    )
    scheduler._store = {"entries": {}}

    left = scheduler.tick()

    assert not pulse.silent([pulse.SCHEDULE])
    assert 0 < left <= pulse.EVERY.total_seconds()


def test_a_worker_says_by_itself_that_it_is_there(worker):
    deadline = time.monotonic() + 4 * pulse.EVERY.total_seconds()
    while pulse.silent(settings.WORKER_QUEUES):
        assert time.monotonic() < deadline, "it says nothing"
        threading.Event().wait(0.05)


def test_what_happened_is_said_once_in_five_seconds(claim, page):
    page.clock.install()
    sources = [a_citation(claim, intact=False).passage.source for _ in range(3)]
    page.goto(at(claim))
    page.evaluate(
        """() => {
          window.said = [];
          const region = document.getElementById("announcements");
          new MutationObserver(() => window.said.push(region.textContent)).observe(
            region, { childList: true, characterData: true, subtree: true });
        }"""
    )
    sources_part = page.locator("#sources")

    def one_more(number):
        looked_at(sources[number])
        page.evaluate("htmx.trigger('#sources', 'live')")
        expect(sources_part.get_by_text("Blocked", exact=True)).to_have_count(
            number + 1
        )

    one_more(0)
    page.clock.run_for(100)
    one_more(1)
    one_more(2)
    page.clock.run_for(4_000)
    assert page.evaluate("window.said") == ["One source could not be read."]
    page.clock.run_for(2_000)

    assert page.evaluate("window.said") == [
        "One source could not be read.",
        "2 sources could not be read.",
    ]


def test_the_queue_keeps_up_without_moving_a_row(ana, page):
    ben = a_person("reviewer", "ben")
    claims = [a_claim(due_at=NOON + timedelta(hours=n)) for n in range(3)]
    page.goto("/desk/?tab=unclaimed")
    is_told(page)
    rows = page.locator("tbody > tr")
    expect(rows).to_have_count(3)
    rows.nth(2).get_by_role("checkbox").check()
    rows.nth(1).get_by_role("link").first.focus()
    place = rows.nth(1).bounding_box()

    a_claim(due_at=NOON - timedelta(hours=1))  # the most urgent: it would come first
    workflow.take(claims[0], by=ben, at=timezone.now())

    bar = page.get_by_role("link", name="1 new")
    expect(bar).to_be_visible(timeout=30_000)
    expect(rows.nth(0)).to_contain_text("ben has it now")
    expect(rows).to_have_count(3)
    assert rows.nth(1).bounding_box()["y"] == place["y"]
    expect(rows.nth(1).get_by_role("link").first).to_be_focused()
    expect(rows.nth(2).get_by_role("checkbox")).to_be_checked()
    expect(page.locator("#announcements")).to_contain_text("One more claim waits.")
    expect(page.locator("#queue-heaps")).to_contain_text("Unclaimed 3")

    bar.click()

    expect(rows.nth(0).get_by_role("link").first).to_be_focused()
    expect(
        rows.filter(has_text=claims[2].statement).get_by_role("checkbox")
    ).to_be_checked()
    expect(bar).to_have_count(0)
