"""The role of one claimant does not become that of another who is named instead."""

import pytest
from django.urls import reverse

from claims import intake
from claims.models import Claim
from tests.factories import NOON, an_article

TEXT = '"The dam held through the night," Mayor Ada Quill said on Monday.'


@pytest.fixture
def candidate(db):
    [found] = intake.propose(an_article(TEXT, title="The dam"), at=NOON)
    found.role = "Mayor"
    found.save()
    return found


def sent(candidate, **changed):
    return {
        "statement": "The dam held through the night",
        "claimant": candidate.claimant_name,
        "claimant_kind": "person",
        "role_at_time": "Mayor",
        "said_at_precision": "day",
        "form": candidate.form,
        "language": "en",
    } | changed


def test_a_role_that_was_left_to_somebody_else_is_asked_about_once(as_, ana, candidate):
    desk, address = as_(ana), reverse("desk:accept", args=[candidate.pk])

    asked = desk.post(address, sent(candidate, claimant="Oskar Lind"))
    text = asked.content.decode()
    again = desk.post(
        address, sent(candidate, claimant="Oskar Lind", role_of="Oskar Lind")
    )

    assert asked.status_code == 422
    assert "That is what Ada Quill was." in text
    assert 'name="role_of" value="Oskar Lind"' in text
    assert again.status_code == 302
    assert Claim.objects.get().role_at_time == "Mayor"


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"claimant": "Oskar Lind", "role_at_time": ""},
        {"role_at_time": "Councillor"},
    ],
)
def test_what_was_said_of_a_role_is_taken_as_it_is(as_, ana, candidate, changed):
    answer = as_(ana).post(
        reverse("desk:accept", args=[candidate.pk]), sent(candidate, **changed)
    )

    assert answer.status_code == 302
    assert Claim.objects.get().role_at_time == changed.get("role_at_time", "Mayor")
