"""What somebody may not know of answers at every address like what is not there."""

import re
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from itertools import chain, combinations
from urllib.parse import quote

import pytest
from django.db import connection, reset_queries, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse

from claims.access import Role
from tests.factories import a_person
from tests.journeys.hidden import House
from tests.journeys.two_worlds import PASSING

pytestmark = pytest.mark.django_db

# Another one in each answer; its length is seen from the content itself.
PASSING_HEADERS = {"Content-Security-Policy", "Content-Length", "Expires"}
OF_PROGRAMS = ("GET", "POST", "PATCH", "DELETE")
OF_PAGES = ("GET", "POST")
# Addresses whose keys name nothing that could be hidden, or nobody may not see.
OPEN_TO_ALL = {
    "sitemap-": "a month",
    "api/v1/corrections/": "what was published",
    "admin/": "a page of the panel's own",
    "admin/r/": "an address of what the panel shows, by a number that says so",
}


def routes(patterns=None, before="", space=""):
    """Every address with a key in it: what stands before the key, and its name."""
    for each in get_resolver().url_patterns if patterns is None else patterns:
        path = before + str(each.pattern).lstrip("^")
        if not isinstance(each, URLPattern):
            inner = f"{space}{each.namespace}:" if each.namespace else space
            yield from routes(each.url_patterns, path, inner)
        elif "<" in path and each.name:
            yield re.split(r"\(\?P<|<", path)[0], f"{space}{each.name}"


ROUTES = sorted(set(routes()))


class Asker:
    """Somebody who tries an address, and leaves no trace of that."""

    def __init__(self, role):
        self.role, self.client = role, Client(raise_request_exception=False)
        if role:
            self.client.force_login(a_person(role.group))

    def told(self, method, address, keys):
        """All that an answer tells, and how many questions it took."""
        headers = {"If-Match": "*"} if method == "PATCH" else {}
        kind = {"content_type": "application/json"} if "/api/" in address else {}
        body = {"data": "{}" if kind else {}} if method == "POST" else {}
        if method == "POST" and not kind:
            body = {"data": b"", "content_type": "application/x-www-form-urlencoded"}
        # What was said before is not said again.
        self.client.cookies.pop("messages", None)
        reset_queries()
        with transaction.atomic(), CaptureQueriesContext(connection) as asked:
            answer = self.client.generic(
                method, address, headers=headers, **{**body, **kind}
            )
            transaction.set_rollback(True)
        heads = {
            name: value
            for name, value in answer.headers.items()
            if name not in PASSING_HEADERS
        }
        told = [
            str(answer.status_code),
            repr(sorted(heads.items())),
            repr(sorted(answer.cookies)),
            _content(answer),
        ]
        return [_plain(each, keys) for each in told], len(asked)


def at(name, row, keys):
    """The address of that name for a row; None where it takes no such keys."""
    some = chain.from_iterable(combinations(keys, n) for n in range(1, len(keys) + 1))
    for taken in some:
        with suppress(NoReverseMatch):
            address = reverse(name, kwargs={each: keys[each] for each in taken})
            return address if not row.within or set(taken) == set(keys) else None
    raise AssertionError(f"{name} takes other keys than {sorted(keys)}")


def _content(answer):
    whole = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return whole.decode(errors="replace")


def _plain(text, keys):
    for key in map(str, keys.values()):
        text = re.sub(rf"\b({re.escape(quote(key))}|{re.escape(key)})\b", "{key}", text)
    for passing in PASSING:
        text = passing.sub("", text)
    return text


@pytest.fixture
def rows(settings):
    settings.CLAIMS_UNDO_WITHIN = timedelta(hours=1)
    return House(a_person("editor", "wanda")).rows


def test_every_address_with_a_key_is_tried(rows):
    untried = {before for before, _ in ROUTES} - rows.keys() - OPEN_TO_ALL.keys()

    assert not untried


def test_what_may_not_be_known_of_answers_like_what_is_not_there(rows):
    tried, found = Counter(), []
    for role in Role:
        asker = Asker(role)
        for method, name, row in _unknown_to(role, rows):
            here, there = (
                asker.told(method, at(name, row, keys), keys)
                for keys in (row.there, row.missing)
            )
            tried[role] += 1
            if here != there:
                found.append((role, method, name, *_apart(here, there)))

    assert min(tried.values()) > 50, tried
    assert not found, "\n".join(map(str, found))


def _unknown_to(role, rows):
    """Each thing that can be asked about what this role may not know of."""
    for before, name in ROUTES:
        methods = OF_PROGRAMS if before.startswith("api/") else OF_PAGES
        for row in rows.get(before, ()):
            if role < row.least and at(name, row, row.there):
                yield from ((method, name, row) for method in methods)


def _apart(here, there):
    (told, asked), (other, questions) = here, there
    return [
        *((a[-300:], b[-300:]) for a, b in zip(told, other, strict=True) if a != b),
        f"{asked} questions, not {questions}" if asked != questions else "",
    ]
