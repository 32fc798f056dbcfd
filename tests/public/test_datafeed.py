"""The DataFeed of all that was published."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims import claimreview, datafeed, document, workflow
from claims.models import Claim, Claimant
from claims.vocabulary import ClaimStatus
from sources.models import Source
from tests.factories import NOON, a_citation, a_claim, a_claimant, a_person
from tests.public.published import many_published
from tests.public.reading import HOSTILE, json_ld
from tests.public.standing import LATER, a_corrected_claim

pytestmark = pytest.mark.django_db

ADDRESS = "/datafeed.json"


def body(answer):
    return b"".join(answer.streaming_content)


def ask(client, address=ADDRESS, **headers):
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200
    return answer, json.loads(body(answer))


def walk(client, settings):
    """Every page of the feed, by the addresses that it names."""
    address = ADDRESS
    while address:
        answer, told = ask(client, address)
        linked = re.findall(r'<(.+?)>; rel="next"', answer.get("Link", ""))
        assert linked == ([told["next"]] if "next" in told else [])
        yield told
        address = told.get("next", "").removeprefix(settings.SITE_URL)


def items(told):
    return [each["item"] for each in told["dataFeedElement"]]


def test_every_published_claim_is_in_it_once_as_on_its_page(
    client, settings, monkeypatch
):
    monkeypatch.setattr(datafeed, "REVIEWS_ON_A_PAGE", 300)
    reviews = many_published(1_000)

    pages = list(walk(client, settings))
    found = [item for page in pages for item in items(page)]

    assert [len(items(page)) for page in pages] == [300, 300, 300, 100]
    assert found == [
        document.claim_review(review.claim, review, at=NOON)
        for review in reversed(reviews)
    ]
    for review, item in list(zip(reversed(reviews), found, strict=True))[::50]:
        address = review.claim.get_absolute_url()
        assert json_ld(client.get(address)) == [item]
        page_url = settings.SITE_URL + address
        judged = claimreview.problems_of_page([item], page_url=page_url)
        assert all(each.is_advice for each in judged)


def test_a_long_page_asks_no_more_of_the_database_for_each_claim(client):
    many_published(250)

    with CaptureQueriesContext(
        connection,
    ) as asked:
        ask(client)

    assert len(asked) == 1 + 2 + 2 * 3  # which, when, and two for each hundred


def test_a_page_is_never_in_memory_whole():
    reviews = many_published(250)
    elements = datafeed.elements([review.pk for review in reviews])

    with CaptureQueriesContext(connection) as asked:
        next(elements)

    assert len(asked) == 2


def test_it_says_what_it_is(client, settings):
    a_corrected_claim()

    answer, told = ask(client)

    assert told["@type"] == "DataFeed"
    assert told["url"] == settings.SITE_URL + ADDRESS
    assert told["name"] == settings.SITE_NAME
    assert told["dateModified"] == "2026-03-16T12:00:10+00:00"
    assert told["dataFeedElement"][0]["dateModified"] == told["dateModified"]
    assert "next" not in told
    assert answer["Content-Type"] == "application/ld+json"
    assert answer["Last-Modified"] == "Mon, 16 Mar 2026 12:00:10 GMT"


def test_only_what_stands_is_in_it(client):
    corrected = a_corrected_claim()
    a_claim(ClaimStatus.RETRACTED)
    a_claim(ClaimStatus.SECOND_REVIEW)
    doubted = a_claim(ClaimStatus.RECHECK)

    _, told = ask(client)

    ratings = {
        item["url"]: item["reviewRating"]["alternateName"] for item in items(told)
    }
    assert {url.split("/c/")[1][:36]: rating for url, rating in ratings.items()} == {
        str(corrected.pk): "Mixed",
        str(doubted.pk): "False",
    }


def test_it_is_whole_where_nothing_was_published(client):
    _, told = ask(client)

    assert told["dataFeedElement"] == []
    assert "dateModified" not in told


def test_whatever_was_said_it_stays_json(client):
    for words in HOSTILE:
        a_claim(ClaimStatus.PUBLISHED, statement=words)

    _, told = ask(client)

    assert sorted(item["claimReviewed"] for item in items(told)) == sorted(HOSTILE)


CHANGES = {
    "a claim": lambda claim: Claim.objects.filter(pk=claim.pk).update(language="ar"),
    "a claimant": lambda claim: Claimant.objects.update(name="Renamed"),
    "an address": lambda claim: Source.objects.update(
        canonical_url="https://b.example"
    ),
    "a citation": lambda claim: a_citation(claim, exact="damage"),
    "another claim": lambda claim: a_claim(ClaimStatus.PUBLISHED),
    "a withdrawal": lambda claim: workflow.retract(
        claim, by=a_person("editor"), at=LATER, note="It was invented."
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_it_is_sent_again_when_something_changed(client, change):
    claim = a_claim(ClaimStatus.PUBLISHED, claimant=a_claimant("Ada"))
    first, before = ask(client)
    assert (
        client.get(ADDRESS, headers={"If-None-Match": first["ETag"]}).status_code == 304
    )

    change(claim)
    again, after = ask(client, **{"If-None-Match": first["ETag"]})

    assert after != before
    assert again["ETag"] != first["ETag"]


def test_what_workers_saw_changes_nothing(client):
    a_claim(ClaimStatus.PUBLISHED)
    first, _ = ask(client)
    Source.objects.update(last_checked_at=NOON, looks=9)

    again = client.get(ADDRESS, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again["ETag"]) == (304, first["ETag"])
    assert again["Cache-Control"] == "public, max-age=60"


def test_a_page_further_on_stays_as_it_is_when_more_is_published(
    client, settings, monkeypatch
):
    monkeypatch.setattr(datafeed, "REVIEWS_ON_A_PAGE", 2)
    many_published(5)
    _, first = ask(client)
    further = first["next"].removeprefix(settings.SITE_URL)
    mark = ask(client, further)[0]["ETag"]

    a_corrected_claim()  # days later

    assert ask(client)[1] != first
    again = client.get(further, headers={"If-None-Match": mark})
    assert again.status_code == 304


def test_it_is_the_same_for_everybody(client):
    a_claim(ClaimStatus.PUBLISHED)
    strangers, told = ask(client)
    client.force_login(a_person("editor"))

    theirs, again = ask(client, **{"Accept-Language": "ar"})

    assert again == told
    assert theirs["ETag"] == strangers["ETag"]
    assert "Vary" not in theirs
    assert not theirs.cookies
    assert theirs["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("mark", ["x", "20260314T120000.000000-", "%00", "9" * 500])
def test_a_place_that_was_not_given_out_is_refused(client, mark):
    answer = client.get(f"{ADDRESS}?older={mark}")

    assert answer.status_code == 400
    assert answer["Content-Type"].startswith("text/plain")


def test_it_is_only_read(client):
    assert client.post(ADDRESS).status_code == 405
    head = client.head(ADDRESS)
    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"] == ask(client)[0]["ETag"]


def test_pages_tell_programs_of_it(client):
    assert 'href="/datafeed.json"' in client.get("/").content.decode()
