"""A claim's way through the desk, by program: each move at its address."""

import json
from datetime import timedelta

import pytest

from claims.models import Claim
from claims.vocabulary import ClaimStatus, Scope, Verdict
from tests.api.conftest import Caller, a_program, pointers
from tests.factories import a_citation, a_claim, a_person

pytestmark = pytest.mark.django_db

FINDINGS = {
    "verdict": "misleading",
    "summary": "Photographs show nine sheds burnt out.",
    "explanation": "Four archives were searched.",
}
SECRETS = ("misleading", "nine sheds", "Four archives")


@pytest.fixture
def ana():
    return a_program("reviewer")


@pytest.fixture
def ben():
    return a_program("reviewer")


def move(caller, claim, name, data=None, **headers):
    if name in {"second", "arbitrate"}:
        read = caller.get(f"claims/{claim.pk}").headers
        headers.setdefault("If_Match", read.get("ETag", "*"))
    return caller.post(f"claims/{claim.pk}/moves/{name}", data, **headers)


def submitted(claim, writer):
    assert move(writer, claim, "take").status_code == 200
    assert move(writer, claim, "write-review", FINDINGS).status_code == 200
    assert move(writer, claim, "submit", {}).body["status"] == "second_review"


def everything_about(claim, caller):
    """All that the API tells this caller about a claim, as one text."""
    waiting = [
        f"claims/{claim.pk}", f"claims/{claim.pk}/reviews", f"claims/{claim.pk}/history",
        f"claims/{claim.pk}/moves", f"claims/{claim.pk}/citations",
        f"claims/{claim.pk}/assessments", "reviews", "claims", "corrections",
        f"claimants/{claim.claimant_id}/claims",
    ]  # fmt: skip
    waiting += [f"reviews/{review.pk}" for review in claim.reviews.all()]
    return "\n".join(
        json.dumps(caller.get(path).body, ensure_ascii=False) for path in waiting
    )


@pytest.fixture
def at_once(settings):
    """What is published goes out at once: there is no time to undo it."""
    settings.CLAIMS_UNDO_WITHIN = timedelta(0)


def test_a_claim_is_published_by_two_who_agree(ana, ben, stranger, at_once):
    claim = a_claim()
    a_citation(claim)
    submitted(claim, ana)

    published = move(ben, claim, "second", {"verdict": "misleading", "note": "Seen."})

    assert published.status_code == 200
    assert published.body["status"] == "published"
    assert published.body["review"]["verdict"] == "misleading"
    [review] = stranger.get(f"claims/{claim.pk}/reviews").body["results"]
    assert review["summary"] == FINDINGS["summary"]
    assert review["written_by"]["id"] == ana.user.pk
    assert review["deliberation"] is None
    [seen] = ben.get(f"claims/{claim.pk}/reviews").body["results"]
    assert seen["deliberation"]["second_note"] == "Seen."
    moves = ben.get(f"claims/{claim.pk}/moves").body["results"]
    assert [each["to_status"] for each in moves] == [
        "published", "second_review", "in_review",
    ]  # fmt: skip


def test_two_who_differ_are_arbitrated_by_a_third(ana, ben, stranger, at_once):
    claim = a_claim()
    a_citation(claim)
    submitted(claim, ana)
    assert (
        move(ben, claim, "second", {"verdict": "true"}).body["status"] == "arbitration"
    )
    third = a_program("reviewer")
    verdict = {"verdict": "true", "note": "The images are older."}

    for one_of_the_two in (ana, ben):
        assert move(one_of_the_two, claim, "arbitrate", verdict).status_code == 403
    unfitting = move(third, claim, "arbitrate", verdict)
    decided = move(third, claim, "arbitrate", {**verdict, "summary": "They were old."})

    assert (unfitting.status_code, unfitting.body["code"]) == (422, "not_publishable")
    assert decided.body["status"] == "published"
    [review] = stranger.get(f"claims/{claim.pk}/reviews").body["results"]
    assert (review["verdict"], review["summary"]) == ("true", "They were old.")


@pytest.mark.parametrize("role", ["contributor", "reviewer", "editor", "admin"])
def test_before_both_verdicts_are_in_nobody_but_the_writer_sees_the_first(ana, role):
    claim = a_claim()
    a_citation(claim)
    other = a_program(role)
    move(ana, claim, "take")
    move(ana, claim, "write-review", FINDINGS)

    for _ in range(2):
        told = everything_about(claim, other)
        assert not [secret for secret in SECRETS if secret in told]
        assert other.get("claims?verdict=misleading").body["results"] == []
        assert other.get("reviews?verdict=misleading").body["results"] == []
        [review] = other.get(f"claims/{claim.pk}/reviews").body["results"]
        assert (review["blind"], review["rating_value"]) == (True, None)
        own = everything_about(claim, ana)
        assert all(secret in own for secret in SECRETS)
        if Claim.objects.get().status == ClaimStatus.IN_REVIEW:
            move(ana, claim, "submit", {})


