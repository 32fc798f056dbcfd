import pytest

from tests.claims.endpoint.oracle import Oracle


@pytest.fixture
def oracle():
    with Oracle() as there:
        yield there
