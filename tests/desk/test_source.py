"""A cited page on the desk."""

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from claims import editing, workflow
from claims.desk import looking
from claims.vocabulary import ClaimStatus
from sources.models import Capture, Check, Host, Sighting, Snapshot, Source
from sources.vocabulary import Outcome, SourceState
from sources.wire import pulse
from sources.wire.store import store
from tests.factories import (
    NOON,
    a_citation,
    a_claim,
    a_person,
    a_snapshot,
    a_source,
)

UNKNOWN = "01a20849-2adb-710b-a60d-9ca3cdec7599"


@pytest.fixture
def claim(db):
    return a_claim()


@pytest.fixture
def source(claim):
    return a_citation(claim, exact="two halls were hit").passage.source


def at(source, name="source"):
    return reverse(f"desk:{name}", args=[source.pk])


def checked(source, outcomes, *, began=NOON, every=timedelta(hours=6), **fields):
    """Write down one check for each outcome, the oldest first."""
    return Check.objects.bulk_create(
        Check(
            source=source,
            lease_token=uuid4(),
            started_at=began + number * every,
            outcome=outcome,
            **{"duration_ms": 120, **fields},
        )
        for number, outcome in enumerate(outcomes)
    )


def test_the_page_says_where_the_source_stands_and_what_rests_on_it(
    as_, ana, claim, source
):
    checked(source, ["unchanged"], http_status=304, detail="Nothing new since Monday.")

    page = as_(ana).get(at(source)).content.decode()

    assert "The page answers and can be read, since 14 March 2026, 12:00." in page
    assert "Nothing new since Monday." in page
    assert "two halls were hit" in page
    assert claim.statement in page


@pytest.mark.parametrize("outcome", ["", *Outcome.values])
@pytest.mark.parametrize("state", SourceState.values)
def test_every_state_has_its_sentence_whatever_was_found_last(
    as_, ana, source, state, outcome
):
    Source.objects.filter(pk=source.pk).update(state=state)
    checked(source, [outcome] if outcome else [])

    assert as_(ana).get(at(source)).status_code == 200


def test_for_readers_and_unknown_keys_there_is_no_source(as_, ana, source):
    for name in ("source", "checks", "difference", "progress"):
        assert as_(a_person("reader")).get(at(source, name)).status_code == 404
        unknown = reverse(f"desk:{name}", args=[UNKNOWN])
        assert as_(ana).get(unknown, headers={"HX-Request": "true"}).status_code == 404


def test_the_page_asks_a_fixed_number_of_questions(
    as_, ana, claim, source, django_assert_max_num_queries
):
    for number in range(12):
        a_snapshot(source, f"Text number {number}.")
        a_citation(claim, exact=f"hall number {number}", intact=False)
    checked(source, ["unchanged", "changed"] * 20)
    desk = as_(ana)

    with django_assert_max_num_queries(18):
        desk.get(at(source))


def test_a_page_of_the_desk_is_kept_by_no_cache(as_, ana, source):
    assert as_(ana).get(at(source))["Cache-Control"] == "private, no-cache"


# --- What was found -----------------------------------------------------------


def test_checks_that_found_the_same_are_told_as_one(as_, ana, source):
    checked(source, ["unchanged"] * 14 + ["changed"] + ["unchanged"] * 3)

    runs = as_(ana).get(at(source)).context["timeline"].runs

    assert [(run.outcome, run.number) for run in runs] == [
        ("unchanged", 3),
        ("changed", 1),
        ("unchanged", 14),
    ]
    assert runs[2].first_at == NOON


def test_ten_thousand_checks_are_told_without_being_read(
    as_, ana, source, django_assert_max_num_queries
):
    some = ["unchanged"] * 450 + ["changed"] * 10 + ["failing", "unchanged"] * 20
    checked(source, some * 20, every=timedelta(minutes=1))
    desk = as_(ana)

    with django_assert_max_num_queries(18):
        answer = desk.get(at(source))

    assert len(answer.content) < 200_000


def test_older_runs_are_a_link_away_down_to_the_first(as_, ana, source):
    checked(source, ["unchanged", "changed"] * 40)
    desk, seen, address = as_(ana), [], at(source)

    while address:
        timeline = desk.get(address).context["timeline"]
        seen += [run.newest.pk for run in timeline.runs]
        address = timeline.older and f"{at(source)}?before={timeline.older}"

    assert len(seen) == len(set(seen)) == 80


def test_a_run_that_goes_on_and_on_says_so_and_leads_on(as_, ana, source):
    checked(source, ["unchanged"] * 2_500, every=timedelta(minutes=1))
    desk = as_(ana)

    timeline = desk.get(at(source)).context["timeline"]
    older = desk.get(at(source), {"before": str(timeline.older)}).context["timeline"]

    assert [(run.number, run.goes_on) for run in timeline.runs] == [(2_000, True)]
    assert [(run.number, run.goes_on) for run in older.runs] == [(500, False)]


