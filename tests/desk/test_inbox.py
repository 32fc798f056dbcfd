"""The inbox: articles that wait, and adding one."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from claims import intake
from claims.models import Article
from sources.models import Check, Source
from tests.factories import NOON, a_person, a_snapshot, a_source, an_article

INBOX = reverse("desk:inbox")
UNKNOWN = "01a20849-2adb-710b-a60d-9ca3cdec7599"


@pytest.fixture
def sent(monkeypatch):
    """The articles that a worker was asked to read."""
    asked = []
    monkeypatch.setattr(
        "sources.wire.waking.wake",
        lambda task, *, article_id: asked.append(article_id),
    )
    return asked


def an_entry(**changed):
    return {
        "text": '"The dam held," Mayor Ada Quill said.',
        "url": "",
        "title": "The dam",
        "publisher": "Northern Ledger",
        "published_on": "2026-03-14",
        "language": "en",
        **changed,
    }


def test_articles_with_open_candidates_wait_here(as_, ana):
    waiting, done, unread = an_article(), an_article(), an_article()
    for article in (waiting, done):
        intake.propose(article, at=NOON)
    for candidate in done.candidates.all():
        intake.reject(candidate, by=ana, at=NOON)
    desk = as_(ana)

    shown = set(desk.get(INBOX).context["articles"])
    everything = set(desk.get(INBOX, {"show": "all"}).context["articles"])

    assert shown == {waiting, unread}
    assert everything == {waiting, unread, done}


def test_a_pasted_article_is_kept_and_handed_to_a_worker(
    as_, ana, sent, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        answer = as_(ana).post(
            INBOX, an_entry(text="One\r\ntwo", url="https://paper.example/dam")
        )

    article = Article.objects.get()
    assert answer.url == reverse("desk:article", args=[article.pk])
    assert (article.text, article.added_by) == ("One\ntwo", ana)
    assert Source.objects.get().canonical_url == "https://paper.example/dam"
    assert article.source == Source.objects.get()
    assert sent == [str(article.pk)]


def test_a_text_that_is_there_already_leads_to_it(as_, ana, sent):
    desk = as_(ana)
    desk.post(INBOX, an_entry())

    page = desk.post(INBOX, an_entry(title="Another title"), follow=True)

    assert Article.objects.count() == 1
    assert "was in the inbox already" in page.content.decode()


def test_an_address_alone_is_fetched_and_its_text_is_looked_over(as_, ana):
    desk = as_(ana)
    answer = desk.post(INBOX, an_entry(text="", url="https://paper.example/dam"))
    waiting = desk.get(answer.url).content.decode()
    source = Source.objects.get()
    a_snapshot(source, "The dam held, Ada Quill said.")

    ready = desk.get(answer.url)

    assert answer.url == reverse("desk:page", args=[source.pk])
    assert "Fetching the page" in waiting
    assert 'data-every="2"' in waiting
    assert "The dam held, Ada Quill said." in ready.content.decode()
    assert ready.context["form"].initial["url"] == "https://paper.example/dam"


def test_a_page_that_could_not_be_fetched_says_why(as_, ana):
    source = a_source(due_at=timezone.now() + timedelta(hours=1))
    Check.objects.create(
        source=source,
        lease_token=UNKNOWN,
        started_at=NOON,
        duration_ms=1,
        outcome="refused",
        detail="The address leads into a private network.",
    )

    page = as_(ana).get(reverse("desk:page", args=[source.pk])).content.decode()

    assert "The address leads into a private network." in page
    assert 'data-every="2"' not in page


def test_a_page_that_could_not_be_fetched_before_is_tried_again(as_, ana):
    source = a_source("https://paper.example/dam", parked_at=NOON)

    as_(ana).post(INBOX, an_entry(text="", url="https://paper.example/dam"))

    source.refresh_from_db()
    assert source.parked_at is None
    assert source.due_at <= timezone.now()


@pytest.mark.parametrize(
    "changed",
    [
        {"text": "", "url": ""},
        {"text": "a\x00b"},
        {"text": "a\u202eb"},
        {"text": "x" * 1_000_001},
        {"url": "ftp://paper.example/"},
        {"url": "https://user:secret@paper.example/"},
        {"text": "", "url": "javascript:alert(1)"},
        {"published_on": "14.3.2026"},
        {"language": ""},
        {"title": "x" * 501},
    ],
)
def test_odd_input_is_a_form_error(as_, ana, sent, changed):
    answer = as_(ana).post(INBOX, an_entry(**changed))

    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not Article.objects.exists()


def test_an_empty_inbox_says_what_to_do_next(as_, ana):
    assert "Paste an article" in as_(ana).get(INBOX).content.decode()


def test_the_inbox_is_closed_to_readers(as_):
    assert as_(a_person("reader")).get(INBOX).status_code == 403


def test_an_unknown_page_is_not_found(as_, ana):
    assert as_(ana).get(reverse("desk:page", args=[UNKNOWN])).status_code == 404


def test_the_inbox_asks_a_fixed_number_of_questions(
    as_, ana, django_assert_max_num_queries
):
    for _ in range(10):
        an_article()
    desk = as_(ana)

    with django_assert_max_num_queries(7):
        desk.get(INBOX)


STORY = '"The dam held," Mayor Ada Quill said.\nThe river fell.'


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Dam holds through the night\n\n{STORY}", "Dam holds through the night"),
        (f"\n  Did the dam hold?  \r\n \r\n{STORY}", "Did the dam hold?"),
        (f"Dam holds through the night\n{STORY}", ""),  # no blank line
        (f"The dam held through the night.\n\n{STORY}", ""),  # a sentence
        (f"{'Dam ' * 31}\n\n{STORY}", ""),  # a paragraph
        ("Dam holds through the night\n\n", ""),  # and nothing else
        (STORY, ""),
    ],
)
def test_a_headline_that_was_pasted_with_the_text_is_the_title(
    as_, ana, sent, text, title
):
    as_(ana).post(INBOX, an_entry(text=text, title=""))

    article = Article.objects.get()
    assert article.title == title
    assert article.text == text.replace("\r\n", "\n")


def test_a_title_that_was_given_stands(as_, ana, sent):
    as_(ana).post(INBOX, an_entry(text=f"Dam holds\n\n{STORY}", title="The dam"))

    assert Article.objects.get().title == "The dam"
