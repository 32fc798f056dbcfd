"""A page that has something for a worker waits for no Redis: rows are the truth."""

import socket
import threading

import pytest
from celery import current_app
from django.conf import settings
from django.db import transaction

from sources import wire
from sources.wire import store, waking

TASK = "sources.tasks.dispatch"


class Silence:
    """A server that takes connections and never answers, as one that was stopped."""

    def __init__(self):
        self._line = socket.create_server(("127.0.0.1", 0))
        self.heard = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        while True:
            try:
                self.heard.append(self._line.accept()[0])
            except OSError:
                return

    @property
    def url(self):
        return f"redis://127.0.0.1:{self._line.getsockname()[1]}/0"

    def close(self):
        self._line.close()
        for each in self.heard:
            each.close()


@pytest.fixture
def silence():
    silence = Silence()
    yield silence
    silence.close()
    store.store.cache_clear()
    store.trouble.end()


@pytest.fixture
def sent(monkeypatch):
    """What was sent to workers."""
    sent = []
    monkeypatch.setattr(
        current_app,
        "send_task",
        lambda task, *, kwargs, **_: sent.append((task, kwargs)),
    )
    return sent


def test_a_redis_that_hangs_is_asked_once_and_sent_nothing(silence, sent, monkeypatch):
    monkeypatch.setattr(settings, "REDIS_URL", silence.url)
    store.store.cache_clear()

    waking.wake(TASK)
    waking.wake(TASK)

    assert sent == []
    assert len(silence.heard) == 1


def test_a_redis_that_hangs_while_it_is_sent_to_is_left_alone(silence, monkeypatch):
    connection = current_app.connection_for_write
    monkeypatch.setattr(
        current_app,
        "connection_for_write",
        lambda **options: connection(silence.url, **options),
    )

    waking.wake(TASK)
    tried = len(silence.heard)
    waking.wake(TASK)

    assert tried > 0
    assert len(silence.heard) == tried


@pytest.mark.django_db(transaction=True)
def test_a_worker_is_woken_once_there_is_something_to_be_found(sent):
    with transaction.atomic():
        wire.wake_after_commit(TASK, article_id="1")
        assert sent == []

    assert sent == [(TASK, {"article_id": "1"})]


@pytest.mark.django_db(transaction=True)
def test_nobody_is_woken_for_what_was_not_saved(sent):
    with transaction.atomic():
        wire.wake_after_commit(TASK)
        transaction.set_rollback(True)

    assert sent == []
