"""Hostile sites and pages through the whole: leased, fetched, read, written down."""

import time
from collections import Counter

import pytest

from sources.models import Passage, Source
from sources.vocabulary import PassageState, SourceState
from tests.sources.hostile.pages import PAGES
from tests.sources.hostile.sites import ARTICLE, QUOTE, SITES, sized
from tests.sources.hostile.watching import connections
from tests.sources.press import raw

pytestmark = pytest.mark.django_db

HEALTHY = raw(sized(ARTICLE))


def attached(lookout, press, names):
    """Return a source for each name, seen once as a healthy page with its quote."""
    sources = {}
    for number, name in enumerate(names):
        press.on(f"/{number}", HEALTHY)
        sources[name] = lookout.attach(f"/{number}", QUOTE)
    told = looked_at(lookout, sources)
    assert Counter(told.values()) == {"changed": len(sources)}
    assert set(states()) == {PassageState.INTACT}
    return sources


def looked_at(lookout, sources):
    """Look at each source once more; return what the checks say, by name."""
    lookout.pass_time(hours=1)
    keys = {source.pk: name for name, source in sources.items()}
    Source.objects.filter(pk__in=keys).update(due_at=lookout.now)
    told = {}
    while found := lookout.look_at_all():
        for check in found:
            assert check.source_id not in told
            told[keys[check.source_id]] = check.outcome
    return told


def states():
    return Passage.objects.values_list("state", flat=True)


def unlike(told, wanted):
    """Return what was told of those that are not as they should be."""
    return {
        name: told.get(name, "no check")
        for name, allowed in wanted.items()
        if told.get(name, "no check") not in allowed
    }


def test_hostile_sites_are_told_as_what_they_are_and_harm_nobody(
    lookout, press, caplog
):
    sources = attached(lookout, press, [site.name for site in SITES])
    for site in SITES:
        site.install(press, path_of(sources[site.name]))
    began = time.monotonic()

    with connections() as tried:
        told = looked_at(lookout, sources)
    took = time.monotonic() - began

    assert unlike(told, {site.name: site.seen for site in SITES}) == {}
    assert set(tried) == {("127.0.0.1", press.port)}
    assert took < 60
    # Nothing is taken for dead, and no words for missing, by what a hostile site did.
    assert SourceState.GONE not in Source.objects.values_list("state", flat=True)
    assert PassageState.MISSING not in states()
    assert PassageState.ALTERED not in states()
    assert [record for record in caplog.records if record.exc_info] == []

    for source in sources.values():
        press.on(path_of(source), HEALTHY)
    after = looked_at(lookout, sources)

    assert unlike(after, dict.fromkeys(after, ("unchanged",))) == {}
    assert len(after) == len(sources)
    assert set(states()) == {PassageState.INTACT}
    assert SourceState.FAILING not in Source.objects.values_list("state", flat=True)


@pytest.mark.parametrize("hostile", PAGES, ids=[page.name for page in PAGES])
def test_a_hostile_page_is_read_in_time_and_harms_nobody(
    lookout, press, hostile, caplog
):
    sources = attached(lookout, press, ["hostile", "healthy"])
    press.on(path_of(sources["hostile"]), hostile.build())
    worked = time.process_time()

    with connections() as tried:
        told = looked_at(lookout, sources)

    assert time.process_time() - worked < 20
    assert unlike(told, {"hostile": hostile.seen, "healthy": ("unchanged",)}) == {}
    assert set(tried) <= {("127.0.0.1", press.port)}
    assert [record for record in caplog.records if record.exc_info] == []


def path_of(source):
    return "/" + source.canonical_url.rpartition("/")[2]
