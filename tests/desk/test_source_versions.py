"""Kept versions of a cited page: read, and compared."""

from datetime import timedelta

import pytest
from django.urls import reverse

from sources.models import Snapshot
from tests.desk.looked_at import at, checked
from tests.factories import (
    NOON,
    a_citation,
    a_claim,
    a_person,
    a_snapshot,
    a_source,
)


@pytest.fixture
def claim(db):
    return a_claim()


@pytest.fixture
def source(claim):
    return a_citation(claim, exact="two halls were hit").passage.source


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
