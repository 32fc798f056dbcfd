"""A page that answers with 200 and is not there."""

import re

import pytest

from sources.checking import siblings
from sources.models import LostPage, Passage, Snapshot, Source
from sources.vocabulary import Outcome, PassageState, SourceState
from tests.sources.press import answer, raw
from tests.sources.story import QUOTE, STORY, story


@pytest.mark.parametrize(
    "page",
    [
        "<title>Page not found | The Post</title><p>Sorry, there is nothing here any more.",
        "<title>404</title><p>Sorry, this is not what you were looking for today, is it?",
        "<title>The Post</title><h1>Oops! Page not found</h1><p>Go to the front page instead.",
    ],
)
def test_a_friendly_error_page_is_no_page(press, lookout, page):
    press.page("/a", STORY)
    source = lookout.attach("/a", QUOTE)
    lookout.look(source)
    press.page("/a", page)

    check = lookout.look(source)

    assert check.outcome == Outcome.SOFT_GONE
    assert source.state == SourceState.FAILING
    assert Passage.objects.get().state == PassageState.INTACT


def test_a_redirect_to_the_front_page_is_no_page(press, lookout):
    press.page("/a", STORY)
    source = lookout.attach("/a", QUOTE)
    lookout.look(source)
    press.redirect("/a", "/", status=301)
    press.page(
        "/",
        "<title>The Post</title>" + "<p>Other news of the day, all different.</p>" * 60,
    )

    check = lookout.look(source)

    assert check.outcome == Outcome.SOFT_GONE
    assert source.state == SourceState.FAILING


def test_an_article_about_lost_pages_is_a_page(press, lookout):
    about = STORY.replace("Strike on Orumat", "Why sites say 404 not found")
    press.page("/a", about)
    source = lookout.attach("/a", QUOTE)

    assert lookout.look(source).outcome == Outcome.CHANGED
    assert source.state == SourceState.LIVE


# --- At the first visit ---------------------------------------------------------

ERROR_PAGE = (
    "<title>Page not found | The Post</title><h1>Page not found</h1>"
    "<p>Sorry, the page you are looking for could not be found.</p>"
)


def test_an_error_page_is_not_kept_as_a_page_that_was_seen_for_the_first_time(
    press, lookout
):
    press.page("/a", ERROR_PAGE)
    source = lookout.attach("/a", QUOTE)

    check = lookout.look(source)

    assert check.outcome == Outcome.SOFT_GONE
    assert check.said.startswith("The address answers, but the page is not there")
    assert (source.state, source.title) == (SourceState.FAILING, "")
    assert not Snapshot.objects.exists()
    assert Passage.objects.get().state == PassageState.UNVERIFIABLE


def test_an_error_page_is_gone_after_three_looks_over_three_days(press, lookout):
    press.page("/a", ERROR_PAGE)
    source = lookout.attach("/a", QUOTE)

    outcomes = []
    for hours in (0, 1, 24, 46, 1):
        lookout.pass_time(hours=hours)
        outcomes.append(lookout.look(source).outcome)

    assert outcomes == [Outcome.SOFT_GONE] * 4 + [Outcome.GONE]
    assert source.state == SourceState.GONE


def test_a_page_that_comes_back_in_place_of_its_error_page_is_live(press, lookout):
    press.page("/a", ERROR_PAGE)
    source = lookout.attach("/a", QUOTE)
    lookout.look(source)
    press.page("/a", STORY)

    lookout.look(source)

    assert (source.state, source.failures) == (SourceState.LIVE, 0)
    assert Passage.objects.get().state == PassageState.INTACT


# --- What the site shows for pages that never were ---------------------------------

SILENT = (
    "<title>The Post</title><p>Our editors recommend the news of the day to you.</p>"
)


def everywhere(press, markup, **how):
    """Show this for every address that has nothing else."""
    press.otherwise(answer(markup, **how))


def probes(press):
    return [request.path for request in press.requests if request.path != "/news/a"]


