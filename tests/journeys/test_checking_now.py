"""Somebody has a page checked, and sees how it goes without leaving the page."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from sources import attaching
from tests.factories import a_person
from tests.live import open_port
from tests.sources.press import Press

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def paper():
    with Press(port=open_port()) as press:
        words = "The mill on the river burned on Monday night, the mayor said. "
        press.page(
            "/a",
            "<html><head><title>The mill</title></head><body><article><h1>The mill</h1>"
            f"<p>{words * 3}</p><p>{words * 2}</p></article></body></html>",
        )
        yield press


@pytest.fixture
def signed_in(context, live_server):
    ana = Client()
    ana.force_login(a_person("reviewer", "ana"))
    context.add_cookies(
        [
            {
                "name": "sessionid",
                "value": ana.cookies["sessionid"].value,
                "url": live_server.url,
            }
        ]
    )
    return ana


def test_a_check_is_followed_to_its_end_on_the_page_itself(
    signed_in, worker, paper, page
):
    source = attaching.attach(paper.url("/a"), now=timezone.now())
    page.goto(reverse("desk:source", args=[source.pk]))
    page.evaluate("window.stayed = true")
    expect(page.locator("#checks")).to_contain_text("Nobody has looked yet.")

    page.get_by_role("button", name="Check now").click()

    expect(page.locator("#progress")).to_contain_text("Done: changed.", timeout=60_000)
    expect(page.locator("#checks")).to_contain_text("Changed")
    expect(page.get_by_role("heading", level=1)).to_have_text("The mill")
    assert page.evaluate("window.stayed")
