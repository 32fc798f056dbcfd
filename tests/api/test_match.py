"""`POST /api/v1/match`: which claims say what a text says."""

from __future__ import annotations

import pytest

from claims import tasks
from claims.models import Assessment
from claims.vocabulary import ClaimStatus
from tests import factories

pytestmark = pytest.mark.django_db

FERRY = "The night ferry to Ostrel carried 412 passengers in March."
DAM = "Water over the dam at Hallin stood four metres higher than ever measured."


def asked(caller, **body):
    return caller.post("match", body)


@pytest.fixture
def published():
    claims = [
        factories.a_claim(ClaimStatus.PUBLISHED, statement=text)
        for text in (FERRY, DAM)
    ]
    tasks.imprint_claims()
    return claims


def test_a_published_claim_is_found_in_other_words_by_anybody(stranger, published):
    answer = asked(stranger, text="412 people took the boat to #Ostrel by night?!")

    assert answer.status_code == 200
    first, *_ = answer.body["results"]
    assert first["claim"]["statement"] == FERRY
    assert first["probability"] > 0.5
    assert {"412", "ostrel", "night"} <= set(first["shared_words"])


def test_a_claim_is_found_by_its_sense_where_no_word_is_shared(stranger, published):
    answer = asked(stranger, text="The reservoir has never been so full.")

    assert answer.body["results"][0]["claim"]["statement"] == DAM


def test_a_text_about_nothing_that_is_tracked_is_told_so(stranger, published):
    answer = asked(stranger, text="My grandmother bakes the best plum cake.")

    assert all(each["probability"] < 0.2 for each in answer.body["results"])


def test_readers_are_not_told_of_claims_that_are_not_published(stranger, editor):
    factories.a_claim(statement=FERRY)

    assert asked(stranger, text=FERRY).body == {"results": []}
    found = asked(editor, text=FERRY).body["results"]
    assert [each["claim"]["statement"] for each in found] == [FERRY]


def test_a_claim_saved_this_moment_is_found_before_a_worker_saw_it(editor):
    factories.a_claim(statement=FERRY)

    found = asked(editor, text="The night ferry carried 412 to Ostrel.")

    assert found.body["results"][0]["probability"] > 0.5


def test_fact_checks_that_others_published_stand_with_their_ratings(
    stranger, published
):
    check = factories.an_assessment(published[0])
    Assessment.objects.filter(pk=check.pk).update(
        url="https://check.example/ferry", rating_text="Half true"
    )

    answer = asked(stranger, text=FERRY)

    (told,) = answer.body["results"][0]["checks"]
    assert (told["rating"], told["url"]) == ("Half true", "https://check.example/ferry")


def test_no_more_are_given_than_asked_for(stranger, published):
    answer = asked(stranger, text=f"{FERRY} {DAM}", limit=1)

    assert len(answer.body["results"]) == 1


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": ""},
        {"text": 7},
        {"text": "x" * 5_001},
        {"text": "A\u0000B"},
        {"text": FERRY, "limit": 0},
        {"text": FERRY, "limit": 21},
        {"text": FERRY, "limit": "many"},
        {"text": FERRY, "written_on": "yesterday"},
        {"text": FERRY, "colour": "red"},
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(stranger, body):
    answer = asked(stranger, **body)

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "text", ["?!", "🙂", "the of and", "' | & !", "https://a.example/"]
)
def test_a_text_without_words_is_answered_too(stranger, published, text):
    assert asked(stranger, text=text).status_code == 200
