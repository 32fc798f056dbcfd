"""Who sends what does not stand any more is shown both, and loses nothing."""

import pytest

from claims import drafting, workflow
from claims.models import Claim, Draft
from claims.vocabulary import ClaimStatus
from tests.admin.forms import filled
from tests.desk.sent import at, edited, shown_in, verdict
from tests.factories import NOON, a_claim

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(ana):
    return a_claim(ClaimStatus.IN_REVIEW, writer=ana)


def test_a_review_rewritten_in_another_window_is_not_written_over(as_, ana, claim):
    desk = as_(ana)
    seen = {"seen_review": 0, "seen_words": claim.version}
    desk.post(at(claim, "review"), verdict(do="preview", **seen))

    answer = desk.post(
        at(claim, "review"), verdict(do="submit", summary="Other words.", **seen)
    )

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "You wrote on this review in another window" in page
    assert 'name="yours_summary" value="Other words."' in page
    claim.refresh_from_db()
    assert claim.status == ClaimStatus.IN_REVIEW
    assert claim.reviews.get().summary == "Pictures show two halls without a roof."


def test_what_both_changed_alike_is_no_conflict(as_, ana, ben):
    claim = a_claim(statement="One hall was hit")
    same = edited(claim, statement="Two halls were hit")
    as_(ben).post(at(claim, "change"), same)

    answer = as_(ana).post(at(claim, "change"), same)

    assert answer.status_code == 302
    assert Claim.objects.get().version == 2


@pytest.mark.parametrize("number", ["9" * 5_000, "9" * 19, "²", "-1"])
def test_a_draft_that_began_at_no_version_is_shown_all_the_same(
    as_, ana, claim, number
):
    as_(ana).post(at(claim, "review"), verdict(do="preview"))
    for form in ("review", "change"):
        typed = {"summary": "Mine.", "seen_review": number, "version": number}
        drafting.keep(claim, form=form, fields=typed, by=ana, at=NOON)

    assert as_(ana).get(at(claim)).status_code == 200


def test_a_second_conflict_while_one_chooses_is_shown_as_well(as_, ana, ben):
    claim = a_claim(statement="One hall was hit")
    mine = edited(claim, statement="Five halls were hit")
    as_(ben).post(at(claim, "change"), edited(claim, statement="Two halls were hit"))
    as_(ana).post(at(claim, "change"), mine)
    claim.refresh_from_db()
    chosen = edited(claim) | {
        "choose_statement": "own",
        "base_statement": "One hall was hit",
        "theirs_statement": "Two halls were hit",
        "yours_statement": "Five halls were hit",
        "own_statement": "Two to five halls were hit",
    }
    del chosen["statement"]
    as_(ben).post(at(claim, "change"), edited(claim, statement="Three halls were hit"))

    answer = as_(ana).post(at(claim, "change"), chosen)

    assert answer.status_code == 409
    sides = shown_in(answer.content.decode(), "statement")
    assert sides["base"] == "Two halls were hit"
    assert sides["theirs"] == "Three halls were hit"
    assert sides["yours"] == "Two to five halls were hit"


def test_own_words_beside_another_choice_outlast_a_second_conflict(as_, ana, ben):
    claim = a_claim(statement="One hall was hit")
    chosen = edited(claim, topics="halls") | {
        "choose_statement": "theirs",
        "base_statement": "One hall was hit",
        "theirs_statement": "Two halls were hit",
        "yours_statement": "Five halls were hit",
        "had_statement": "Five halls were hit",
        "own_statement": "Two to five halls were hit",
    }
    del chosen["statement"]
    as_(ben).post(at(claim, "change"), edited(claim, statement="Three halls were hit"))

    answer = as_(ana).post(at(claim, "change"), chosen)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert shown_in(page, "statement")["yours"] == "Two halls were hit"
    assert ">Two to five halls were hit</textarea>" in page
    claim.refresh_from_db()
    left = edited(claim) | {
        "choose_statement": "yours",
        "yours_statement": "Two halls were hit",
        "had_statement": "Two to five halls were hit",
        "own_statement": "Two to five halls were hit",
    }
    as_(ana).post(at(claim, "change"), left)
    claim.refresh_from_db()
    assert claim.statement == "Two halls were hit"


