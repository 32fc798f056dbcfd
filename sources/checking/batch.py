"""A lease worked off here and now, for those who are no worker."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from sources.checking.fetching import fetch
from sources.checking.judging import Probe
from sources.checking.reading import read
from sources.checking.rules import Rules
from sources.errors import FetchError
from sources.leasing import Lease
from sources.models import Check
from sources.net import Doorkeeper, Fetched


def check(
    lease: Lease, *, door: Doorkeeper, rules: Rules, clock: Callable[[], datetime]
) -> Iterator[Check]:
    """
    Fetch and read what is left of a lease; yield each check once it is written down.

    Nothing is left of a lease that lapsed or was worked off. A source that breaks its
    check is logged and stays leased, and is tried again when that has lapsed.
    """
    probe = probing(door)
    if lease.fetched:
        yield from read(lease, probe=probe, rules=rules, clock=clock)
        return
    for wave in fetch(lease, door=door, rules=rules, clock=clock):
        yield from wave.checks
        for unread in wave.unread:
            yield from read(unread, probe=probe, rules=rules, clock=clock)


def probing(door: Doorkeeper) -> Probe:
    """Return what fetches one more page of a site, and waits for it."""

    def probe(url: str) -> Fetched | FetchError:
        try:
            return door.fetch(url).result()
        except FetchError as error:
            return error

    return probe