def test_a_page_that_any_address_shows_is_not_there(press, lookout):
    press.page("/news/a", STORY)
    source = lookout.attach("/news/a", QUOTE)
    lookout.look(source)
    press.page("/news/a", SILENT)
    everywhere(press, SILENT)

    check = lookout.look(source)

    assert check.outcome == Outcome.SOFT_GONE
    assert "the same for an address that never was" in check.said
    (probe,) = probes(press)
    assert probe.startswith("/news/")
    assert probe != "/news/a"


def test_a_page_that_was_rewritten_is_there_where_the_site_tells_what_is_not(
    press, lookout
):
    press.page("/news/a", STORY)
    source = lookout.attach("/news/a", QUOTE)
    lookout.look(source)
    press.page("/news/a", SILENT)

    check = lookout.look(source)

    assert check.outcome == Outcome.CHANGED
    assert len(probes(press)) == 1


def test_what_a_site_shows_for_nothing_is_asked_once_a_week_for_each_folder(
    press, lookout
):
    everywhere(press, SILENT)
    pages = {"/news/a", "/news/b"}
    for path in pages:
        press.page(path, STORY)
        lookout.look(lookout.attach(path, QUOTE))
        press.page(path, SILENT)
    asked = []

    for days in (0, 6, 2):
        lookout.pass_time(days=days)
        press.requests.clear()
        Source.objects.update(due_at=lookout.now)
        assert len(lookout.look_at_all()) == 2
        asked.append(sum(request.path not in pages for request in press.requests))

    assert asked == [1, 0, 1]
    assert LostPage.objects.get().folder == "/news/"


def test_an_ordinary_page_costs_the_site_no_second_visit(press, lookout):
    press.page("/news/a", STORY)
    source = lookout.attach("/news/a", QUOTE)
    lookout.look(source)
    press.page("/news/a", story(word=("no longer there", "hardly there")))

    lookout.look(source)

    assert probes(press) == []
    assert not LostPage.objects.exists()


def test_a_site_that_does_not_answer_a_probe_is_asked_again_the_day_after(
    press, lookout
):
    press.page("/news/a", STORY)
    source = lookout.attach("/news/a", QUOTE)
    lookout.look(source)
    press.page("/news/a", SILENT)
    press.otherwise(raw(b""))

    outcome = lookout.look(source).outcome
    known = LostPage.objects.get()

    assert (outcome, known.http_status) == (Outcome.CHANGED, None)
    press.page("/news/a", SILENT.replace("news", "reports"))
    everywhere(press, SILENT.replace("news", "reports"))
    lookout.pass_time(days=1)
    lookout.look(source)
    known.refresh_from_db()
    assert (known.http_status, known.seen_at) == (200, lookout.now)


# --- The address that never was --------------------------------------------------


@pytest.mark.parametrize(
    ("url", "folder", "shape"),
    [
        ("https://a.example/news/the-strike", "/news/", r"/news/[a-z]{3}-[a-z]{6}"),
        (
            "https://a.example/2025/05/Story-12.html",
            "/2025/05/",
            r"/2025/05/[A-Z][a-z]{4}-[1-9]{4}\.html",
        ),
        (
            "https://a.example/news/81723/the-strike/",
            "/news/",
            r"/news/[1-9]{9}/[a-z]{3}-[a-z]{6}/",
        ),
        (
            "https://a.example/story.php?id=4711",
            "/story.php?id",
            r"/story\.php\?id=[1-9]{9}",
        ),
        # So few letters could be those of a page that is there.
        ("https://a.example/a", "/", r"/[a-z]{9}"),
        ("https://a.example/?p=12", "/?p", r"/\?p=[1-9]{9}"),
    ],
)
def test_an_address_that_never_was_has_the_shape_of_the_one_that_is_cited(
    url, folder, shape
):
    place = siblings.beside(url)

    assert place is not None
    assert (place.origin, place.folder) == ("https://a.example", folder)
    assert re.fullmatch(re.escape("https://a.example") + shape, place.address)
    assert place.address != url


@pytest.mark.parametrize(
    "url",
    ["https://a.example/", "https://a.example", f"https://a.example/{'x' * 600}/a"],
)
def test_there_is_no_page_beside_a_front_page_or_at_the_end_of_the_world(url):
    assert siblings.beside(url) is None
