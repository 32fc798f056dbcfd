"""Each operation on a claim in each state: it starts where the table of moves says."""

import pytest
from django.db import transaction

from claims import workflow
from claims.errors import MoveRefused, NotYours
from claims.models import Claim
from claims.vocabulary import AT_THE_DESK, MOVES, UNDONE_TO, ClaimStatus
from tests.factories import NOON, a_claim, a_person

pytestmark = pytest.mark.django_db

S = ClaimStatus
OPERATIONS = {
    "take": (workflow.take, {}, {*AT_THE_DESK}),
    "assign": (workflow.assign, {"reason": "Her beat."}, {*AT_THE_DESK}),
    "reset": (
        workflow.reset,
        {"reason": "Wrong."},
        {S.IN_REVIEW, S.SECOND_REVIEW, S.ARBITRATION, S.DISMISSED},
    ),
    "dismiss": (workflow.dismiss, {"reason": "An opinion."}, {S.NEW, S.IN_REVIEW}),
    "write_review": (workflow.write_review, {}, {S.IN_REVIEW, S.CORRECTING}),
    "submit": (workflow.submit, {}, set()),  # by its writer alone
    "second": (workflow.second, {"verdict": "false"}, {S.SECOND_REVIEW}),
    "send_back": (
        workflow.send_back,
        {"reason": "Too early."},
        {S.SECOND_REVIEW, S.ARBITRATION},
    ),
    "arbitrate": (
        workflow.arbitrate,
        {"verdict": "false", "note": "As the first one."},
        {S.ARBITRATION},
    ),
    "reaffirm": (workflow.reaffirm, {"note": "It stands."}, {S.RECHECK}),
    "start_correction": (workflow.start_correction, {}, {S.PUBLISHED, S.RECHECK}),
    "abandon_correction": (
        workflow.abandon_correction,
        {"note": "It stands."},
        {S.CORRECTING},
    ),
    "retract": (
        workflow.retract,
        {"note": "Invented."},
        {S.PUBLISHED, S.RECHECK, S.CORRECTING},
    ),
    "undo": (workflow.undo, {}, set()),  # by its publisher alone
}


def a_correction(status):
    """A claim whose published review is being replaced, in this state."""
    writer = a_person()
    claim = a_claim(S.CORRECTING, writer=writer)
    workflow.submit(
        claim,
        by=writer,
        at=NOON,
        correction_kind="update",
        correction_note="New images came in.",
    )
    if status == S.ARBITRATION:
        workflow.second(claim, verdict="mixed", by=a_person(), at=NOON)
    return Claim.objects.get(pk=claim.pk)


def done(claim, name):
    operation, options, _ = OPERATIONS[name]
    if name == "assign":
        options = {**options, "to": a_person()}
    Claim.objects.filter(pk=claim.pk).update(assigned_to=None)
    try:
        with transaction.atomic():
            operation(claim, by=a_person("editor"), at=NOON, **options)
            claim.refresh_from_db()
            became = S(claim.status)
            transaction.set_rollback(True)
    except (MoveRefused, NotYours):
        return None
    return became


@pytest.mark.parametrize("status", list(S))
def test_each_operation_starts_where_the_table_says(status):
    claim = a_claim(status)

    began = {name: became for name in OPERATIONS if (became := done(claim, name))}

    assert set(began) == {
        name for name, (_, _, starts) in OPERATIONS.items() if status in starts
    }
    for name, became in began.items():
        assert became == status or became in MOVES[status], name


@pytest.mark.parametrize("status", sorted(UNDONE_TO))
def test_what_replaces_a_published_review_is_judged_and_nothing_else(status):
    claim = a_correction(status)

    began = {name for name in OPERATIONS if done(claim, name)}

    judged = {"second"} if status == S.SECOND_REVIEW else {"arbitrate"}
    assert began == {"take", "assign", "send_back"} | judged


def test_a_correction_that_was_handed_in_is_not_started_anew():
    claim = a_correction(S.SECOND_REVIEW)

    with pytest.raises(MoveRefused):
        workflow.start_correction(claim, by=a_person(), at=NOON)


@pytest.mark.parametrize("which", ["written_by", "second_reviewer"])
def test_the_two_who_differ_neither_take_nor_are_given_what_is_arbitrated(which):
    claim = a_claim(S.ARBITRATION)
    one_of_the_two = getattr(claim.reviews.get(), which)

    with pytest.raises(NotYours):
        workflow.take(claim, by=one_of_the_two, at=NOON)
    with pytest.raises(NotYours):
        workflow.assign(
            claim, to=one_of_the_two, by=a_person("editor"), at=NOON, reason="Hers."
        )


def test_nobody_puts_back_what_nobody_has():
    claim = a_claim(S.RECHECK)

    with pytest.raises(MoveRefused):
        workflow.release(claim, by=a_person("editor"))
