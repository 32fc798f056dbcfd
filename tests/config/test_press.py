"""The sample press: four newspapers on a port, and what becomes of their articles."""

import http.client
import signal
import subprocess
import sys
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from config.demo import dossier, edition
from config.demo.press import PressServer, open_anew, opened
from sources import quote, readable

PROJECT = Path(__file__).resolve().parents[2]
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
EDITED = "/ledger/what-the-pictures-show-at-birkeh"
GONE = "/kps/overnight-strike-minimal-damage"
MOVED = "/courier/tal-hadra-the-town-beside-the-works"
WALLED = "/ledger/the-annex-nobody-reads"
READABLE = [each for each in edition.articles() if not each.walled]
CITED: dict[str, set[str]] = {}
for statement in dossier.statements():
    for slug, exact in statement.quotes():
        CITED.setdefault(slug, set()).add(exact)


class Site:
    """A press that is open, and a clock that the test turns."""

    def __init__(self):
        self.now = NOON
        self.server = PressServer(
            edition.Calendar(opened=NOON), port=0, clock=lambda: self.now, quiet=True
        )
        self.port = self.server.server_port

    def ask(self, path, *, method="GET", **headers):
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        with closing(line):
            line.request(
                method,
                path,
                headers={k.replace("_", "-"): v for k, v in headers.items()},
            )
            answer = line.getresponse()
            answer.words = answer.read().decode()
            return answer

    def wait(self, seconds):
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def site():
    site = Site()
    with site.server as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield site
        server.shutdown()
        thread.join()


# --- The pages ----------------------------------------------------------------


@pytest.mark.parametrize("article", READABLE, ids=lambda each: each.slug)
def test_an_article_says_what_it_is_to_readers_and_to_machines(site, article):
    answer = site.ask(article.path)

    page = readable.read(answer.words.encode(), media_type="text/html")

    assert answer.status == 200
    assert page.title == article.headline
    assert page.author == article.author
    assert page.publisher == edition.PAPERS[article.paper]
    assert page.published_at == article.published_at(NOON)
    assert page.language == "en"
    assert 300 <= len(article.body.split()) <= 600


@pytest.mark.parametrize("article", READABLE, ids=lambda each: each.slug)
def test_every_quote_that_the_sample_cites_stands_in_its_article(site, article):
    page = readable.read(site.ask(article.path).words.encode(), media_type="text/html")

    for exact in CITED.get(article.slug, ()):
        before, after = article.around(exact)
        finding = quote.find(exact, text=page.article_text, prefix=before, suffix=after)
        assert finding.state == "intact", exact


def test_what_the_sample_cites_from_behind_the_wall_was_copied_exactly():
    article = edition.article(WALLED.rpartition("/")[2])

    assert all(article.around(exact) for exact in CITED[article.slug])


def test_the_front_page_lists_every_article_and_each_paper_its_own(site):
    everything, own = site.ask("/").words, site.ask("/kps/").words

    assert all(each.path in everything for each in edition.articles())
    assert GONE in own
    assert EDITED not in own


def test_robots_are_let_in(site):
    assert site.ask("/robots.txt").words == "User-agent: *\nAllow: /\n"


@pytest.mark.parametrize("path", ["/nowhere", "/kps/nothing", "/%00", "/../etc", "/?"])
def test_an_unknown_address_is_not_found(site, path):
    assert site.ask(path).status == (200 if path == "/?" else 404)


# --- What becomes of them -----------------------------------------------------


def test_one_article_changes_a_number_a_minute_after_the_opening(site):
    before = site.ask(EDITED)
    site.wait(60)
    after = site.ask(EDITED)

    assert "At least three airframes" in before.words
    assert "At least two airframes" in after.words
    assert before.getheader("ETag") != after.getheader("ETag")
    assert after.getheader("Last-Modified") == "Mon, 23 Nov 2026 12:01:00 GMT"


