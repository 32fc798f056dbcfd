"""Whether what is answered is the page: friendly error pages, walls, parked domains."""

from dataclasses import replace
from functools import cache

import pytest

from sources.obstacles import Kind, is_worth_a_probe
from sources.obstacles.phrases import is_notice
from tests.sources.pages import walls
from tests.sources.pages.dressing import DRESSES, HELD_OUT, Content, classic
from tests.sources.pages.living import NUMBER, SLUG, living_pages
from tests.sources.pages.lost import lost_pages
from tests.sources.pages.site import HONEST, Shown, case_of, judged, sibling_of

DEAD = {Kind.LOST, Kind.PARKED}
ERROR_PAGE = sibling_of(
    Shown(
        classic(
            Content(
                title="Page not found",
                body="<p>Sorry, the page you are looking for could not be found.</p>",
            )
        )
    )
)


# Looked at once for all tests: that is what takes the time.
@cache
def lost(held_out):
    return [(shown, case_of(shown, SLUG)) for _, shown in lost_pages(held_out=held_out)]


@cache
def living(held_out):
    return [
        (name, case_of(visit.shown, visit.asked, vanished=visit.vanished))
        for name, visit in living_pages(held_out=held_out)
    ]


def share_found(*, held_out, vanished, honest):
    seen = []
    for shown, case in lost(held_out):
        sibling = HONEST if honest else sibling_of(shown)
        found = judged(replace(case, vanished=vanished), sibling)
        seen.append(found is not None and found.kind in DEAD)
    assert len(seen) >= 190
    return sum(seen) / len(seen)


@pytest.mark.parametrize("vanished", [False, True])
@pytest.mark.parametrize("held_out", [False, True])
def test_pages_that_are_not_there_are_found_though_they_say_200(held_out, vanished):
    found = share_found(held_out=held_out, vanished=vanished, honest=False)

    assert found >= 0.98


@pytest.mark.parametrize(("held_out", "least"), [(False, 0.98), (True, 0.89)])
def test_they_are_found_by_what_they_say_where_the_site_is_honest_elsewhere(
    held_out, least
):
    found = share_found(held_out=held_out, vanished=False, honest=True)

    assert found >= least


LONG = (
    "<p>When a browser asks for what a server does not have, the server answers with"
    " three digits that everybody knows by now, and hardly anybody has looked up.</p>"
    "<p>They were chosen in the early nineties, when those who wrote the first servers"
    " sat in one corridor of a laboratory, and shared a board to write on.</p>"
    "<p>The first of the digits stands for a mistake of the visitor, which has annoyed"
    " visitors ever since, for as a rule the mistake is not theirs at all.</p>"
    "<p>Newspapers have made jokes of it, museums have shown it, and one city had it"
    " printed on the bags in which it collects what its people throw away.</p>"
) * 3


@pytest.mark.parametrize("title", ["Error 404", "404 Not Found", "Page not found"])
@pytest.mark.parametrize("asked", [NUMBER, "/culture/the-history-of-a-number"])
@pytest.mark.parametrize("dress", [*DRESSES.values(), *HELD_OUT.values()])
def test_a_long_article_is_no_lost_page_though_its_title_is_the_error(
    title, asked, dress
):
    shown = Shown(dress(Content(title=title, body=LONG)))

    assert judged(case_of(shown, asked), HONEST) is None
    # Where the site shows it for any address, it is what the site says of lost pages.
    found = judged(case_of(shown, asked, vanished=True), sibling_of(shown))
    assert found is not None
    assert found.kind is Kind.LOST


@pytest.mark.parametrize("held_out", [False, True])
@pytest.mark.parametrize("sibling", [HONEST, ERROR_PAGE], ids=["honest", "friendly"])
def test_of_1600_living_pages_none_is_taken_for_anything_else(held_out, sibling):
    wrong = [
        (name, str(found.sentence))
        for name, case in living(held_out)
        if (found := judged(case, sibling))
    ]

    assert len(living(held_out)) >= 400
    assert wrong == []


def test_hardly_any_living_page_costs_a_probe_at_its_first_visit():
    cases = [case for _, case in living(False) if not case.vanished]

    asked = sum(is_worth_a_probe(case) for case in cases)

    assert asked / len(cases) < 0.2


@pytest.mark.parametrize("vanished", [False, True])
@pytest.mark.parametrize(
    ("shown", "kind"),
    [
        pytest.param(shown, kind, id=f"{kind} {name}")
        for kind, pages in (
            (Kind.CHALLENGE, walls.challenges()),
            (Kind.CONSENT, walls.consents()),
            (Kind.SIGN_IN, walls.sign_ins()),
            (Kind.PAYWALL, walls.paywalls()),
            (Kind.REGION, walls.regions()),
            (Kind.PARKED, walls.parked()),
            (Kind.BROKEN, walls.broken()),
        )
        for name, shown in pages
    ],
)
def test_what_stands_in_place_of_a_page_is_known(shown, kind, vanished):
    case = case_of(shown, NUMBER, vanished=vanished, words_missing=vanished)

    found = judged(case, HONEST)

    assert found is not None
    assert found.kind is kind
    assert str(found.sentence).endswith(".")


def test_a_wall_that_every_address_shows_is_no_lost_page():
    shown = Shown(
        classic(
            Content(
                title="Sign in",
                body="<form><input type=password></form><p>Please sign in to continue.</p>",
            )
        )
    )

    found = judged(case_of(shown, SLUG, vanished=True), sibling_of(shown))

    assert found is not None
    assert found.kind is Kind.SIGN_IN


def test_an_empty_frame_for_scripts_is_no_lost_page_though_every_address_shows_it():
    shown = Shown(
        "<title>The Sorn Courier</title><nav><a href=/>Home</a> <a href=/news>News</a></nav>"
        "<div id=root></div><footer>All rights are reserved by the publishers of this site</footer>"
    )

    assert judged(case_of(shown, SLUG), sibling_of(shown)) is None


def test_a_sentence_says_why():
    shown = Shown(classic(Content(title="Page not found", body="")))

    found = judged(case_of(shown, SLUG), HONEST)

    assert found is not None
    assert str(found.sentence) == (
        "The address answers, but the page is not there any more: its title says so "
        "and it says nothing else."
    )


@pytest.mark.parametrize(
    "headline",
    [
        "Page not found: council loses 400 pages of its archive",
        "Body of missing hiker not found",
        "No survivors found after crash",
        "Missing pages found in the archive",
        "404: the number that ate the internet",
        "Ministerium: Dokument nicht gefunden, Akte bleibt verschlossen",
        "La page est tournée pour le ministre",
        "Страница истории: найдена рукопись",
    ],
)
def test_headlines_with_the_words_of_a_notice_are_none(headline):
    assert not is_notice(headline)
