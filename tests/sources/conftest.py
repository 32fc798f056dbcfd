from __future__ import annotations

import pytest

from tests.sources.press import Press


@pytest.fixture
def press():
    with Press() as press:
        yield press