def test_a_correction_in_the_making_is_blind_while_the_old_review_stands(ana, stranger):
    claim = a_claim(ClaimStatus.PUBLISHED, verdict=Verdict.FALSE)
    assert move(ana, claim, "start-correction").body["status"] == "correcting"
    begun = claim.reviews.get(published_at=None)
    tag = ana.get(f"reviews/{begun.pk}").headers["ETag"]
    assert move(ana, claim, "write-review", FINDINGS).status_code == 428
    written = move(ana, claim, "write-review", FINDINGS, If_Match=tag)
    assert written.status_code == 200
    submit = {"correction_kind": "update", "correction_note": "New images came in."}
    assert move(ana, claim, "submit", submit).body["status"] == "second_review"

    for caller in (stranger, a_program("editor")):
        told = everything_about(claim, caller)
        assert not [secret for secret in SECRETS if secret in told]
        assert "New images" not in told
        assert caller.get(f"claims/{claim.pk}").body["review"]["verdict"] == "false"


def test_the_second_verdict_refused_tells_nothing_of_the_first(ana, ben):
    claim = a_claim()
    a_citation(claim)
    submitted(claim, ana)

    own = move(ana, claim, "second", {"verdict": "misleading"})
    wrong = move(ben, claim, "second", {"verdict": "certain"})

    assert (own.status_code, own.body["code"]) == (403, "not_yours")
    assert pointers(wrong) == {"/verdict"}
    assert move(ben, claim, "arbitrate", {"verdict": "true", "note": "x"}).body[
        "code"
    ] == ("move_refused")


def test_a_review_without_an_intact_quotation_is_not_publishable(ana):
    claim = a_claim()
    a_citation(claim, intact=False)
    move(ana, claim, "take")
    move(ana, claim, "write-review", FINDINGS)

    answer = move(ana, claim, "submit", {})

    assert (answer.status_code, answer.body["code"]) == (422, "not_publishable")
    assert "intact" in answer.body["detail"]


def test_a_move_that_does_not_start_here_is_a_conflict(ana, editor):
    claim = a_claim(ClaimStatus.NEW)

    for name, data in (
        ("second", {"verdict": "true"}),
        ("submit", {}),
        ("reaffirm", {"note": "It stands."}),
        ("start-correction", None),
    ):
        answer = move(ana, claim, name, data)
        assert (answer.status_code, answer.body["code"]) == (409, "move_refused"), name
    assert move(editor, claim, "retract", {"note": "x"}).status_code == 409


def test_reasons_and_notes_are_asked_for(ana, editor):
    claim = a_claim()

    assert pointers(move(ana, claim, "dismiss", {})) == {"/reason"}
    assert pointers(move(ana, claim, "dismiss", {"reason": " "})) == {"/reason"}
    assert pointers(move(editor, claim, "retract", {})) == {"/note"}
    assert pointers(move(editor, claim, "assign", {"reason": "x", "to": "7"})) == {
        "/to"
    }


def test_a_claim_goes_its_other_ways(ana, editor):
    claim = a_claim()
    ben = a_person("reviewer")

    assigned = move(editor, claim, "assign", {"to": ben.pk, "reason": "His beat."})
    assert assigned.body["assigned_to"]["id"] == ben.pk
    assert move(ana, claim, "release").status_code == 403
    assert move(editor, claim, "release").body["assigned_to"] is None
    assert move(editor, claim, "reset", {"reason": "Again."}).body["status"] == "new"
    gone = move(ana, claim, "dismiss", {"reason": "An opinion."})
    assert gone.body["status"] == "dismissed"

    published = a_claim(ClaimStatus.RECHECK)
    stands = move(ana, published, "reaffirm", {"note": "The archive shows it."})
    assert stands.body["status"] == "published"
    move(ana, published, "start-correction")
    left = move(ana, published, "abandon-correction", {"note": "Nothing new."})
    assert left.body["status"] == "published"
    out = move(editor, published, "retract", {"note": "The quotation was invented."})
    assert (out.body["status"], out.body["review"]) == ("retracted", None)
    [note] = Caller().get(f"corrections?claim={published.pk}").body["results"]
    assert (note["kind"], note["note"]) == ("retraction", "The quotation was invented.")
    assert Caller().get(f"corrections/{note['id']}").body == note


