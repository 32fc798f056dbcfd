"""What the workers did, in numbers, and who may read them."""

from uuid import uuid4

import pytest

from sources import metrics
from sources.metrics import counting
from sources.models import Check
from tests.factories import NOON, a_source

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_counted():
    counting._store().delete(counting.KEY)


def a_check(source, outcome="unchanged", **fields):
    return Check(
        source=source,
        lease_token=uuid4(),
        started_at=NOON,
        outcome=outcome,
        **{"duration_ms": 120, "bytes": 800, **fields},
    )


def test_checks_are_counted_by_outcome_with_their_time_and_bytes():
    source = a_source()

    metrics.count([a_check(source), a_check(source, duration_ms=80)])
    metrics.count([a_check(source, "failing", bytes=0)])

    assert counting.counted() == {
        "checks:unchanged": 2,
        "ms:unchanged": 200,
        "bytes:unchanged": 1600,
        "checks:failing": 1,
        "ms:failing": 120,
        "bytes:failing": 0,
    }


def test_without_redis_a_batch_goes_on_uncounted(monkeypatch, caplog):
    broken = counting.redis.Redis(host="127.0.0.1", port=1)
    monkeypatch.setattr(counting, "_store", lambda: broken)

    metrics.count([a_check(a_source())])

    assert "checks were not counted" in caplog.text
