"""One page under two addresses: the old one becomes an alias, and nothing is lost."""

from datetime import timedelta
from uuid import uuid4

import pytest

from sources import archiving, attaching, merging
from sources.models import Capture, Passage, Snapshot, Source
from sources.net import Fetched
from sources.readable import read
from sources.vocabulary import PassageState, SourceState
from tests.factories import NOON, a_source, seen_intact
from tests.sources import story as paper

pytestmark = pytest.mark.django_db

STORY = "The ministry said on Saturday that the strike had done only minimal damage."
OLD, NEW = "https://paper.example/old-story", "https://paper.example/story"


READ_AT = NOON + timedelta(minutes=1)


def a_read_source(url, *blocks, points_to="", at=NOON):
    """A source that was looked at, with the snapshot of an article of these blocks."""
    source = attaching.attach(url, now=NOON)
    body = "".join(f"<p>{block}</p>" for block in blocks)
    markup = f"<title>Story</title><article>{body}</article>".encode()
    fetched = Fetched(
        status=200,
        final_url=url,
        address="192.0.2.1",
        hops=(),
        headers={"content-type": "text/html; charset=utf-8"},
        body=markup,
        duration_ms=1,
        wire_bytes=len(markup),
        truncated=False,
    )
    page = read(markup, media_type="text/html", charset="utf-8")
    archiving.keep(source, fetched=fetched, page=page, now=at)
    Source.objects.filter(pk=source.pk).update(
        state=SourceState.LIVE,
        last_checked_at=at,
        points_to=points_to,
        due_at=NOON + timedelta(days=3),
    )
    source.refresh_from_db()
    return source


@pytest.fixture
def two():
    """The source of an address that its page has left, and the source of the page."""
    blocks = [STORY, "Two officials confirmed it in the evening, by telephone."]
    return (
        a_read_source(OLD, *blocks, points_to=NEW, at=READ_AT),
        a_read_source(NEW, *blocks, at=READ_AT),
    )


def test_the_old_address_becomes_an_alias_of_the_page(two):
    old, page = two

    assert merging.sweep(now=NOON) == 1

    old.refresh_from_db()
    assert old.same_as == page
    assert not Source.objects.due(NOON + timedelta(days=9)).filter(pk=old.pk).exists()
    assert merging.sweep(now=NOON) == 0


def test_no_passage_snapshot_or_state_is_lost(two):
    old, page = two
    words = seen_intact(attaching.watch(old, exact="only minimal damage", now=NOON))
    kept = Snapshot.objects.count()

    merging.sweep(now=NOON)

    words.refresh_from_db()
    assert (words.source, words.state) == (old, PassageState.INTACT)
    assert Snapshot.objects.count() == kept
    assert Source.objects.get(pk=page.pk).watched() == [words]
    # Its words are looked for at the present address soon.
    assert Source.objects.get(pk=page.pk).due_at == NOON


def test_whoever_cites_the_old_address_gets_the_page(two):
    old, page = two
    merging.sweep(now=NOON)

    assert attaching.attach(OLD, now=NOON) == page
    assert (
        attaching.watch(Source.objects.get(pk=old.pk), exact="by", now=NOON).source
        == page
    )


def test_an_alias_follows_what_becomes_of_its_page(two):
    old, page = two
    merging.sweep(now=NOON)
    later = NOON + timedelta(hours=1)

    Source.objects.filter(pk=page.pk).update(
        state=SourceState.GONE,
        state_since=later,
        archived_url="https://archive.example/1",
        archived_at=later,
    )

    old.refresh_from_db()
    assert (old.state, old.state_since) == (SourceState.GONE, later)
    assert old.archived_url == "https://archive.example/1"


def test_a_chain_of_addresses_ends_at_one_page(two):
    old, page = two
    older = a_read_source(
        "https://paper.example/2019/old",
        *old.snapshots.get().metadata["article"],
        points_to=OLD,
    )

    for _ in range(2):
        merging.sweep(now=NOON)

    assert set(page.aliases.all()) == {old, older}


def test_two_pages_that_point_at_each_other_become_one(two):
    _, page = two
    Source.objects.filter(pk=page.pk).update(points_to=OLD)

    merging.sweep(now=NOON)
    merging.sweep(now=NOON)

    assert Source.objects.exclude(same_as=None).count() == 1


def test_a_page_that_shows_another_article_stays_a_page_of_its_own():
    old = a_read_source(OLD, STORY, points_to=NEW)
    a_read_source(NEW, "The museum opens on Sunday, and entry is free for children.")

    assert merging.sweep(now=NOON) == 0

    old.refresh_from_db()
    assert (old.same_as, old.points_to) == (None, "")


def test_a_page_that_nobody_has_read_yet_is_waited_for():
    old = a_read_source(OLD, STORY, points_to=NEW)
    a_source(NEW)

    assert merging.sweep(now=NOON) == 0

    old.refresh_from_db()
    assert old.points_to == NEW


@pytest.mark.parametrize(
    ("link", "counts"),
    [
        ("https://paper.example/story", True),
        ("https://www.paper.example/story", True),
        ("https://amp.paper.example/story", True),
        ("https://evil.example/story", False),
        ("https://paper.example.evil.example/story", False),
        ("https://paper.example/old-story", False),
        ("nonsense", False),
        ("", False),
    ],
)
def test_a_canonical_link_counts_within_its_site_only(link, counts):
    source = a_source(OLD)

    said = merging.pointed_to(source, moved_to="", canonical_link=link)

    assert said == (link if counts else "")


def test_a_permanent_redirect_counts_wherever_it_leads():
    source = a_source(OLD)

    moved = merging.pointed_to(
        source, moved_to="https://new-paper.example/a?utm_source=x", canonical_link=NEW
    )

    assert moved == "https://new-paper.example/a"


def test_a_refresh_of_an_alias_has_the_page_looked_at(two):
    old, page = two
    merging.sweep(now=NOON)
    old.refresh_from_db()

    attaching.refresh(old, now=NOON)

    assert Source.objects.get(pk=page.pk).due_at == NOON
    assert Passage.objects.count() == 0


@pytest.mark.parametrize("lost", [{"misses": 1}, {"state": "missing", "misses": 2}])
def test_a_page_that_lost_its_words_is_not_the_page_it_leads_to(two, lost):
    old, _page = two
    words = seen_intact(attaching.watch(old, exact="only minimal damage", now=NOON))
    Passage.objects.filter(pk=words.pk).update(**lost)

    assert merging.sweep(now=NOON) == 0

    assert Source.objects.get(pk=old.pk).same_as is None


def test_what_was_fetched_of_an_alias_is_read_by_nobody(two):
    old, _page = two
    Capture.objects.create(
        source=old, lease_token=uuid4(), fetched_at=NOON, answer={}, body_zstd=b""
    )

    merging.sweep(now=NOON)

    assert not Capture.objects.exists()


def test_a_page_that_turned_into_the_front_page_is_not_merged_with_it(press, lookout):
    press.page("/2024/strike", paper.STORY)
    front = "<title>The Post</title><main>" + "".join(
        f"<p>Story number {n} of the day is about the harbour and its cranes.</p>"
        for n in range(30)
    )
    press.page("/", front)
    source = lookout.attach("/2024/strike", paper.QUOTE)
    lookout.attach("/")
    lookout.look_at_all()
    press.page(
        "/2024/strike",
        front.replace("<main>", '<link rel="canonical" href="/"><main>'),
    )

    for _ in range(3):
        lookout.look(source)
        merging.sweep(now=lookout.now)
        lookout.pass_time(hours=1)

    source.refresh_from_db()
    assert source.same_as is None
