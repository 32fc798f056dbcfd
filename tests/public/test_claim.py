"""The page of a claim: what readers may not see, its addresses, what programs read."""

import pytest

from claims import document, editing, workflow
from claims.models import Review
from claims.vocabulary import ClaimStatus, Verdict
from sources.models import Source
from tests.factories import (
    NOON,
    a_citation,
    a_claim,
    a_claimant,
    a_person,
    an_assessment,
)
from tests.public.reading import HOSTILE, json_ld, read, scripts_that_run, text
from tests.public.standing import LATER, version_of

pytestmark = pytest.mark.django_db


# --- What readers may not see -------------------------------------------------


@pytest.mark.parametrize(
    "status",
    [
        ClaimStatus.NEW,
        ClaimStatus.IN_REVIEW,
        ClaimStatus.SECOND_REVIEW,
        ClaimStatus.ARBITRATION,
        ClaimStatus.DISMISSED,
    ],
)
def test_what_is_not_published_is_not_there(client, status):
    claim = a_claim(status)

    for person in (None, a_person("admin")):
        if person:
            client.force_login(person)
        assert client.get(claim.get_absolute_url()).status_code == 404
        assert client.get(version_of(claim, 1)).status_code == 404


def test_a_review_in_the_making_and_its_sources_stay_at_the_desk(client):
    claim = a_claim(ClaimStatus.CORRECTING)
    writer = claim.assigned_to
    workflow.write_review(
        claim, verdict=Verdict.TRUE, summary="SECRET SUMMARY", by=writer, at=LATER
    )
    draft = Review.objects.unpublished().get()
    editing.cite(
        draft, url="https://secret.example/", exact="SECRET WORDS", by=writer, at=LATER
    )
    an_assessment(claim, by=a_person("contributor"), stance="supports")

    response = client.get(claim.get_absolute_url())

    assert "SECRET" not in response.content.decode()
    assert "secret.example" not in response.content.decode()
    assert "False" in text(response)
    assert "The pictures show otherwise" not in text(response)
    assert "writing a new version" in text(response)


def test_what_was_published_stays_while_its_correction_is_seconded(client):
    claim = a_claim(ClaimStatus.CORRECTING)
    writer = claim.assigned_to
    workflow.write_review(
        claim, verdict=Verdict.TRUE, summary="SECRET", by=writer, at=LATER
    )
    workflow.submit(
        claim, by=writer, at=LATER, correction_kind="update", correction_note="SECRET"
    )

    response = client.get(claim.get_absolute_url())

    assert response.status_code == 200
    assert "SECRET" not in response.content.decode()


def test_a_recheck_is_told_with_its_reason_and_without_the_desks_note(client):
    claim = a_claim(ClaimStatus.RECHECK)

    words = text(client.get(claim.get_absolute_url()))

    assert "The desk is looking at this claim again" in words
    assert "A reader's report" in words
    assert "A reader wrote." not in words


def test_a_claim_that_an_assessment_rests_on_is_named_once_it_is_public(client):
    claim = a_claim(ClaimStatus.PUBLISHED)
    for status, statement in (("new", "Nobody knows."), ("published", "All know.")):
        editing.add_assessment(
            claim,
            assessor=a_claimant(),
            stance="qualifies",
            statement="It rests.",
            based_on=a_claim(status, statement=statement),
            by=a_person(),
            at=NOON,
        )

    words = text(client.get(claim.get_absolute_url()))

    assert "All know." in words
    assert "Nobody knows." not in words


# --- Addresses ----------------------------------------------------------------


@pytest.mark.parametrize("slug", ["", "old-words", "ÜÄ %22", "x" * 3_000])
def test_a_wrong_slug_leads_to_the_right_one_for_good(client, slug):
    claim = a_claim(ClaimStatus.PUBLISHED)

    response = client.get(f"/c/{claim.pk}/{slug}?as_of=2026-03-15")

    assert response.status_code == 301
    assert response["Location"] == f"{claim.get_absolute_url()}?as_of=2026-03-15"


@pytest.mark.parametrize("key", ["x", "123", "00000000-0000-0000-0000-000000000000"])
def test_an_unknown_claim_is_not_there(client, key):
    assert client.get(f"/c/{key}/words").status_code == 404


# --- What programs read -------------------------------------------------------


def test_its_claim_review_is_the_document_and_says_what_the_page_says(client, settings):
    claim = a_claim(ClaimStatus.PUBLISHED, said_at=NOON)

    response = client.get(claim.get_absolute_url())

    (found,) = json_ld(response)
    review = claim.reviews.current().get()
    assert found == document.claim_review(claim, review, at=NOON)
    page = read(response)
    assert found["claimReviewed"] in page.css_first("h1").text()
    assert (
        found["reviewRating"]["alternateName"]
        == page.css_first(".finding .verdict").text().strip()
    )
    assert found["reviewBody"] in text(response)
    assert found["url"] == page.css_first("link[rel=canonical]").attributes["href"]
    assert found["url"] == settings.SITE_URL + claim.get_absolute_url()
    opengraph = {
        tag.attributes["property"]: tag.attributes["content"]
        for tag in page.css("meta[property]")
    }
    assert opengraph["og:title"] == claim.statement
    assert opengraph["og:description"].startswith("False. Satellite images")


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(client, words):
    claim = a_claim(
        ClaimStatus.PUBLISHED,
        statement=words,
        original_wording=words + " then",
        claimant=a_claimant(words),
        role_at_time=words,
        topics=[words],
        form="direct",
    )
    a_citation(an_assessment(claim), exact=words)
    Source.objects.update(title=words, publisher=words)

    response = client.get(claim.get_absolute_url())

    assert json_ld(response)[0]["claimReviewed"] == words
    assert scripts_that_run(response) == []
    page = read(response)
    assert page.css("img, [onerror], [onmouseover]") == []
    assert page.css_first("h1").text().strip() == words.strip()
    assert not [
        link
        for link in page.css("a")
        if (link.attributes.get("href") or "").startswith("javascript:")
    ]


# --- What it costs ------------------------------------------------------------


def test_it_asks_the_same_number_of_questions_however_much_is_said(
    client, django_assert_num_queries
):
    claim = a_claim(ClaimStatus.PUBLISHED)
    a_citation(an_assessment(claim, stance="supports"))
    with django_assert_num_queries(12):
        client.get(claim.get_absolute_url())
    for _ in range(4):
        a_citation(an_assessment(claim, stance="supports"))

    with django_assert_num_queries(12):
        client.get(claim.get_absolute_url())


def test_it_is_light(client):
    claim = a_claim(ClaimStatus.PUBLISHED)

    response = client.get(claim.get_absolute_url())

    assert len(response.content) < 30_000
    assert "htmx" not in {
        part
        for script in read(response).css("script[src]")
        for part in (script.attributes["src"] or "").split("/")
    }


def test_strangers_get_no_cookie_and_may_keep_the_answer(client):
    claim = a_claim(ClaimStatus.PUBLISHED)

    page = client.get(claim.get_absolute_url())
    again = client.get(
        claim.get_absolute_url(), headers={"If-None-Match": page["ETag"]}
    )

    assert not page.cookies
    assert "public" in page["Cache-Control"]
    assert again.status_code == 304
