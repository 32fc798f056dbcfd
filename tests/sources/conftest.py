from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings as configured
from redis import Redis

from tests.sources.looking import Lookout
from tests.sources.mementos import Mementos
from tests.sources.press import Press
from tests.sources.searching import KEY


@pytest.fixture
def press():
    with Press() as press:
        yield press


@pytest.fixture
def lookout(press, db, settings):
    """Somebody who looks at the pages of the press."""
    settings.SOURCES_ALLOW_PORTS = [press.port]
    with Lookout(press) as lookout:
        yield lookout


@pytest.fixture
def redis():
    """A Redis in which nothing of the archive is remembered."""
    with Redis.from_url(configured.REDIS_URL) as redis:
        redis.delete(KEY)
        yield redis
        redis.delete(KEY)


@pytest.fixture
def archive(press, settings, redis):
    """An archive of the web at the address of the press."""
    settings.SOURCES_ALLOW_PORTS = [press.port]
    settings.SOURCES_ARCHIVE_URL = press.url("")
    settings.SOURCES_ARCHIVE_GAP = timedelta()
    settings.SOURCES_FETCH_TIMEOUT = timedelta(seconds=1)
    return Mementos(press)
