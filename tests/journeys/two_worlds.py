"""Every address that somebody can come to, and what stands there."""

import re
from collections import Counter, deque
from html import unescape
from itertools import chain
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

from django.test import Client

from sources.wire import pulse
from tests.api.walking import ways

LINK = re.compile(r'(?:href|hx-get|src)="([^"#]+)')
FORM = re.compile(r'<form\b[^>]*method="get".*?</form>', re.S)
SELECT = re.compile(r'<select\b[^>]*name="([^"]+)".*?</select>', re.S)
OPTION = re.compile(r'<option value="([^"]+)"')
KEY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# What differs from one request to the next, whatever is hidden.
PASSING = [
    re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"'),
    re.compile(r'name="draft_page" value="[^"]+"'),
    re.compile(r'nonce="[^"]+"'),
    re.compile(r'"request_id":\s*"[^"]+"'),
    re.compile(r"cursor=[^\"&> ]+"),
    re.compile(r'"X-CSRFToken": ?"[^"]+"'),
    re.compile(r"X-CSRFToken[^}]+"),
]
# Going there does something else than look.
LEFT_OUT = re.compile(
    r"^/(static|media|sign-|language|api/docs|desk/events|metrics"
    r"|admin/(logout|jsi18n|password|auth|.*/(add|delete)/))"
)
# Whence one came, and where one goes back to.
AIMLESS = {"next", "_changelist_filters", "_facets"}
ROWS, MOST_PAGES = 2, 600


def kind_of(address):
    """What is asked, whoever the row is: two addresses of one kind are alike."""
    parts = urlsplit(address)
    return KEY.sub("{}", parts.path), tuple(parse_qs(parts.query))


class Walk:
    """
    All that one person comes to, by links and choices, from some pages.

    Of each kind of address two are read, and each that asks for one of `telling`.
    """

    def __init__(self, person, *, starts, telling=(), within="/"):
        self.client, self.starts, self.telling = Client(), starts, telling
        self.within = within
        self.client.force_login(person)

    def pages(self):
        """What stands at each address that leads somewhere."""
        found, seen, waiting = {}, Counter(), deque(self.starts)
        known = set(self.starts)
        while waiting:
            address = waiting.popleft()
            found[address] = self.read(address)
            for each in self._onward(address, found[address]):
                kind = kind_of(each)
                tells = any(word in urlsplit(each).query for word in self.telling)
                if each in known or (seen[kind] >= ROWS and not tells):
                    continue
                seen[kind] += 1
                known.add(each)
                waiting.append(each)
            assert len(found) < MOST_PAGES, "the house has no end"
        return found

    def read(self, address):
        """What stands there, without what passes; headers and status go along."""
        # Workers of tests before this one may fall silent between two readings.
        pulse.beat(pulse.everybody())
        answer = self.client.get(address)
        content = (
            b"".join(answer.streaming_content) if answer.streaming else answer.content
        )
        text = content.decode(errors="replace")
        for passing in PASSING:
            text = passing.sub("", text)
        told = [answer.status_code, answer.get("Location", ""), answer.get("ETag", "")]
        return f"{told}\n{text}"

    def _onward(self, address, text):
        linked = (unescape(each) for each in LINK.findall(text))
        asked = chain.from_iterable(_choices(form) for form in FORM.findall(text))
        for each in chain(linked, asked):
            whole = urljoin(f"http://testserver{address}", each)
            parts = urlsplit(whole)
            asked = parse_qs(parts.query)
            # One thing asked for at a time, or the house has no end.
            if (
                parts.netloc != "testserver"
                or LEFT_OUT.match(parts.path)
                or len(asked) > 1
                or AIMLESS & asked.keys()
                or not parts.path.startswith(self.within)
            ):
                continue
            yield f"{parts.path}?{parts.query}" if parts.query else parts.path


def _choices(form):
    for select in SELECT.finditer(form):
        for value in OPTION.findall(select.group()):
            yield "?" + urlencode({select[1]: unescape(value)})


def lists_of_the_api(words, **keys):
    """Every list of the API with each value that each of its parameters takes."""
    for way in ways():
        if way.method != "GET":
            continue
        pk = keys.get(way.resource)
        if way.of_one and pk is None:
            continue
        path = f"/api/v1/{way.path(pk=pk)}"
        yield path
        if way.operation.orders:
            yield f"{path}?count=exact"
        for sort in way.operation.orders:
            yield f"{path}?sort={sort}"
        for name, field in way.operation.asks().fields.items():
            choices = getattr(getattr(field, "child", None), "choices", {})
            for value in choices or (
                words if name in {"q", "source_domain", "host"} else ()
            ):
                yield f"{path}?{urlencode({name: value, 'count': 'exact'})}"