def test_checks_can_be_read_one_by_one(as_, ana, source):
    checks = checked(source, ["unchanged"] * 60)
    desk = as_(ana)

    newest = desk.get(at(source, "checks")).context
    older = desk.get(at(source, "checks"), {"from": str(newest["older"])}).context

    assert newest["checks"] + older["checks"] == checks[::-1]
    assert older["older"] is None


@pytest.mark.parametrize("key", ["nonsense", UNKNOWN, "a" * 5_000])
def test_a_place_that_is_not_there_is_the_newest(as_, ana, source, key):
    checked(source, ["unchanged"])
    a_snapshot(source, "Another text.")
    asked = {"before": key, "from": key, "to": key, "snapshots": key, "look": key}

    for name in ("source", "checks", "difference"):
        assert as_(ana).get(at(source, name), asked).status_code == 200


# --- What is watched ----------------------------------------------------------


def test_what_became_of_the_words_is_shown_with_numbers_and_negations(as_, ana, source):
    passage = source.passages.get()
    snapshot = a_snapshot(source, "three halls were not hit")
    Sighting.objects.create(
        passage=passage,
        at=timezone.now(),
        state="altered",
        snapshot=snapshot,
        found="three halls were not hit",
        diff=[["-", "two "], ["+", "three "], ["=", "halls were "], ["+", "not "]],
    )

    page = as_(ana).get(at(source)).content.decode()

    assert '<del class="weighty">two</del>' in page
    assert '<ins class="weighty">three</ins>' in page
    assert '<ins class="weighty">not</ins>' in page


def test_evidence_of_a_hidden_verdict_is_shown_to_its_writer_alone(as_, ana, ben, olga):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana, statement="The mill burned.")
    workflow.write_review(
        claim, verdict="false", summary="S.", explanation="E.", by=ana, at=NOON
    )
    workflow.submit(claim, by=ana, at=NOON)
    cite = partial(
        editing.cite, url="https://paper.example/proof", role="evidence_for", at=NOON
    )
    hidden = cite(claim.reviews.get(), exact="the mill stands", by=ana)
    page = at(hidden.passage.source)

    for blind in (ben, olga):
        shown = as_(blind).get(page).content.decode()
        assert "the mill stands" not in shown
        assert "The mill burned." not in shown
    assert "the mill stands" in as_(ana).get(page).content.decode()

    workflow.second(claim, verdict="false", by=ben, at=NOON)

    assert "the mill stands" in as_(olga).get(page).content.decode()


# --- Two versions -------------------------------------------------------------


@pytest.mark.parametrize("view", ["inline", "side"])
def test_two_snapshots_are_compared_word_by_word(as_, ana, source, view):
    older = source.snapshots.get()
    newer = a_snapshot(source, "Before. five halls were not hit After 1.")

    page = as_(ana).get(
        at(source, "difference"),
        {"from": str(older.pk), "to": str(newer.pk), "view": view},
    )

    text = page.content.decode()
    assert '<ins class="weighty">five</ins>' in text
    assert '<del class="weighty">two</del>' in text


def test_any_two_can_be_chosen_however_far_apart(as_, ana, source):
    first = source.snapshots.get()
    kept = [a_snapshot(source, f"Text number {number}.") for number in range(40)]
    desk, address, seen = as_(ana), {"from": str(first.pk)}, set()

    while address is not None:
        shelf = desk.get(at(source), address).context["shelf"]
        seen |= {version.key for version in (*shelf.versions, *shelf.chosen)}
        assert shelf.older_end == first.pk
        address = shelf.older and {"from": str(first.pk), "snapshots": shelf.older}

    assert seen == {first.pk, *(snapshot.pk for snapshot in kept)}


def test_a_snapshot_of_another_page_is_not_compared(as_, ana, source):
    own, foreign = source.snapshots.get(), a_snapshot(a_source(), "Elsewhere.")

    page = as_(ana).get(
        at(source, "difference"), {"from": str(own.pk), "to": str(foreign.pk)}
    )

    assert page.context["difference"] is None


def test_two_huge_versions_are_compared_as_far_as_that_goes(as_, ana, source):
    older = a_snapshot(source, "\n".join(f"Line {n} before." for n in range(50_000)))
    newer = a_snapshot(source, "\n".join(f"Line {n} after." for n in range(50_000)))

    page = as_(ana).get(
        at(source, "difference"), {"from": str(older.pk), "to": str(newer.pk)}
    )

    assert "very long" in page.content.decode()
    assert len(page.content) < 600_000