def test_a_move_on_words_that_were_changed_since_is_refused(ana, ben):
    claim = a_claim()
    tag = ana.get(f"claims/{claim.pk}").headers["ETag"]
    ben.patch(f"claims/{claim.pk}", {"statement": "Otherwise."}, If_Match=tag)

    answer = move(ana, claim, "take", If_Match=tag)

    assert answer.status_code == 412
    assert answer.body["current"]["statement"] == "Otherwise."
    assert Claim.objects.get().status == ClaimStatus.NEW


def test_moves_are_for_reviewers_and_editors_with_the_scopes(
    contributor, stranger, ana
):
    claim = a_claim()

    assert move(stranger, claim, "take").status_code == 401
    assert move(contributor, claim, "take").status_code == 403
    assert move(ana, claim, "reset", {"reason": "x"}).status_code == 403
    recorder = a_program("reviewer", scopes=[Scope.CLAIMS_READ, Scope.REVIEW_DECIDE])
    refused = move(recorder, claim, "second", {"verdict": "true"})
    assert refused.body["code"] == "scope_missing"
    assert "publish" in refused.body["detail"]


def test_the_history_tells_what_stood_after_each_change_and_who_made_it(ana):
    claim = a_claim()
    ana.patch(f"claims/{claim.pk}", {"statement": "Second wording."}, If_Match="*")

    last, before, *_ = ana.get(f"claims/{claim.pk}/history").body["results"]

    assert (last["statement"], last["what"]) == ("Second wording.", "update")
    assert before["statement"] == claim.statement
    assert last["by"]["id"] == ana.user.pk
    assert last["request_id"]
    assert last["version"] == before["version"] + 1


def test_what_a_second_reviewer_wrote_back_is_between_the_two(ana, ben, editor):
    claim = a_claim(ClaimStatus.SECOND_REVIEW, writer=ana.user)
    move(ben, claim, "send-back", {"reason": "Misleading goes too far."})

    def told(caller):
        return caller.get(f"claims/{claim.pk}/moves").body["results"][0]["note"]

    assert told(ana) == told(ben) == "Misleading goes too far."
    assert told(editor) == ""


def test_history_and_moves_are_for_the_desk(stranger, reader):
    claim = a_claim(ClaimStatus.PUBLISHED)

    for path in ("history", "moves"):
        assert stranger.get(f"claims/{claim.pk}/{path}").status_code == 401
        assert reader.get(f"claims/{claim.pk}/{path}").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_a_page_of_reviews_costs_the_same_however_long(
    stranger, django_assert_num_queries, number
):
    for _ in range(number):
        a_claim(ClaimStatus.PUBLISHED)

    with django_assert_num_queries(2):
        assert len(stranger.get("reviews").body["results"]) == number


@pytest.mark.parametrize("number", [1, 3])
def test_a_page_of_history_costs_the_same_however_long(
    ana, django_assert_num_queries, number
):
    claim = a_claim()
    for each in range(number):
        ana.patch(f"claims/{claim.pk}", {"statement": f"{each}."}, If_Match="*")

    # The claim, the page, the people.
    with django_assert_num_queries(3):
        page = ana.get(f"claims/{claim.pk}/history")
    assert len(page.body["results"]) == number + 1


def test_a_review_that_was_written_on_since_is_not_written_over(ana):
    claim = a_claim()
    move(ana, claim, "take")
    tag = move(ana, claim, "write-review", FINDINGS).headers["ETag"]
    better = {**FINDINGS, "summary": "Photographs show ten sheds burnt out."}

    first = move(ana, claim, "write-review", better, If_Match=tag)
    second = move(ana, claim, "write-review", FINDINGS, If_Match=tag)

    assert (first.status_code, second.status_code) == (200, 412)
    assert second.body["current"]["summary"] == better["summary"]
    assert second.headers["ETag"] == first.headers["ETag"]
    assert claim.reviews.get().summary == better["summary"]


def test_a_verdict_on_words_that_were_changed_since_is_refused(ana, ben):
    claim = a_claim()
    a_citation(claim)
    submitted(claim, ana)
    tag = ben.get(f"claims/{claim.pk}").headers["ETag"]
    move(ben, claim, "send-back", {"reason": "Which strike?"})
    Claim.objects.filter(pk=claim.pk).update(statement="Nine sheds burnt in March.")
    own = claim.reviews.get()
    again = ana.get(f"reviews/{own.pk}").headers["ETag"]
    move(ana, claim, "write-review", FINDINGS, If_Match=again)
    move(ana, claim, "submit", {})

    answer = move(ben, claim, "second", {"verdict": "misleading"}, If_Match=tag)

    assert answer.status_code == 412
    assert answer.body["current"]["statement"] == "Nine sheds burnt in March."
    assert claim.reviews.get().second_verdict == ""
