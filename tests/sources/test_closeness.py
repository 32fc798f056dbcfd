"""How often a page is looked at that much rests on just now."""

from datetime import timedelta

import pytest

from sources.models import Source

pytestmark = pytest.mark.django_db

STORY = (
    "<title>Story</title><article><p>The ministry said on Saturday that the strike had"
    " done only minimal damage, and that nobody was hurt in the night.</p></article>"
)


@pytest.mark.parametrize(("watched_for", "hours"), [(1, 2), (-1, 24 * 8)])
def test_it_is_looked_at_every_two_hours_and_its_own_rhythm_is_kept(
    press, lookout, watched_for, hours
):
    press.page("/a", STORY)
    source = lookout.attach("/a")
    lookout.look(source)
    Source.objects.update(
        interval=timedelta(days=8) / 1.5,
        closely_until=lookout.now + timedelta(hours=watched_for),
    )

    lookout.look(source)

    assert 0.9 <= (source.due_at - lookout.now) / timedelta(hours=hours) <= 1.1
    assert source.interval == timedelta(days=8)
