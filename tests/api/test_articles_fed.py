"""Articles that programs feed as files, and as addresses of pages."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.utils import timezone

from claims import tasks
from claims.models import Article
from claims.texts import MAX_FILE_BYTES
from sources.models import Source
from sources.net import DoorConfig, Doorkeeper
from tests.api.conftest import a_program, pointers
from tests.live import open_port
from tests.sources.docx import body, packed, run
from tests.sources.looking import Lookout
from tests.sources.paper import a_pdf, column
from tests.sources.press import Press

pytestmark = pytest.mark.django_db

SAID = "Mara Teske said that the dam held."
RAIN = "Rain fell for nine days in the valley above the town. " * 9
TEXT = f"{SAID}\n{RAIN.strip()}"
PAGE = (
    "<html lang=en><head><title>After the flood</title></head>"
    f"<body><article><p>{SAID}</p><p>{RAIN}</p></article></body></html>"
)


def as_form(caller, *files, **fields):
    """Feed an article as a form; a file is its name and its bytes."""
    sent = fields | ({"file": SimpleUploadedFile(*files[0])} if files else {})
    return caller.post(
        "articles", encode_multipart(BOUNDARY, sent), content_type=MULTIPART_CONTENT
    )


@pytest.fixture
def press():
    with Press() as press:
        press.page("/flood", PAGE)
        yield press


@pytest.fixture
def lookout(press, db, settings):
    """Somebody who looks at what the API was given the address of."""
    settings.SOURCES_ALLOW_PORTS = [press.port]
    with Lookout(press) as lookout:
        yield lookout


def looked_at(lookout, article):
    """Have a worker look at an article's page, and then read the article."""
    row = Article.objects.get(pk=article["id"])
    lookout.now = timezone.now()
    lookout.look(row.source)
    tasks.propose_candidates(article_id=str(row.pk))


# --- Files --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("a.docx", packed(body(run(SAID)), title="After the flood"), SAID),
        ("a.html", PAGE.encode(), TEXT),
        ("a.pdf", a_pdf(column([SAID])), SAID),
        ("a.txt", f" {SAID}\r\n".encode(), f" {SAID}\r\n"),
    ],
)
def test_a_file_becomes_an_article(contributor, name, content, text):
    made = as_form(contributor, (name, content), publisher="The Example")
    again = as_form(contributor, (name, content))

    assert (made.status_code, again.status_code) == (201, 200)
    assert again.body["id"] == made.body["id"]
    assert (made.body["state"], made.body["publisher"]) == ("reading", "The Example")
    assert Article.objects.get().text == text


def test_what_is_told_beside_a_file_counts_before_what_it_says(contributor):
    file = ("a.docx", packed(body(run(SAID)), title="After the flood"))

    made = as_form(
        contributor,
        file,
        title="The dam",
        published_on="2026-03-14",
        source_url="https://paper.example/dam",
    )

    assert made.body["title"] == "The dam"
    assert made.body["published_on"] == "2026-03-14"
    assert Article.objects.get().source.url == "https://paper.example/dam"


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.docx", packed("<w:document"), "damaged"),
        ("a.docx", packed(b"<a>" + b" " * 60_000_000), "too long"),
        ("a.pdf", b"%PDF-1.7 and no more", "damaged"),
        ("a.txt", b"\x00\x01", "NUL"),
        ("a.txt", b"\x1b[31mred", "U+001B"),
        ("a.txt", b"\xed\xa0\x80", "UTF-8"),  # half of a pair of surrogates
        ("a.txt", b"a" * 1_000_001, "1,000,001"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(100), "NUL"),
        ("a.html", b"\x89PNG\r\n\x1a\n" + bytes(100), "image/png"),
        ("a.txt", b"", "empty"),
    ],
)
def test_a_file_that_is_no_article_is_refused_with_a_sentence(
    contributor, name, content, says
):
    answer = as_form(contributor, (name, content))

    assert (answer.status_code, answer.body["code"]) == (400, "article_refused")
    assert says in answer.body["detail"]
    assert not Article.objects.exists()


def test_a_form_that_is_too_large_is_not_read(contributor):
    answer = as_form(contributor, ("a.txt", b"a" * (MAX_FILE_BYTES + 100_000)))

    assert (answer.status_code, answer.body["code"]) == (413, "too_large")


@pytest.mark.parametrize(
    ("files", "fields", "at"),
    [
        ([], {}, "/text"),
        ([], {"title": "The dam"}, "/text"),
        ([("a.txt", b"One.")], {"text": "Two."}, "/text"),
        ([("a.txt", b"One.")], {"url": "https://paper.example/"}, "/url"),
        ([("a.txt", b"One.")], {"published_on": "soon"}, "/published_on"),
        ([("a.txt", b"One.")], {"colour": "red"}, "/colour"),
        ([], {"file": "One."}, "/file"),
        ([], {"text": ["One.", "Two."]}, "/text"),
    ],
)
def test_a_form_is_refused_where_it_is_wrong(contributor, files, fields, at):
    answer = as_form(contributor, *files, **fields)

    assert answer.status_code == 400
    assert pointers(answer) == {at}


@pytest.mark.parametrize(
    ("sent", "kind"),
    [
        (b"", MULTIPART_CONTENT),
        (b"no form", MULTIPART_CONTENT),
        (b"no form", "multipart/form-data"),
        (b"--x\r\n\r\n", "multipart/form-data; boundary=x"),
    ],
)
def test_what_is_no_form_is_refused(contributor, sent, kind):
    answer = contributor.post("articles", sent, content_type=kind)

    assert answer.status_code == 400


