"""The sample data: what an empty house is filled with, and what it does by itself."""

from collections import Counter
from datetime import UTC, datetime
from unittest import mock

import pytest
from django.db import transaction

from claims.access import Role, role_of
from claims.models import Article, Claim, Correction, Review
from claims.vocabulary import ClaimStatus, CorrectionKind, Verdict
from config.demo import sample
from config.demo.people import DEMO_PASSWORD, PEOPLE
from sources.models import Passage, Source
from sources.vocabulary import PassageState, SourceState
from tests.factories import a_claim
from tests.live import open_port

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def load(tmp_path_factory):
    file = tmp_path_factory.mktemp("press") / "press.opened"
    press_url = f"http://127.0.0.1:{open_port()}"

    def load(now=NOON):
        with mock.patch.object(sample, "OPENED", file):
            sample.load(press_url=press_url, now=now)

    return load


@pytest.fixture(scope="module")
def newsroom(load, django_db_setup, django_db_blocker):
    """A house that was filled, once for all tests of this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        load()
        yield
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_a_house_with_claims_of_its_own_is_left_alone(load):
    own = a_claim()

    load()

    assert list(Claim.objects.all()) == [own]
    assert not Source.objects.exists()


def test_the_desk_is_found_in_the_middle_of_its_work(newsroom):
    found = Counter(Claim.objects.values_list("status", flat=True))

    assert found == {
        ClaimStatus.NEW: 4,
        ClaimStatus.IN_REVIEW: 3,
        ClaimStatus.SECOND_REVIEW: 2,
        ClaimStatus.ARBITRATION: 1,
        ClaimStatus.PUBLISHED: 6,
        ClaimStatus.RETRACTED: 1,
        ClaimStatus.DISMISSED: 1,
    }
    assert set(
        Review.objects.filter(valid_to=None)
        .exclude(published_at=None)
        .values_list("verdict", flat=True)
    ) == set(Verdict.values)
    assert set(Correction.objects.values_list("kind", flat=True)) == {
        CorrectionKind.CORRECTION,
        CorrectionKind.RETRACTION,
    }


def test_each_reviewer_has_a_second_review_waiting(newsroom):
    waiting = Claim.objects.standing(ClaimStatus.SECOND_REVIEW)

    writers = waiting.values_list("reviews__written_by__username", flat=True)

    assert set(writers) == {"ana", "ben"}


def test_every_quote_was_seen_standing_but_those_behind_the_wall(newsroom):
    states = Passage.objects.values_list("source__state", "state").distinct()

    assert set(states) == {
        (SourceState.LIVE, PassageState.INTACT),
        (SourceState.BLOCKED, PassageState.UNVERIFIABLE),
    }


def test_the_pages_are_looked_at_again_within_a_minute(newsroom):
    waits = [
        source.due_at - source.last_checked_at
        for source in Source.objects.filter(state=SourceState.LIVE)
    ]

    assert max(waits).total_seconds() < 60


def test_articles_wait_in_the_inbox_for_a_worker(newsroom):
    assert [each.read_at for each in Article.objects.all()] == [None, None]


def test_everybody_can_sign_in_with_the_password_that_is_shown(newsroom, client):
    for name in PEOPLE:
        answer = client.post(
            "/sign-in/", {"username": name, "password": DEMO_PASSWORD, "next": "/"}
        )
        assert answer.status_code == 302


def test_everybody_has_the_role_of_their_name(newsroom):
    people = sample.sign_ins()

    assert {name: role_of(person) for name, person in people.items()} == {
        "admin": Role.ADMIN,
        "editor": Role.EDITOR,
        "ana": Role.REVIEWER,
        "ben": Role.REVIEWER,
        "contributor": Role.CONTRIBUTOR,
        "reader": Role.READER,
    }


def test_a_second_load_changes_nothing(newsroom, load):
    before = list(Claim.objects.order_by("pk").values())

    load(now=NOON.replace(day=25))

    assert list(Claim.objects.order_by("pk").values()) == before
