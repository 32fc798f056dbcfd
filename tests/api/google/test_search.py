"""Google's Fact Check Tools API, as our claims answer it."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims import editing
from claims.vocabulary import ClaimantKind, ClaimStatus, Stance, Verdict
from tests.factories import NOON, a_claim, a_claimant, a_person

pytestmark = pytest.mark.django_db
SEARCH = "/v1alpha1/claims:search"


@pytest.fixture
def search(client):
    """Ask, and read what comes: `search(query="dam")`, `.body`."""

    def ask(**parameters):
        answer = client.get(SEARCH, parameters)
        answer.body = json.loads(answer.content)
        return answer

    return ask


def a_fact_check(claim, **fields):
    """What another house published about a claim."""
    return editing.add_assessment(
        claim,
        **{
            "assessor": a_claimant("The Ledger", ClaimantKind.MEDIA),
            "stance": Stance.CONTRADICTS,
            "statement": "The pictures show otherwise.",
            "url": "https://www.ledger.example/checks/7",
            "rating_text": "Mostly wrong",
            "said_at": NOON,
            "by": a_person("reviewer"),
            "at": NOON,
            **fields,
        },
    )


def named(answer):
    return [each["text"] for each in answer.body.get("claims", [])]


def violations(answer):
    error = answer.body["error"]
    assert (answer.status_code, error["code"]) == (400, 400)
    assert error["status"] == "INVALID_ARGUMENT"
    [detail] = error["details"]
    assert detail["@type"] == "type.googleapis.com/google.rpc.BadRequest"
    assert all(each["description"] for each in detail["fieldViolations"])
    return {each["field"] for each in detail["fieldViolations"]}


def test_a_published_claim_is_given_with_our_review_and_those_of_others(
    search, settings
):
    settings.SITE_URL = "https://desk.example"
    claim = a_claim(
        ClaimStatus.PUBLISHED,
        statement="The dam at Orlow is dry.",
        verdict=Verdict.MISLEADING,
        claimant=a_claimant("Oda Prell"),
        said_at=NOON,
        language="en",
    )
    a_fact_check(claim)
    review = claim.reviews.get()

    answer = search(query="dam")

    assert answer.status_code == 200
    assert answer.body == {
        "claims": [
            {
                "text": "The dam at Orlow is dry.",
                "claimant": "Oda Prell",
                "claimDate": f"{NOON:%Y-%m-%dT%H:%M:%SZ}",
                "claimReview": [
                    {
                        "publisher": {
                            "name": settings.SITE_NAME,
                            "site": "desk.example",
                        },
                        "url": settings.SITE_URL + claim.get_absolute_url(),
                        "title": "Misleading: The dam at Orlow is dry.",
                        "reviewDate": f"{review.published_at:%Y-%m-%dT%H:%M:%SZ}",
                        "textualRating": "Misleading",
                        "languageCode": "en",
                    },
                    {
                        "publisher": {"name": "The Ledger", "site": "ledger.example"},
                        "url": "https://www.ledger.example/checks/7",
                        "reviewDate": f"{NOON:%Y-%m-%dT%H:%M:%SZ}",
                        "textualRating": "Mostly wrong",
                    },
                ],
            }
        ]
    }


def test_what_is_not_published_or_was_withdrawn_is_not_given(search):
    for status in ClaimStatus.values:
        if status not in {ClaimStatus.PUBLISHED, ClaimStatus.RECHECK, "correcting"}:
            a_claim(status, statement=f"The dam is {status}.")

    assert search(query="dam").body == {}


def test_an_assessment_that_nobody_confirmed_or_that_is_no_fact_check_is_not_given(
    search,
):
    claim = a_claim(ClaimStatus.PUBLISHED, statement="The dam is dry.")
    a_fact_check(claim, rating_text="")
    a_fact_check(claim, url="")
    a_fact_check(claim, by=a_person("contributor"))  # waits for somebody

    [found] = search(query="dam").body["claims"]

    assert len(found["claimReview"]) == 1


def test_what_is_empty_is_left_out(search):
    a_claim(ClaimStatus.PUBLISHED, statement="The dam is dry.", said_at=None)

    [found] = search(query="dam").body["claims"]

    assert "claimDate" not in found
    assert search(query="nothing of the kind").body == {}


def test_a_claim_is_found_by_its_claimant(search):
    a_claim(ClaimStatus.PUBLISHED, claimant=a_claimant("Oda Prell"))

    assert len(search(query="Oda Prell").body["claims"]) == 1


@pytest.mark.parametrize("code", ["de", "de-AT", "DE", "de_CH"])
def test_a_language_is_meant_whatever_its_region(search, code):
    for language in ("de", "de-CH", "en"):
        a_claim(ClaimStatus.PUBLISHED, statement=f"Dam {language}", language=language)

    assert named(search(query="dam", languageCode=code)) == ["Dam de-CH", "Dam de"]


def test_claims_are_narrowed_to_those_that_a_site_reviewed(search, settings):
    settings.SITE_URL = "https://www.desk.example"
    checked = a_claim(ClaimStatus.PUBLISHED, statement="The dam is dry.")
    a_fact_check(checked)
    a_claim(ClaimStatus.PUBLISHED, statement="The road is wet.")

    def reviewed_by(site):
        return named(search(reviewPublisherSiteFilter=site))

    assert reviewed_by("ledger.example") == ["The dam is dry."]
    assert reviewed_by("WWW.ledger.example") == ["The dam is dry."]
    assert reviewed_by("edger.example") == []
    assert reviewed_by("desk.example") == ["The road is wet.", "The dam is dry."]


def test_what_was_both_said_and_reviewed_long_ago_is_old(search):
    now = timezone.now()
    claim = a_claim(ClaimStatus.PUBLISHED, said_at=now - timedelta(days=4_000))
    reviewed = (now - claim.reviews.get().published_at).days
    recent = a_claim(ClaimStatus.PUBLISHED, said_at=now)

    def found(days):
        answer = search(query="strike", maxAgeDays=days)
        return set(named(answer)) & {claim.statement, recent.statement}

    assert (
        found(reviewed + 1) == found(2**31 - 1) == {claim.statement, recent.statement}
    )
    assert found(reviewed - 1) == {recent.statement}


def test_pages_follow_each_other_to_the_end_and_nothing_is_missing(search):
    written = {
        a_claim(ClaimStatus.PUBLISHED, statement=f"Dam {n}").statement for n in range(7)
    }

    found, token = [], ""
    for _ in range(10):
        asked = {"query": "dam", "pageSize": 3}
        answer = search(**asked, **({"pageToken": token} if token else {}))
        found += named(answer)
        if "nextPageToken" not in answer.body:
            break
        token = answer.body["nextPageToken"]
        assert token

    assert sorted(found) == sorted(written)
    assert len(found) == 7


def test_ten_are_given_unless_asked_otherwise_and_never_more_than_a_hundred(search):
    for n in range(12):
        a_claim(ClaimStatus.PUBLISHED, statement=f"Dam {n}")

    assert len(named(search(query="dam"))) == 10
    assert len(named(search(query="dam", pageSize=0))) == 10
    assert len(named(search(query="dam", pageSize=2**31 - 1))) == 12


def test_an_offset_counts_from_the_first_and_only_without_a_token(search):
    for n in range(5):
        a_claim(ClaimStatus.PUBLISHED, statement=f"Dam {n}")

    first = search(query="dam", offset=1, pageSize=2)

    assert named(first) == ["Dam 3", "Dam 2"]
    token = first.body["nextPageToken"]
    following = search(query="dam", offset=1, pageSize=2, pageToken=token)
    assert named(following) == ["Dam 1", "Dam 0"]


@pytest.mark.parametrize(
    "changed",
    [
        {"query": "damp"},
        {"pageSize": 2},
        {"languageCode": "en"},
        {"maxAgeDays": 1},
        {"offset": 1},
        {"reviewPublisherSiteFilter": "ledger.example"},
    ],
)
def test_a_token_with_another_query_is_refused(search, changed):
    for n in range(2):
        a_claim(ClaimStatus.PUBLISHED, statement=f"Dam {n}")
    asked = {"query": "dam", "pageSize": 1}
    token = search(**asked).body["nextPageToken"]

    assert violations(search(**{**asked, **changed}, pageToken=token)) == {"pageToken"}
    assert search(**asked, pageToken=token, prettyPrint="false", key="x").body


@pytest.mark.parametrize("token", ["x", "e30:1:2", "é", "a" * 400])
def test_a_token_of_one_s_own_making_is_refused(search, token):
    assert violations(search(query="dam", pageToken=token)) == {"pageToken"}


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ({}, {"query"}),
        ({"query": ""}, {"query"}),
        ({"query": "  "}, {"query"}),
        ({"query": "a" * 501}, {"query"}),
        ({"query": "a\u202eb"}, {"query"}),
        ({"query": "a", "pageSize": "-1"}, {"pageSize"}),
        ({"query": "a", "pageSize": "ten"}, {"pageSize"}),
        ({"query": "a", "pageSize": str(2**31)}, {"pageSize"}),
        ({"query": "a", "maxAgeDays": "1.5"}, {"maxAgeDays"}),
        ({"query": "a", "offset": "-3"}, {"offset"}),
        ({"query": "a", "languageCode": "english!"}, {"languageCode"}),
        (
            {"reviewPublisherSiteFilter": "https://ledger.example/"},
            {"reviewPublisherSiteFilter"},
        ),
        ({"query": "a", "pagesize": "1"}, {"pagesize"}),
        ({"query": "a", "alt": "media"}, {"alt"}),
        ({"query": "a", "callback": "alert"}, {"callback"}),
        ({"query": "a", "fields": "claims(text"}, {"fields"}),
        ({"query": "a", "fields": "claims)"}, {"fields"}),
        ({"query": "a", "fields": ","}, {"fields"}),
        ({"query": "a", "fields": "(" * 400}, {"fields"}),
        ({"query": "a", "fields": "a(" * 200}, {"fields"}),
        ({"query": "a", "offset": "x", "pageSize": "y"}, {"offset", "pageSize"}),
    ],
)
def test_what_cannot_be_taken_is_refused_by_name_as_google_does(search, asked, named):
    assert violations(search(**asked)) == named


def test_a_parameter_given_twice_is_refused(client):
    answer = client.get(f"{SEARCH}?query=a&query=b")
    answer.body = answer.json()

    assert violations(answer) == {"query"}


def test_names_may_be_written_with_underscores(search):
    for n in range(2):
        a_claim(ClaimStatus.PUBLISHED, statement=f"Dam {n}")

    assert len(named(search(query="dam", page_size=1))) == 1
    assert violations(search(query="dam", page_size=1, pageSize=1)) == {"pageSize"}


def test_only_the_wanted_members_are_given(search):
    claim = a_claim(ClaimStatus.PUBLISHED, statement="The dam is dry.")
    a_claim(ClaimStatus.PUBLISHED, statement="The dam is wet.")

    answer = search(query="dry", fields="claims(text,claimReview/publisher/name)")

    [found] = answer.body["claims"]
    assert found["text"] == claim.statement
    assert set(found) == {"text", "claimReview"}
    assert [set(each) for each in found["claimReview"]] == [{"publisher"}]
    assert set(search(query="dam", fields="nextPageToken", pageSize=1).body) == {
        "nextPageToken"
    }
    assert search(query="dry", fields="*").body == search(query="dry").body


def test_what_did_not_change_is_not_sent_again(client):
    a_claim(ClaimStatus.PUBLISHED, statement="The dam is dry.")
    asked = {"query": "dam"}
    tag = client.get(SEARCH, asked).headers["ETag"]

    again = client.get(SEARCH, asked, headers={"If-None-Match": tag})

    assert (again.status_code, again.content) == (304, b"")


def test_it_reads_the_same_in_every_language_and_to_whoever_asks(client):
    a_claim(ClaimStatus.PUBLISHED, statement="The dam is dry.", verdict=Verdict.FALSE)
    a_stranger = client.get(SEARCH, {"query": "dam"}, headers={"Accept-Language": "ar"})
    client.force_login(a_person("admin"))

    somebody = client.get(SEARCH, {"query": "dam"})

    assert a_stranger.content == somebody.content
    assert b"False" in somebody.content


def test_pages_on_any_site_may_read_it(client):
    for parameters in ({"query": "dam"}, {}):
        answer = client.get(SEARCH, parameters)
        assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", SEARCH, "NOT_FOUND"),
        ("DELETE", SEARCH, "NOT_FOUND"),
        ("GET", "/v1alpha1/pages", "NOT_FOUND"),
        ("GET", "/v1alpha1/", "NOT_FOUND"),
        ("GET", "/v1alpha1/claims:imageSearch", "UNIMPLEMENTED"),
    ],
)
def test_what_there_is_not_is_refused_in_google_s_shape(client, method, path, status):
    error = client.generic(method, path).json()["error"]

    assert error["status"] == status
    assert error["message"]


def test_a_page_costs_as_many_questions_as_a_claim(search):
    a_fact_check(a_claim(ClaimStatus.PUBLISHED, statement="Dam"))
    with CaptureQueriesContext(connection) as one:
        search(query="dam")
    for n in range(5):
        a_fact_check(a_claim(ClaimStatus.PUBLISHED, statement=f"Dam {n}"))
    with CaptureQueriesContext(connection) as many:
        search(query="dam")

    assert len(many) == len(one)
