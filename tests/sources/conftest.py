from __future__ import annotations

import pytest

from tests.sources.looking import Lookout
from tests.sources.press import Press


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
