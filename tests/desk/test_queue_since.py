"""A page of the queue that is open: what came, and what others took, each in place."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from claims import workflow
from claims.vocabulary import ClaimStatus
from tests.factories import NOON, a_claim, a_person

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def desk(as_, ana):
    return as_(ana)


def looked_again(desk, *claims, told="0.0", **asked):
    answer = desk.get(
        "/desk/",
        {
            "tab": "unclaimed",
            "rows": ",".join(str(claim.pk) for claim in claims),
            "told": told,
            **asked,
        },
        headers=HTMX,
    )
    assert answer.status_code == 200
    return LexborHTMLParser(answer.content.decode())


def rows(page):
    return [row.attributes["id"] for row in page.css("tbody > tr")]


def test_rows_that_are_new_are_counted_and_shift_none(desk):
    a_claim(due_at=NOON)
    second = a_claim()

    page = looked_again(desk, second)

    assert rows(page) == [f"claim-{second.pk}"]
    assert "1 new" in page.css_first(".queue-new").text()
    assert page.css_first("#queue-part").attributes["data-news"] == (
        "One more claim waits."
    )
    assert page.css_first(".queue-new a").attributes["href"] == "/desk/?tab=unclaimed"


def test_a_row_that_somebody_took_says_so_where_it_stands(desk, ben):
    taken, free = a_claim(), a_claim()
    workflow.take(taken, by=ben, at=NOON)

    page = looked_again(desk, taken, free)

    assert rows(page) == [f"claim-{taken.pk}", f"claim-{free.pk}"]
    assert "ben has it now" in page.css_first("tbody > tr").text()
    assert page.css_first("#queue-part").attributes["data-news"] == (
        "One claim on this page is in other hands now."
    )
    assert page.css_first(".queue-new").text(strip=True) == ""


def test_what_was_said_already_is_not_said_again(desk, ben):
    taken, _ = a_claim(), a_claim()
    workflow.take(taken, by=ben, at=NOON)

    part = looked_again(desk, taken, told="1.1").css_first("#queue-part")

    assert part.attributes["data-standing"] == "1.1"
    assert "data-news" not in part.attributes


def test_the_heaps_are_counted_anew(desk):
    a_claim()

    heaps = looked_again(desk).css_first("#queue-heaps")

    assert heaps.attributes["hx-swap-oob"] == "in-place"
    assert "Unclaimed 1" in " ".join(heaps.text().split())


def test_while_nothing_happens_there_is_nothing_to_send(desk):
    claim = a_claim()
    asked = {"tab": "unclaimed", "rows": str(claim.pk), "told": "0.0"}

    first = desk.get("/desk/", asked, headers=HTMX)
    again = desk.get("/desk/", asked, headers={**HTMX, "If-None-Match": first["ETag"]})

    assert again.status_code == 304


@pytest.mark.parametrize("keys", ["nonsense", ",,,", "1,2", "x" * 4_000])
def test_rows_that_are_none_are_passed_over(desk, keys):
    answer = desk.get("/desk/", {"rows": keys}, headers=HTMX)

    assert answer.status_code == 200


def test_what_is_put_off_or_filtered_stays_what_was_asked_for(desk):
    claim = a_claim(topics=["weather"])
    a_claim(topics=["sport"])

    page = looked_again(desk, claim, topic="weather")

    assert page.css_first(".queue-new").text(strip=True) == ""
    assert page.css_first("#queue-part").attributes["hx-get"] == (
        "/desk/?tab=unclaimed&topic=weather"
    )


def test_without_htmx_the_whole_page_is_shown(desk):
    claim = a_claim()

    page = desk.get("/desk/", {"rows": str(claim.pk)}).content.decode()

    assert "<html" in page


def test_of_a_claim_that_moved_on_it_is_told_where_to(desk):
    claim = a_claim()
    editor = a_person("editor")
    workflow.dismiss(claim, by=editor, at=NOON, reason="An opinion.")

    row = looked_again(desk, claim).css_first("tbody > tr")

    assert str(ClaimStatus.DISMISSED.label) in row.text()


@pytest.mark.parametrize("told", ["9" * 5_000, "².3", "-1.-1", "nonsense"])
def test_what_was_told_before_may_be_anything(desk, told):
    looked_again(desk, a_claim(), told=told)
