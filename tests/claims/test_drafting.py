"""What people typed, and who has a claim open."""

from datetime import timedelta

import pytest

from claims import drafting
from claims.errors import DraftRefused, NotYours
from claims.models import Draft
from tests.factories import NOON, a_claim, a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim():
    return a_claim()


def test_a_draft_replaces_what_the_same_person_typed_into_the_same_form(claim):
    ana = a_person()

    drafting.keep(claim, form="review", fields={"summary": "One"}, by=ana, at=NOON)
    drafting.keep(claim, form="second", fields={"note": "Hm"}, by=ana, at=NOON)
    drafting.keep(claim, form="review", fields={"summary": "Two"}, by=ana, at=NOON)

    kept = drafting.kept(claim, by=ana)
    assert {form: draft.fields for form, draft in kept.items()} == {
        "review": {"summary": "Two"},
        "second": {"note": "Hm"},
    }


def test_each_person_has_a_draft_of_their_own(claim):
    for person, text in ((a_person(), "One"), (a_person(), "Two")):
        drafting.keep(claim, form="review", fields={"s": text}, by=person, at=NOON)

    assert Draft.objects.count() == 2


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b", "a\u202eb", "x" * 320_001])
def test_what_no_form_would_take_is_not_kept(claim, text):
    with pytest.raises(DraftRefused):
        drafting.keep(claim, form="review", fields={"s": text}, by=a_person(), at=NOON)

    assert not Draft.objects.exists()


def test_readers_keep_no_drafts(claim):
    with pytest.raises(NotYours):
        drafting.keep(claim, form="review", fields={}, by=a_person("reader"), at=NOON)


def test_what_was_submitted_is_forgotten_and_the_rest_is_kept(claim):
    ana = a_person()
    drafting.keep(claim, form="review", fields={"s": "One"}, by=ana, at=NOON)
    drafting.keep(claim, form="second", fields={"n": "Hm"}, by=ana, at=NOON)

    drafting.forget(claim, form="review", by=ana)
    kept = Draft.objects.get()
    drafting.forget(claim, form="second", by=ana)
    drafting.forget(claim, form="second", by=ana)

    assert (kept.form, kept.fields) == ("second", {"n": "Hm"})
    assert not Draft.objects.exists()


def test_the_lease_is_with_who_came_first_until_they_are_gone(claim):
    ana, ben = a_person(), a_person()

    first = drafting.be_here(claim, by=ana, at=NOON)
    still = drafting.be_here(claim, by=ben, at=NOON + timedelta(seconds=60))
    later = drafting.be_here(claim, by=ben, at=NOON + timedelta(seconds=95))

    assert (first.holder, still.holder, later.holder) == (ana, ana, ben)


def test_others_are_those_who_hold_the_lease_or_typed_a_moment_ago(claim):
    ana, ben = a_person(name="ana"), a_person(name="ben")
    drafting.be_here(claim, by=ana, at=NOON)
    drafting.keep(claim, form="second", fields={"n": "Hm"}, by=ben, at=NOON)

    assert drafting.others(claim, user=ana, now=NOON) == ["ben"]
    assert drafting.others(claim, user=ben, now=NOON) == ["ana"]
    assert drafting.others(claim, user=ana, now=NOON + timedelta(minutes=5)) == []


def test_what_was_submitted_with_a_character_no_draft_can_hold_is_let_go_of():
    claim, ana = a_claim(), a_person()

    drafting.forget(
        claim, form="change", by=ana, page="here", fields={"statement": "a\x00b"}
    )

    assert not drafting.kept(claim, by=ana)
