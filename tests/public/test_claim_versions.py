"""Old versions of a claim, corrections and what was withdrawn."""

from datetime import timedelta

import pytest

from claims import editing
from claims.vocabulary import ClaimStatus
from tests.factories import (
    a_claim,
    a_claimant,
    a_person,
)
from tests.public.reading import json_ld, read, text
from tests.public.standing import LATER, a_corrected_claim, version_of

pytestmark = pytest.mark.django_db


def test_a_correction_is_told_with_both_verdicts(client):
    claim = a_corrected_claim()

    page = read(client.get(claim.get_absolute_url()))

    assert page.css_first(".finding .verdict").text().strip() == "Mixed"
    correction = page.css_first(".corrections").text()
    assert "Three, not five." in correction
    assert "False" in correction
    assert "Mixed" in correction


def test_an_old_version_reads_as_it_did_and_says_that_it_is_old(client):
    claim = a_corrected_claim()

    response = client.get(version_of(claim, 1))

    page = read(response)
    assert page.css_first(".finding .verdict").text().strip() == "False"
    assert "This is version 1, which no longer stands" in text(response)
    assert (
        page.css_first("link[rel=canonical]")
        .attributes["href"]
        .endswith(claim.get_absolute_url())
    )
    assert "noindex" in page.css_first("meta[name=robots]").attributes["content"]
    assert json_ld(response) == []


def test_a_version_that_never_was_is_not_there(client):
    claim = a_claim(ClaimStatus.CORRECTING)

    assert client.get(version_of(claim, 2)).status_code == 404
    assert client.get(version_of(claim, 10**30)).status_code == 404


@pytest.mark.parametrize(
    ("moment", "verdict"),
    [
        ("2026-03-14T12:00:10Z", "False"),
        ("2026-03-14", "False"),
        ("2026-03-16T13:00:10 01:00", "Mixed"),
        ("2026-03-16T12:00:09%2B00:00", "False"),
        ("20260316T120010", "Mixed"),
        ("9999-12-31", "Mixed"),
    ],
)
def test_it_can_be_read_as_of_a_moment(client, moment, verdict):
    claim = a_corrected_claim()

    response = client.get(f"{claim.get_absolute_url()}?as_of={moment}")

    assert response.status_code == 200
    assert read(response).css_first(".finding .verdict").text().strip() == verdict


def test_voices_that_came_later_are_not_in_an_old_version(client):
    claim = a_corrected_claim()
    late = editing.add_assessment(
        claim,
        assessor=a_claimant(),
        stance="supports",
        statement="I came later.",
        by=a_person(),
        at=LATER + timedelta(days=1),
    )

    assert late.statement in text(client.get(claim.get_absolute_url()))
    assert late.statement not in text(client.get(version_of(claim, 1)))


def test_before_the_first_finding_there_is_nothing(client):
    claim = a_claim(ClaimStatus.PUBLISHED)

    page = client.get(claim.get_absolute_url(), {"as_of": "2020-01-01"})

    assert page.status_code == 404
    assert "the first was published on 14 March 2026" in text(page)


@pytest.mark.parametrize(
    "moment",
    [
        "",
        "yesterday",
        "0000-00-00",
        "0000",
        "2026-13-01",
        "2026-03-14T12:00:00+99:99",
        "2026-03-14T12:00:00%2B99:99",
        "0001-01-01T00:00:00%2B14:00",
        "9999-12-31T23:59:59-14:00",
        "%FF",
        "1" * 10_000,
        "٢٠٢٦-٠٣-١٤",
    ],
)
def test_a_moment_that_cannot_be_read_is_refused_with_an_example(client, moment):
    claim = a_claim(ClaimStatus.PUBLISHED)

    page = client.get(f"{claim.get_absolute_url()}?as_of={moment}")

    assert page.status_code == 400
    assert "2026-03-14T12:00:00Z" in text(page)


def test_a_withdrawn_finding_keeps_a_page_that_says_so(client):
    claim = a_claim(ClaimStatus.RETRACTED)

    response = client.get(claim.get_absolute_url())

    words = text(response)
    assert response.status_code == 200
    assert "Withdrawn on 14 March 2026" in words
    assert "The quotation was invented." in words
    assert "Satellite images" not in words
    assert json_ld(response) == []
    old = text(client.get(version_of(claim, 1)))
    assert "Withdrawn on 14 March 2026" in old
    assert "Satellite images" in old
