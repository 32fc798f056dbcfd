"""The API of claims: list, record, read, change."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models import Claim
from claims.vocabulary import PUBLIC_STATUSES, ClaimStatus, Scope, Stance, Verdict
from tests.api.conftest import a_program, pointers
from tests.factories import (
    a_citation,
    a_claim,
    a_claimant,
    a_person,
    an_assessment,
)

pytestmark = pytest.mark.django_db


def found(answer):
    assert answer.status_code == 200, answer.content
    return [claim["id"] for claim in answer.body["results"]]


# --- Reading --------------------------------------------------------------------


@pytest.mark.parametrize("status", ClaimStatus.values)
def test_readers_see_what_is_public_and_nothing_else(stranger, status):
    claim = a_claim(status)

    one = stranger.get(f"claims/{claim.pk}")
    many = stranger.get("claims")

    public = status in PUBLIC_STATUSES
    assert one.status_code == (200 if public else 404)
    assert found(many) == ([str(claim.pk)] if public else [])


def test_what_is_not_for_the_caller_looks_as_if_it_were_not_there(stranger, reader):
    hidden = a_claim(ClaimStatus.NEW)
    absent = "0190163d-8694-739b-aea5-966c26f8ad91"

    for caller in (stranger, reader):
        answers = [caller.get(f"claims/{key}") for key in (hidden.pk, absent)]
        bodies = [{**a.body, "request_id": ""} for a in answers]
        assert bodies[0] == bodies[1]
        assert [a.status_code for a in answers] == [404, 404]


def test_the_desk_sees_every_claim_with_the_scope_to_read(contributor):
    claim = a_claim(ClaimStatus.NEW)
    blinkered = a_program("editor", scopes=[Scope.CLAIMS_WRITE])

    assert found(contributor.get("claims")) == [str(claim.pk)]
    assert found(blinkered.get("claims")) == []


def test_a_published_claim_carries_its_verdict_and_its_tally(stranger):
    claim = a_claim(ClaimStatus.PUBLISHED, verdict=Verdict.MISLEADING)
    an_assessment(claim, stance=Stance.SUPPORTS)

    shown = stranger.get(f"claims/{claim.pk}").body

    assert shown["review"]["verdict"] == "misleading"
    assert shown["review"]["rating_value"] == 2
    assert (shown["against"], shown["in_favour"]) == (0, 1)
    assert shown["claimant"]["name"] == claim.claimant.name
    assert shown["page"].endswith(claim.get_absolute_url())


def test_both_spellings_of_an_address_work(stranger):
    claim = a_claim(ClaimStatus.PUBLISHED)

    for path in (f"claims/{claim.pk}", f"claims/{claim.pk}/", "claims", "claims/"):
        assert stranger.get(path).status_code == 200


def test_the_public_never_sees_who_works_on_a_claim_nor_what_it_repeats(
    stranger, reviewer
):
    claim = a_claim(ClaimStatus.CORRECTING, canonical=a_claim(ClaimStatus.NEW))

    assert stranger.get(f"claims/{claim.pk}").body["assigned_to"] is None
    assert stranger.get(f"claims/{claim.pk}").body["canonical"] is None
    shown = reviewer.get(f"claims/{claim.pk}").body
    assert shown["assigned_to"]["id"] == claim.assigned_to_id
    assert shown["canonical"] == str(claim.canonical_id)


# --- Asking ---------------------------------------------------------------------


def test_claims_are_found_by_what_is_asked(reviewer):
    speaker = a_claimant()
    wanted = a_claim(
        ClaimStatus.PUBLISHED,
        claimant=speaker,
        statement="The reservoir was never hit.",
        language="de",
        topics=["water"],
        said_at="2026-03-01T10:00:00Z",
        verdict=Verdict.FALSE,
    )
    an_assessment(wanted, stance=Stance.CONTRADICTS)
    a_claim(ClaimStatus.NEW, said_at="2025-01-01T10:00:00Z")
    domain = wanted.citations.get().passage.source.host

    for question in (
        "q=reservoir",
        f"claimant={speaker.pk}",
        "verdict=false",
        "verdict=false,mixed",
        "stance=contradicts",
        "has_contradiction=true",
        f"source_domain={domain}",
        f"source_domain={domain.partition('.')[2]}",
        "language=de",
        "said_after=2026-01-01",
        "said_after=2026-03-01T10:00:00Z&said_before=2026-03-01T10:00:01Z",
        "status=recheck,published",
        "topic=water",
    ):
        assert found(reviewer.get(f"claims?{question}")) == [str(wanted.pk)], question
    for question in (
        "q=volcano",
        "verdict=true",
        "stance=supports",
        "source_domain=elsewhere.example",
        "said_before=2024-01-01",
        "updated_since=2030-01-01",
        "topic=air",
        "claimant=0190163d-8694-739b-aea5-966c26f8ad91",
    ):
        assert found(reviewer.get(f"claims?{question}")) == [], question


def test_a_verdict_that_is_still_blind_is_not_found_by_asking_for_it(reviewer):
    a_claim(ClaimStatus.SECOND_REVIEW, verdict=Verdict.FALSE)

    assert found(reviewer.get("claims?verdict=false")) == []


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("colour=red", "?colour"),
        ("limit=0", "?limit"),
        ("limit=201", "?limit"),
        ("limit=1_0", "?limit"),
        ("limit=-1", "?limit"),
        ("limit=", "?limit"),
        ("limit=5&limit=6", "?limit"),
        ("sort=statement", "?sort"),
        ("count=many", "?count"),
        ("cursor=forged", "?cursor"),
        ("verdict=wrong", "?verdict"),
        ("verdict=", "?verdict"),
        ("claimant=7", "?claimant"),
        ("has_contradiction=1", "?has_contradiction"),
        ("said_after=yesterday", "?said_after"),
        ("said_after=0000-00-00", "?said_after"),
        ("said_after=9999-12-31T23:59:59-14:00", "?said_after"),
        ("q=", "?q"),
        (f"q={'x' * 10_000}", "?q"),
        ("q=a%E2%80%AEb", "?q"),
        ("status=open", "?status"),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused_by_its_name(
    stranger, question, named
):
    answer = stranger.get(f"claims?{question}")

    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert pointers(answer) == {named}


def test_no_operation_takes_a_parameter_it_does_not_know(stranger, contributor):
    claim = a_claim(ClaimStatus.PUBLISHED)

    assert stranger.get(f"claims/{claim.pk}?as=of").status_code == 400
    assert contributor.post("claims?dry=1", {}).status_code == 400


# --- Recording ------------------------------------------------------------------


def test_a_contributor_records_a_claim(contributor):
    speaker = a_claimant()

    answer = contributor.post(
        "claims",
        {
            "statement": "The dam held.",
            "original_wording": "The dam held, every hour of it.",
            "form": "direct",
            "claimant": str(speaker.pk),
            "said_at": "2026-03-13T22:15:00+01:00",
            "said_at_precision": "minute",
            "topics": ["water", "dams"],
        },
    )

    assert answer.status_code == 201
    claim = Claim.objects.get()
    assert answer.headers["Location"].endswith(f"/api/v1/claims/{claim.pk}")
    assert answer.body["said_at"] == "2026-03-13T21:15:00Z"
    assert answer.body["status"] == "new"
    assert answer.body["language"] == "en"
    assert claim.created_by == contributor.user
    assert contributor.get(answer.headers["Location"]).body == answer.body


RECORDED = {
    "little": {},
    "a moment elsewhere": {"said_at": "2026-03-13T22:15:00.123456789-11:30"},
    "no moment": {"said_at": None},
    "words in need of escapes": {"statement": '«Кот»\u2028 said "no" \\ 3 < 4 🐈'},
    "space around": {"statement": "  The dam held.  ", "topics": [" a "]},
}


@pytest.mark.parametrize("fields", RECORDED.values(), ids=RECORDED)
def test_what_is_answered_is_what_is_read(contributor, fields):
    first = a_claim(ClaimStatus.NEW)
    body = {"statement": "It held.", "claimant": str(first.claimant.pk)}

    made = contributor.post("claims", {**body, "canonical": str(first.pk), **fields})

    read = contributor.get(made["Location"])
    assert (made.status_code, made.content) == (201, read.content)
    assert made["ETag"] == read["ETag"]


def test_recording_a_claim_asks_few_questions(contributor):
    body = {"statement": "It held.", "claimant": str(a_claimant().pk)}
    contributor.post("claims", body)

    with CaptureQueriesContext(connection) as asked:
        assert contributor.post("claims", body).status_code == 201

    # The claimant; the rest is the claim, in a savepoint here.
    assert len(asked) == 4, [each["sql"] for each in asked]


def test_every_fault_is_named_where_it_stands(contributor):
    answer = contributor.post(
        "claims",
        {
            "statement": "",
            "claimant": "0190163d-8694-739b-aea5-966c26f8ad91",
            "form": "sung",
            "topics": ["ok", 7],
            "said_at": "2026-03-13",
            "status": "published",
        },
    )

    assert answer.status_code == 400
    assert answer.body["code"] == "validation_failed"
    assert pointers(answer) == {
        "/statement",
        "/claimant",
        "/form",
        "/topics/1",
        "/said_at",
        "/status",
    }
    assert {"unknown_field"} == {
        f["code"] for f in answer.body["errors"] if f["pointer"] == "/status"
    }
    assert not Claim.objects.exists()


def test_strangers_readers_and_tokens_without_the_scope_record_nothing(
    stranger, reader
):
    blinkered = a_program("editor", scopes=[Scope.CLAIMS_READ])
    body = {"statement": "The dam held.", "claimant": str(a_claimant().pk)}

    assert stranger.post("claims", body).status_code == 401
    assert reader.post("claims", body).body["code"] == "not_yours"
    refused = blinkered.post("claims", body)
    assert refused.status_code == 403
    assert refused.body["code"] == "scope_missing"
    assert "claims:write" in refused.body["detail"]
    assert not Claim.objects.exists()


# --- Changing -------------------------------------------------------------------


def test_a_change_is_made_on_the_version_that_was_read(contributor):
    claim = a_claim()
    read = contributor.get(f"claims/{claim.pk}")

    changed = contributor.patch(
        f"claims/{claim.pk}",
        {"statement": "The dam held for a day."},
        If_Match=read.headers["ETag"],
    )

    assert changed.status_code == 200
    assert changed.body["statement"] == "The dam held for a day."
    assert changed.body["version"] == read.body["version"] + 1
    assert changed.headers["ETag"] != read.headers["ETag"]
    assert (
        contributor.get(f"claims/{claim.pk}").headers["ETag"]
        == (changed.headers["ETag"])
    )


def test_a_change_without_a_version_is_refused(contributor):
    claim = a_claim()

    answer = contributor.patch(f"claims/{claim.pk}", {"statement": "Otherwise."})

    assert (answer.status_code, answer.body["code"]) == (428, "precondition_required")


def test_what_could_not_be_done_anyhow_is_refused_before_the_version_is_asked(
    contributor,
):
    claim = a_claim()

    for headers in ({}, {"If_Match": '"stale"'}):
        answer = contributor.patch(f"claims/{claim.pk}", {"statement": 7}, **headers)
        assert (answer.status_code, pointers(answer)) == (400, {"/statement"})


def test_a_stale_change_is_refused_with_what_stands_now(contributor):
    claim = a_claim()
    before = contributor.get(f"claims/{claim.pk}").headers["ETag"]
    contributor.patch(f"claims/{claim.pk}", {"statement": "First."}, If_Match=before)

    answer = contributor.patch(
        f"claims/{claim.pk}", {"statement": "Second."}, If_Match=before
    )

    assert (answer.status_code, answer.body["code"]) == (412, "overtaken")
    assert answer.body["current"]["statement"] == "First."
    now = contributor.get(f"claims/{claim.pk}")
    assert answer.headers["ETag"] == now.headers["ETag"]
    assert now.body["statement"] == "First."


def test_the_tag_of_another_claim_is_no_key_to_this_one(contributor):
    one, other = a_claim(), a_claim()
    tag = contributor.get(f"claims/{other.pk}").headers["ETag"]

    answer = contributor.patch(f"claims/{one.pk}", {"statement": "X."}, If_Match=tag)

    assert answer.status_code == 412


def test_what_a_worker_finds_does_not_get_in_the_way_of_a_change(contributor):
    claim = a_claim()
    tag = contributor.get(f"claims/{claim.pk}").headers["ETag"]
    an_assessment(claim)

    assert contributor.get(f"claims/{claim.pk}").headers["ETag"] != tag
    answer = contributor.patch(f"claims/{claim.pk}", {"statement": "X."}, If_Match=tag)
    assert answer.status_code == 200


def test_an_empty_change_changes_nothing(contributor):
    claim = a_claim()
    read = contributor.get(f"claims/{claim.pk}")

    answer = contributor.patch(f"claims/{claim.pk}", {}, If_Match=read.headers["ETag"])

    assert answer.status_code == 200
    assert answer.body == read.body


# --- Entity tags ----------------------------------------------------------------


def test_what_did_not_change_is_not_sent_again(stranger):
    claim = a_claim(ClaimStatus.PUBLISHED)
    for path in ("claims", f"claims/{claim.pk}"):
        tag = stranger.get(path).headers["ETag"]

        again = stranger.get(path, If_None_Match=f'"other", W/{tag}')

        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == tag


def test_the_tag_of_what_is_public_is_the_same_for_everybody(stranger, reader, editor):
    claim = a_claim(ClaimStatus.PUBLISHED)
    tags = {
        caller.get(f"claims/{claim.pk}").headers["ETag"]
        for caller in (stranger, reader, editor)
    }

    assert len(tags) == 1
    assert not tags.pop().startswith("W/")


# --- Cost -----------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 4])
def test_a_page_costs_the_same_number_of_queries_however_long(
    stranger, contributor, django_assert_num_queries, number
):
    for _ in range(number):
        an_assessment(a_claim(ClaimStatus.PUBLISHED), stance=Stance.SUPPORTS)
    for caller in (stranger, contributor):
        caller.get("claims?sort=-updated_at")

    # Which claims; what is stored of them is asked past what is counted here.
    with django_assert_num_queries(1):
        assert len(found(stranger.get("claims?sort=-updated_at"))) == number
    # For the desk the claims, the reviews that stand, the tallies.
    with django_assert_num_queries(3):
        assert len(found(contributor.get("claims?sort=-updated_at"))) == number


def test_a_token_is_known_by_one_question_and_written_once_a_minute(
    django_assert_num_queries,
):
    program = a_program("reviewer")
    a_citation(a_claim(writer=a_person()))

    # The last use of the token, then the page: two for one with no tally. Whose it is
    # is asked past what is counted here.
    with django_assert_num_queries(4):
        program.get("claims")
    with django_assert_num_queries(3):
        program.get("claims")
