"""Many sources fetched one beside the other, and what needs no reading written down."""

import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sources import checking, leasing, tasks
from sources.models import Capture, Check, Host, Passage, Source
from sources.vocabulary import Outcome, PassageState, SourceState
from tests.environment import PROJECT
from tests.factories import NOON
from tests.sources.looking import RULES, TERMS
from tests.sources.press import stalls, validated

pytestmark = pytest.mark.django_db

QUOTE = "minimal damage to the hall"
STORY = (
    "<title>A story</title><article><p>The ministry said on Saturday that the strike had"
    f" done only {QUOTE}, and that nobody was hurt in the night.</p></article>"
)
HEAVY = ("trafilatura", "lxml", "spacy", "pypdfium2")


def looked_at(press, lookout, number):
    """Sources that were read once; their pages have not changed since."""
    sources = []
    for n in range(number):
        press.on(f"/{n}", validated(STORY, etag='"v1"'))
        sources.append(lookout.attach(f"/{n}", QUOTE))
    lookout.look_at_all()
    lookout.pass_time(days=1)
    return sources


@pytest.mark.parametrize("outcome", ["unchanged", "lost"])
def test_a_look_at_many_sources_takes_as_many_statements_as_one(
    press, lookout, outcome
):
    looked_at(press, lookout, 30)
    if outcome == "lost":
        for n in range(30):
            press.page(f"/{n}", "gone", status=410)
    one, *many = leasing.lease_due(now=lookout.now, terms=replace(TERMS, batch=1))
    assert many == []
    (rest,) = leasing.lease_due(now=lookout.now, terms=TERMS)

    few = statements(lookout, one)
    assert len(rest.source_ids) == 29
    # The answers come in a few waves, each of them written for itself.
    assert statements(lookout, rest) <= few * 4


def statements(lookout, lease):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        checks = lookout.work_off(lease)
    assert len(checks) == len(lease.source_ids)
    return len(captured)


def test_sites_that_stall_cost_their_places_and_not_the_time_of_others(press, lookout):
    for n in range(3):
        press.on(f"/stalled/{n}", stalls)
        lookout.attach(f"/stalled/{n}")
    lookout.pass_time(minutes=1)
    for n in range(9):
        press.page(f"/{n}", "gone", status=410)
        lookout.attach(f"/{n}")
    terms = replace(TERMS, batch=4)
    (lease,) = leasing.lease_due(now=lookout.now, terms=terms)
    asked = []

    def more(number):
        asked.append(number)
        few = replace(terms, batch=number)
        return next(
            iter(leasing.lease_due(now=lookout.now, terms=few, begun=True)), None
        )

    waves = checking.fetch(
        lease,
        door=lookout.door,
        rules=replace(RULES, places=6),
        clock=lambda: lookout.now,
        more=more,
    )
    order = [check.http_status for wave in waves for check in wave.checks]

    # The door waits two seconds here, and what stalls is thought of after one.
    assert order == [410] * 9 + [None] * 3
    assert max(asked) <= 6


def test_a_source_that_broke_its_worker_before_shares_it_with_nobody(press, lookout):
    press.page("/a", "gone", status=410)
    press.page("/b", "gone", status=410)
    broken = lookout.attach("/a")
    lookout.attach("/b")
    Source.objects.filter(pk=broken.pk).update(attempts=1)
    alone = next(
        each
        for each in leasing.lease_due(now=lookout.now, terms=TERMS)
        if each.source_ids == (broken.pk,)
    )

    def more(number):
        raise AssertionError("it took on more")

    waves = checking.fetch(
        alone, door=lookout.door, rules=RULES, clock=lambda: lookout.now, more=more
    )

    assert [len(wave.checks) for wave in waves] == [1]


def test_what_the_door_refuses_says_nothing_about_the_page(press, lookout, settings):
    settings.SOURCES_ALLOW_PORTS = [press.port, 9]
    source = lookout.attach("/a")
    closed = f"http://127.0.0.1:9/{source.pk}"
    Source.objects.filter(pk=source.pk).update(
        canonical_url=closed, state=SourceState.FAILING, failures=2, failing_since=NOON
    )

    check = lookout.look(source)

    assert check.outcome == Outcome.REFUSED
    assert (source.state, source.failures) == (SourceState.FAILING, 2)
    assert source.failing_since == NOON
    assert source.due_at > lookout.now