def a_page_changed_and_changed_back(source):
    """Its two versions: the first seen from 12 to 12:20, the other, the first again."""
    first = a_snapshot(source, "two halls were hit, they said")
    other = a_snapshot(source, "five halls were hit, they said")
    for minutes, outcome, snapshot in [
        *((0, "changed", first), (10, "unchanged", None), (20, "unchanged", None)),
        *((30, "changed", other), (40, "failing", None)),
        *((50, "changed", first), (60, "unchanged", None)),
    ]:
        at = NOON + timedelta(minutes=minutes)
        checked(source, [outcome], began=at, snapshot=snapshot)
    return first, other


def test_a_version_that_came_back_stands_at_the_top_again(as_, ana):
    first, other = a_page_changed_and_changed_back(source := a_source())

    answer = as_(ana).get(at(source))

    versions = answer.context["shelf"].versions
    minutes = [
        (version.snapshot, *((at - NOON).seconds // 60 for at in times), version.again)
        for version in versions
        for times in [(version.first_at, version.last_at)]
    ]
    assert minutes == [
        (first, 50, 60, True),
        (other, 30, 30, False),
        (first, 0, 20, False),
    ]
    assert "again as on 14 March 2026, 12:00" in answer.content.decode()


def test_what_is_compared_first_is_the_way_back(as_, ana):
    a_page_changed_and_changed_back(source := a_source())
    desk = as_(ana)
    shelf = desk.get(at(source)).context["shelf"]

    page = desk.get(
        at(source, "difference"), {"from": shelf.older_end, "to": shelf.newer_end}
    ).content.decode()
    same = desk.get(
        at(source, "difference"),
        {"from": shelf.versions[2].key, "to": shelf.newer_end},
    ).content.decode()

    assert '<del class="weighty">five</del>' in page
    assert '<ins class="weighty">two</ins>' in page
    assert "Both times the page showed the very same." in same


def test_versions_that_came_back_and_back_are_all_within_reach(as_, ana):
    source = a_source()
    pair = [a_snapshot(source, text) for text in ("held", "broke")]
    for number in range(30):
        began = NOON + timedelta(hours=number)
        checked(source, ["changed"], began=began, snapshot=pair[number % 2])
    desk, address, seen = as_(ana), {}, []

    while address is not None:
        shelf = desk.get(at(source), address).context["shelf"]
        seen += [version.first_at for version in shelf.versions]
        address = shelf.older and {"snapshots": shelf.older}

    assert seen == [NOON + timedelta(hours=29 - number) for number in range(30)]


def test_of_one_version_there_is_nothing_to_choose(as_, ana, source):
    page = as_(ana).get(at(source)).content.decode()

    assert 'type="radio"' not in page
    assert ">Compare</button>" not in page
    assert version_of(source, source.snapshots.get()) in page


# --- One version --------------------------------------------------------------


def version_of(source, snapshot):
    return reverse("desk:version", args=[source.pk, snapshot.pk])


def test_a_kept_version_is_read_with_its_quotations_marked(as_, ana, source):
    snapshot = a_snapshot(source, "The storm came.\nBy night two  halls were hit. <b>")

    page = as_(ana).get(version_of(source, snapshot)).content.decode()

    assert '<p dir="auto">The storm came.</p>' in page
    assert "By night <mark>two  halls were hit</mark>. &lt;b&gt;</p>" in page
    assert "This is our copy of the page" in page
    assert "14 March 2026, 12:00" in page
    assert source.canonical_url in page


def test_words_that_read_otherwise_are_marked_otherwise(as_, ana, source):
    snapshot = a_snapshot(source, "By night three halls were hit.")

    page = as_(ana).get(version_of(source, snapshot)).content.decode()

    assert '<mark class="altered">three halls were hit</mark>' in page
    assert "In one place watched words read otherwise" in page
    assert "they are marked." not in page


def test_a_version_without_the_words_says_so(as_, ana, source):
    snapshot = a_snapshot(source, "Nothing of the kind is told here any more.")

    page = as_(ana).get(version_of(source, snapshot)).content.decode()

    assert "<mark" not in page
    assert "No words that are watched stand in this version." in page


@pytest.mark.parametrize("line", ["A line of some words.\n", "No end in sight "])
def test_a_megabyte_of_text_is_read_part_by_part(as_, ana, source, line):
    text = (line * (1_000_000 // len(line) + 1)) + "the last words"
    snapshot = Snapshot.objects.create(
        source=source,
        sha256="0" * 64,
        fetched_at=NOON,
        final_url=source.canonical_url,
        body_zstd=b"",
        body_bytes=0,
        text=text,
    )
    desk, part, read = as_(ana), 1, ""

    while part:
        answer = desk.get(version_of(source, snapshot), {"part": part})
        assert len(answer.content) < 250_000
        read += "".join(s.text for line in answer.context["lines"] for s in line)
        part = answer.context["later"]

    assert read == text.replace("\n", "")


@pytest.mark.parametrize("part", ["", "0", "-1", "99999999", "x", "²"])
def test_a_part_that_is_not_there_is_one_that_is(as_, ana, source, part):
    address = version_of(source, source.snapshots.get())

    assert as_(ana).get(address, {"part": part}).status_code == 200


def test_a_version_is_for_the_desk_and_of_its_own_page(as_, ana, source):
    snapshot = source.snapshots.get()

    assert as_(a_person("reader")).get(version_of(source, snapshot)).status_code == 404
    assert as_(ana).get(version_of(a_source(), snapshot)).status_code == 404


# --- Checking now -------------------------------------------------------------


def test_a_page_can_be_looked_at_now_even_if_it_was_given_up(as_, ana, claim, source):
    now = timezone.now()
    Source.objects.filter(pk=source.pk).update(
        due_at=now + timedelta(days=3), parked_at=now, attempts=4
    )
    back = reverse("desk:claim", args=[claim.pk])

    answer = as_(ana).post(at(source, "check"), {"next": back})

    source.refresh_from_db()
    assert answer.url == back
    assert source.due_at <= timezone.now()
    assert (source.parked_at, source.attempts) == (None, 0)


@pytest.mark.parametrize(
    "back",
    [
        *("https://elsewhere.example/", "//elsewhere", "", "on", "[1", "0", "%00"),
        *("//evil.example", "https://evil.example/", "\x00"),
    ],
)
def test_checking_leads_to_no_other_site(as_, ana, source, back):
    answer = as_(ana).post(at(source, "check"), {"next": back})

    assert answer.status_code == 302
    assert answer.url == f"{at(source)}?look=none#progress"


def test_without_scripts_the_page_itself_says_how_far_it_is(as_, ana, source):
    address = as_(ana).post(at(source, "check")).url

    assert "Queued" in as_(ana).get(address).content.decode()

    checked(source, ["changed"], http_status=200, detail="The page has changed.")

    assert "Done: changed." in as_(ana).get(address).content.decode()


def told(as_, ana, source, **asked):
    return as_(ana).get(
        at(source, "progress"),
        {"look": "none", **asked},
        headers={"HX-Request": "true"},
    )


def test_each_step_of_a_check_is_told(as_, ana, source):
    now, rows = timezone.now(), Source.objects.filter(pk=source.pk)

    rows.update(due_at=now)
    assert "Queued; a worker takes it" in told(as_, ana, source).content.decode()
    rows.update(lease_token=uuid4(), lease_until=now + timedelta(minutes=2))
    assert "is fetching it" in told(as_, ana, source).content.decode()
    Capture.objects.create(
        source=source, lease_token=uuid4(), fetched_at=now, answer={}, body_zstd=b""
    )
    assert "being read" in told(as_, ana, source).content.decode()
    rows.update(lease_token=None, lease_until=None, parked_at=now)
    assert "given up" in told(as_, ana, source).content.decode()
    rows.update(parked_at=None, due_at=now + timedelta(minutes=20))
    assert "its turn comes in 19 minutes" in told(as_, ana, source).content.decode()
    Host.objects.create(
        name=source.host,
        paused_at=now,
        paused_until=now + timedelta(hours=1),
        pause_reason="The site asked for an hour.",
    )
    assert "is left alone until" in told(as_, ana, source).content.decode()


def test_what_was_told_already_is_not_told_again(as_, ana, source):
    Source.objects.filter(pk=source.pk).update(due_at=timezone.now())

    assert told(as_, ana, source, step="queued").status_code == 204


def test_that_no_worker_runs_is_told_after_a_while(as_, ana, source):
    Source.objects.filter(pk=source.pk).update(
        due_at=timezone.now() - 2 * looking.PATIENCE
    )
    store().delete(pulse.KEY)

    assert "No worker answers." in told(as_, ana, source).content.decode()


def test_an_alias_has_the_other_address_checked(as_, ana, source):
    now = timezone.now()
    alias = a_source("https://paper.example/old", same_as=source)
    Source.objects.filter(pk=source.pk).update(due_at=now + timedelta(days=2))

    page = as_(ana).get(at(alias)).content.decode()
    answer = as_(ana).post(at(alias, "check"))

    source.refresh_from_db()
    assert at(source) in page
    assert at(source, "check") not in page
    assert answer.url.startswith(at(source))
    assert source.due_at <= timezone.now()
