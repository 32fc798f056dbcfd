"""What every test may lean on."""

import pytest
from django.conf import settings

pytest_plugins = ["tests.live"]


@pytest.fixture(autouse=True, scope="session")
def quick_passwords(django_test_environment):
    """Hash passwords cheaply: a hash worth having takes half a second."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def base_url(live_server):
    """Let a test in a browser say `page.goto("/")`."""
    return live_server.url
