"""Whatever somebody writes is text on every page, and never a part of it."""

from contextlib import contextmanager

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.db.models import Value
from django.db.models.functions import Left

from tests.everybody.furnished import House
from tests.everybody.strict import Trouble
from tests.factories import a_person

pytestmark = pytest.mark.django_db(transaction=True)

STRIKE = "window.struck=(window.struck||0)+1"
HOSTILE = (
    f"x'\"></textarea></title></script><script>{STRIKE}</script>"
    f'<img src="/x" onerror="{STRIKE}"><svg onload="{STRIKE}"></svg>'
    "{{7*7}}{% now 'Y' %}${7*7}<!--"
)
SCRIPT = f"javascript:{STRIKE}//"
# Columns with a grammar of their own, which nothing of the kind gets into.
GRAMMAR = {
    *("canonical_url", "language", "password", "key", "digest", "reader"),
    *("sha256", "text_sha256", "body_sha256", "host", "origin", "media_type"),
    *("compared_by", "charset", "secret", "form", "said_at_precision", "codename"),
    *("model", "app_label", "session_key", "page", "slug", "pgh_label"),
}
ADDRESSES = {"url", "final_url", "archived_url", "points_to"}
# Read in the browser: what ran, and what would on a click.
FOUND = """() => [
  ...(window.struck ? [`struck ${window.struck} times`] : []),
  ...[...document.querySelectorAll('img[src="/x"], svg[onload]')].map((each) => each.outerHTML),
  ...[...document.querySelectorAll("[href], [src], [action], [formaction]")]
    .filter((each) => /^\\s*javascript:/i.test(
      each.getAttribute("href") ?? each.getAttribute("src") ??
      each.getAttribute("formaction") ?? each.getAttribute("action")))
    .map((each) => each.outerHTML),
  ...[...document.querySelectorAll("*")]
    .filter((each) => [...each.attributes].some(({ name }) => /^on/.test(name)))
    .map((each) => each.outerHTML),
  ...[...document.querySelectorAll('script[type="application/ld+json"]')]
    .flatMap((each) => { try { JSON.parse(each.textContent); return []; }
      catch (error) { return [`no JSON: ${error}`]; } }),
]"""


def columns():
    """Every column in which free text stands, with the text that it is to hold."""
    for app in ("claims", "sources"):
        for model in apps.get_app_config(app).get_models():
            if model._meta.proxy or not model._meta.managed:
                continue
            for column in model._meta.concrete_fields:
                if (
                    isinstance(column, models.CharField | models.TextField)
                    and not column.choices
                    and not column.primary_key
                    and column.name not in GRAMMAR
                ):
                    words = SCRIPT if column.name in ADDRESSES else HOSTILE
                    yield model, column, words


def held(model, column, words):
    """Write over what stands in a column, unless nothing does; tell whether it takes it."""
    rows = model._base_manager.exclude(**{column.name: ""})
    text = Value(words)
    if column.max_length:
        text = Left(text, column.max_length)
    try:
        with transaction.atomic():
            rows.update(**{column.name: text})
    except IntegrityError:
        return False
    return True


@contextmanager
def past_every_trigger():
    """Somebody may have found a way by each of them."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        yield
        cursor.execute("SET session_replication_role = DEFAULT")


def test_no_text_becomes_a_part_of_a_page(enter, live_server):
    ana = a_person("admin", "ana")
    house = House(ana)
    # Found by their words, so before these are gone.
    walks = [(ana, house.desk), (ana, house.panel), (None, house.public)]
    with past_every_trigger():
        assert not [column for column in columns() if not held(*column)]
    trouble = []

    for person, addresses in walks:
        page = enter(person)
        watched, shown = Trouble(page), 0
        for path in addresses:
            answer = page.goto(live_server.url + path)
            assert answer.status < 500, path
            shown += "window.struck" in page.content()
            for each in page.evaluate(FOUND):
                watched.tell(each)
        assert shown > len(addresses) / 3, "the texts are not shown"
        trouble += watched.told

    assert not trouble, "\n".join(trouble)
