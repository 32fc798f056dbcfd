"""The inbox and an article keep up with what others do, and leave alone who types."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from claims import intake
from claims.models import Article
from sources.wire import pulse, tell
from tests.factories import NOON, a_person, an_article

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = '"The dam held," Ada Quill said.\n"Two gates broke," Bo Lind said.'


@pytest.fixture
def ana(context, live_server):
    ana, client = a_person("reviewer", "ana"), Client()
    client.force_login(ana)
    value = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": value, "url": live_server.url}])
    pulse.beat(pulse.everybody())
    yield ana
    for tab in context.pages:
        tab.goto("about:blank")


def go(page, address):
    page.goto(address)
    expect(page.locator("html[data-told=on]")).to_be_attached()


def test_an_article_appears_in_the_inbox_and_says_how_it_goes(ana, page):
    go(page, "/desk/inbox/")
    page.locator("#article_text").fill("Half an article")

    article = intake.add_article(text=TEXT, title="The dam", by=ana, at=NOON)
    expect(page.locator("#inbox-articles")).to_contain_text("The dam")
    intake.propose(article, at=NOON)

    expect(page.locator("#inbox-articles")).to_contain_text(
        "2 candidates wait", timeout=15_000
    )
    expect(page.locator("#announcements")).to_contain_text(
        "2 candidates wait in the inbox."
    )
    expect(page.locator("#article_text")).to_have_value("Half an article")


def test_how_far_a_model_has_come_grows_on_the_open_page(ana, page):
    article = an_article(TEXT, title="The dam")
    rows = Article.objects.filter(pk=article.pk)
    rows.update(parts=4)
    go(page, article.get_absolute_url())
    expect(page.locator("#reader")).to_contain_text("Part 1 of 4")

    rows.update(parts_read=2)
    tell([f"article:{article.pk}"])

    expect(page.locator("#reader")).to_contain_text("Part 3 of 4")
    expect(page.locator("#reader progress")).to_have_attribute("value", "2")


def test_what_others_decide_appears_beside_the_article(ana, page):
    article = an_article(TEXT, title="The dam")
    first, second = intake.propose(article, at=NOON)
    ben = a_person("reviewer", "ben")
    go(page, article.get_absolute_url())
    page.locator("#c2").get_by_role("link", name="Edit").click()
    words = page.locator("#c2 [name=statement]")
    words.fill("Two of the gates broke.")

    intake.accept(first, by=ben, at=NOON)
    expect(page.locator("#c1")).to_contain_text("Accepted", timeout=15_000)
    expect(page.locator("#c2 [data-overtaken]")).to_be_hidden()
    intake.reject(second, by=ben, at=NOON)

    note = page.locator("#c2 [data-overtaken]")
    expect(note).to_be_visible(timeout=15_000)
    expect(note).to_contain_text("Somebody has decided about this one meanwhile")
    expect(words).to_have_value("Two of the gates broke.")
    expect(words).to_be_focused()
    expect(page.locator("#candidate-counts")).to_contain_text("All decided")


def test_what_is_typed_stays_when_the_article_is_read_once_more(ana, page):
    article = an_article(TEXT, title="The dam")
    intake.propose(article, at=NOON)
    go(page, article.get_absolute_url())
    page.locator("#c2").get_by_role("link", name="Edit").click()
    words = page.locator("#c2 [name=statement]")
    words.fill("Two of the gates broke.")

    article = intake.read_again(article, by=a_person("reviewer", "ben"))
    intake.propose(article, at=NOON)
    # This time something else was found.
    article.candidates.in_reading_order()[1].delete()
    tell([f"article:{article.pk}"])
    expect(page.locator("#c2 [data-overtaken]")).to_be_visible(timeout=15_000)

    expect(words).to_have_value("Two of the gates broke.")
    page.locator("#c2").get_by_role("button", name="Accept this").click()

    told = page.locator("#messages")
    expect(told).to_contain_text("This candidate is not there any more")
    expect(told).to_contain_text("Two of the gates broke.")
    expect(words).to_have_value("Two of the gates broke.")
