"""Taking, releasing, dismissing; and what follows publication."""

import pytest
from django.urls import reverse

from claims.vocabulary import ClaimStatus, Verdict
from tests.factories import a_claim, a_person

UNKNOWN = "01a20849-2adb-710b-a60d-9ca3cdec7599"


def at(claim, name="claim"):
    return reverse(f"desk:{name}", args=[claim.pk])


def status(claim):
    claim.refresh_from_db()
    return claim.status


def test_a_claim_is_taken_and_released(as_, ana):
    claim = a_claim()
    desk = as_(ana)

    desk.post(at(claim, "take"))
    taken = (status(claim), claim.assigned_to)
    desk.post(at(claim, "release"))

    claim.refresh_from_db()
    assert taken == (ClaimStatus.IN_REVIEW, ana)
    assert (claim.status, claim.assigned_to) == (ClaimStatus.IN_REVIEW, None)


def test_a_claim_of_somebody_else_can_be_taken_over(as_, ana, ben):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ben)

    page = as_(ana).get(at(claim)).content.decode()
    as_(ana).post(at(claim, "take"))

    claim.refresh_from_db()
    assert "Take over" in page
    assert claim.assigned_to == ana


@pytest.mark.parametrize(
    ("verb", "before", "after"),
    [
        ("dismiss", ClaimStatus.NEW, ClaimStatus.DISMISSED),
        ("dismiss", ClaimStatus.IN_REVIEW, ClaimStatus.DISMISSED),
        ("reset", ClaimStatus.IN_REVIEW, ClaimStatus.NEW),
        ("reset", ClaimStatus.DISMISSED, ClaimStatus.NEW),
        ("reaffirm", ClaimStatus.RECHECK, ClaimStatus.PUBLISHED),
        ("correct", ClaimStatus.PUBLISHED, ClaimStatus.CORRECTING),
        ("correct", ClaimStatus.RECHECK, ClaimStatus.CORRECTING),
        ("abandon", ClaimStatus.CORRECTING, ClaimStatus.PUBLISHED),
    ],
)
def test_an_editor_moves_a_claim_with_a_reason(as_, olga, verb, before, after):
    claim = a_claim(before)
    desk = as_(olga)

    page = desk.get(at(claim)).content.decode()
    desk.post(at(claim, verb), {"reason": "This is why."})

    assert f'action="{at(claim, verb)}"' in page
    assert status(claim) == after
    if verb != "correct":
        assert claim.moves.newest_first()[0].note == "This is why."


@pytest.mark.parametrize("verb", ["dismiss", "reset", "reaffirm", "abandon", "retract"])
@pytest.mark.parametrize("reason", ["", "  ", "a\x00b", "a\u202eb", "x" * 2_001])
def test_a_reason_that_is_none_is_refused(as_, olga, verb, reason):
    claim = a_claim(ClaimStatus.RECHECK)

    answer = as_(olga).post(at(claim, verb), {"reason": reason})

    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert status(claim) == ClaimStatus.RECHECK


def test_a_move_that_does_not_start_here_is_refused_with_the_reason_kept(as_, olga):
    claim = a_claim(ClaimStatus.PUBLISHED)

    answer = as_(olga).post(at(claim, "dismiss"), {"reason": "I thought it was new."})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "A claim that is published cannot become dismissed." in page


@pytest.mark.parametrize("verb", ["reset", "retract"])
def test_a_reviewer_is_not_offered_what_is_the_editors(as_, ana, verb):
    claim = a_claim(
        ClaimStatus.PUBLISHED if verb == "retract" else ClaimStatus.IN_REVIEW
    )
    desk = as_(ana)

    page = desk.get(at(claim)).content.decode()
    answer = desk.post(at(claim, verb), {"reason": "Because."})

    assert at(claim, verb) not in page
    assert answer.status_code == 403


def test_an_editor_gives_a_claim_to_a_reviewer(as_, olga, ana):
    claim = a_claim()

    as_(olga).post(at(claim, "assign"), {"to": str(ana.pk), "reason": "You know it."})

    claim.refresh_from_db()
    assert (claim.assigned_to, claim.status) == (ana, ClaimStatus.IN_REVIEW)


@pytest.mark.parametrize("to", ["", "nobody", "0", "9" * 40])
def test_a_claim_is_not_given_to_nobody(as_, olga, to):
    claim = a_claim()

    answer = as_(olga).post(at(claim, "assign"), {"to": to, "reason": ""})

    assert answer.status_code == 422
    assert status(claim) == ClaimStatus.NEW


def test_a_contributor_is_not_among_those_a_claim_can_be_given_to(as_, olga):
    contributor = a_person("contributor")
    claim = a_claim()

    answer = as_(olga).post(
        at(claim, "assign"), {"to": str(contributor.pk), "reason": ""}
    )

    assert answer.status_code == 422


def test_a_correction_goes_through_a_second_pair_of_eyes_to_readers(as_, ana, ben):
    claim = a_claim(ClaimStatus.PUBLISHED)
    as_(ana).post(at(claim, "correct"))
    page = as_(ana).get(at(claim)).content.decode()
    as_(ana).post(
        at(claim, "review"),
        {
            "verdict": "mixed",
            "summary": "One hall, it turned out.",
            "explanation": "",
            "correction_kind": "correction",
            "correction_note": "A picture was misdated.",
            "do": "submit",
        },
    )
    as_(ben).post(at(claim, "second"), {"verdict": "mixed"})

    assert 'name="correction_note"' in page
    assert status(claim) == ClaimStatus.PUBLISHED
    assert claim.reviews.current().get().verdict == Verdict.MIXED
    assert claim.corrections.get().note == "A picture was misdated."


@pytest.mark.parametrize(
    "lacking", [{"correction_kind": ""}, {"correction_note": ""}, {"summary": ""}]
)
def test_a_correction_without_its_public_note_is_not_submitted(as_, ana, lacking):
    claim = a_claim(ClaimStatus.CORRECTING, writer=ana)

    answer = as_(ana).post(
        at(claim, "review"),
        {
            "verdict": "mixed",
            "summary": "One hall, it turned out.",
            "explanation": "",
            "correction_kind": "update",
            "correction_note": "A picture was misdated.",
            "do": "submit",
            **lacking,
        },
    )

    assert answer.status_code == 422
    assert status(claim) == ClaimStatus.CORRECTING


def test_a_retracted_claim_shows_its_note_and_no_way_back(as_, olga):
    claim = a_claim(ClaimStatus.RETRACTED)

    page = as_(olga).get(at(claim)).content.decode()

    assert "The quotation was invented." in page
    for verb in ("take", "correct", "reset", "assign", "retract"):
        assert f'action="{at(claim, verb)}"' not in page


@pytest.mark.parametrize("name", ["take", "dismiss", "assign", "review", "second"])
def test_a_claim_that_is_not_there_is_not_moved(as_, olga, name):
    answer = as_(olga).post(reverse(f"desk:{name}", args=[UNKNOWN]), {"reason": "x"})

    assert answer.status_code == 404


def test_a_move_is_not_made_by_following_a_link(as_, ana):
    claim = a_claim()

    assert as_(ana).get(at(claim, "take")).status_code == 405
    assert status(claim) == ClaimStatus.NEW
