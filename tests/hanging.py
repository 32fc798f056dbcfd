"""A Redis of a test's own, which can be stopped in the middle of its work."""

import signal
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

import redis
from django.conf import settings
from redis.backoff import ConstantBackoff
from redis.retry import Retry

from config.embedded.account import Account
from config.embedded.binaries import find
from sources.wire import store

STARTS_WITHIN_SECONDS = 20


class Redis:
    """One server, at `url`; `hang` leaves its lines open and answers nobody."""

    def __init__(self, folder):
        socket = Path(folder) / "valkey.sock"
        self.url = f"unix://{socket}"
        self._process = subprocess.Popen(
            [
                *(find(Account.choose()).valkey_server, "--port", "0", "--save", ""),
                *("--unixsocket", socket, "--appendonly", "no", "--dir", folder),
            ],
            stdout=subprocess.DEVNULL,
        )
        patience = Retry(ConstantBackoff(0.1), STARTS_WITHIN_SECONDS * 10)
        with redis.Redis.from_url(self.url, retry=patience) as client:
            client.ping()

    def hang(self):
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self):
        self._process.send_signal(signal.SIGCONT)

    def end(self):
        self._process.kill()
        self._process.wait()


@contextmanager
def redis_of_its_own(monkeypatch):
    """Have this process use a Redis that nobody else does."""
    # A short path: the kernel takes 107 bytes for that of a socket.
    with tempfile.TemporaryDirectory(prefix="redis-", dir="/tmp") as folder:
        own = Redis(folder)
        monkeypatch.setattr(settings, "REDIS_URL", own.url)
        store.store.cache_clear()
        store.trouble.end()
        try:
            yield own
        finally:
            own.end()
            store.store.cache_clear()
            store.trouble.end()