def test_an_arbiter_decides_about_the_review_that_was_read(as_, ana, ben, olga):
    claim = a_claim(ClaimStatus.ARBITRATION, writer=ana)
    review = claim.reviews.get()
    seen = {"seen_words": claim.version, "seen_review": workflow.seen.edition(review)}
    workflow.send_back(claim, by=olga, at=NOON, reason="Which pictures?")
    workflow.write_review(
        claim, by=ana, at=NOON, verdict="false", summary="Another finding."
    )
    workflow.submit(claim, by=ana, at=NOON)
    workflow.second(claim, by=ben, at=NOON, verdict="true")

    answer = as_(olga).post(
        at(claim, "arbitrate"),
        {"verdict": "false", "note": "The first convinces.", **seen},
    )

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "The review was written anew after you opened this page." in page
    assert "Another finding." in page
    assert "The first convinces." in page
    claim.refresh_from_db()
    assert claim.status == ClaimStatus.ARBITRATION


def test_a_preview_does_not_submit_what_was_rewritten_behind_it(as_, ana, claim):
    desk = as_(ana)
    desk.post(at(claim, "review"), verdict(do="preview"))
    previewed = filled(desk.get(at(claim, "preview")))
    workflow.write_review(
        claim, by=ana, at=NOON, verdict="false", summary="Newer words."
    )

    answer = desk.post(at(claim, "review"), previewed | {"do": "submit"})

    sides = shown_in(answer.content.decode(), "summary")
    assert answer.status_code == 409
    assert sides["theirs"] == "Newer words."
    assert sides["yours"] == previewed["summary"]
    claim.refresh_from_db()
    assert claim.status == ClaimStatus.IN_REVIEW


def test_a_second_verdict_on_other_words_is_refused_and_shows_what_changed(
    as_, ana, ben
):
    claim = a_claim(ClaimStatus.SECOND_REVIEW, writer=ana, statement="One hall was hit")
    seen = claim.version
    workflow.send_back(claim, by=ben, at=NOON, reason="Which one?")
    Claim.objects.filter(pk=claim.pk).update(statement="Two halls were hit")
    workflow.write_review(claim, by=ana, at=NOON, verdict="false", summary="Two.")
    workflow.submit(claim, by=ana, at=NOON)

    answer = as_(ben).post(
        at(claim, "second"), {"verdict": "false", "note": "Mine.", "seen_words": seen}
    )

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "What changed in the claim" in page
    assert "Mine." in page
    assert f'name="seen_words" value="{seen + 1}"' in page
    assert claim.reviews.get().second_verdict == ""


def test_what_somebody_wrote_before_it_was_taken_over_is_a_draft_of_theirs(
    ana, ben, claim
):
    workflow.write_review(claim, by=ana, at=NOON, verdict="false", summary="Ana's.")
    workflow.take(claim, by=ben, at=NOON)

    workflow.write_review(claim, by=ben, at=NOON, verdict="true", summary="Ben's.")

    draft = Draft.objects.get(author=ana)
    assert draft.fields["summary"] == "Ana's."
    assert "Ben's." not in str(draft.fields)


def test_nobody_elses_page_is_sent_or_saved(as_, ana, ben, claim):
    sent = {"draft_form": "review", "summary": "Ana's.", "draft_person": ana.pk}

    answer = as_(ben).post(at(claim, "draft"), sent)

    assert answer.status_code == 403
    assert "Ana's." not in answer.content.decode()
    assert not Draft.objects.exists()


def test_an_older_draft_is_offered_and_not_forced(as_, ana, claim):
    desk = as_(ana)
    first = workflow.write_review(claim, by=ana, at=NOON, verdict="false", summary="A")
    number = workflow.seen.edition(first)
    drafting.keep(
        claim,
        form="review",
        fields={"summary": "An old thought", "seen_review": str(number)},
        by=ana,
        at=NOON,
    )
    workflow.write_review(claim, by=ana, at=NOON, verdict="false", summary="Newer")

    page = desk.get(at(claim)).content.decode()
    used = desk.get(at(claim) + "?draft=review").content.decode()

    assert "Newer" in page
    assert "An old thought" not in page
    assert "What stands here was written after it." in page
    assert "An old thought" in used


def test_leases_block_no_move(as_, ana, ben, olga):
    claim = a_claim(ClaimStatus.SECOND_REVIEW, writer=ana)
    drafting.be_here(claim, by=olga, at=NOON)

    as_(ben).post(at(claim, "second"), {"verdict": "false"})

    claim.refresh_from_db()
    assert claim.status == ClaimStatus.PUBLISHED
