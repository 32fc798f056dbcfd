"""One look at a source: what it finds, what it writes down, when it looks again."""

import hashlib
from datetime import timedelta

import pytest
from django.db import connection

from sources.models import Check, Passage, Sighting, Snapshot, Source
from sources.vocabulary import Outcome, PassageState, SourceState
from tests.factories import NOON
from tests.sources.press import answer, raw, stalls, validated

QUOTE = "only minimal damage to two halls"
STORY = (
    "<html lang=en><head><title>Strike on Orumat | The Post</title>"
    '<meta property="og:site_name" content="The Post"></head><body><nav>Home</nav>'
    "<article><h1>Strike on Orumat</h1>"
    "<p>The ministry said on Saturday that the strike had done only <b>min</b>imal damage to"
    " two halls, and that 12 people were treated for smoke in the nearest hospital.</p>"
    "<p>A former inspector, who had looked at the pictures of the morning after, said that"
    " the roof of the larger hall was no longer there at all.</p></article></body></html>"
)


def story(**changes):
    page = STORY
    for old, new in changes.values():
        assert old in page
        page = page.replace(old, new)
    return page


# --- A page that is there -----------------------------------------------------


def test_the_first_look_reads_the_page_and_keeps_it(press, lookout):
    press.page("/a", STORY, headers=[("ETag", '"v1"')])
    source = lookout.attach("/a", QUOTE)

    check = lookout.look(source)

    assert check.outcome == Outcome.CHANGED
    assert check.detail == "The page was read for the first time."
    assert (check.http_status, check.hops) == (200, [])
    assert check.bytes == len(STORY)
    assert source.state == SourceState.LIVE
    assert (source.title, source.publisher) == ("Strike on Orumat", "The Post")
    assert (source.language, source.etag) == ("en", '"v1"')
    assert source.final_url == source.canonical_url
    assert source.lease_token is None
    snapshot = Snapshot.objects.get()
    assert check.snapshot == snapshot
    assert snapshot.body == STORY.encode()
    assert snapshot.sha256 == hashlib.sha256(STORY.encode()).hexdigest()
    passage = Passage.objects.get()
    assert passage.state == PassageState.INTACT
    assert snapshot.text[passage.start : passage.end] == QUOTE
    sighting = Sighting.objects.get()
    assert (sighting.state, sighting.snapshot, sighting.at) == (
        "intact",
        snapshot,
        NOON,
    )


def test_a_page_that_says_it_is_unchanged_is_taken_at_its_word(press, lookout):
    press.on("/a", validated(STORY, etag='"v1"'))
    source = lookout.attach("/a", QUOTE)
    lookout.look(source)

    check = lookout.look(source)

    assert (check.outcome, check.http_status) == (Outcome.UNCHANGED, 304)
    assert Snapshot.objects.count() == Sighting.objects.count() == 1


def test_every_fifth_look_reads_the_page_whole(press, lookout):
    press.on("/a", validated(STORY, etag='"v1"'))
    source = lookout.attach("/a", QUOTE)

    statuses = [lookout.look(source).http_status for _ in range(11)]

    assert statuses == [200, 304, 304, 304, 304] * 2 + [200]


def test_a_lying_validator_hides_an_edit_for_five_looks_at_most(press, lookout):
    press.on("/a", validated(STORY, etag='"v1"'))
    source = lookout.attach("/a", QUOTE)
    lookout.look(source)
    press.on("/a", validated(story(a=("two halls", "six halls")), etag='"v1"'))

    outcomes = [lookout.look(source).outcome for _ in range(5)]

    assert outcomes[-1] == Outcome.CHANGED
    assert Passage.objects.get().state == PassageState.ALTERED


