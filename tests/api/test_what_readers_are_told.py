"""Readers are told of what is published, and of no move that the desk makes after that."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims import workflow
from claims.vocabulary import ClaimStatus
from tests.api.conftest import a_program
from tests.factories import NOON, a_claim, a_person

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(days=3)


def told(reader, claim):
    """What readers get: the claim, how it is named, and where it stands in the lists."""
    one = reader.get(f"claims/{claim.pk}")
    lists = [
        [row["id"] for row in reader.get(f"claims?{asked}").body["results"]]
        for asked in (
            "sort=-updated_at",
            f"updated_since={LATER:%Y-%m-%dT%H:%M:%SZ}",
            "status=published",
        )
    ]
    return one.body, one.headers["ETag"], lists


def handed_in(claim, *, by, at):
    workflow.write_review(claim, verdict="mixed", summary="One hall.", by=by, at=at)
    return workflow.submit(
        claim,
        by=by,
        at=at,
        correction_kind="correction",
        correction_note="A picture was misdated.",
    )


def test_no_move_of_the_desk_shows_before_its_correction_stands():
    ana, ben, cleo = (a_person("reviewer") for _ in range(3))
    claim = a_claim(ClaimStatus.PUBLISHED)
    a_claim(ClaimStatus.PUBLISHED)
    reader, desk = a_program("reader"), a_program("reviewer")
    before, since = told(reader, claim), f"claims?updated_since={LATER:%Y-%m-%d}"
    steps = [
        lambda at: workflow.recheck(claim, reason="source_broken", at=at),
        lambda at: workflow.take(claim, by=ana, at=at),
        lambda at: workflow.reaffirm(claim, by=ana, at=at, note="It stands."),
        lambda at: workflow.start_correction(claim, by=ana, at=at),
        lambda at: handed_in(claim, by=ana, at=at),
        lambda at: workflow.send_back(claim, by=ben, at=at, reason="Which hall?"),
        lambda at: workflow.submit(claim, by=ana, at=at),
        lambda at: workflow.second(claim, verdict="false", by=ben, at=at),
        lambda at: workflow.send_back(claim, by=cleo, at=at, reason="Look again."),
        lambda at: workflow.abandon_correction(claim, by=ana, at=at, note="It stands."),
    ]

    for hours, step in enumerate(steps):
        step(LATER + timedelta(hours=hours))
        assert told(reader, claim) == before, hours

    assert [row["id"] for row in desk.get(since).body["results"]] == [str(claim.pk)]


def test_a_correction_shows_when_it_can_no_longer_be_undone(settings):
    ana, ben, now = a_person("reviewer"), a_person("reviewer"), timezone.now()
    claim, reader = a_claim(ClaimStatus.CORRECTING, writer=ana), a_program("reader")
    handed_in(claim, by=ana, at=NOON)
    before = told(reader, claim)

    workflow.second(claim, verdict="mixed", by=ben, at=now)
    waiting = told(reader, claim)
    workflow.undo(claim, by=ben, at=now)
    undone = told(reader, claim)
    settings.CLAIMS_UNDO_WITHIN = timedelta(0)
    workflow.second(claim, verdict="mixed", by=ben, at=now)
    shown = told(reader, claim)

    assert waiting[0] == before[0] | {"updated_at": waiting[0]["updated_at"]}
    assert waiting[0]["updated_at"] <= before[0]["updated_at"]
    assert undone == before
    assert shown[0]["review"]["verdict"] == "mixed"
    assert shown[2][1] == [str(claim.pk)]


def test_a_retraction_shows_at_once():
    claim, reader = a_claim(ClaimStatus.PUBLISHED), a_program("reader")

    workflow.retract(claim, by=a_person("editor"), at=LATER, note="It was a hoax.")

    body, _, lists = told(reader, claim)
    assert body["status"] == "retracted"
    assert body["updated_at"] == f"{LATER:%Y-%m-%dT%H:%M:%SZ}"
    assert lists[1] == [str(claim.pk)]
