"""Pages of a list, in both directions."""

from datetime import timedelta

import pytest
from django.core import signing

from claims.models import Claim, Claimant
from tests.api.conftest import pointers
from tests.factories import NOON, a_claim, a_claimant, a_person

pytestmark = pytest.mark.django_db


def some_claims(number):
    """Claims of which several were recorded at the same instant."""
    writer, speaker = a_person(), a_claimant()
    rows = [a_claim(writer=writer, claimant=speaker) for _ in range(number)]
    for place, row in enumerate(rows):
        at = NOON + timedelta(minutes=place // 3)
        said = NOON - timedelta(days=place) if place % 2 else None
        Claim.objects.filter(pk=row.pk).update(created_at=at, said_at=said)
    return Claim.objects.all()


def walk(caller, path, direction="next"):
    pages = []
    while path:
        answer = caller.get(path)
        assert answer.status_code == 200, answer.content
        pages.append([row["id"] for row in answer.body["results"]])
        path = answer.body[direction]
    return pages


@pytest.mark.parametrize(
    "sort", ["created_at", "-created_at", "-updated_at", "said_at"]
)
@pytest.mark.parametrize("limit", [1, 4, 5, 50])
def test_every_row_is_met_once_and_back_again(contributor, sort, limit):
    some_claims(10)
    path = f"claims?limit={limit}&sort={sort}"

    pages = walk(contributor, path)

    forth = [key for page in pages for key in page]
    assert sorted(forth) == sorted(
        str(key) for key in Claim.objects.values_list("pk", flat=True)
    )
    assert len(pages) == -(-10 // limit)
    last = path
    while following := contributor.get(last).body["next"]:
        last = following
    assert walk(contributor, last, "previous") == pages[::-1]


def test_rows_that_come_and_go_neither_skip_nor_repeat_any(contributor):
    rows = some_claims(9)
    order = [str(key) for key in rows.newest_first().values_list("pk", flat=True)]
    first = contributor.get("claims?limit=3").body
    newer = a_claim()
    Claim.objects.filter(pk=newer.pk).update(created_at=NOON + timedelta(days=1))
    Claim.objects.filter(pk=order[2]).delete()

    second = contributor.get(first["next"]).body
    back = contributor.get(second["previous"]).body

    assert [row["id"] for row in second["results"]] == order[3:6]
    assert [row["id"] for row in back["results"]] == [str(newer.pk), *order[:2]]


def test_the_ends_have_no_way_on_and_the_header_says_the_same(contributor):
    some_claims(3)

    whole = contributor.get("claims")
    first = contributor.get("claims?limit=2")
    last = contributor.get(first.body["next"])

    assert (whole.body["next"], whole.body["previous"]) == (None, None)
    assert "Link" not in whole.headers
    assert first.headers["Link"] == f'<{first.body["next"]}>; rel="next"'
    assert (last.body["next"], first.body["previous"]) == (None, None)
    assert last.headers["Link"] == f'<{last.body["previous"]}>; rel="prev"'


def test_an_empty_list_is_an_answer(stranger):
    assert stranger.get("claims?count=exact").body == {
        "results": [], "next": None, "previous": None, "count": 0, "count_is": "exact",
    }  # fmt: skip


def test_everything_is_counted_when_asked(contributor):
    some_claims(5)

    assert contributor.get("claims?limit=2&count=exact").body["count"] == 5
    assert "count" not in contributor.get("claims?limit=2").body


def test_a_page_of_two_hundred_is_the_longest(contributor):
    Claimant.objects.bulk_create(
        Claimant(name=f"Speaker {n:03}", kind="person", created_at=NOON)
        for n in range(205)
    )

    pages = walk(contributor, "claimants?limit=200")

    assert [len(page) for page in pages] == [200, 5]


def test_a_cursor_goes_with_its_query_and_cannot_be_made_up(contributor):
    some_claims(4)
    following = contributor.get("claims?limit=2").body["next"]
    cursor = following.partition("cursor=")[2].partition("&")[0]
    forged = signing.dumps({"v": 1}, key="another", salt="counterclaim.api.cursor")

    for path, code in (
        (f"claims?cursor={cursor}&language=en", "other_query"),
        (f"claims?cursor={cursor}&sort=updated_at", "other_query"),
        (f"claimants?cursor={cursor}", "other_query"),
        (f"claims?cursor={cursor[:-2]}", "invalid"),
        (f"claims?cursor={forged}", "invalid"),
    ):
        answer = contributor.get(path)
        assert answer.status_code == 400, path
        assert pointers(answer) == {"?cursor"}
        assert answer.body["errors"][0]["code"] == code
    # Another length of page is the same query.
    assert contributor.get(f"claims?cursor={cursor}&limit=1").status_code == 200


def test_depth_is_reached_without_counting_rows(contributor, django_assert_num_queries):
    some_claims(6)
    following = contributor.get("claims?limit=2").body["next"]

    with django_assert_num_queries(3) as asked:
        contributor.get(following)

    assert not [each for each in asked if "OFFSET" in each["sql"]]


def test_a_page_that_did_not_change_keeps_its_mark(contributor, time_machine):
    time_machine.move_to(NOON)
    for _ in range(3):
        a_claim()
    mark = contributor.get("claims?limit=2")["ETag"]
    time_machine.shift(timedelta(seconds=5))

    again = contributor.get("claims?limit=2", If_None_Match=mark)

    assert again.status_code == 304