@pytest.mark.parametrize(
    "changes",
    [
        {"same": ("<body>", "<body>")},
        {"nonce": ("<body>", "<body data-nonce='af31'><script>t=1</script>")},
        {
            "advertisement": (
                "<nav>Home</nav>",
                "<nav>Home</nav><div>Buy shoes now</div>",
            )
        },
        {"typography": ("two halls, and", "two\u00a0halls, and")},
    ],
)
def test_what_no_reader_would_call_a_change_is_none(press, lookout, changes):
    press.page("/a", STORY)
    source = lookout.attach("/a", QUOTE)
    lookout.look(source)
    press.page("/a", story(**changes))

    check = lookout.look(source)

    assert check.outcome == Outcome.UNCHANGED
    assert Snapshot.objects.count() == Sighting.objects.count() == 1


def test_one_changed_word_is_a_change_that_is_kept(press, lookout):
    press.page("/a", STORY)
    source = lookout.attach("/a", QUOTE)
    lookout.look(source)
    press.page("/a", story(word=("no longer there", "hardly there")))

    check = lookout.look(source)

    assert check.outcome == Outcome.CHANGED
    assert Snapshot.objects.count() == 2
    passage = Passage.objects.get()
    assert passage.state == PassageState.INTACT
    assert passage.snapshot == check.snapshot


def test_a_silent_edit_of_the_quoted_words_is_seen_with_its_difference(press, lookout):
    press.page("/a", STORY)
    source = lookout.attach("/a", "12 people were treated", QUOTE)
    lookout.look(source)
    press.page("/a", story(number=("12 people", "15 people")))
    lookout.pass_time(hours=1)

    check = lookout.look(source)

    passage = Passage.objects.get(exact="12 people were treated")
    assert (passage.state, passage.state_since) == (PassageState.ALTERED, lookout.now)
    assert check.snapshot.text[passage.start : passage.end] == "15 people were treated"
    sighting = passage.sightings.newest_first()[0]
    assert sighting.found == "15 people were treated"
    assert sighting.diff == [["-", "12 "], ["+", "15 "], ["=", "people were treated"]]
    assert Passage.objects.get(exact=QUOTE).state == PassageState.INTACT
    assert list(Sighting.objects.since(lookout.now)) == [sighting]


def test_an_edit_of_the_edit_is_seen_and_so_is_the_way_back(press, lookout):
    source = lookout.attach("/a", "12 people were treated")
    states = []

    for number in ("12", "15", "15", "16", "12"):
        press.page("/a", story(number=("12 people", f"{number} people")))
        lookout.look(source)
        states.append((Passage.objects.get().state, Sighting.objects.count()))

    assert states == [
        ("intact", 1),
        ("altered", 2),
        ("altered", 2),
        ("altered", 3),
        ("intact", 4),
    ]


def test_words_are_missing_only_when_they_were_missed_twice_in_a_row(press, lookout):
    press.page("/a", STORY)
    source = lookout.attach("/a", QUOTE)
    lookout.look(source)
    seen_in = Passage.objects.get().snapshot
    without = "The ministry made no statement at all, neither then nor later, and its press office was closed"
    shortened = (
        STORY[: STORY.index("The ministry")]
        + without
        + STORY[STORY.index(", and that 12") :]
    )
    press.page("/a", shortened)

    lookout.look(source)
    assert Passage.objects.get().state == PassageState.INTACT
    assert source.due_at <= lookout.now + timedelta(minutes=15)
    press.page("/a", STORY)
    lookout.look(source)
    assert Passage.objects.get().misses == 0
    press.page("/a", shortened)
    lookout.look(source)
    lookout.look(source)

    passage = Passage.objects.get()
    assert passage.state == PassageState.MISSING
    assert passage.snapshot == seen_in
    assert Sighting.objects.newest_first()[0].state == PassageState.MISSING


