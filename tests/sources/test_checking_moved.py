"""A page that is somewhere else now."""

from sources.models import Passage
from sources.vocabulary import Outcome, PassageState, SourceState
from tests.sources.story import QUOTE, STORY


def test_a_page_that_moved_for_good_is_said_to_have_moved_once(press, lookout):
    press.page("/a", STORY)
    source = lookout.attach("/a", QUOTE)
    lookout.look(source)
    press.redirect("/a", "/b", status=301)
    press.page("/b", STORY)

    first, second = lookout.look(source), lookout.look(source)

    assert (first.outcome, second.outcome) == (Outcome.MOVED, Outcome.UNCHANGED)
    assert first.said == f"The page has moved to {press.url('/b')}"
    assert first.hops == [
        {"url": press.url("/a"), "status": 301, "address": "127.0.0.1"}
    ]
    assert source.state == SourceState.MOVED
    assert source.final_url == press.url("/b")
    assert Passage.objects.get().state == PassageState.INTACT


def test_a_page_that_is_elsewhere_for_now_has_not_moved(press, lookout):
    press.redirect("/a", "/b", status=302)
    press.page("/b", STORY)

    source = lookout.attach("/a", QUOTE)
    check = lookout.look(source)

    assert check.outcome == Outcome.CHANGED
    assert source.state == SourceState.LIVE


def test_a_page_that_moved_with_all_its_words_replaced_is_another_page(press, lookout):
    press.page("/a", STORY)
    source = lookout.attach("/a", QUOTE)
    lookout.look(source)
    press.redirect("/a", "/shop/lamps", status=301)
    lamp = (
        "<p>The lamp is made of brass, and gives light to a table for six people.</p>"
    )
    press.page("/shop/lamps", f"<title>Lamps</title><h1>Lamps of brass</h1>{lamp * 4}")

    check = lookout.look(source)

    assert check.outcome == Outcome.CHANGED
    assert source.state == SourceState.LIVE


def test_a_move_by_way_of_a_passing_redirect_is_none(press, lookout):
    press.redirect("/a", "/b", status=301)
    press.redirect("/b", "/c", status=302)
    press.page("/c", STORY)
    source = lookout.attach("/a", QUOTE)

    lookout.look(source)

    assert source.state == SourceState.LIVE
    assert Passage.objects.get().state == PassageState.INTACT
