"""Second verdicts that are read again by a third person, and those given in haste."""

from datetime import timedelta

import pytest

from claims import auditing, workflow
from claims.errors import MoveRefused, NotYours
from claims.models import Audit, Opening, Review
from claims.vocabulary import ClaimStatus, Verdict
from tests.factories import NOON, a_claim, a_person

pytestmark = pytest.mark.django_db
S = ClaimStatus


@pytest.fixture
def _every_one(monkeypatch):
    """The lot falls on every review."""
    monkeypatch.setattr(auditing, "ONE_IN", 1)


@pytest.fixture
def audit(_every_one):
    """A review on which two people agreed, drawn to be read again."""
    return Audit.objects.get(review__claim=a_claim(S.PUBLISHED))


def test_one_in_forty_is_drawn():
    claim = a_claim()

    drawn = sum(
        auditing.is_drawn(Review(claim=claim, version=number))
        for number in range(4_000)
    )

    assert 60 <= drawn <= 140


def test_the_lot_is_a_secret_and_does_not_change(settings):
    claim = a_claim()
    versions = [Review(claim=claim, version=number) for number in range(400)]

    before = [auditing.is_drawn(each) for each in versions]
    again = [auditing.is_drawn(each) for each in versions]
    settings.SECRET_KEY = "another one, just as long as the one that the tests have"

    assert before == again
    assert before != [auditing.is_drawn(each) for each in versions]


@pytest.mark.usefixtures("_every_one")
def test_nothing_is_drawn_before_both_verdicts_are_in():
    a_claim(S.SECOND_REVIEW)

    assert not Audit.objects.exists()


@pytest.mark.usefixtures("_every_one")
def test_what_went_to_an_arbiter_was_read_by_a_third_person_already():
    claim = a_claim(S.ARBITRATION)
    workflow.arbitrate(
        claim,
        verdict=Verdict.FALSE,
        by=a_person(),
        at=NOON,
        note="The images are plain.",
    )

    assert not Audit.objects.exists()


def test_a_review_that_is_not_drawn_is_left_alone(monkeypatch):
    monkeypatch.setattr(auditing, "is_drawn", lambda _: False)

    a_claim(S.PUBLISHED)

    assert not Audit.objects.exists()


def test_an_editor_who_took_no_part_reads_it_again(audit):
    olga = a_person("editor")

    auditing.read(audit, verdict=Verdict.MIXED, note="Hm.", by=olga, at=NOON)

    audit.refresh_from_db()
    assert (audit.read_by, audit.verdict, audit.note) == (olga, "mixed", "Hm.")
    assert not Audit.objects.unread().exists()


def test_it_is_read_again_once(audit):
    auditing.read(audit, verdict=Verdict.FALSE, by=a_person("editor"), at=NOON)

    with pytest.raises(MoveRefused):
        auditing.read(audit, verdict=Verdict.TRUE, by=a_person("editor"), at=NOON)


@pytest.mark.parametrize("who", ["written_by", "second_reviewer"])
def test_an_editor_who_judged_it_does_not_read_it_again(audit, who):
    person = getattr(audit.review, who)
    person.groups.set(a_person("editor").groups.all())

    assert not Audit.objects.open_to(person).exists()
    with pytest.raises(NotYours):
        auditing.read(audit, verdict=Verdict.FALSE, by=person, at=NOON)


def test_a_reviewer_does_not_read_it_again(audit):
    with pytest.raises(NotYours):
        auditing.read(audit, verdict=Verdict.FALSE, by=a_person(), at=NOON)


# --- How long somebody looked -------------------------------------------------


@pytest.fixture
def _in_earnest(settings):
    settings.CLAIMS_HASTE = timedelta(seconds=8)


@pytest.mark.usefixtures("_in_earnest")
@pytest.mark.parametrize(("seconds", "hasty"), [(0, True), (7, True), (8, False)])
def test_less_than_eight_seconds_is_haste(seconds, hasty):
    claim, ben = a_claim(S.SECOND_REVIEW), a_person()
    auditing.opened(claim, by=ben, at=NOON)

    found = auditing.in_haste(claim, by=ben, now=NOON + timedelta(seconds=seconds))

    assert found == (timedelta(seconds=seconds) if hasty else None)


@pytest.mark.usefixtures("_in_earnest")
def test_whoever_did_not_open_the_page_did_not_hurry_over_it():
    claim = a_claim(S.SECOND_REVIEW)

    assert auditing.in_haste(claim, by=a_person(), now=NOON) is None


def test_a_page_that_is_loaded_again_is_not_a_new_look():
    claim, ben = a_claim(S.SECOND_REVIEW), a_person()

    auditing.opened(claim, by=ben, at=NOON)
    auditing.opened(claim, by=ben, at=NOON + timedelta(minutes=5))

    assert Opening.objects.get().opened_at == NOON


def test_a_page_that_is_opened_the_next_day_is_one():
    claim, ben = a_claim(S.SECOND_REVIEW), a_person()

    auditing.opened(claim, by=ben, at=NOON)
    auditing.opened(claim, by=ben, at=NOON + timedelta(days=1))

    assert Opening.objects.get().opened_at == NOON + timedelta(days=1)


def test_its_writer_does_not_read_it_for_a_second_verdict():
    ana = a_person()

    auditing.opened(a_claim(S.SECOND_REVIEW, writer=ana), by=ana, at=NOON)

    assert not Opening.objects.exists()


@pytest.mark.parametrize("status", [S.IN_REVIEW, S.ARBITRATION, S.PUBLISHED])
def test_only_second_verdicts_are_timed(status):
    auditing.opened(a_claim(status), by=a_person(), at=NOON)

    assert not Opening.objects.exists()
