from __future__ import annotations

import pytest

from tests.sources.looking import Lookout
from tests.sources.press import Press


@pytest.fixture
def press():
    with Press() as press:
        yield press


@pytest.fixture
def lookout(press, db):
    """Somebody who looks at the pages of the press."""
    with Lookout(press) as lookout:
        yield lookout
