"""What people open: each page of the desk and of the public side, beside a small house."""

from __future__ import annotations

import gzip
import io
import re
import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import timezone

from claims.models import Claim
from config.wsgi import application
from tests.bench import newsroom, plans
from tests.bench.clock import Figure, backend_milliseconds, kept_connection
from tests.bench.processes import BenchFailed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.contrib.auth.models import User

    from tests.bench.newsroom import Newsroom
    from tests.bench.sizes import Sizes

SMALL = 1_000
TIMES = 7
# Of the whole answer, in CPU milliseconds of server and database; and of its weight.
DESK_MS, PUBLIC_MS = 150, 50
DESK_KB, PUBLIC_KB = 200, 80
SCRIPT_KB = 45
_FILES = re.compile(r'(?:href|src)="/static/([^"?]+\.(?:css|js))"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A page, and who opens it."""

    name: str
    path: str
    by: User | None = None

    @property
    def at_desk(self) -> bool:
        return self.by is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one page takes."""

    server: float  # CPU milliseconds, the middle one of some
    database: float  # the same
    longest: float  # both, in the dearest of them
    waits: list[float]  # milliseconds by the clock, of each
    queries: int
    whole: tuple[str, ...]  # tables of many rows that were read from end to end
    html: int  # bytes; a page that holds a secret is not packed
    files: int  # styles and scripts, packed as they are sent
    script: int  # of these

    @property
    def cpu(self) -> float:
        return self.server + self.database


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One page beside the same page in a small house."""

    name: str
    large: Cost
    small: Cost
    bare: float  # milliseconds of robots.txt, through the same middleware
    at_desk: bool

    def __str__(self) -> str:
        cost, most = self.large, DESK_MS if self.at_desk else PUBLIC_MS
        weight = (cost.html + cost.files) / 1_000
        parts = f"{cost.server:5.1f} + {cost.database:5.1f}"
        told = [
            f"{self.name:<30} {cost.cpu:7.1f} ms ({parts}, {cost.longest:6.1f} at most)",
            f"{cost.cpu / self.bare:6.1f} × bare",
            f"{cost.cpu / self.small.cpu:5.2f} × small",
            f"{cost.queries:3d} queries",
            f"{weight:6.1f} kB, scripts {cost.script / 1_000:4.1f}",
        ]
        missed = [
            *([f"over {most} ms"] if cost.longest > most else []),
            *([f"over {self._most_kb} kB"] if weight > self._most_kb else []),
            *(
                [f"scripts over {SCRIPT_KB} kB"]
                if cost.script > SCRIPT_KB * 1e3
                else []
            ),
            *([f"reads all of {', '.join(cost.whole)}"] if cost.whole else []),
        ]
        return "  ".join(told) + (f"   MISSED: {'; '.join(missed)}" if missed else "")

    @property
    def _most_kb(self) -> int:
        return DESK_KB if self.at_desk else PUBLIC_KB


def measures(sizes: Sizes) -> Iterator[object]:
    """Open every page in a small house and in a large one."""
    with kept_connection():
        small = {each.name: cost for each, cost in _opened(SMALL)}
        bare = _bare()
        yield (
            f"pages with {sizes.newsroom:,} claims beside {SMALL:,}: CPU of server and"
            f" database; robots.txt takes {bare:.2f} ms"
        )
        dearest: dict[bool, list[float]] = {True: [], False: []}
        waits: dict[bool, list[float]] = {True: [], False: []}
        for each, cost in _opened(sizes.newsroom):
            dearest[each.at_desk].append(cost.longest)
            waits[each.at_desk] += cost.waits
            yield Line(
                name=each.name,
                large=cost,
                small=small[each.name],
                bare=bare,
                at_desk=each.at_desk,
            )
    for at_desk, most in ((True, DESK_MS), (False, PUBLIC_MS)):
        name = f"{'desk' if at_desk else 'public'} pages, p95"
        yield Figure(
            name=name,
            value=_p95(dearest[at_desk]),
            unit="ms",
            note="CPU until the last byte, of the dearest of each page",
            most=most,
        )
        yield Figure(
            name=name,
            value=_p95(waits[at_desk]),
            unit="ms",
            # No budget: it measures whatever else the machine does as well.
            note="by the clock until the last byte, of every one",
        )


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def _opened(claims: int) -> Iterator[tuple[Address, Cost]]:
    newsroom.empty()
    room = newsroom.fill(claims, now=timezone.now())
    cookies = {person.pk: _session(person) for person in (room.reviewer, room.editor)}
    for each in _addresses(room):
        cookie = cookies[each.by.pk] if each.by else ""
        yield each, _measured(each, cookie)


def _session(person: User) -> str:
    client = Client()
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    return client.cookies["sessionid"].value


def _addresses(room: Newsroom) -> list[Address]:
    one, reviewer, editor = room.singular, room.reviewer, room.editor
    public = Claim.objects.get(pk=one.public)
    first = public.reviews.order_by("version")[0]
    shown = public.get_absolute_url()
    then = quote(first.valid_from.isoformat())
    queue = {
        **{f"queue, {tab}": f"tab={tab}" for tab in _TABS},
        "queue by words": "tab=all&q=harbour",
        "queue by words of a heap": "tab=unclaimed&q=ferry",
        "queue by words nobody used": "tab=all&q=xyzzy",
        "queue by due time": "tab=unclaimed&due=late",
        "queue by verdict": "tab=all&verdict=false",
        "queue without a verdict": "tab=all&verdict=none",
        "queue by language": "tab=all&language=es",
        "queue by topic": "tab=all&topic=health",
        "queue by cited site": f"tab=all&domain={one.host}",
        "queue, a saved view": f"view={one.view}",
    }
    desk = {
        **{name: f"/desk/?{asked}" for name, asked in queue.items()},
        "inbox": "/desk/inbox/",
        "inbox, everything": "/desk/inbox/?show=all",
        "article with candidates": f"/desk/articles/{one.article}/",
        "workspace, 50 assessments": f"/desk/claims/{one.workspace}/",
        "second review": f"/desk/claims/{one.second}/",
        "history of 200 versions": f"/desk/claims/{one.history}/history/",
        "views": "/desk/views/",
        "keys": "/desk/keys/",
        "sites": "/desk/hosts/",
        "site": f"/desk/hosts/{one.host}/",
        "source of 500 looks": f"/desk/sources/{one.source}/",
        "looks at a source": f"/desk/sources/{one.source}/checks/",
        "claimants as one types": "/desk/claimants/?name=speaker+12",
    }
    of_editors = {
        "people": "/desk/people/",
        "people, of all years": "/desk/people/?period=all",
        "person": f"/desk/people/{reviewer.pk}/",
    }
    public_pages = {
        "front page": "/",
        "list, far down": f"/?older={_FAR}",
        "search, words": "/?q=harbour",
        "search as one types": "/?q=har",
        "search, words nobody used": "/?q=xyzzy",
        "search, a claimant": "/?q=speaker+12",
        "search by verdict": "/?verdict=false",
        "search by language": "/?language=es",
        "claim": shown,
        "claim as of a day": f"{shown}?as_of={then}",
        "claim, an old version": f"/c/{one.public}/v/1",
        "claimant of one in twenty": f"/p/{one.claimant}",
        "corrections": "/corrections",
        "feed": "/feed.atom",
        "feed of a claimant": f"/p/{one.claimant}/feed.atom",
        "sitemap": "/sitemap.xml",
    }
    return [
        *(Address(name=n, path=p, by=reviewer) for n, p in desk.items()),
        *(Address(name=n, path=p, by=editor) for n, p in of_editors.items()),
        *(Address(name=n, path=p) for n, p in public_pages.items()),
    ]


_TABS = ("mine", "unclaimed", "second", "recheck", "arbitration", "snoozed", "all")
_FAR = "20250101T000000.000000-00000000000070008000000000000000"


def _measured(page: Address, cookie: str) -> Cost:
    body = _get(page.path, cookie)
    asked = plans.asked(lambda: _get(page.path, cookie))
    server, database, waits = [], [], []
    for _ in range(TIMES):
        there, here = backend_milliseconds(), time.process_time()
        began = time.perf_counter()
        _get(page.path, cookie)
        waits.append((time.perf_counter() - began) * 1_000)
        server.append((time.process_time() - here) * 1_000)
        database.append(backend_milliseconds() - there)
    files = {
        name: len(gzip.compress(_file(name))) for name in _FILES.findall(body.decode())
    }
    return Cost(
        server=statistics.median(server),
        database=statistics.median(database),
        longest=max(map(sum, zip(server, database, strict=True))),
        waits=waits,
        queries=len(asked),
        whole=plans.read_whole(asked),
        html=len(body),
        files=sum(files.values()),
        script=sum(size for name, size in files.items() if name.endswith(".js")),
    )


def _file(name: str) -> bytes:
    found = finders.find(name)
    if found is None:
        raise BenchFailed(f"no such file: {name}")
    with open(found, "rb") as file:  # noqa: PTH123 — finders give a text
        return file.read()


def _bare() -> float:
    """Return the milliseconds of a page that asks nothing and says a line or two."""
    costs = []
    for _ in range(TIMES * 3):
        here = time.process_time()
        _get("/robots.txt", "")
        costs.append((time.process_time() - here) * 1_000)
    return statistics.median(costs)


def _get(address: str, cookie: str) -> bytes:
    parts = urlsplit(address)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": parts.path,
        "QUERY_STRING": parts.query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "wsgi.url_scheme": "http",
    }
    if cookie:
        environ["HTTP_COOKIE"] = f"sessionid={cookie}"
    statuses: list[str] = []
    answer = application(environ, lambda status, _headers: statuses.append(status))
    body = b"".join(answer)
    answer.close()
    if statuses[0] != "200 OK":
        raise BenchFailed(f"{address}: {statuses[0]}: {body[:300]!r}")
    return body
