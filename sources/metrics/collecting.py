"""What Prometheus reads: where the rows stand now, and what the workers counted."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta

import redis
from django.db import OperationalError, connection, transaction
from django.db.models import Count, Min, Q
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.metrics_core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector

from sources.metrics import counting
from sources.models import Capture, Host, Passage, Source
from sources.vocabulary import Outcome, PassageState, SourceState

logger = logging.getLogger(__name__)

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4
# A number that takes longer than this to count is left out of the scrape.
PATIENCE = timedelta(seconds=2)


def exposition(*, now: datetime) -> bytes:
    """
    Return everything in Prometheus' text format, as it stands at this moment.

    What cannot be counted in time is left out, and `counterclaim_scrape_gaps` says how
    much that was.
    """
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Standing(now))
    return generate_latest(registry)


class _Standing(Collector):
    """The rows and the counters at one moment."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def collect(self) -> Iterator[Metric]:
        """Yield each family, each asked for in a query of its own."""
        gaps = 0
        families: list[Callable[[], Iterator[Metric]]] = [
            self._by_state,
            self._due,
            self._leased,
            self._captures,
            self._paused,
            self._passages,
            self._counters,
        ]
        for family in families:
            try:
                yield from _in_time(family)
            except (OperationalError, redis.RedisError) as exc:
                gaps += 1
                logger.warning(
                    "metrics were left out",
                    extra={"family": family.__name__, "reason": str(exc)},
                )
        yield GaugeMetricFamily(
            "counterclaim_scrape_gaps",
            "Families of numbers that could not be counted in time.",
            value=gaps,
        )

    def _by_state(self) -> Iterator[Metric]:
        counted = list(
            Source.objects.values("state").annotate(
                n=Count("pk"), parked=Count("pk", filter=Q(parked_at__isnull=False))
            )
        )
        yield _by(
            "counterclaim_sources",
            "Pages that are kept an eye on, by where they stand.",
            label="state",
            values=dict.fromkeys(SourceState.values, 0)
            | {each["state"]: each["n"] for each in counted},
        )
        yield GaugeMetricFamily(
            "counterclaim_sources_parked",
            "Sources given up after too many broken attempts; a person frees them.",
            value=sum(each["parked"] for each in counted),
        )

    def _due(self) -> Iterator[Metric]:
        due = Source.objects.due(self.now).aggregate(
            n=Count("pk"), oldest=Min("due_at")
        )
        yield GaugeMetricFamily(
            "counterclaim_sources_due",
            "Sources that are due and that no worker has.",
            value=due["n"],
        )
        yield GaugeMetricFamily(
            "counterclaim_sources_due_oldest_seconds",
            "How long the source that waits longest has been due.",
            value=_age(due["oldest"], self.now),
        )

    def _leased(self) -> Iterator[Metric]:
        yield GaugeMetricFamily(
            "counterclaim_sources_leased",
            "Sources that a worker has at this moment.",
            value=Source.objects.leased(self.now).count(),
        )

    def _captures(self) -> Iterator[Metric]:
        waiting = Capture.objects.aggregate(n=Count("pk"), oldest=Min("fetched_at"))
        yield GaugeMetricFamily(
            "counterclaim_captures_waiting",
            "Pages that were fetched and wait to be read.",
            value=waiting["n"],
        )
        yield GaugeMetricFamily(
            "counterclaim_captures_oldest_seconds",
            "How long the page that waits longest was fetched ago.",
            value=_age(waiting["oldest"], self.now),
        )

    def _paused(self) -> Iterator[Metric]:
        yield GaugeMetricFamily(
            "counterclaim_hosts_paused",
            "Hosts that are left alone at this moment.",
            value=Host.objects.paused(self.now).count(),
        )

    def _passages(self) -> Iterator[Metric]:
        counted = dict(Passage.objects.values_list("state").annotate(Count("pk")))
        yield _by(
            "counterclaim_passages",
            "Watched words, by where they stand.",
            label="state",
            values=dict.fromkeys(PassageState.values, 0) | counted,
        )

    def _counters(self) -> Iterator[Metric]:
        counted = counting.counted()
        for name, about, kept, unit in (
            ("checks", "Looks at sources that were written down.", counting.CHECKS, 1),
            (
                "check_seconds",
                "How long the sites took to answer, in all.",
                counting.MILLISECONDS,
                1_000,
            ),
            ("check_bytes", "What came over the wire.", counting.BYTES, 1),
        ):
            family = CounterMetricFamily(
                f"counterclaim_{name}", about, labels=["outcome"]
            )
            for outcome in Outcome.values:
                family.add_metric([outcome], counted.get(f"{kept}:{outcome}", 0) / unit)
            yield family


def _in_time(family: Callable[[], Iterator[Metric]]) -> list[Metric]:
    """Ask the database for a family, and give it up after a moment."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            # Local to the transaction; inside a longer one it is set back below.
            cursor.execute("SHOW statement_timeout")
            before = cursor.fetchone()[0]
            _set_patience(f"{PATIENCE // timedelta(milliseconds=1)}")
        found = list(family())
        _set_patience(before)
        return found


def _set_patience(value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [value])


def _by(name: str, about: str, *, label: str, values: Mapping[str, int]) -> Metric:
    family = GaugeMetricFamily(name, about, labels=[label])
    for value, number in values.items():
        family.add_metric([value], number)
    return family


def _age(moment: datetime | None, now: datetime) -> float:
    return max(0.0, (now - moment).total_seconds()) if moment else 0.0