def test_words_added_to_a_known_page_are_looked_for_though_it_is_unchanged(
    press, lookout
):
    press.on("/a", validated(STORY, etag='"v1"'))
    source = lookout.attach("/a", QUOTE)
    lookout.look(source)
    lookout.attach("/a", "the roof of the larger hall was no longer there")

    check = lookout.look(source)

    assert check.outcome == Outcome.UNCHANGED
    assert Passage.objects.intact().count() == 2
    assert Snapshot.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_words_added_while_a_page_is_fetched_are_looked_for_soon(press, lookout):
    source = lookout.attach("/a", QUOTE)
    page = answer(STORY)

    def meanwhile(request, line):
        Passage.objects.get_or_create(
            source=source,
            exact="the larger hall",
            defaults={"state_since": NOON, "added_at": NOON},
        )
        connection.close()
        page(request, line)

    press.on("/a", page)
    lookout.look(source)
    press.on("/a", meanwhile)
    lookout.look(source)
    due_at = source.due_at
    lookout.look(source)

    assert due_at == lookout.now
    assert Passage.objects.intact().count() == 2


@pytest.mark.django_db(transaction=True)
def test_words_added_before_a_page_is_read_are_looked_for_at_once(press, lookout):
    source = lookout.attach("/a", QUOTE)
    page = answer(STORY)

    def meanwhile(request, line):
        Passage.objects.create(
            source=source, exact="the larger hall", state_since=NOON, added_at=NOON
        )
        connection.close()
        page(request, line)

    press.on("/a", meanwhile)
    lookout.look(source)

    assert source.due_at > lookout.now
    assert Passage.objects.intact().count() == 2


def test_words_that_are_missing_cost_no_whole_look_until_the_page_changes(
    press, lookout
):
    press.on("/a", validated(STORY, etag='"v1"'))
    source = lookout.attach("/a", "words that never stood on this page at all")
    for _ in range(2):
        lookout.look(source)

    assert Passage.objects.get().state == PassageState.MISSING
    assert lookout.look(source).http_status == 304


def test_what_a_person_wrote_about_a_page_stays(press, lookout):
    press.page("/a", STORY)
    source = lookout.attach("/a")
    Source.objects.update(title="My title")

    lookout.look(source)

    assert (source.title, source.publisher) == ("My title", "The Post")


def test_a_page_that_moved_for_good_is_said_to_have_moved_once(press, lookout):
    press.page("/a", STORY)
    source = lookout.attach("/a", QUOTE)
    lookout.look(source)
    press.redirect("/a", "/b", status=301)
    press.page("/b", STORY)

    first, second = lookout.look(source), lookout.look(source)

    assert (first.outcome, second.outcome) == (Outcome.MOVED, Outcome.UNCHANGED)
    assert first.detail == f"The page has moved to {press.url('/b')}"
    assert first.hops == [
        {"url": press.url("/a"), "status": 301, "address": "127.0.0.1"}
    ]
    assert source.state == SourceState.MOVED
    assert source.final_url == press.url("/b")
    assert Passage.objects.get().state == PassageState.INTACT


def test_a_page_that_is_elsewhere_for_now_has_not_moved(press, lookout):
    press.redirect("/a", "/b", status=302)
    press.page("/b", STORY)

    source = lookout.attach("/a", QUOTE)
    check = lookout.look(source)

    assert check.outcome == Outcome.CHANGED
    assert source.state == SourceState.LIVE


# --- A page that is kept from us ------------------------------------------------


@pytest.mark.parametrize("status", [401, 402, 403, 429, 451, 999])
def test_a_site_that_turns_us_away_is_blocked_and_never_dead(press, lookout, status):
    press.page("/a", STORY)
    source = lookout.attach("/a", QUOTE)
    lookout.look(source)
    press.page("/a", "<h1>Go away</h1>", status=status)

    for _ in range(6):
        lookout.pass_time(days=3)
        check = lookout.look(source)

    assert check.outcome == Outcome.BLOCKED
    assert str(status) in check.detail
    assert source.state == SourceState.BLOCKED
    assert Passage.objects.get().state == PassageState.INTACT