def test_a_page_that_sends_on_to_a_closed_address_is_blocked(press, lookout):
    press.redirect("/a", "http://10.0.0.1/")
    source = lookout.attach("/a")

    check = lookout.look(source)

    assert (check.outcome, source.state) == (Outcome.REFUSED, SourceState.BLOCKED)


def test_an_answer_to_be_read_is_kept_with_its_lease(press, lookout):
    press.page("/a", STORY)
    source = lookout.attach("/a")
    (lease,) = leasing.lease_due(now=lookout.now, terms=TERMS)

    (wave,) = checking.fetch(
        lease, door=lookout.door, rules=RULES, clock=lambda: lookout.now
    )

    assert wave.checks == []
    assert wave.unread == [replace(lease, fetched=True)]
    capture = Capture.objects.get()
    assert (capture.source, capture.lease_token) == (source, lease.token)
    source.refresh_from_db()
    assert (source.attempts, source.lease_token) == (0, lease.token)


# --- Courtesy, through the door that the workers have ---------------------------------


@pytest.fixture
def polite_lookout(lookout):
    """Somebody who looks through the workers' own door, by the real clock."""
    mine, lookout.door = lookout.door, tasks.doorkeeper()
    lookout.now = timezone.now()
    yield lookout
    lookout.door = mine
    tasks.close_door()


def test_a_source_whose_site_wants_peace_is_put_off_and_not_checked(
    press, polite_lookout
):
    press.page("/a", STORY)
    source = polite_lookout.attach("/a")
    (lease,) = leasing.lease_due(now=polite_lookout.now, terms=TERMS)
    # The pause is heard of after the lease was given.
    until = polite_lookout.now + timedelta(hours=2)
    Host.objects.create(
        name="127.0.0.1",
        paused_at=polite_lookout.now,
        paused_until=until,
        pause_reason="It asked to be left alone.",
    )

    assert polite_lookout.work_off(lease) == []

    source.refresh_from_db()
    assert not Check.objects.exists()
    assert press.requests == []
    assert (source.attempts, source.lease_token) == (0, None)
    assert abs(source.due_at - until) < timedelta(minutes=1)
    # And nothing of that host is leased meanwhile.
    Source.objects.update(due_at=polite_lookout.now)
    assert leasing.lease_due(now=polite_lookout.now, terms=TERMS) == []


def test_a_page_that_robots_txt_forbids_is_blocked_and_its_words_stand(
    press, polite_lookout
):
    press.page("/a", STORY)
    source = polite_lookout.attach("/a", QUOTE)
    Passage.objects.update(state=PassageState.ALTERED)
    press.page("/robots.txt", "User-agent: *\nDisallow: /a\n", media_type="text/plain")

    check = polite_lookout.look(source)

    assert (check.outcome, source.state) == (Outcome.ROBOTS, SourceState.BLOCKED)
    assert Passage.objects.get().state == PassageState.ALTERED
    assert press.asked_for("/a") == []


# --- What a worker carries -------------------------------------------------------------


def test_a_worker_that_fetches_carries_nothing_that_reads():
    script = (
        "import sys; from config.celery import app; app.loader.import_default_modules();"
        "from sources import tasks; tasks.doorkeeper(); tasks.close_door();"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )

    said = subprocess.run(
        [sys.executable, "-c", script],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert said.stdout.strip() == "[]"


def test_a_message_of_an_earlier_lease_leaves_what_a_later_one_fetched(press, lookout):
    press.page("/a", STORY)
    source = lookout.attach("/a", QUOTE)
    (early,) = leasing.lease_due(now=lookout.now, terms=TERMS)
    lookout.pass_time(minutes=3)
    (late,) = leasing.lease_due(now=lookout.now, terms=TERMS)

    for lease in (late, early):
        list(
            checking.fetch(
                lease, door=lookout.door, rules=RULES, clock=lambda: lookout.now
            )
        )

    kept = Capture.objects.get()
    assert (kept.source_id, kept.lease_token) == (source.pk, late.token)
    assert len(press.requests) == 1