def test_nothing_else_takes_a_form(reviewer):
    answer = reviewer.post(
        "claimants",
        encode_multipart(BOUNDARY, {"name": "Mara"}),
        content_type=MULTIPART_CONTENT,
    )

    assert answer.status_code == 415


# --- Addresses ----------------------------------------------------------------


def test_a_page_is_fetched_by_a_worker_and_read(contributor, press, lookout):
    made = contributor.post("articles", {"url": press.url("/flood")})
    assert (made.status_code, made.body["state"]) == (202, "reading")
    assert made.body["progress"] == {"step": "fetching", "parts": 0, "parts_read": 0}

    looked_at(lookout, made.body)

    read = contributor.get(f"articles/{made.body['id']}").body
    assert (read["state"], read["progress"]["step"]) == ("read", "done")
    assert (read["text"], read["title"]) == (TEXT, "After the flood")
    assert (read["language"], read["open"]) == ("en", 1)


def test_a_page_is_waited_for(contributor, press, lookout):
    made = contributor.post("articles", {"url": press.url("/flood")})

    tasks.propose_candidates(article_id=made.body["id"])

    read = contributor.get(f"articles/{made.body['id']}").body
    assert (read["state"], read["text"]) == ("reading", "")


def test_one_page_is_waited_for_once(contributor, press, lookout):
    given = {"url": press.url("/flood")}

    first, second = (contributor.post("articles", given) for _ in range(2))

    assert (first.status_code, second.status_code) == (202, 202)
    assert first.body["id"] == second.body["id"]


def test_a_page_with_a_text_that_was_there_names_its_article(
    contributor, press, lookout
):
    first = contributor.post("articles", {"text": TEXT})

    made = contributor.post("articles", {"url": press.url("/flood")})
    looked_at(lookout, made.body)

    read = contributor.get(f"articles/{made.body['id']}").body
    assert (read["state"], read["same_as"]) == ("read", first.body["id"])
    assert read["open"] == 0


def test_a_page_that_cannot_be_had_fails_with_the_reason(contributor, press, lookout):
    made = contributor.post("articles", {"url": press.url("/nowhere")})

    looked_at(lookout, made.body)

    read = contributor.get(f"articles/{made.body['id']}").body
    assert read["state"] == "failed"
    assert "404" in read["problem"]


def test_a_page_that_could_not_be_had_may_be_asked_for_again(
    contributor, press, lookout
):
    given = {"url": press.url("/later")}
    made = contributor.post("articles", given)
    looked_at(lookout, made.body)
    press.page("/later", PAGE)

    again = contributor.post("articles", given)
    looked_at(lookout, again.body)

    assert (again.status_code, again.body["id"]) == (202, made.body["id"])
    read = contributor.get(f"articles/{made.body['id']}").body
    assert (read["state"], read["problem"]) == ("read", "")


def test_what_is_told_of_a_page_counts_before_what_it_says(contributor, press, lookout):
    given = {"url": press.url("/flood"), "title": "The dam", "language": "en-GB"}

    made = contributor.post("articles", given)
    looked_at(lookout, made.body)

    read = contributor.get(f"articles/{made.body['id']}").body
    assert (read["title"], read["language"]) == ("The dam", "en-GB")


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/latest",
        "http://10.0.0.1/",
        "http://[::1]/",
        "http://127.0.0.1:22/",
        "ftp://paper.example/",
        "file:///etc/passwd",
        "https://name:word@paper.example/",
        "no address",
        "",
    ],
)
def test_an_address_that_is_not_for_the_public_is_refused(contributor, url):
    answer = contributor.post("articles", {"url": url})

    assert 400 <= answer.status_code < 500
    assert answer.body["detail"]
    assert not Article.objects.exists()
    assert not Source.objects.exists()


def test_a_name_that_means_a_private_address_is_refused_when_it_is_looked_up(
    contributor, lookout
):
    made = contributor.post("articles", {"url": "http://localhost/flood"})

    wide, closed = lookout.door, Doorkeeper(DoorConfig(user_agent="Counterclaim/0.1"))
    with closed as lookout.door:
        looked_at(lookout, made.body)
    lookout.door = wide

    read = contributor.get(f"articles/{made.body['id']}").body
    assert read["state"] == "failed"
    assert "not public" in read["problem"]


@pytest.mark.parametrize(
    ("change", "at"),
    [
        ({"text": SAID}, "/url"),
        ({"source_url": "https://paper.example/"}, "/source_url"),
        ({"file": "a.txt"}, "/file"),
    ],
)
def test_a_page_comes_alone(contributor, change, at):
    given = {"url": "https://paper.example/flood"} | change

    answer = contributor.post("articles", given)

    assert answer.status_code == 400
    assert pointers(answer) == {at}


def test_readers_feed_nothing(reader, stranger):
    given = {"url": "https://paper.example/flood"}

    assert reader.post("articles", given).status_code == 403
    assert stranger.post("articles", given).status_code == 401
    assert not Source.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_workers_do_all_of_it(worker, db):
    program = a_program("contributor")
    with Press(port=open_port()) as press:
        press.page("/flood", PAGE)

        made = program.post("articles", {"url": press.url("/flood")})
        article = Article.objects.get(pk=made.body["id"])
        until = timezone.now() + timedelta(seconds=30)
        while article.standing == "reading" and timezone.now() < until:
            tasks.read_waiting_articles.delay()
            article.refresh_from_db()

    assert (article.standing, article.text) == ("read", TEXT)
    assert article.candidates.count() == 1