@pytest.mark.parametrize(
    ("page", "status"),
    [
        (
            "<title>Just a moment...</title><p>Checking your browser before you go on",
            503,
        ),
        ("<title>Just a moment...</title><p>Please wait", 403),
        ("<title>Attention Required!</title><p>Please complete the captcha", 200),
        ("<script src=https://ct.captcha-delivery.com/c.js></script><p>Hello", 200),
        (
            "<h1>Before you continue to The Post</h1><p>We value your privacy. Accept all",
            200,
        ),
        (
            '<script>{"isAccessibleForFree": false}</script><p>Subscribe to read on.',
            200,
        ),
    ],
)
def test_a_wall_in_front_of_a_page_is_not_its_end(press, lookout, page, status):
    press.page("/a", STORY)
    source = lookout.attach("/a", QUOTE)
    lookout.look(source)
    press.page("/a", page, status=status)

    for _ in range(3):
        lookout.pass_time(days=3)
        check = lookout.look(source)

    assert check.outcome == Outcome.BLOCKED
    assert source.state == SourceState.BLOCKED
    assert Passage.objects.get().state == PassageState.INTACT


def test_a_page_that_comes_back_from_behind_a_wall_is_live(press, lookout):
    press.page("/a", "", status=403)
    source = lookout.attach("/a", QUOTE)
    lookout.look(source)
    press.page("/a", STORY)

    lookout.look(source)

    assert source.state == SourceState.LIVE
    assert Passage.objects.get().state == PassageState.INTACT


def test_the_door_s_refusal_is_no_fault_of_the_page(press, lookout):
    press.redirect("/a", "http://10.0.0.1/")
    source = lookout.attach("/a")

    for _ in range(4):
        lookout.pass_time(days=3)
        check = lookout.look(source)

    assert check.outcome == Outcome.REFUSED
    assert "not public" in check.detail
    assert source.state == SourceState.BLOCKED
    assert check.hops[0]["status"] == 302


# --- A page that cannot be read --------------------------------------------------


