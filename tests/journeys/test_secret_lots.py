"""Who learns that a publication was drawn to be read again, and who looked how long."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib import admin
from django.urls import reverse

from claims import auditing, workflow
from claims.models import Audit, Opening
from claims.vocabulary import ClaimStatus, Verdict
from tests.factories import NOON, a_claim, a_person
from tests.journeys.two_worlds import Walk, lists_of_the_api

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(days=1)
OF_A_CLAIM = ("claim", "compare", "preview", "history", "record")


def everywhere(claim):
    """Whatever page or answer could tell something of this claim or its reviews."""
    review = claim.reviews.newest_first().first()
    rows = (
        f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
        for model in admin.site._registry
    )
    of_api = lists_of_the_api((), claim=claim.pk, review=review.pk)
    return [
        *("/", "/corrections", "/desk/", "/desk/?tab=all", "/desk/?tab=second"),
        *("/desk/inbox/", "/desk/people/", "/admin/", claim.get_absolute_url()),
        *(reverse(f"desk:{name}", args=[claim.pk]) for name in OF_A_CLAIM),
        *(reverse(name) for name in rows),
        *(f"/admin/claims/claim/{claim.pk}/{part}/" for part in ("change", "history")),
        *(
            f"/admin/claims/review/{review.pk}/{part}/"
            for part in ("change", "history")
        ),
        *(each for each in of_api if "sort=" not in each),
        *(f"/api/v1/claims/{claim.pk}{part}" for part in ("", "/moves", "/history")),
    ]


def read(person, addresses):
    """What this person finds at each of these."""
    walk = Walk(person, starts=())
    # Who looks at a claim is there from then on: the second look finds the same.
    for address in addresses:
        walk.read(address)
    return {address: walk.read(address) for address in addresses}


def differing(before, after):
    return sorted(address for address in before if before[address] != after[address])


@pytest.mark.parametrize("role", ["reviewer", "editor", "admin"])
def test_who_is_to_give_the_second_verdict_does_not_learn_of_the_lot(role):
    claim, secunda = a_claim(ClaimStatus.SECOND_REVIEW), a_person(role, "secunda")
    addresses = everywhere(claim)

    with time_machine.travel(LATER, tick=False):
        before = read(secunda, addresses)
        # A publication that was undone leaves the row behind.
        audit = Audit.objects.create(
            review=claim.reviews.unpublished().get(), drawn_at=NOON
        )
        after = read(secunda, addresses)
        asked = Walk(secunda, starts=()).read(reverse("desk:audit", args=[audit.pk]))

    assert not differing(before, after)
    assert asked.startswith("[404")


@pytest.mark.parametrize("role", ["reader", "contributor", "reviewer"])
def test_whoever_does_not_read_again_does_not_learn_of_the_lot_afterwards(
    role, monkeypatch
):
    monkeypatch.setattr(auditing, "is_drawn", lambda _: False)
    claim, somebody = a_claim(ClaimStatus.PUBLISHED), a_person(role, "somebody")
    addresses = everywhere(claim)

    with time_machine.travel(LATER, tick=False):
        before = read(somebody, addresses)
        audit = Audit.objects.create(review=claim.reviews.get(), drawn_at=NOON)
        after = read(somebody, addresses)
        asked = Walk(somebody, starts=()).read(reverse("desk:audit", args=[audit.pk]))

    assert not differing(before, after)
    assert asked.startswith("[404")


@pytest.mark.parametrize("part", ["writer", "second"])
def test_an_editor_who_judged_it_does_not_learn_of_the_lot(part, monkeypatch):
    monkeypatch.setattr(auditing, "is_drawn", lambda _: False)
    olga = a_person("editor", "olga")
    claim = a_claim(ClaimStatus.PUBLISHED, **{part: olga})
    addresses = everywhere(claim)

    with time_machine.travel(LATER, tick=False):
        before = read(olga, addresses)
        Audit.objects.create(review=claim.reviews.get(), drawn_at=NOON)
        after = read(olga, addresses)

    assert not differing(before, after)


def test_an_editor_who_took_no_part_finds_it_on_the_page_of_people_alone(monkeypatch):
    monkeypatch.setattr(auditing, "is_drawn", lambda _: False)
    claim, olga = a_claim(ClaimStatus.PUBLISHED), a_person("editor", "olga")
    addresses = everywhere(claim)

    with time_machine.travel(LATER, tick=False):
        before = read(olga, addresses)
        Audit.objects.create(review=claim.reviews.get(), drawn_at=NOON)
        after = read(olga, addresses)

    assert differing(before, after) == ["/desk/people/"]


@pytest.mark.parametrize("role", ["reader", "contributor", "reviewer"])
def test_how_long_somebody_looked_is_told_to_no_colleague(role, monkeypatch):
    monkeypatch.setattr(auditing, "is_drawn", lambda _: False)
    ben, somebody = a_person("reviewer", "ben"), a_person(role, "somebody")
    claim = a_claim(ClaimStatus.SECOND_REVIEW)
    review = claim.reviews.unpublished().get()
    workflow.second(claim, verdict=Verdict.FALSE, by=ben, at=NOON)
    addresses = everywhere(claim)

    with time_machine.travel(LATER, tick=False):
        before = read(somebody, addresses)
        Opening.objects.create(
            review=review, person=ben, opened_at=NOON - timedelta(seconds=2)
        )
        after = read(somebody, addresses)

    assert not differing(before, after)
