"""Many claims in one request."""

from uuid import uuid4

import pytest

from claims.api.shapes.batch import MOST
from claims.models import Claim
from tests.api.conftest import a_program, pointers
from tests.factories import a_claim, a_claimant

pytestmark = pytest.mark.django_db
PATH = "claims:batch"


@pytest.fixture
def wordings():
    """Three claims that can be recorded."""
    speaker = str(a_claimant().pk)
    return [{"statement": f"Dam {n} held.", "claimant": speaker} for n in range(3)]


def spoilt(wordings):
    return [
        wordings[0],
        {**wordings[1], "statement": ""},
        {**wordings[2], "claimant": str(uuid4()), "mood": "bad"},
    ]


def test_all_are_recorded_and_told_in_their_order(contributor, wordings):
    answer = contributor.post(PATH, {"claims": wordings})

    assert answer.status_code == 200
    assert (answer.body["created"], answer.body["refused"]) == (3, 0)
    for place, row in enumerate(answer.body["results"]):
        assert (row["index"], row["status"], row["problem"]) == (place, 201, None)
        assert row["claim"]["statement"] == wordings[place]["statement"]
        alone = contributor.get(f"claims/{row['claim']['id']}").body
        assert row["claim"] == alone


def test_one_that_is_refused_refuses_all(contributor, wordings):
    answer = contributor.post(PATH, {"claims": spoilt(wordings)})

    assert (answer.status_code, answer.body["code"]) == (400, "validation_failed")
    assert pointers(answer) == {
        "/claims/1/statement",
        "/claims/2/claimant",
        "/claims/2/mood",
    }
    assert not Claim.objects.exists()


def test_those_that_can_be_are_recorded_where_that_is_asked_for(contributor, wordings):
    answer = contributor.post(PATH, {"claims": spoilt(wordings), "atomic": False})

    assert answer.status_code == 200
    assert [row["status"] for row in answer.body["results"]] == [201, 400, 400]
    assert Claim.objects.get().statement == wordings[0]["statement"]


def test_each_is_refused_as_it_would_be_alone(contributor, wordings):
    claims = [
        *spoilt(wordings),
        {**wordings[0], "said_at": "yesterday"},
        {**wordings[0], "topics": ["a" * 100]},
        {**wordings[0], "said_at_precision": "year"},
        {"statement": 7},
        {},
    ]

    rows = contributor.post(PATH, {"claims": claims, "atomic": False}).body["results"]

    for claim, row in zip(claims, rows, strict=True):
        alone = contributor.post("claims", claim)
        assert row["status"] == alone.status_code, claim
        if row["problem"]:
            told = {**alone.body, "request_id": row["problem"]["request_id"]}
            assert row["problem"] == told


def test_what_the_rules_of_the_rows_refuse_is_told_by_its_place(contributor, wordings):
    original = a_claim()
    repeat = a_claim(canonical=original)
    claims = [wordings[0], {**wordings[1], "canonical": str(repeat.pk)}]
    alone = contributor.post("claims", claims[1])

    some = contributor.post(PATH, {"claims": claims, "atomic": False}).body
    none = contributor.post(PATH, {"claims": claims})

    assert [row["status"] for row in some["results"]] == [201, alone.status_code]
    assert (none.status_code == 200) is (alone.status_code == 201)


@pytest.mark.parametrize("atomic", [True, False])
def test_a_dry_run_tells_and_saves_nothing(contributor, wordings, atomic):
    body = {"claims": wordings, "dry_run": True, "atomic": atomic}

    told = contributor.post(PATH, body).body

    assert (told["created"], told["dry_run"]) == (3, True)
    assert [row["claim"] for row in told["results"]] == [None] * 3
    assert not Claim.objects.exists()


def test_a_dry_run_refuses_as_the_real_one(contributor, wordings):
    for dry_run in (True, False):
        answer = contributor.post(
            PATH, {"claims": spoilt(wordings), "dry_run": dry_run}
        )
        assert answer.status_code == 400


@pytest.mark.parametrize(
    ("claims", "pointer"),
    [([], "/claims"), ("x", "/claims"), ([1], "/claims/0"), (None, "/claims"),
     ([{}] * (MOST + 1), "/claims")],
)  # fmt: skip
def test_what_is_no_batch_is_refused(contributor, claims, pointer):
    answer = contributor.post(PATH, {"claims": claims})

    assert answer.status_code == 400
    assert pointer in pointers(answer)


@pytest.mark.parametrize("name", ["atomic", "dry_run"])
@pytest.mark.parametrize("value", ["true", 1, None])
def test_yes_and_no_are_no_words(contributor, wordings, name, value):
    answer = contributor.post(PATH, {"claims": wordings, name: value})

    assert answer.status_code == 400
    assert not Claim.objects.exists()


def test_five_hundred_cost_few_queries(contributor, django_assert_max_num_queries):
    speaker = str(a_claimant().pk)
    claims = [{"statement": f"Dam {n}.", "claimant": speaker} for n in range(MOST)]

    with django_assert_max_num_queries(25):
        answer = contributor.post(PATH, {"claims": claims})

    assert answer.body["created"] == MOST


def test_a_batch_that_is_sent_again_is_recorded_once(contributor, wordings):
    first = contributor.post(PATH, {"claims": wordings}, Idempotency_Key="a")
    again = contributor.post(PATH, {"claims": wordings}, Idempotency_Key="a")

    assert again.content == first.content
    assert Claim.objects.count() == 3


def test_a_batch_takes_what_one_takes(wordings, stranger, reader):
    shut = a_program("contributor", scopes=["claims:read"])

    assert stranger.post(PATH, {"claims": wordings}).status_code == 401
    assert reader.post(PATH, {"claims": wordings}).status_code == 403
    assert shut.post(PATH, {"claims": wordings}).status_code == 403
    assert stranger.get(PATH).status_code == 405
