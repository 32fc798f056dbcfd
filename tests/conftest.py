"""What every test may lean on."""

import asyncio

import pytest
from django.conf import settings
from django.db import connections
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as properties

pytest_plugins = ["tests.live"]

# How long a machine takes decides nothing: it may be busy with other things.
properties.register_profile(
    "house", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
properties.load_profile("house")


@pytest.fixture(autouse=True, scope="session")
def quick_passwords(django_test_environment):
    """Hash passwords cheaply: a hash worth having takes half a second."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def english_again():
    """Forget what a request asked for: its language stays with the thread."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def base_url(live_server):
    """Let a test in a browser say `page.goto("/")`."""
    return live_server.url


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item):
    """
    Let tests without a browser run loops of their own.

    Playwright's sleeps in this thread once a test of this process has used it, and
    counts as running all the while. Hidden from setup to teardown, so that a test has
    one database connection throughout: Django keeps one for each loop.
    """
    sleeping = asyncio._get_running_loop()
    if "playwright" in item.fixturenames:
        try:
            return (yield)
        finally:
            connections.close_all()
    asyncio._set_running_loop(None)
    try:
        return (yield)
    finally:
        if sleeping is not None and sleeping.is_running():
            asyncio._set_running_loop(sleeping)
