"""Why a source stands where it does, and whether what is foretold comes true."""

from datetime import timedelta
from uuid import uuid4

import pytest

from sources import telling
from sources.checking import weighing
from sources.checking.verdicts import Trouble
from sources.models import Check, Host
from sources.telling import standing
from sources.vocabulary import Outcome
from tests.factories import NOON, a_source

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def a_look(source, outcome, *, status=None, detail="", at=NOON - HOUR):
    return Check.objects.create(
        source=source,
        lease_token=uuid4(),
        started_at=at,
        duration_ms=90,
        outcome=outcome,
        http_status=status,
        detail=detail,
    )


def failing(failures, *, since=NOON - HOUR, status=503, detail="Trouble (503)."):
    source = a_source(
        state="failing", failures=failures, failing_since=since, due_at=NOON + HOUR
    )
    a_look(source, "failing", status=status, detail=detail)
    return source


def test_how_many_failures_make_it_gone_is_told_as_the_workers_count_them():
    assert weighing._LEAST_FAILURES == {
        Trouble.PASSING: standing.PASSING_FAILURES,
        Trouble.FINAL: standing.FINAL_FAILURES,
    }


@pytest.mark.parametrize(
    ("failures", "how", "foretold"),
    [
        (
            1,
            {},
            "It counts as gone after 2 more failures, not before 17 March 2026, 11:00.",
        ),
        (
            2,
            {},
            "It counts as gone after one more failure, not before 17 March 2026, 11:00.",
        ),
        (7, {}, "If it still fails after 17 March 2026, 11:00, it counts as gone."),
        (
            1,
            {"status": 410},
            "It counts as gone after one more failure, not before 15 March 2026, 11:00.",
        ),
        (
            1,
            {"status": None, "detail": "The site's name does not exist."},
            "It counts as gone after one more failure, not before 15 March 2026, 11:00.",
        ),
    ],
)
def test_what_more_failures_do_is_foretold(failures, how, foretold):
    assert telling.account(failing(failures, **how), now=NOON).next == foretold


def test_a_failing_source_says_since_when_how_often_and_what_the_site_said():
    why = telling.account(failing(3), now=NOON).why

    assert why == (
        "The last 3 checks failed, the first of them on 14 March 2026, 11:00.",
        "The last check, 1 hour ago: Trouble (503).",
    )


def test_a_blocked_source_is_never_said_to_be_dead():
    for outcome in ("blocked", "robots", "refused"):
        source = a_source(state="blocked", state_since=NOON - DAY)
        a_look(source, outcome)

        told = telling.account(source, now=NOON)

        assert "gone" not in told.next
        assert any(
            "does not count as gone" in s or "nothing about the page" in s
            for s in told.why
        )


def test_a_source_that_was_given_up_says_why_and_how_to_free_it():
    source = a_source(parked_at=NOON - HOUR, attempts=4)

    told = telling.account(source, now=NOON)

    assert "began to look at it 4 times and broke off" in told.why[-1]
    assert told.when == "Not before somebody has it checked."


@pytest.mark.parametrize(
    ("fields", "when"),
    [
        ({"due_at": NOON}, "It is due now and waits for a worker."),
        (
            {"due_at": NOON, "lease_token": uuid4(), "lease_until": NOON + HOUR},
            "A worker is looking at it now.",
        ),
        ({"due_at": NOON + 3 * HOUR}, "In 3 hours (15:00)."),
        ({"due_at": NOON + HOUR / 120}, "Within a minute (12:00)."),
        ({"due_at": NOON + 2 * DAY}, "In 2 days (16 March 2026, 12:00)."),
        (
            {"due_at": NOON + 3 * HOUR, "last_checked_at": NOON - HOUR},
            (
                "In 3 hours (15:00). By how often it changes, a check about every 6 "
                "hours is enough."
            ),
        ),
        (
            {
                "due_at": NOON + HOUR,
                "last_checked_at": NOON,
                "interval": timedelta(seconds=1),
            },
            (
                "In 1 hour (13:00). By how often it changes, a check about every "
                "minute is enough."
            ),
        ),
    ],
)
def test_when_it_is_looked_at_is_told(fields, when):
    assert telling.account(a_source(**fields), now=NOON).when == when


@pytest.mark.parametrize(
    ("state", "interval", "wait", "says"),
    [
        ("failing", DAY, HOUR, "In 1 hour (13:00), sooner than usual while it fails."),
        ("failing", HOUR / 60, HOUR, "In 1 hour (13:00)."),
        ("gone", HOUR, 3 * HOUR, "In 3 hours (15:00). It is asked less often now."),
        ("gone", DAY, HOUR, "In 1 hour (13:00)."),
    ],
)
def test_a_page_in_trouble_is_said_to_be_asked_sooner_only_where_it_is(
    state, interval, wait, says
):
    source = a_source(
        state=state,
        failures=3,
        failing_since=NOON - DAY,
        last_checked_at=NOON,
        due_at=NOON + wait,
        interval=interval,
    )

    assert telling.account(source, now=NOON).when == says


def test_what_makes_it_gone_today_is_told_by_the_clock(settings):
    settings.SOURCES_FAILED_AFTER = timedelta(hours=2)

    told = telling.account(failing(1), now=NOON)

    assert told.next == "It counts as gone after 2 more failures, not before 13:00."


def test_what_lasted_long_enough_is_given_no_day_in_the_past():
    told = telling.account(failing(1, since=NOON - 9 * DAY), now=NOON)

    assert told.next == "It counts as gone after 2 more failures."


def test_a_page_that_answers_and_cannot_be_read_is_not_called_live():
    source = a_source(state="live", last_checked_at=NOON)
    a_look(source, "unsupported", status=200, detail="It shows no text.", at=NOON)

    told = telling.account(source, now=NOON)

    assert told.label == "Answers, but cannot be read here"
    assert told.why == (
        "The page answers, but cannot be read here.",
        "The last check, just now: It shows no text.",
    )


def test_a_site_that_asks_for_fewer_visits_locks_nobody_out():
    source = a_source(state="blocked", state_since=NOON - DAY)
    a_look(source, "blocked", status=429)

    told = telling.account(source, now=NOON)

    assert told.label == "Asked for fewer visits"
    assert told.why[0].startswith("The site asked for fewer visits")


def test_of_another_address_of_a_page_only_that_is_told():
    page = a_source()
    alias = a_source(same_as=page, state="failing", failures=2, failing_since=NOON)
    a_look(alias, "failing", status=503)

    told = telling.account(alias, now=NOON)

    assert (told.why, told.next) == ((), "")
    assert told.when == ("Not under this address: the other one is looked at instead.")


def test_while_its_site_is_left_alone_nothing_sooner_is_promised():
    source = a_source(due_at=NOON + HOUR)
    Host.objects.create(
        name=source.host,
        paused_at=NOON,
        paused_until=NOON + 5 * HOUR,
        pause_reason="It asked for five hours.",
    )

    told = telling.account(source, now=NOON)

    assert told.when.startswith("In 5 hours (17:00)")
    assert told.pause.pause_reason == "It asked for five hours."


def test_that_it_is_looked_at_more_closely_is_told_while_it_lasts():
    source = a_source(closely_until=NOON + DAY)

    assert telling.account(source, now=NOON).closely_until == NOON + DAY
    assert telling.account(source, now=NOON + 2 * DAY).closely_until is None


def test_what_a_look_found_is_called_in_plain_words():
    assert Outcome.ROBOTS.label == "Kept out by robots.txt"
    assert Outcome.SOFT_GONE.label == "Not there, though it answers"
    assert Outcome.UNSUPPORTED.label == "Cannot be read here"
