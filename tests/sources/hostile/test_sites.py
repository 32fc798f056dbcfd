"""Each hostile site through the door: told in time, and the next page is unharmed."""

import asyncio
import time

import pytest

from sources.errors import FetchError
from sources.net import Door, DoorConfig
from tests.sources.hostile.sites import SITES, TIMEOUT

HEALTHY = "<p>Words of a healthy page</p>"


def test_there_are_enough_of_them_and_each_has_its_name():
    assert len({site.name for site in SITES}) == len(SITES) > 150


@pytest.mark.parametrize("site", SITES, ids=[site.name for site in SITES])
def test_a_hostile_site_is_told_in_time_and_harms_nobody(press, site):
    site.install(press, "/hostile")
    press.page("/healthy", HEALTHY)
    limit = 0.3 if site.expected == (TIMEOUT,) else 3.0
    config = DoorConfig(
        user_agent="Counterclaim/0.1 (+https://example.org/contact)",
        allow_networks=("127.0.0.0/8",),
        allow_ports=frozenset({press.port}),
        total_seconds=limit,
    )

    async def go():
        async with Door(config) as door:
            started, worked = time.monotonic(), time.thread_time()
            told = await told_of(door, press.url("/hostile"))
            took = time.monotonic() - started, time.thread_time() - worked
            after = [await door.get(press.url("/healthy")) for _ in range(3)]
        return told, took, after

    told, (took, worked), after = asyncio.run(go())

    assert told in site.expected
    assert took < limit + 2
    assert worked < 3  # CPU of this thread alone, which is the door's
    assert {page.body.decode() for page in after} == {HEALTHY}
    assert {request.method for request in press.requests} == {"GET"}


async def told_of(door, url):
    """Return the status, or the class and reason of the error."""
    try:
        return (await door.get(url)).status
    except FetchError as error:
        return type(error), error.reason
