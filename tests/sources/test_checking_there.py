"""A page that is there: unchanged, changed, and what becomes of its words."""

import hashlib
from datetime import timedelta

import pytest
from django.db import connection

from sources.models import Check, Passage, Sighting, Snapshot, Source
from sources.vocabulary import Outcome, PassageState, SourceState
from tests.factories import NOON
from tests.sources.press import answer, validated
from tests.sources.story import QUOTE, STORY, story


def test_the_first_look_reads_the_page_and_keeps_it(press, lookout):
    press.page("/a", STORY, headers=[("ETag", '"v1"')])
    source = lookout.attach("/a", QUOTE)

    check = lookout.look(source)

    assert check.outcome == Outcome.CHANGED
    assert check.said == "The page was read for the first time."
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


NOISE = ("<nav>Home</nav>", "<nav>Home</nav><div>Buy shoes now</div>")
EDIT = ("no longer there", "hardly there")


@pytest.mark.parametrize(
    ("next_look", "outcome"),
    [
        ({"noise": NOISE}, Outcome.UNCHANGED),
        ({"edit": EDIT, "noise": NOISE}, Outcome.CHANGED),
    ],
)
def test_a_page_that_was_changed_back_is_measured_by_what_it_shows_again(
    press, lookout, next_look, outcome
):
    source = lookout.attach("/a", QUOTE)
    for page in (STORY, story(edit=EDIT), STORY):
        press.page("/a", page)
        lookout.look(source)
        lookout.pass_time(hours=1)
    press.page("/a", story(**next_look))

    check = lookout.look(source)

    assert check.outcome == outcome


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
def test_words_added_to_a_page_whose_alias_has_words_make_it_due_at_once(
    press, lookout
):
    press.on("/a", validated(STORY, etag='"v1"'))
    source = lookout.attach("/a")
    alias = lookout.attach("/old", QUOTE)
    Source.objects.filter(pk=alias.pk).update(same_as=source)
    lookout.look(source)
    page = validated(STORY, etag='"v1"')

    def meanwhile(request, line):
        Passage.objects.create(
            source=source, exact="the larger hall", state_since=NOON, added_at=NOON
        )
        connection.close()
        page(request, line)

    press.on("/a", meanwhile)
    check = lookout.look(source)

    assert (check.http_status, source.due_at) == (304, lookout.now)


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
