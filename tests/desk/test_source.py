"""A cited page on the desk."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from sources.models import Check, Source
from sources.vocabulary import SourceState
from tests.factories import NOON, a_citation, a_claim, a_person, a_snapshot

UNKNOWN = "01a20849-2adb-710b-a60d-9ca3cdec7599"


@pytest.fixture
def claim(db):
    return a_claim()


@pytest.fixture
def source(claim):
    return a_citation(claim, exact="two halls were hit").passage.source


def at(source, name="source"):
    return reverse(f"desk:{name}", args=[source.pk])


def test_the_page_says_where_the_source_stands_and_what_rests_on_it(
    as_, ana, claim, source
):
    Check.objects.create(
        source=source,
        lease_token=uuid4(),
        started_at=NOON,
        duration_ms=120,
        outcome="unchanged",
        http_status=304,
        detail="Nothing new since Monday.",
    )

    page = as_(ana).get(at(source)).content.decode()

    assert "The page answers and can be read." in page
    assert "Nothing new since Monday." in page
    assert "two halls were hit" in page
    assert claim.statement in page


@pytest.mark.parametrize("state", SourceState.values)
def test_every_state_has_its_sentence(as_, ana, source, state):
    Source.objects.filter(pk=source.pk).update(state=state)

    assert as_(ana).get(at(source)).status_code == 200


def test_two_snapshots_are_compared_word_by_word(as_, ana, source):
    older = source.snapshots.get()
    newer = a_snapshot(source, "Before. five halls were not hit After 1.")

    page = as_(ana).get(at(source), {"from": str(older.pk), "to": str(newer.pk)})

    text = page.content.decode()
    assert '<ins class="weighty">five</ins>' in text
    assert '<del class="weighty">two</del>' in text


@pytest.mark.parametrize("key", ["", "nonsense", UNKNOWN, "a" * 5_000])
def test_a_snapshot_that_is_not_there_is_not_compared(as_, ana, source, key):
    page = as_(ana).get(at(source), {"from": key, "to": key})

    assert page.status_code == 200
    assert page.context["comparison"] is None


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


@pytest.mark.parametrize("away", ["https://elsewhere.example/", "//elsewhere", ""])
def test_checking_leads_to_no_other_site(as_, ana, source, away):
    answer = as_(ana).post(at(source, "check"), {"next": away})

    assert answer.url == at(source)


def test_for_readers_and_unknown_keys_there_is_no_source(as_, ana, source):
    assert as_(a_person("reader")).get(at(source)).status_code == 404
    assert as_(ana).get(reverse("desk:source", args=[UNKNOWN])).status_code == 404


def test_the_page_asks_a_fixed_number_of_questions(
    as_, ana, claim, source, django_assert_max_num_queries
):
    for number in range(12):
        a_snapshot(source, f"Text number {number}.")
    desk = as_(ana)

    with django_assert_max_num_queries(12):
        desk.get(at(source))


@pytest.mark.parametrize(
    "back", ["on", "[1", "0", "%00", "//evil.example", "https://evil.example/", "\x00"]
)
def test_a_check_leads_nowhere_but_to_a_page_of_this_site(as_, ana, source, back):
    answer = as_(ana).post(at(source, "check"), {"next": back})

    assert (answer.status_code, answer.url) == (302, at(source))


def test_a_page_of_the_desk_is_kept_by_no_cache(as_, ana, source):
    assert as_(ana).get(at(source))["Cache-Control"] == "private, no-cache"
