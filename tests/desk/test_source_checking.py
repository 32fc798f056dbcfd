"""A cited page that is checked now."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from claims.desk import looking
from sources.models import Capture, Host, Source
from sources.wire import pulse
from sources.wire.store import store
from tests.desk.looked_at import at, checked
from tests.factories import (
    a_citation,
    a_claim,
    a_source,
)


@pytest.fixture
def claim(db):
    return a_claim()


@pytest.fixture
def source(claim):
    return a_citation(claim, exact="two halls were hit").passage.source


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
