"""No control is shown that would fail: every link and form of every page, as each role."""

import re

import pytest
from django.db import transaction
from django.test import Client

from claims.access import GROUPS
from tests.everybody.furnished import House
from tests.everybody.shown import Page
from tests.factories import a_person

pytestmark = pytest.mark.django_db

KEY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<=/)\d+(?=/)")
# What has no page for people.
PROGRAMS = re.compile(r"^/(api/|.*\.(atom|xml|warc\.gz)$)")
REFUSED = {403, 404, 405}


def kind_of(address):
    """What it is of, whoever the row is."""
    path, _, query = address.partition("?")
    return KEY.sub("{}", path), tuple(each.split("=")[0] for each in query.split("&"))


class Visit:
    """What one person sees on some pages, and what becomes of what is shown there."""

    def __init__(self, person):
        self.client = Client(raise_request_exception=False)
        self.client.force_login(person)
        self.links, self.forms, self.refused = {}, {}, []

    def look(self, addresses):
        for address in addresses:
            answer = self.client.get(address)
            if answer.status_code >= 500:
                self.refused.append((answer.status_code, "GET", address, address))
            if answer.status_code != 200 or answer.streaming:
                continue
            page = Page(address, answer.content.decode())
            # The same control of another claim may be answered otherwise.
            for link in page.links:
                self.links.setdefault((address, kind_of(link)), link)
            for number, form in enumerate(page.forms):
                if form["method"] != "dialog":
                    self.forms[address, number] = form

    def follow(self):
        tried = set()
        for (address, _), link in self.links.items():
            if link not in tried and not PROGRAMS.match(link):
                tried.add(link)
                self._hear("GET", link, address, self.client.get(link))

    def send(self):
        """Send each form as it stands, with each of its buttons, and take that back."""
        for (address, _), form in self.forms.items():
            for button in form["buttons"] or [form | {"fields": {}}]:
                action, method = button["action"], button["method"]
                with transaction.atomic():
                    ask = getattr(self.client, method)
                    answer = ask(action, form["fields"] | button["fields"])
                    transaction.set_rollback(True)
                self._hear(method.upper(), action, address, answer)

    def _hear(self, method, address, shown_on, answer):
        if answer.status_code in REFUSED or answer.status_code >= 500:
            self.refused.append((answer.status_code, method, address, shown_on))


@pytest.mark.parametrize("role", GROUPS)
def test_no_link_or_form_is_shown_that_would_fail(role):
    ana = a_person("reviewer", "ana")
    house = House(ana)
    visit = Visit(a_person(role, "somebody"))

    panel = house.panel if role in {"editor", "admin"} else ()
    visit.look([*house.desk, *panel])
    visit.follow()
    visit.send()

    assert not visit.refused
    assert bool(visit.forms) == (role != "reader")
