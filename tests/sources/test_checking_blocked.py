"""A page that is kept from us, or cannot be read: never its end."""

import pytest

from sources.models import Passage, Sighting, Snapshot
from sources.vocabulary import Outcome, PassageState, SourceState
from tests.sources.press import answer, raw
from tests.sources.story import QUOTE, STORY


@pytest.mark.parametrize("status", [401, 402, 403, 429, 451, 999])
def test_a_site_that_turns_us_away_is_blocked_and_never_dead(press, lookout, status):
    press.page("/a", STORY)
    source = lookout.attach("/a", QUOTE)
    lookout.look(source)
    press.page("/a", "<h1>Go away</h1>", status=status)

    for _ in range(6):
        lookout.pass_time(days=3)
        check = lookout.look(source)

    assert check.outcome == Outcome.BLOCKED
    assert str(status) in check.said
    assert source.state == SourceState.BLOCKED
    assert Passage.objects.get().state == PassageState.INTACT


@pytest.mark.parametrize(
    ("page", "status"),
    [
        (
            "<title>Just a moment...</title><p>Checking your browser before you go on",
            503,
        ),
        ("<title>Just a moment...</title><p>Please wait", 403),
        ("<title>Attention Required!</title><p>Please complete the captcha", 200),
        ("<script src=https://ct.captcha-delivery.com/c.js></script><p>Hello", 200),
        (
            "<h1>Before you continue to The Post</h1><p>We value your privacy. Accept all",
            200,
        ),
        (
            '<script>{"isAccessibleForFree": false}</script><p>Subscribe to read on.',
            200,
        ),
    ],
)
def test_a_wall_in_front_of_a_page_is_not_its_end(press, lookout, page, status):
    press.page("/a", STORY)
    source = lookout.attach("/a", QUOTE)
    lookout.look(source)
    press.page("/a", page, status=status)

    for _ in range(3):
        lookout.pass_time(days=3)
        check = lookout.look(source)

    assert check.outcome == Outcome.BLOCKED
    assert source.state == SourceState.BLOCKED
    assert Passage.objects.get().state == PassageState.INTACT


def test_a_page_that_comes_back_from_behind_a_wall_is_live(press, lookout):
    press.page("/a", "", status=403)
    source = lookout.attach("/a", QUOTE)
    lookout.look(source)
    press.page("/a", STORY)

    lookout.look(source)

    assert source.state == SourceState.LIVE
    assert Passage.objects.get().state == PassageState.INTACT


def test_the_door_s_refusal_is_no_fault_of_the_page(press, lookout):
    press.redirect("/a", "http://10.0.0.1/")
    source = lookout.attach("/a")

    for _ in range(4):
        lookout.pass_time(days=3)
        check = lookout.look(source)

    assert check.outcome == Outcome.REFUSED
    assert "not public" in check.said
    assert source.state == SourceState.BLOCKED
    assert check.hops[0]["status"] == 302


@pytest.mark.parametrize(
    ("handler", "words"),
    [
        (answer(b"%PDF-1.7", media_type="application/pdf"), "application/pdf"),
        (answer("<div id=app></div><script>go()</script>"), "scripts"),
        (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n"), "larger"),
    ],
)
def test_a_page_that_cannot_be_read_is_live_and_its_words_unverifiable(
    press, lookout, handler, words
):
    press.page("/a", STORY)
    source = lookout.attach("/a", QUOTE)
    lookout.look(source)
    press.on("/a", handler)

    check = lookout.look(source)

    assert check.outcome == Outcome.UNSUPPORTED
    assert words in check.said
    assert source.state == SourceState.LIVE
    assert Passage.objects.get().state == PassageState.UNVERIFIABLE
    assert Sighting.objects.newest_first()[0].state == PassageState.UNVERIFIABLE


@pytest.mark.parametrize("status", [401, 402, 403, 429, 451, 503, 999])
def test_a_riddle_is_told_from_trouble_by_its_maker_s_marks(press, lookout, status):
    press.page("/a", "<script>window._cf_chl_opt={}</script>", status=status)
    source = lookout.attach("/a", QUOTE)

    check = lookout.look(source)

    assert check.outcome == Outcome.BLOCKED
    assert "human" in check.said
    assert str(status) in check.said


def test_a_page_that_leads_to_the_login_is_blocked(press, lookout):
    press.page("/a", STORY)
    source = lookout.attach("/a", QUOTE)
    lookout.look(source)
    press.redirect("/a", "/login?next=/a", status=301)
    press.page("/login", "<h1>Welcome</h1><form><input type=password></form>")

    for _ in range(4):
        lookout.pass_time(days=2)
        check = lookout.look(source)

    assert check.outcome == Outcome.BLOCKED
    assert "sign in" in check.said
    assert source.state == SourceState.BLOCKED
    assert source.final_url == source.canonical_url
    assert Passage.objects.get().state == PassageState.INTACT


def test_a_wall_is_known_at_the_first_visit_and_not_kept_as_the_page(press, lookout):
    press.page("/a", "<title>Just a moment...</title><p>Checking your browser.</p>")
    source = lookout.attach("/a", QUOTE)

    check = lookout.look(source)

    assert check.outcome == Outcome.BLOCKED
    assert not Snapshot.objects.exists()
    assert Passage.objects.get().state == PassageState.UNVERIFIABLE


def test_words_behind_a_paywall_are_not_missing_though_the_page_begins_as_before(
    press, lookout
):
    press.page("/a", STORY)
    source = lookout.attach("/a", "the roof of the larger hall was no longer there")
    lookout.look(source)
    start = STORY[: STORY.index("<p>A former inspector")]
    press.page(
        "/a", f"{start}<div class=paywall><p>Subscribe to continue reading.</p></div>"
    )

    for _ in range(3):
        check = lookout.look(source)

    assert check.outcome == Outcome.BLOCKED
    assert "subscribers" in check.said
    assert Passage.objects.get().state == PassageState.INTACT


def test_a_banner_over_a_page_whose_words_stand_is_no_wall(press, lookout):
    banner = "<div><h2>We value your privacy</h2><button>Accept all</button></div>"
    press.page("/a", STORY.replace("<nav>", f"{banner}<nav>"))
    source = lookout.attach("/a", QUOTE)

    assert lookout.look(source).outcome == Outcome.CHANGED
    assert Passage.objects.get().state == PassageState.INTACT


@pytest.mark.parametrize(
    ("media_type", "words"),
    [
        ("image/png", "a picture (image/png)"),
        ("video/mp4", "a film (video/mp4)"),
        ("application/msword", "a Word document (application/msword)"),
        ("application/json", "data (application/json)"),
        ("model/x-unheard-of", "model/x-unheard-of"),
    ],
)
def test_what_is_no_page_of_text_is_called_by_its_kind(
    press, lookout, media_type, words
):
    press.page("/a", b"\x00\x01\x02", media_type=media_type)
    source = lookout.attach("/a")

    check = lookout.look(source)

    assert check.outcome == Outcome.UNSUPPORTED
    assert words in check.said
