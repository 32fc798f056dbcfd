"""One person's queue by program: what is put off, views, and taking things back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims import intake
from claims.models import SavedView
from claims.vocabulary import ClaimStatus
from tests.api.conftest import a_program, pointers
from tests.factories import NOON, a_citation, a_claim, an_article, an_assessment

pytestmark = pytest.mark.django_db

LATE = {"name": "Late", "filters": {"due": "late", "topic": "strike"}}


def test_a_claim_is_put_off_for_its_caller_alone(reviewer):
    claim, other = a_claim(), a_program("reviewer")
    until = (timezone.now() + timedelta(days=1)).isoformat()
    path = f"claims/{claim.pk}/snooze"

    assert reviewer.get(path).status_code == 404
    put_off = reviewer("PUT", path, {"until": until})

    assert put_off.status_code == 200
    assert reviewer.get(path).body["until"] == put_off.body["until"]
    assert other.get(path).status_code == 404
    assert reviewer.delete(path).status_code == 204
    assert reviewer.get(path).status_code == 404


def test_a_claim_is_not_put_off_to_the_past_and_not_where_nothing_waits(reviewer):
    past = reviewer(
        "PUT", f"claims/{a_claim().pk}/snooze", {"until": "2026-01-01T00:00:00Z"}
    )
    still = reviewer(
        "PUT",
        f"claims/{a_claim(ClaimStatus.PUBLISHED).pk}/snooze",
        {"until": "2999-01-01T00:00:00Z"},
    )

    assert {past.body["code"], still.body["code"]} == {"snooze_refused"}
    assert (past.status_code, still.status_code) == (400, 400)


def test_a_view_is_kept_changed_and_removed(contributor):
    made = contributor.post("views", LATE)
    path = f"views/{made.body['id']}"

    assert made.status_code == 201
    assert made.body["filters"] == LATE["filters"]
    blind = contributor.patch(path, {"name": "Mine"})
    changed = contributor.patch(
        path, {"filters": {"due": "day"}}, If_Match=made.headers["ETag"]
    )
    stale = contributor.patch(path, {"name": "x"}, If_Match=made.headers["ETag"])
    assert (blind.status_code, stale.status_code) == (428, 412)
    assert changed.body["filters"] == {"due": "day"}
    assert changed.body["name"] == "Late"
    assert contributor.delete(path).status_code == 204
    assert not SavedView.objects.exists()


def test_a_view_is_a_colleagues_secret_until_it_is_shared(contributor, reviewer):
    own = reviewer.post("views", LATE).body["id"]
    shared = reviewer.post("views", {**LATE, "name": "Ours", "shared": True}).body["id"]

    assert contributor.get(f"views/{own}").status_code == 404
    assert contributor.get(f"views/{shared}").status_code == 200
    assert contributor.delete(f"views/{shared}").status_code == 403
    mine = contributor.post("views", {**LATE, "shared": True})
    assert mine.status_code == 403


def test_a_view_holds_what_the_queue_can_be_narrowed_by(contributor):
    answer = contributor.post("views", {**LATE, "filters": {"colour": "red"}})

    assert answer.status_code == 400
    assert pointers(answer) == {"/filters/colour"}


def test_a_publication_is_undone_by_whoever_published_and_in_time(reviewer):
    claim = a_claim(ClaimStatus.SECOND_REVIEW, verdict="false")
    tag = reviewer.get(f"claims/{claim.pk}").headers["ETag"]
    second = reviewer.post(
        f"claims/{claim.pk}/moves/second", {"verdict": "false"}, If_Match=tag
    )
    assert second.body["status"] == "published"

    by_another = a_program("editor").post(f"claims/{claim.pk}/moves/undo")
    undone = reviewer.post(f"claims/{claim.pk}/moves/undo")
    again = reviewer.post(f"claims/{claim.pk}/moves/undo")

    assert by_another.status_code == 403
    assert (undone.status_code, undone.body["status"]) == (200, "second_review")
    assert again.status_code == 409


def test_what_readers_have_seen_is_not_undone(reviewer):
    claim = a_claim(ClaimStatus.PUBLISHED, second=reviewer.user)

    assert reviewer.post(f"claims/{claim.pk}/moves/undo").status_code == 409


def test_a_citation_that_was_wrongly_recorded_is_taken_back(reviewer, contributor):
    claim = a_claim()
    of_claim, of_assessment = a_citation(claim), a_citation(an_assessment(claim))
    paths = [
        f"claims/{claim.pk}/citations/{of_claim.pk}",
        f"assessments/{of_assessment.assessment_id}/citations/{of_assessment.pk}",
    ]

    assert {contributor.delete(path).status_code for path in paths} == {403}
    assert {reviewer.delete(path).status_code for path in paths} == {204}
    assert {reviewer.delete(path).status_code for path in paths} == {404}


def test_what_readers_have_seen_cited_stays(reviewer):
    citation = a_claim(ClaimStatus.PUBLISHED).citations.get()

    answer = reviewer.delete(f"claims/{citation.claim_id}/citations/{citation.pk}")

    assert (answer.status_code, answer.body["code"]) == (400, "citation_refused")


def test_an_assessment_is_taken_back_and_decided_once_more(reviewer):
    path = f"assessments/{an_assessment(a_claim()).pk}"

    taken = reviewer.post(f"{path}/take-back", {"reason": "Another strike."})
    again = reviewer.post(f"{path}/reopen")

    assert (taken.status_code, taken.body["state"]) == (200, "rejected")
    assert (again.body["state"], again.body["decided_by"]) == ("suggested", None)
    assert reviewer.post(f"{path}/reopen").status_code == 409


def test_a_candidate_is_decided_once_more(reviewer):
    article = an_article()
    [candidate, *_] = intake.propose(article, at=NOON)
    path = f"articles/{article.pk}/candidates/{candidate.pk}"

    assert reviewer.post(f"{path}/reconsider").status_code == 409
    reviewer.post(f"{path}/accept", {})
    again = reviewer.post(f"{path}/reconsider")

    assert (again.status_code, again.body["state"]) == (200, "proposed")
    assert again.body["claim"] is None
