"""Polite visits in a test: a door with a courtesy, and when a site was asked."""

from __future__ import annotations

import asyncio
import itertools
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import contextmanager
from datetime import timedelta

from aiohttp.abc import AbstractResolver, ResolveResult
from django.conf import settings

from sources.net import Door, DoorConfig
from sources.net.courtesy import Courtesy
from sources.net.manners import Manners
from tests.environment import PROJECT
from tests.factories import NOON
from tests.sources.press import Press

AGENT = "Counterclaim/0.1 (+https://example.org/contact)"
GAP = 0.06
NEARLY = 0.4  # a busy machine wakes one late, and the next in time
CLOCKS_DIFFER = 0.99  # Redis', which gives the turns, and this one's

_names = itertools.count(1)


@contextmanager
def a_press_of_its_own():
    """On a number of its own: the turns at a machine outlast a test."""
    number = ".".join(str(random.randint(1, 250)) for _ in range(3))
    with Press(host=f"127.{number}") as press:
        yield press


def a_name() -> str:
    """A site that nobody has taken a turn at."""
    return f"paper-{next(_names)}-{time.monotonic_ns()}.example"


def manners(**how) -> Manners:
    how.setdefault("redis_url", settings.REDIS_URL)
    how.setdefault("least_gap", 0.0)
    return Manners(user_agent=AGENT, **how)


class Clock:
    """A clock that the test sets."""

    def __init__(self):
        self.now = NOON

    def __call__(self):
        return self.now

    def pass_time(self, **how: float) -> None:
        self.now += timedelta(**how)


class LeadTo(AbstractResolver):
    """Every name leads to one number."""

    def __init__(self, number="127.0.0.1"):
        self.number = number

    async def resolve(self, host, port=0, family=socket.AF_INET):
        return [
            ResolveResult(
                hostname=host,
                host=self.number,
                port=port,
                family=socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
        ]

    async def close(self):
        pass


class Visit:
    """`async with Visit(press) as visit: await visit.get(url)`, politely."""

    def __init__(self, press, *, clock=None, total_seconds=5, **how):
        self.courtesy = Courtesy(manners(**how), clock=clock or Clock())
        self.door = Door(
            DoorConfig(
                user_agent=AGENT,
                allow_networks=("127.0.0.0/8",),
                allow_ports=frozenset({press.port}),
                total_seconds=total_seconds,
            ),
            resolver=LeadTo(press.host),
            courtesy=self.courtesy,
        )

    async def __aenter__(self):
        await self.door.__aenter__()
        return self

    async def __aexit__(self, *error):
        await self.door.__aexit__(*error)

    async def get(self, url):
        return await self.door.get(url)

    async def get_all(self, *urls):
        """What came of each: an answer or an error."""
        return await asyncio.gather(*map(self.get, urls), return_exceptions=True)


def visit(press, *urls, **how):
    """Visit these, all at once; what came of each."""

    async def go():
        async with Visit(press, **how) as visit:
            return await visit.get_all(*urls)

    return asyncio.run(go())


class Moments(list[float]):
    """When a site was asked, by a clock that was started before it could be."""

    def __init__(self, moments: Iterable[float] = ()):
        self.since = time.monotonic()
        super().__init__(moments)

    def kept_apart(self, gap: float) -> bool:
        """
        Tell whether none was asked before its turn, had each turn so many seconds.

        Not from one to the next: a busy machine wakes any of them late, and so nearer
        to the one after it, but never early.
        """
        return all(
            moment - self.since >= place * gap * CLOCKS_DIFFER
            for place, moment in enumerate(sorted(self))
        )


def timed(handler, moments: list[float]):
    """The same handler, noting when it is asked."""

    def handle(request, line):
        moments.append(time.monotonic())
        handler(request, line)

    return handle


def gaps(moments: list[float]) -> list[float]:
    return [b - a for a, b in itertools.pairwise(sorted(moments))]


def robots(press, text, **how):
    how.setdefault("media_type", "text/plain")
    return press.page("/robots.txt", text, **how)


def origin_of(press):
    return press.url("/").rstrip("/")


ANOTHER_PROCESS = """
import asyncio, sys
from sources.net import Door, DoorConfig
from sources.net.courtesy import Courtesy
from sources.net.manners import Manners

async def go(redis_url, gap, port, urls):
    manners = Manners(user_agent="Counterclaim", redis_url=redis_url, least_gap=gap)
    config = DoorConfig(
        user_agent="Counterclaim",
        allow_networks=("127.0.0.0/8",),
        allow_ports=frozenset({port}),
    )
    async with Door(config, courtesy=Courtesy(manners)) as door:
        print("ready", flush=True)
        sys.stdin.readline()
        await asyncio.gather(*map(door.get, urls), return_exceptions=True)

redis_url, gap, port, *urls = sys.argv[1:]
asyncio.run(go(redis_url, float(gap), int(port), urls))
"""


@contextmanager
def processes(press, *visits, redis_url=settings.REDIS_URL, gap=GAP):
    """One for each list of addresses, all visited at once; ends when they have."""
    command = [sys.executable, "-c", ANOTHER_PROCESS]
    command += [redis_url, str(gap), str(press.port)]
    running = [
        subprocess.Popen(
            [*command, *urls],
            cwd=PROJECT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for urls in visits
    ]
    for process in running:
        assert process.stdout.readline() == "ready\n"
    for process in running:
        process.stdin.write("go\n")
        process.stdin.flush()
    try:
        yield running
    finally:
        for process in running:
            process.communicate(timeout=30)
