"""What the workers did, in numbers, and who may read them."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from sources import attaching, metrics
from sources.metrics import collecting, counting
from sources.models import Capture, Check, Host
from tests.factories import NOON, a_person, a_source

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


# --- Scraped ------------------------------------------------------------------


def read(answer):
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(answer.content.decode())
        for sample in family.samples
    }


@pytest.fixture
def scrape(client, settings):
    settings.METRICS_TOKEN = "a token for the scraper"

    def scraped(token="a token for the scraper"):
        return client.get("/metrics", headers={"Authorization": f"Bearer {token}"})

    return scraped


def test_a_scrape_tells_where_everything_stands(scrape):
    now = timezone.now()
    paused = {"paused_at": now, "pause_reason": "The site asked for it."}
    Host.objects.create(
        name="paper.example", paused_until=now + timedelta(hours=1), **paused
    )
    Host.objects.create(
        name="other.example", paused_until=now - timedelta(hours=1), **paused
    )
    due = a_source(due_at=now - timedelta(minutes=5), state="live")
    a_source(due_at=now + timedelta(days=1), state="gone")
    a_source(due_at=now, parked_at=now, state="failing")
    leased = a_source(
        due_at=now, lease_token=uuid4(), lease_until=now + timedelta(minutes=2)
    )
    Capture.objects.create(
        source=leased, lease_token=uuid4(), fetched_at=now, answer={}, body_zstd=b""
    )
    attaching.watch(due, exact="two halls", now=NOON)
    metrics.count([a_check(due), a_check(due, "failing", duration_ms=1_500)])

    numbers = read(scrape())

    assert numbers["counterclaim_sources", "live"] == 1
    assert numbers["counterclaim_sources", "gone"] == 1
    assert numbers["counterclaim_sources", "moved"] == 0
    assert numbers["counterclaim_sources_parked",] == 1
    assert numbers["counterclaim_sources_due",] == 1
    assert numbers["counterclaim_sources_leased",] == 1
    assert numbers["counterclaim_captures_waiting",] == 1
    assert numbers["counterclaim_hosts_paused",] == 1
    assert numbers["counterclaim_passages", "unverifiable"] == 1
    assert numbers["counterclaim_checks_total", "unchanged"] == 1
    assert numbers["counterclaim_check_seconds_total", "failing"] == 1.5
    assert numbers["counterclaim_check_bytes_total", "unchanged"] == 800
    assert numbers["counterclaim_scrape_gaps",] == 0


def test_how_long_the_first_in_the_queue_has_waited_is_told(scrape):
    a_source(due_at=timezone.now() - timedelta(hours=2))
    a_source(due_at=timezone.now())

    waited = read(scrape())["counterclaim_sources_due_oldest_seconds",]

    assert 7_200 <= waited < 7_260


def test_what_takes_too_long_to_count_is_left_out_and_said_to_be(scrape, monkeypatch):
    def for_ever(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(60)")
        yield

    # Long beside the other counts, on however busy a machine.
    monkeypatch.setattr(collecting, "PATIENCE", timedelta(seconds=1))
    monkeypatch.setattr(collecting._Standing, "_due", for_ever)

    numbers = read(scrape())

    assert numbers["counterclaim_scrape_gaps",] == 1
    assert ("counterclaim_sources_due",) not in numbers
    assert ("counterclaim_sources", "live") in numbers


def test_without_redis_the_rows_are_told_all_the_same(scrape, monkeypatch):
    broken = counting.redis.Redis(host="127.0.0.1", port=1)
    monkeypatch.setattr(counting, "_store", lambda: broken)

    numbers = read(scrape())

    assert numbers["counterclaim_scrape_gaps",] == 1
    assert ("counterclaim_sources", "live") in numbers


def test_a_scrape_asks_a_fixed_number_of_questions(
    scrape, django_assert_max_num_queries
):
    for _ in range(5):
        a_source()

    # Six questions, each with its patience set before and after.
    with django_assert_max_num_queries(42):
        scrape()


# --- Who may read them --------------------------------------------------------


def test_while_no_token_is_set_there_is_nothing_to_be_seen(client, settings):
    settings.METRICS_TOKEN = ""

    assert client.get("/metrics").status_code == 404
    assert (
        client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404
    )


@pytest.mark.parametrize("token", ["", "wrong", "a token for the scrapeß", "a token"])
def test_another_token_is_refused(scrape, token):
    answer = scrape(token)

    assert answer.status_code == 401
    assert b"counterclaim_sources" not in answer.content


@pytest.mark.parametrize(("role", "status"), [("editor", 200), ("reviewer", 404)])
def test_people_of_the_panel_may_look_too(client, role, status):
    client.force_login(a_person(role))

    assert client.get("/metrics").status_code == status
