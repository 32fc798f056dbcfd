"""What a look at a link costs: ours, LinkChecker's, and that of asking alone."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.db.models import Count, Max, Min
from django.utils import timezone

from sources import tasks
from sources.models import Check, Passage, Source
from sources.vocabulary import Outcome, PassageState
from tests.bench import corpus, linkchecker, rows, workers
from tests.bench.clock import Figure
from tests.bench.corpus import DOCUMENTS, Mode, documents
from tests.bench.processes import BenchFailed
from tests.environment import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tests.bench.sizes import Sizes
    from tests.bench.workers import Crew

PATIENCE_SECONDS = 60  # in which at least one more look has to be written down
TICK_SECONDS = 1.0  # between two nudges, as the beat gives them
CORES = 2
LINKS_CHECKER_SEES = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What is expected of one mode, and how many links of `Sizes.links` it gets."""

    name: str
    part: float
    status: int = 200
    outcome: Outcome = Outcome.UNCHANGED
    budget_ms: float | None = None


KINDS = {
    Mode.NOT_MODIFIED: Kind(name="304", part=1, status=304, budget_ms=0.5),
    Mode.SAME_BODY: Kind(name="same body", part=0.5, budget_ms=0.8),
    Mode.SAME_BODY_PACKED: Kind(name="same body, in gzip", part=0.5),
    Mode.SAME_TEXT: Kind(name="same text, other nonces", part=0.1, budget_ms=6),
    Mode.SAME_ARTICLE: Kind(name="same article, other ads and times", part=0.1),
    Mode.CHANGED_WORD: Kind(
        name="one word changed", part=0.03, outcome=Outcome.CHANGED
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """All links of one mode, looked at again."""

    links: int
    cpu_ms: float  # for each link, without the page server's
    press_ms: float  # the page server's
    wall_seconds: float
    parts: dict[str, float]  # of the CPU time, by who used it


def measures(sizes: Sizes) -> Iterator[object]:
    """Have the real workers look at links, and others at the same ones."""
    if not Path("/proc/self/smaps_rollup").exists():
        yield "checks of links: not measured here, for they are counted through /proc"
        return
    rows.empty()
    yield f"CPU of workers, PostgreSQL and Redis for each link; {_corpus()}; {sizes.links:,} links"
    with workers.crew() as crew:
        _first_looks(crew)
        runs: dict[Mode, Run] = {}
        for mode, kind in KINDS.items():
            runs[mode] = run = _again(mode, round(sizes.links * kind.part), crew)
            yield Figure(
                name=f"check: {kind.name}",
                value=run.cpu_ms,
                unit="ms",
                note=", ".join(f"{who} {ms:.3f}" for who, ms in run.parts.items()),
                most=kind.budget_ms,
            )
        yield from _speed(runs[Mode.NOT_MODIFIED])
        yield from _memory(crew)
        yield from _beside(runs, crew)


def _corpus() -> str:
    lengths = sorted(len(d.body(Mode.SAME_BODY, 0)) for d in documents())
    return (
        f"pages of {lengths[DOCUMENTS // 2] // 1_000} kB, "
        f"{lengths[DOCUMENTS * 95 // 100] // 1_000} kB at the 95th percentile, "
        f"at {len(corpus.HOSTS)} addresses"
    )


def _first_looks(crew: Crew) -> None:
    began = timezone.now()
    wanted = sum(rows.attach_each(mode, port=crew.port) for mode in Mode)
    _work_off(wanted, since=began)
    _expect(
        "first looks",
        Counter({Outcome.CHANGED.value: wanted}),
        _counted("outcome", since=began),
    )
    intact = Passage.objects.filter(state=PassageState.INTACT).count()
    _expect("quotes found", wanted, intact)


def _again(mode: Mode, links: int, crew: Crew) -> Run:
    rows.multiply(mode, links, port=crew.port)
    kind = KINDS[mode]
    began = timezone.now()
    before, press = crew.cpu_seconds(), crew.press_seconds()
    _work_off(links, since=began)
    after, press = crew.cpu_seconds(), crew.press_seconds() - press
    name = kind.name
    _expect(
        f"outcomes, {name}",
        Counter({kind.outcome.value: links}),
        _counted("outcome", since=began),
    )
    _expect(
        f"statuses, {name}",
        Counter({kind.status: links}),
        _counted("http_status", since=began),
    )
    once = _since(began).values("source").annotate(n=Count("pk")).filter(n=1).count()
    _expect(f"links looked at once, {name}", links, once)
    if mode is Mode.CHANGED_WORD:
        in_quote = sum(documents()[n % DOCUMENTS].word_in_quote for n in range(links))
        altered = Passage.objects.filter(state=PassageState.ALTERED).count()
        _expect("quotes found altered", in_quote, altered)
    parts = {who: (after[who] - before[who]) * 1_000 / links for who in after}
    return Run(
        links=links,
        cpu_ms=sum(parts.values()),
        press_ms=press * 1_000 / links,
        wall_seconds=_wall_seconds(began),
        parts=parts,
    )


def _work_off(links: int, *, since: datetime) -> None:
    """Nudge the dispatcher until every link was looked at and let go."""
    done, patient_until = -1, time.monotonic() + PATIENCE_SECONDS
    nudged = 0.0
    while True:
        if time.monotonic() - nudged > TICK_SECONDS:
            tasks.dispatch.delay()
            nudged = time.monotonic()
        before, done = done, _since(since).count()
        if done >= links and not Source.objects.exclude(lease_token=None).exists():
            return
        if done != before:
            patient_until = time.monotonic() + PATIENCE_SECONDS
        if time.monotonic() > patient_until:
            raise BenchFailed(
                f"{done} of {links} links were looked at, and no more for "
                f"{PATIENCE_SECONDS} s.\n{workers.complaints()}"
            )
        time.sleep(0.1)


def _since(began: datetime):
    return Check.objects.filter(started_at__gte=began)


def _counted(column: str, *, since: datetime) -> Counter[object]:
    return Counter(_since(since).values_list(column, flat=True))


def _expect(what: str, wanted: object, found: object) -> None:
    if wanted != found:
        raise BenchFailed(f"{what}: {wanted} were expected, and {found} came")


def _wall_seconds(began: datetime) -> float:
    looks = _since(began)
    first = looks.aggregate(at=Min("started_at"))["at"]
    last = Source.objects.aggregate(at=Max("last_checked_at"))["at"]
    return max((last - first).total_seconds(), 0.001)


def _speed(run: Run) -> Iterator[Figure]:
    yield Figure(
        name="304s in a second, by the clock",
        value=run.links / run.wall_seconds,
        unit="links/s",
        note="beside the page server and whatever else runs here",
        least=1_000,
    )
    yield Figure(
        name=f"304s in a second, of {CORES} whole cores",
        value=CORES * 1_000 / (run.cpu_ms + run.press_ms),
        unit="links/s",
        note=f"from the CPU time, with the page server's {run.press_ms:.3f} ms",
        least=1_000,
    )


def _memory(crew: Crew) -> Iterator[Figure]:
    found = crew.fetchers()
    most = max(found, key=lambda memory: memory.rss)
    yield Figure(
        name="memory of a child that fetches",
        value=most.rss,
        unit="MB",
        note=f"resident; {most.pss:.0f} MB with what is shared in parts",
        most=150,
    )


def _beside(runs: dict[Mode, Run], crew: Crew) -> Iterator[object]:
    """Ask for the same links without keeping anything."""
    for mode in (Mode.NOT_MODIFIED, Mode.SAME_BODY, Mode.SAME_BODY_PACKED):
        run, name = runs[mode], KINDS[mode].name
        for loop in ("uvloop", "asyncio") if mode is Mode.NOT_MODIFIED else ("uvloop",):
            alone = _bare(mode, run.links, port=crew.port, loop=loop)
            yield Figure(name=f"bare aiohttp, {loop}: {name}", value=alone, unit="ms")
            yield Figure(
                name="  ours / bare aiohttp", value=run.cpu_ms / alone, unit="times"
            )
    try:
        linkchecker.install()
    except linkchecker.NotInstalled as exc:
        yield f"LinkChecker: not measured, for it cannot be installed here: {exc}"
        return
    links = min(LINKS_CHECKER_SEES, runs[Mode.NOT_MODIFIED].links)
    listing = f"http://{corpus.HOSTS[0]}:{crew.port}/list/{Mode.NOT_MODIFIED}"
    # Its start is no part of a link; the first one compiles it.
    start = [linkchecker.check(f"{listing}/1", links=1) for _ in range(2)][-1]
    seconds = linkchecker.check(f"{listing}/{links}", links=links) - start
    theirs = seconds * 1_000 / (links - 1)
    yield Figure(
        name="LinkChecker: status and headers",
        value=theirs,
        unit="ms",
        note=f"{links:,} links, ten at a time, without what its start takes",
    )
    yield Figure(
        name="  LinkChecker / ours, 304",
        value=theirs / runs[Mode.NOT_MODIFIED].cpu_ms,
        unit="times",
    )


def _bare(mode: Mode, links: int, *, port: int, loop: str) -> float:
    pages = [(corpus.link(mode, n, port=port), _headers(mode, n)) for n in range(links)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.bare", f"--{loop}"],
        input=json.dumps(pages).encode(),
        cwd=PROJECT,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise BenchFailed(f"the bare loop broke: {done.stderr.decode()[-1_000:]}")
    said = json.loads(done.stdout)
    _expect("bare loop", {str(KINDS[mode].status): links}, said["answered"])
    return said["seconds"] * 1_000 / links


def _headers(mode: Mode, number: int) -> dict[str, str]:
    if mode is not Mode.NOT_MODIFIED:
        return {}
    etag, modified = documents()[number % DOCUMENTS].validators()
    names = (("If-None-Match", etag), ("If-Modified-Since", modified))
    return {name: value for name, value in names if value}
