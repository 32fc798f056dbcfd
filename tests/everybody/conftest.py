"""Somebody in a browser of their own, and who looks at its pages."""

import pytest
from django.conf import settings
from django.test import Client

from tests.everybody.inspecting import Inspector


@pytest.fixture
def enter(new_context, live_server):
    """Return the page of a browser in which this person is signed in."""
    pages = []

    def sign_in(person=None, **options):
        context = new_context(**options)
        if person is not None:
            client = Client()
            client.force_login(person)
            name = settings.SESSION_COOKIE_NAME
            context.add_cookies(
                [
                    {
                        "name": name,
                        "value": client.cookies[name].value,
                        "url": live_server.url,
                    }
                ]
            )
        pages.append(context.new_page())
        return pages[-1]

    yield sign_in
    for page in pages:
        # What is still under way would be answered in the middle of another test.
        page.goto("about:blank")


@pytest.fixture
def inspect(enter, live_server):
    """Return an inspector of the pages that this person, or a stranger, is shown."""

    def led_by(person=None):
        page = enter(person, reduced_motion="reduce")
        in_arabic = enter(person, reduced_motion="reduce", locale="ar")
        cookie = {"name": settings.LANGUAGE_COOKIE_NAME, "value": "ar"}
        in_arabic.context.add_cookies([cookie | {"url": live_server.url}])
        return Inspector(page, in_arabic, live_server.url)

    return led_by
