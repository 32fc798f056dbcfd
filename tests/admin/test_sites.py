"""Sites in the panel, and what it tells of why a source stands where it does."""

from datetime import timedelta

import pytest
from django.utils import timezone

from sources.models import Host, Sighting
from tests.admin.rooms import address, furnish
from tests.factories import NOON, a_citation, a_claim, a_source, seen_intact

pytestmark = pytest.mark.django_db


def test_a_pause_can_be_ended_and_nothing_else_changed(client, superuser):
    now = timezone.now()
    fields = {"paused_at": now, "pause_reason": "It asked for an hour."}
    host = Host.objects.create(
        name="paper.example", paused_until=now + timedelta(hours=1), **fields
    )
    chosen = {"action": "end_the_pause", "_selected_action": [str(host.pk)]}

    told = client.post(address("sources.host"), chosen, follow=True)

    host.refresh_from_db()
    assert host.paused_until is None
    assert "Paused until now, and not any more: 1 of 1." in told.content.decode()
    for page in ("add", "delete"):
        args = [host.pk] if page == "delete" else []
        assert client.get(address("sources.host", page, *args)).status_code == 403
    changed = client.post(
        address("sources.host", "change", host.pk), {"name": "other.example"}
    )
    assert changed.status_code == 403


def test_a_source_says_why_it_stands_so_and_when_it_is_looked_at(client, superuser):
    furnish()
    now = timezone.now()
    source = a_source(
        state="failing",
        failures=1,
        failing_since=now - timedelta(hours=2),
        due_at=now + timedelta(hours=5, minutes=1),
    )

    page = client.get(address("sources.source", "change", source.pk)).content.decode()

    assert "It has failed since" in page
    assert "It counts as gone after 2 more failures" in page
    assert "In 5 hours" in page


def test_days_and_times_are_written_as_on_the_desk(client, superuser):
    a_source(last_checked_at=NOON)

    assert (
        "14 March 2026, 12:00" in client.get(address("sources.source")).content.decode()
    )


def test_the_copy_in_which_words_were_found_is_led_to(client, superuser):
    passage = seen_intact(a_citation(a_claim()).passage)
    copy = "https://archive.example/web/20260314120000/https://paper.example/a"
    kept = Sighting.objects.create(
        passage=passage,
        at=NOON,
        state="intact",
        snapshot=passage.snapshot,
        memento_url=copy,
    )

    for name, row in (("passage", passage), ("sighting", kept)):
        page = client.get(address(f"sources.{name}", "change", row.pk))
        assert f'<a href="{copy}" rel="noreferrer noopener">' in page.content.decode()
