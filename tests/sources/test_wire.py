"""The wire: names of what has changed reach whoever follows them, or nobody."""

from itertools import count

import pytest
from django.conf import settings
from django.db import transaction

from sources import wire
from sources.wire import pulse, store
from sources.wire.listening import NoRoom, Stream, Switchboard, events
from sources.wire.store import WireDown

SECONDS = 30  # for what comes at once on a machine that has nothing else to do


@pytest.fixture
def board():
    board = Switchboard(most=3)
    yield board
    board.stop()


@pytest.fixture
def no_redis(monkeypatch):
    """A process whose Redis is gone."""
    monkeypatch.setattr(settings, "REDIS_URL", "redis://127.0.0.1:1/0")
    store.store.cache_clear()
    yield
    store.store.cache_clear()
    store.trouble.end()


def test_whoever_follows_a_name_hears_it_and_nothing_else(board):
    stream = board.open(["source:1", "queue"], owner="a browser")

    wire.tell(["source:1", "source:2", "source:3"])

    assert stream.wait(SECONDS) == {"source:1"}


def test_a_name_that_was_told_often_is_heard_once():
    stream = Stream(["queue"], owner="a browser")

    stream.hear(["queue"])
    stream.hear(["queue", "workers"])

    assert stream.wait(SECONDS) == {"queue", "workers"}
    assert stream.wait(0) == set()


@pytest.mark.django_db(transaction=True)
def test_what_is_written_is_told_once_it_can_be_seen(board):
    stream = board.open(["queue", "inbox"], owner="a browser")

    with transaction.atomic():
        wire.tell_after_commit("queue")
        assert stream.wait(0) == set()

    assert stream.wait(SECONDS) == {"queue"}


@pytest.mark.django_db(transaction=True)
def test_what_was_not_written_is_not_told(board):
    stream = board.open(["queue", "inbox"], owner="a browser")

    with transaction.atomic():
        wire.tell_after_commit("queue")
        transaction.set_rollback(True)
    wire.tell(["inbox"])

    assert stream.wait(SECONDS) == {"inbox"}


def test_no_more_are_told_than_there_is_room_for(board):
    for number in range(3):
        board.open(["queue"], owner=f"browser {number}")

    with pytest.raises(NoRoom):
        board.open(["queue"], owner="one more")
    assert board.streams == 3


def test_a_browser_that_asks_again_has_left_what_it_had(board):
    first = board.open(["queue"], owner="a browser")
    second = board.open(["inbox"], owner="a browser")

    wire.tell(["inbox"])

    assert first.wait(0) is None
    assert second.wait(SECONDS) == {"inbox"}
    assert board.streams == 1


def test_whoever_leaves_makes_room(board):
    stream = board.open(["queue"], owner="a browser")

    board.leave(stream)

    assert board.streams == 0
    again = board.open(["queue"], owner="another")
    wire.tell(["queue"])
    assert again.wait(SECONDS) == {"queue"}


def test_a_process_that_is_to_end_ends_all_and_opens_no_more(board):
    stream = board.open(["queue"], owner="a browser")

    board.stop()

    assert stream.wait(SECONDS) is None
    with pytest.raises(WireDown):
        board.open(["queue"], owner="another")


def test_without_redis_nothing_is_told_and_nothing_breaks(no_redis, board):
    wire.tell(["queue"])

    with pytest.raises(WireDown):
        board.open(["queue"], owner="a browser")
    with pytest.raises(WireDown):
        pulse.silent(["fetch"])
    assert board.streams == 0


def test_a_redis_that_did_not_answer_is_left_alone_for_a_moment(no_redis, monkeypatch):
    asked = []
    wire.tell(["queue"])
    monkeypatch.setattr(store.store(), "publish", lambda *_: asked.append("again"))

    wire.tell(["queue"])

    assert not asked


# --- In the words of server-sent events -------------------------------------------


def test_a_stream_says_when_to_ask_again_and_shows_that_it_is_alive():
    stream = Stream(["queue"], owner="a browser")
    lines = events(stream, lasts=60, beat=0, clock=lambda: 0)

    assert next(lines) == b"retry: 5000\n\n"
    assert next(lines) == b":\n\n"
    stream.hear(["queue", "workers"])
    assert next(lines) == b"data: queue workers\n\n"


def test_a_stream_ends_by_itself_after_its_time():
    ticks = count(step=20)
    stream = Stream(["queue"], owner="a browser")

    lines = list(events(stream, lasts=60, beat=0, clock=lambda: next(ticks)))

    assert lines == [b"retry: 5000\n\n", b":\n\n", b":\n\n"]


def test_a_stream_that_was_closed_ends_at_once():
    stream = Stream(["queue"], owner="a browser")
    stream.close()

    lines = list(events(stream, lasts=60, beat=60, clock=lambda: 0))

    assert lines == [b"retry: 5000\n\n"]


# --- The pulse of the workers -----------------------------------------------------


@pytest.fixture
def no_pulse():
    store.store().delete(pulse.KEY)


def test_a_queue_is_silent_until_a_worker_takes_it(no_pulse):
    before = pulse.silent(["fetch", "read"])
    pulse.beat(["fetch"])
    after = pulse.silent(["fetch", "read"])

    assert [each.queue for each in before] == ["fetch", "read"]
    assert [(each.queue, each.since) for each in after] == [("read", None)]


def test_a_worker_that_was_not_heard_for_a_while_is_silent_since_then(no_pulse):
    pulse.beat(["fetch"])
    heard = int(store.store().hget(pulse.KEY, "fetch")) - 60
    store.store().hset(pulse.KEY, "fetch", heard)

    silence = pulse.silent(["fetch"])

    assert [each.queue for each in silence] == ["fetch"]
    assert silence[0].since.timestamp() == heard