def test_the_change_is_not_mentioned(site):
    before = site.ask(EDITED).words
    site.wait(60)
    after = site.ask(EDITED).words

    assert after == before.replace("At least three airframes", "At least two airframes")


def test_one_article_moves_and_says_where_to(site):
    new = "/courier/town-beside-the-works"
    assert site.ask(MOVED).status == 200
    assert site.ask(new).status == 404

    site.wait(90)
    answer = site.ask(MOVED)

    assert answer.status == 301
    assert answer.getheader("Location") == f"http://127.0.0.1:{site.port}{new}"
    assert site.ask(new).status == 200


def test_one_article_is_taken_down(site):
    assert site.ask(GONE).status == 200

    site.wait(120)

    assert site.ask(GONE).status == 410
    assert GONE not in site.ask("/").words


def test_one_article_stands_behind_a_wall(site):
    assert site.ask(WALLED).status == 403


def test_the_other_articles_stay_as_they_are(site):
    others = {each.path for each in edition.articles()} - {EDITED, GONE, MOVED, WALLED}
    before = {path: site.ask(path).words for path in others}

    site.wait(24 * 3600)

    assert before == {path: site.ask(path).words for path in others}


# --- Asking again -------------------------------------------------------------


def test_a_page_that_is_known_is_not_sent_again(site):
    first = site.ask(EDITED)

    by_tag = site.ask(EDITED, If_None_Match=f'"other", W/{first.getheader("ETag")}')
    by_date = site.ask(EDITED, If_Modified_Since=first.getheader("Last-Modified"))

    assert (by_tag.status, by_tag.words) == (304, "")
    assert (by_date.status, by_date.words) == (304, "")


@pytest.mark.parametrize("since", ["yesterday", "", "Mon, 01 Jan 2001 00:00:00 GMT"])
def test_a_page_is_sent_whole_to_whoever_has_an_old_one_or_none(site, since):
    assert site.ask(EDITED, If_Modified_Since=since).status == 200


def test_the_tag_counts_and_not_the_date_when_both_are_given(site):
    first = site.ask(EDITED)
    site.wait(60)

    again = site.ask(
        EDITED,
        If_None_Match=first.getheader("ETag"),
        If_Modified_Since="Fri, 01 Jan 2100 00:00:00 GMT",
    )

    assert again.status == 200


def test_the_head_alone_can_be_asked_for(site):
    head, whole = site.ask(EDITED, method="HEAD"), site.ask(EDITED)

    assert head.words == ""
    assert head.getheader("ETag") == whole.getheader("ETag")
    assert head.getheader("Content-Length") == str(len(whole.words.encode()))


# --- The process --------------------------------------------------------------


def test_a_press_that_opens_again_goes_on_where_it_was(tmp_path):
    file = tmp_path / "kept" / "press.opened"

    first = opened(file=file, now=NOON)
    second = opened(file=file, now=NOON + timedelta(days=1))

    assert (first, second) == (NOON, NOON)


def test_a_press_that_opens_anew_forgets_when_it_was_first(tmp_path):
    file = tmp_path / "press.opened"
    opened(file=file, now=NOON)

    open_anew(file=file, now=NOON + timedelta(days=1))

    assert opened(file=file, now=NOON) == NOON + timedelta(days=1)


def test_the_press_runs_as_a_process_and_stops_when_asked(tmp_path):
    file = tmp_path / "press.opened"
    file.write_text("2026-11-23T12:00:00+00:00")
    words = ["-m", "config.demo.press", "--port", "0", "--opened", str(file)]
    process = subprocess.Popen(
        [sys.executable, *words], cwd=PROJECT, stdout=subprocess.PIPE, text=True
    )
    with process:
        address = urlsplit(process.stdout.readline().split()[-1])
        line = http.client.HTTPConnection(address.netloc, timeout=10)
        with closing(line):
            line.request("GET", EDITED)
            page = line.getresponse().read().decode()
        process.send_signal(signal.SIGTERM)
        code = process.wait(10)

    assert "At least two airframes" in page
    assert code == 0
