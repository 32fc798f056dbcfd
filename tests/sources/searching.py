"""Pages whose words were lost, and looking for them in the archive of the tests."""

from datetime import timedelta

from sources import attaching
from sources.archiving import seeking
from sources.models import Check, Sighting, Source
from tests.factories import NOON, a_source, seen_intact

DAY = timedelta(days=1)
LOST = NOON + 10 * DAY
NOW = LOST + DAY
WORDS = "The dam held through the night."
PAGE = (
    f"<html><body><article><p>Before it all.</p><p>{WORDS}</p></article></body></html>"
)
KEY = "counterclaim:archive"


def a_page(*quotes, **fields):
    """A page with words that stood when it was looked at last."""
    source = a_source()
    for exact in quotes or (WORDS,):
        seen_intact(attaching.watch(source, exact=exact, now=NOON))
    a_look(source, LOST - DAY)
    Source.objects.filter(pk=source.pk).update(
        **{"state": "gone", "state_since": LOST, **fields}
    )
    source.refresh_from_db()
    return source


def a_look(source, at):
    Check.objects.create(
        source=source,
        lease_token=source.pk,
        started_at=at,
        duration_ms=1,
        outcome="unchanged",
    )


def sweep(source, *, at=NOW, times=1):
    """Look in the archive, each time when the page is due there."""
    now = at
    for _ in range(times):
        seeking.sweep(clock=lambda: now)  # noqa: B023
        source.refresh_from_db()
        now = source.archive_due_at or now
    return source


def copies_seen():
    return list(Sighting.objects.in_an_archive().order_by("at", "pk"))
