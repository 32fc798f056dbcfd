"""Which pages are looked at more closely."""

from datetime import timedelta

import pytest
from django.conf import settings

from claims import watching
from claims.vocabulary import ClaimStatus
from sources.models import Source
from tests.factories import NOON, a_citation, a_claim, an_assessment

pytestmark = pytest.mark.django_db

NEXT_WEEK = NOON + timedelta(days=7)


def put_off(claim):
    Source.objects.filter(passages__citations__claim=claim).update(due_at=NEXT_WEEK)


def pages_of(claim):
    return Source.objects.filter(passages__citations__claim=claim)


@pytest.mark.parametrize(
    "status",
    [
        ClaimStatus.IN_REVIEW,
        ClaimStatus.SECOND_REVIEW,
        ClaimStatus.ARBITRATION,
        ClaimStatus.PUBLISHED,
    ],
)
def test_pages_under_a_claim_in_review_or_just_published_are_watched_closely(status):
    claim = a_claim(status)
    a_citation(claim)
    put_off(claim)

    assert watching.sweep(now=NOON) == pages_of(claim).distinct().count()

    for page in pages_of(claim):
        assert page.closely_until == NOON + timedelta(hours=1)
        assert page.due_at == NOON + settings.SOURCES_CLOSE_INTERVAL


def test_pages_of_assessments_are_watched_as_well():
    claim = a_claim(ClaimStatus.IN_REVIEW)
    citation = a_citation(an_assessment(claim))

    watching.sweep(now=NOON)

    assert Source.objects.get(passages=citation.passage).closely_until


def test_a_page_is_watched_closely_for_as_long_as_the_review_lasts():
    a_citation(a_claim(ClaimStatus.IN_REVIEW))

    for minutes in range(0, 180, 20):
        now = NOON + timedelta(minutes=minutes)
        watching.sweep(now=now)
        assert Source.objects.filter(closely_until__gt=now).exists()


@pytest.mark.parametrize("status", [ClaimStatus.NEW, ClaimStatus.DISMISSED])
def test_pages_of_claims_that_nobody_works_on_are_not(status):
    claim = a_claim(status)
    a_citation(claim)
    put_off(claim)

    assert watching.sweep(now=NOON) == 0

    assert pages_of(claim).first().due_at == NEXT_WEEK


def test_a_claim_published_long_ago_needs_no_closer_look():
    a_citation(a_claim(ClaimStatus.PUBLISHED))

    assert watching.sweep(now=NOON + timedelta(days=15)) == 0


def test_a_page_due_soon_is_not_put_off():
    claim = a_claim(ClaimStatus.IN_REVIEW)
    a_citation(claim)
    soon = NOON + timedelta(minutes=1)
    pages_of(claim).update(due_at=soon)

    watching.sweep(now=NOON)

    assert pages_of(claim).first().due_at == soon
