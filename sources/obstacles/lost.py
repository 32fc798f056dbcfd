"""Pages that are answered with 200 and are not there any more."""

from __future__ import annotations

import re

from sources.obstacles import addresses, phrases
from sources.obstacles.impression import Impression
from sources.obstacles.likeness import is_like
from sources.obstacles.signs import ALIVE, Case, Sign
from sources.saying import gettext_noop as _

_WORD = re.compile(r"\w+")


def _says_nothing_here(text: str) -> bool:
    return phrases.is_notice(text) or phrases.is_number(text)


def _title_is_notice(page: Impression) -> bool:
    return any(map(_says_nothing_here, page.title_parts))


def _heading_is_notice(page: Impression) -> bool:
    return any(map(_says_nothing_here, page.headings))


def _line_is_notice(page: Impression) -> bool:
    return any(phrases.is_notice(line) for line in page.lines)


def _shows_number(page: Impression) -> bool:
    shown = (*page.title_parts, *page.headings, *page.lines[:60])
    return any(
        phrases.is_number(line) or ("404" in line and phrases.is_notice(line))
        for line in shown
    )


def _cries(page: Impression) -> bool:
    return any(phrases.is_cry(one) for one in (*page.title_parts, *page.headings))


def _says_nothing_else(page: Impression) -> bool:
    if not page.has_little_text:
        return False
    if _title_is_notice(page) or _heading_is_notice(page):
        return True
    said = bool(page.apology) or _line_is_notice(page)
    return said and not page.has_subject


def _advises(page: Impression) -> bool:
    return any(phrases.advises(block) for block in page.blocks[:150])


def _to_error(address: str, page: Impression) -> bool:
    return (
        bool(address)
        and addresses.says_error(address)
        and not addresses.says_error(page.asked)
    )


def _to_front(address: str, page: Impression) -> bool:
    return (
        bool(address)
        and addresses.is_front(address, asked=page.asked)
        and not addresses.is_front(page.asked)
    )


def _at_home(page: Impression) -> bool:
    return addresses.host(page.landed) == addresses.host(page.asked)


def _led_up(page: Impression) -> bool:
    return (
        page.led
        and not addresses.is_front(page.landed, asked=page.asked)
        and (
            addresses.is_above(page.landed, page.asked)
            or addresses.is_section(page.landed, page.asked)
        )
    )


def _led_to_nothing_known(case: Case) -> bool:
    """Say whether a section is shown, and nothing of what was kept of the page."""
    return case.vanished and _led_up(case.page)


def _is_front_in_its_place(case: Case) -> bool:
    """Say whether what has nothing of the page any more calls itself the front page."""
    named = case.page.head.canonical
    return (
        case.vanished
        and addresses.host(named) == addresses.host(case.page.asked)
        and _to_front(named, case.page)
    )


def _like_sibling(case: Case) -> bool:
    page, sibling = case.page, case.sibling
    if sibling is None or not is_like(sibling, text=page.text, asked=page.asked):
        return False
    # A brief between long menus is like any other, but for its heading.
    own = (" ".join(_WORD.findall(one.lower())) for one in page.headings[:3])
    return all(one in sibling.text or phrases.mentions(one) for one in own)


def _led_where_all_are_led(case: Case) -> bool:
    page, sibling = case.page, case.sibling
    return (
        sibling is not None
        and page.led
        and 200 <= sibling.status < 300
        and addresses.same(page.landed, sibling.landed)
        and not addresses.same(page.landed, page.asked)
    )


SIGNS = (
    # What it says
    Sign(80, lambda c: _title_is_notice(c.page), _("its title says so")),
    Sign(65, lambda c: _heading_is_notice(c.page), _("its heading says so")),
    Sign(45, lambda c: _line_is_notice(c.page), _("a line on it says so")),
    Sign(
        40,
        lambda c: bool(c.page.apology),
        _("it apologises for a page that is not there"),
    ),
    Sign(
        35,
        lambda c: _shows_number(c.page),
        _("it shows the number 404, which stands for pages that are not there"),
    ),
    Sign(15, lambda c: _cries(c.page), _("its heading is nothing but an apology")),
    Sign(
        15,
        lambda c: _advises(c.page),
        _("it sends visitors to the front page or the search"),
    ),
    Sign(45, lambda c: _says_nothing_else(c.page), _("it says nothing else")),
    # What it says to machines
    Sign(
        100,
        lambda c: c.page.head.lost_status,
        _("it tells search engines that it is not there"),
    ),
    Sign(60, lambda c: c.page.head.lost_marks, _("its markup calls it an error page")),
    Sign(
        20,
        lambda c: c.page.head.lost_parts,
        _("its markup calls a part of it an error page"),
    ),
    Sign(
        60,
        lambda c: (
            _to_error(c.page.head.canonical, c.page)
            or _to_error(c.page.head.og_url, c.page)
        ),
        _("it gives an error page as its own address"),
    ),
    Sign(
        50,
        lambda c: _to_front(c.page.head.canonical, c.page),
        _("it gives the front page as its own address"),
    ),
    # Careless sites say so of every page; but those have something of it left.
    Sign(90, _is_front_in_its_place),
    Sign(
        15,
        lambda c: _to_front(c.page.head.og_url, c.page),
        _("it shares itself as the front page"),
    ),
    Sign(
        15, lambda c: c.page.head.noindex, _("it asks search engines to leave it out")
    ),
    # Where it leads
    Sign(
        150,
        lambda c: c.page.led and _to_error(c.page.landed, c.page),
        _("the address leads to an error page"),
    ),
    Sign(
        130,
        lambda c: c.page.led and _at_home(c.page) and _to_front(c.page.landed, c.page),
        _("the address leads to the front page of the site"),
    ),
    Sign(
        45,
        lambda c: (
            c.page.led and not _at_home(c.page) and _to_front(c.page.landed, c.page)
        ),
        _("the address leads to the front page of another site"),
    ),
    Sign(
        45, lambda c: _led_up(c.page), _("the address leads to a section of the site")
    ),
    Sign(65, _led_to_nothing_known),
    Sign(
        90,
        lambda c: _to_error(c.page.head.refresh, c.page),
        _("it sends visitors on to an error page"),
    ),
    Sign(
        75,
        lambda c: _to_front(c.page.head.refresh, c.page),
        _("it sends visitors on to the front page"),
    ),
    # What it is not
    Sign(30, lambda c: c.vanished, _("nothing that was kept of the page is on it")),
    Sign(
        15,
        lambda c: c.page.is_strange_to_its_address,
        _("it has no word of its address"),
    ),
    Sign(10, lambda c: c.page.has_little_text, _("it has no running text")),
    # What the site shows for pages that never were
    Sign(85, _like_sibling, _("the site shows the same for an address that never was")),
    Sign(
        85,
        _led_where_all_are_led,
        _("the site leads there from an address that never was"),
    ),
    Sign(-10, lambda c: c.sibling is not None and c.sibling.is_honest),
    Sign(-60, lambda c: c.page.head.shell),
    Sign(-90, lambda c: c.page.is_asked_for_a_notice),
    *ALIVE,
)
