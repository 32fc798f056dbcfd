"""The first look at the pages of the sample press, before any worker is there."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Thread
from urllib.parse import urlsplit

from config.demo.edition import Calendar
from config.demo.press import HOST, PressServer
from sources import checking, leasing
from sources.checking import Rules
from sources.models import Source
from sources.net import Doorkeeper

# Weeks of a page's life pass in minutes here, so the first interval is short, too.
INTERVAL = timedelta(seconds=20)
POLL_SECONDS = 0.05


def read_pages(press_url: str, *, now: datetime) -> None:
    """Look at every page of a press that opens now, with the door opened for it."""
    port = urlsplit(press_url).port or 80
    pages = Source.objects.filter(canonical_url__startswith=press_url)
    pages.filter(last_checked_at=None).update(interval=INTERVAL)
    began = time.monotonic()

    def clock() -> datetime:
        return now + timedelta(seconds=time.monotonic() - began)

    door_config = replace(
        checking.door_config(),
        allow_networks=(f"{HOST}/32",),
        allow_ports=frozenset({port}),
    )
    rules = replace(Rules.from_settings(), least=INTERVAL)
    terms = replace(checking.terms(), per_host=pages.count())
    with press_is_open(port, clock=clock), Doorkeeper(door_config) as door:
        for lease in leasing.lease_due(now=clock(), terms=terms):
            for _ in checking.check(lease, door=door, rules=rules, clock=clock):
                pass


@contextmanager
def press_is_open(port: int, *, clock: Callable[[], datetime]) -> Iterator[None]:
    """Have the press on this port for a while; the one that is there, if one is."""
    try:
        server = PressServer(
            Calendar(opened=clock()), port=port, clock=clock, quiet=True
        )
    except OSError:
        yield
        return
    thread = Thread(target=server.serve_forever, args=(POLL_SECONDS,), name="press")
    with server:
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join()
