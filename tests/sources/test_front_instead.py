"""The front page, or a section, in place of a page that is not there any more."""

import pytest

from sources.obstacles import Kind
from tests.sources.pages.site import HONEST, Shown, case_of, judged

ASKED = "/news/2024/strike"
LINKS = "".join(
    f"<li><a href=/n{n}>Other headline number {n} of the day about things</a>"
    for n in range(30)
)
TEASERS = "".join(
    f"<h2><a href=/n{n}>Other headline number {n}</a></h2><p>The council met on {n}"
    " occasions and said that nothing of what was planned would be built.</p>"
    for n in range(9)
)
FRONTS = {"links": LINKS, "teasers": TEASERS}
CANONICAL = "<link rel=canonical href='/'>"


def front(body=LINKS, head=""):
    return f"<title>The Post</title>{head}<body><h1>The Post</h1>{body}"


def judge(shown, *, asked=ASKED, vanished=True):
    return judged(case_of(shown, asked, vanished=vanished), HONEST)


@pytest.mark.parametrize("body", FRONTS.values(), ids=FRONTS)
@pytest.mark.parametrize(
    "landed",
    [
        "/",
        "/?from=404",
        "/?ref=/news/2024/strike",
        "/?url=%2Fnews%2F2024%2Fstrike",
        "/?back=https%3A%2F%2Fsorn-courier.example%2Fnews%2F2024%2Fstrike",
        "/?utm_source=404",
        "/?redirected=1&lang=en",
        "/en/?status=notfound",
        "/index.php?src=old",
        "/?notfound",
    ],
)
def test_a_redirect_to_the_front_page_is_one_whatever_it_is_told(landed, body):
    found = judge(Shown(front(body), landed=landed))

    assert found is not None
    assert found.kind is Kind.LOST


@pytest.mark.parametrize("landed", ["/?p=814", "/?article=strike", "/?id=3&from=feed"])
def test_an_address_that_chooses_a_page_is_not_the_front(landed):
    page = f"<title>Strike on Orumat</title><h1>Strike on Orumat</h1>{TEASERS}"

    assert judge(Shown(page, landed=landed)) is None


@pytest.mark.parametrize("body", FRONTS.values(), ids=FRONTS)
def test_a_page_with_nothing_of_what_it_had_that_calls_itself_the_front_is_it(body):
    found = judge(Shown(front(body, head=CANONICAL)))

    assert found is not None
    assert found.kind is Kind.LOST


@pytest.mark.parametrize("vanished", [False, True])
def test_a_page_written_anew_on_a_site_that_calls_every_page_the_front_is_one(vanished):
    page = (
        f"<title>Strike on Orumat</title>{CANONICAL}<h1>Strike on Orumat</h1>{TEASERS}"
    )

    assert judge(Shown(page), vanished=vanished) is None


@pytest.mark.parametrize("landed", ["/news", "/news/2024/", "/archive/latest"])
def test_a_section_with_nothing_of_what_the_page_had_is_not_the_page(landed):
    page = f"<title>News | The Post</title><h1>News</h1>{LINKS}"
    found = judge(Shown(page, landed=landed))

    assert found is not None
    assert found.kind is Kind.LOST


def test_a_page_that_moved_up_and_was_written_anew_is_one():
    page = f"<title>Strike on Orumat</title><h1>Strike on Orumat</h1>{TEASERS}"

    assert judge(Shown(page, landed="/news/strike")) is None
