"""However rows come, change and go between two pages: none is skipped, none repeated."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.models import Claim
from tests.api.conftest import Caller, a_program
from tests.factories import NOON, a_claimant, a_person

pytestmark = pytest.mark.django_db

# What others do between two pages: (what, to which of the rows there are, minute).
MEDDLING = st.tuples(
    st.sampled_from(["add", "edit", "touch", "remove"]),
    st.integers(min_value=0, max_value=30),
    st.integers(min_value=0, max_value=6),
)
SORTS = (
    "created_at",
    "-created_at",
    "updated_at",
    "-updated_at",
    "said_at",
    "-said_at",
)
# A value that moves takes its row along: such a row may be met again, or no more.
MOVED_BY = {"updated_at": "touch"}


def rows(number, minutes, who):
    """Claims at a few instants, so that many are at the same one."""
    made = Claim.objects.bulk_create(
        Claim(
            statement=f"Dam {place} held.",
            claimant=who["claimant"],
            created_by=who["writer"],
            created_at=at(minute),
            updated_at=at(minute),
            moved_at=NOON,
            due_at=NOON,
            said_at=at(minute) if place % 3 else None,
        )
        for place, minute in zip(range(number), minutes, strict=True)
    )
    return [claim.pk for claim in made]


def at(minute):
    return NOON + timedelta(minutes=minute)


class Others:
    """Those who write while somebody reads, and what they did to which rows."""

    def __init__(self, who):
        self.who = who
        self.added, self.removed, self.touched = set(), set(), set()

    def __call__(self, what, place, minute):
        keys = sorted(Claim.objects.values_list("pk", flat=True))
        if what == "add" or not keys:
            self.added |= set(rows(1, [minute], self.who))
            return
        key = keys[place % len(keys)]
        row = Claim.objects.filter(pk=key)
        if what == "edit":
            row.update(topics=[f"day {minute}"])
        elif what == "touch":
            row.update(updated_at=at(minute))
            self.touched.add(key)
        else:
            row.delete()
            self.removed.add(key)


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_whoever_walks_a_list_meets_every_row_that_stays_once(data):
    Claim.objects.all().delete()
    who = {"claimant": a_claimant(), "writer": a_person()}
    minutes = data.draw(st.lists(st.integers(0, 6), min_size=1, max_size=14))
    sort, limit = data.draw(st.sampled_from(SORTS)), data.draw(st.integers(1, 5))
    there, others = set(rows(len(minutes), minutes, who)), Others(who)
    program: Caller = a_program("contributor")

    met, path = [], f"claims?sort={sort}&limit={limit}&fields=id"
    while path:
        page = program.get(path).body
        met += [row["id"] for row in page["results"]]
        for one in data.draw(st.lists(MEDDLING, max_size=2)) if len(met) < 60 else ():
            others(*one)
        path = page["next"]

    moved = others.touched if sort.removeprefix("-") in MOVED_BY else set()
    stayed = {str(key) for key in there - others.removed - moved}
    once = [key for key in met if key not in {str(each) for each in moved}]
    assert len(once) == len(set(once))
    assert stayed <= set(met)
    assert set(met) <= {str(key) for key in there | others.added}


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    minutes=st.lists(st.integers(0, 4), min_size=2, max_size=12),
    sort=st.sampled_from(SORTS),
    limit=st.integers(1, 4),
    meddling=st.lists(MEDDLING, max_size=4),
)
def test_whoever_turns_back_meets_what_they_had_and_what_came_between(
    minutes, sort, limit, meddling
):
    Claim.objects.all().delete()
    who = {"claimant": a_claimant(), "writer": a_person()}
    rows(len(minutes), minutes, who)
    others, program = Others(who), a_program("contributor")
    first = program.get(f"claims?sort={sort}&limit={limit}&fields=id").body
    if first["next"] is None:
        return
    second = program.get(first["next"]).body
    for one in meddling:
        others(*one)

    before, path = [], second["previous"]
    while path:
        page = program.get(path).body
        before = [row["id"] for row in page["results"]] + before
        path = page["previous"]

    gone = {str(key) for key in others.removed | others.touched}
    had = [row["id"] for row in first["results"] if row["id"] not in gone]
    assert [key for key in before if key in set(had)] == had
    assert len(before) == len(set(before))
    added = {str(key) for key in others.added}
    assert set(before) - added - gone == set(had)