@pytest.mark.parametrize(
    ("handler", "words"),
    [
        (answer(b"%PDF-1.7", media_type="application/pdf"), "application/pdf"),
        (answer("<div id=app></div><script>go()</script>"), "scripts"),
        (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n"), "larger"),
    ],
)
def test_a_page_that_cannot_be_read_is_live_and_its_words_unverifiable(
    press, lookout, handler, words
):
    press.page("/a", STORY)
    source = lookout.attach("/a", QUOTE)
    lookout.look(source)
    press.on("/a", handler)

    check = lookout.look(source)

    assert check.outcome == Outcome.UNSUPPORTED
    assert words in check.detail
    assert source.state == SourceState.LIVE
    assert Passage.objects.get().state == PassageState.UNVERIFIABLE
    assert Sighting.objects.newest_first()[0].state == PassageState.UNVERIFIABLE


# --- A page in trouble ----------------------------------------------------------


@pytest.mark.parametrize(
    ("handler", "words"),
    [
        (answer(status=404), "no such page (404)"),
        (answer(status=500), "in trouble itself (500)"),
        (answer(status=400), "does not give the page (400)"),
        (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nwords"), "broke off"),
        (raw(b""), "broke the connection off"),
        (answer(status=302, headers=[("Location", "/a")]), "circle"),
        (stalls, "in time"),
    ],
)
def test_trouble_is_failing_at_first_with_a_sentence_for_people(
    press, lookout, handler, words
):
    press.on("/a", handler)
    source = lookout.attach("/a", QUOTE)

    check = lookout.look(source)

    assert check.outcome == Outcome.FAILING
    assert words in check.detail
    assert (source.state, source.failures) == (SourceState.FAILING, 1)
    assert source.failing_since == lookout.now
    assert source.due_at == lookout.now + timedelta(minutes=15)
    assert Passage.objects.get().state == PassageState.UNVERIFIABLE


def test_404_is_gone_after_three_failures_over_three_days(press, lookout):
    source = lookout.attach("/a")

    outcomes = []
    for hours in (0, 1, 24, 46, 2):
        lookout.pass_time(hours=hours)
        outcomes.append(lookout.look(source).outcome)

    assert outcomes == [Outcome.FAILING] * 4 + [Outcome.GONE]
    assert source.state == SourceState.GONE
    assert list(Source.objects.changed_since(lookout.now)) == [source]


def test_three_failures_in_an_hour_are_not_three_days(press, lookout):
    source = lookout.attach("/a")

    outcomes = {lookout.look(source).outcome for _ in range(5)}

    assert outcomes == {Outcome.FAILING}


def test_410_is_gone_after_two_failures_over_a_day(press, lookout):
    press.page("/a", "", status=410)
    source = lookout.attach("/a")

    first = lookout.look(source)
    lookout.pass_time(hours=24)
    second = lookout.look(source)

    assert (first.outcome, second.outcome) == (Outcome.FAILING, Outcome.GONE)
    assert "taken down (410)" in second.detail
    assert "14 March 2026" in second.detail


def test_a_name_that_does_not_exist_is_gone_after_a_day(press, lookout):
    source = lookout.attach("/a")
    Source.objects.update(canonical_url="http://no-such-name.invalid/a")

    first = lookout.look(source)
    lookout.pass_time(hours=24)
    second = lookout.look(source)

    assert (first.outcome, second.outcome) == (Outcome.FAILING, Outcome.GONE)
    assert "name does not exist" in second.detail


def test_waits_can_be_shortened(press, lookout):
    press.page("/a", "", status=410)
    source = lookout.attach("/a")

    lookout.look(source, gone_after=timedelta(seconds=30))
    due_in = source.due_at - lookout.now
    lookout.pass_time(seconds=30)
    check = lookout.look(source, gone_after=timedelta(seconds=30))

    assert due_in == timedelta(seconds=30)
    assert check.outcome == Outcome.GONE


def test_a_page_that_is_gone_stays_gone_until_it_is_seen_again(press, lookout):
    press.page("/a", "", status=410)
    source = lookout.attach("/a", QUOTE)
    lookout.look(source)
    lookout.pass_time(days=1)
    lookout.look(source)
    press.page("/a", "", status=500)
    assert lookout.look(source).outcome == Outcome.GONE
    press.page("/a", STORY)

    lookout.look(source)

    assert (source.state, source.failures) == (SourceState.LIVE, 0)
    assert source.failing_since is None


@pytest.mark.parametrize(
    "page",
    [
        "<title>Page not found | The Post</title><p>Sorry, there is nothing here any more.",
        "<title>404</title><p>Sorry, this is not what you were looking for today, is it?",
        "<title>The Post</title><h1>Oops! Page not found</h1><p>Go to the front page instead.",
    ],
)
def test_a_friendly_error_page_is_no_page(press, lookout, page):
    press.page("/a", STORY)
    source = lookout.attach("/a", QUOTE)
    lookout.look(source)
    press.page("/a", page)

    check = lookout.look(source)

    assert check.outcome == Outcome.SOFT_GONE
    assert source.state == SourceState.FAILING
    assert Passage.objects.get().state == PassageState.INTACT


def test_a_redirect_to_the_front_page_is_no_page(press, lookout):
    press.page("/a", STORY)
    source = lookout.attach("/a", QUOTE)
    lookout.look(source)
    press.redirect("/a", "/", status=301)
    press.page(
        "/",
        "<title>The Post</title>" + "<p>Other news of the day, all different.</p>" * 60,
    )

    check = lookout.look(source)

    assert check.outcome == Outcome.SOFT_GONE
    assert source.state == SourceState.FAILING


def test_an_article_about_lost_pages_is_a_page(press, lookout):
    about = STORY.replace("Strike on Orumat", "Why sites say 404 not found")
    press.page("/a", about)
    source = lookout.attach("/a", QUOTE)

    assert lookout.look(source).outcome == Outcome.CHANGED
    assert source.state == SourceState.LIVE


# --- When it is looked at again ---------------------------------------------------


def test_the_interval_grows_while_nothing_changes_and_shrinks_when_it_does(
    press, lookout
):
    press.page("/a", STORY)
    source = lookout.attach("/a")
    Source.objects.update(interval=timedelta(hours=8))
    intervals = []

    for page in (STORY, STORY, STORY, story(word=("no longer", "hardly"))):
        press.page("/a", page)
        lookout.look(source)
        intervals.append(source.interval / timedelta(hours=1))
        assert 0.9 <= (source.due_at - lookout.now) / source.interval <= 1.1

    assert intervals == [8, 12, 18, 9]


def test_the_interval_stays_between_an_hour_and_thirty_days(press, lookout):
    press.page("/a", STORY)
    source = lookout.attach("/a")
    lookout.look(source)
    Source.objects.update(interval=timedelta(days=29))
    lookout.look(source)
    longest = source.interval
    Source.objects.update(interval=timedelta(hours=1))
    press.page("/a", story(word=("no longer", "hardly")))

    lookout.look(source)

    assert (longest, source.interval) == (timedelta(days=30), timedelta(hours=1))


def test_failures_wait_longer_each_time_and_keep_the_learned_interval(press, lookout):
    source = lookout.attach("/a")
    Source.objects.update(interval=timedelta(days=5))
    waits = []

    for _ in range(4):
        lookout.look(source)
        waits.append(source.due_at - lookout.now)

    assert waits == [
        timedelta(minutes=15),
        timedelta(hours=1),
        timedelta(hours=6),
        timedelta(days=1),
    ]
    assert source.interval == timedelta(days=5)


@pytest.mark.parametrize(
    ("asked", "least"),
    [
        ("7200", timedelta(hours=2)),
        ("Sat, 14 Mar 2026 15:00:00 GMT", timedelta(hours=3)),
        ("315360000", timedelta(days=1)),
        ("-5", timedelta(minutes=15)),
        ("soon", timedelta(minutes=15)),
        ("9" * 400, timedelta(days=1)),
    ],
)
def test_a_site_that_asks_for_a_pause_gets_it_up_to_a_day(press, lookout, asked, least):
    press.page("/a", "", status=503, headers=[("Retry-After", asked)])
    source = lookout.attach("/a")

    lookout.look(source)

    assert source.due_at - lookout.now == least


# --- What breaks --------------------------------------------------------------------


def test_one_source_that_breaks_its_check_costs_the_others_nothing(
    press, lookout, monkeypatch, caplog
):
    press.page("/a", STORY)
    press.page("/b", STORY)
    poison, other = lookout.attach("/a"), lookout.attach("/b")
    real = Snapshot.objects.get_or_create

    def breaks(**fields):
        if fields["source"] == poison:
            raise MemoryError
        return real(**fields)

    monkeypatch.setattr(Snapshot.objects, "get_or_create", breaks)

    checks = lookout.look_at_all()

    assert [check.source for check in checks] == [other]
    assert "page could not be read" in caplog.text
    poison.refresh_from_db()
    assert (poison.state, poison.attempts) == (SourceState.PENDING, 1)
    assert poison.lease_token is not None


def test_hostile_words_about_a_page_are_kept_clean(press, lookout):
    head = (
        "<title>A\u202eb&#0;c"
        + "x" * 900
        + "</title><meta name=author content='\u2066e'>"
    )
    press.page("/a", STORY.replace("<title>Strike on Orumat | The Post</title>", head))
    source = lookout.attach("/a")

    check = lookout.look(source)

    assert check.outcome == Outcome.CHANGED
    source.full_clean()


def test_checks_of_one_source_are_all_kept(press, lookout):
    press.page("/a", STORY)
    source = lookout.attach("/a")

    for _ in range(3):
        lookout.look(source)

    assert Check.objects.filter(source=source).count() == 3
