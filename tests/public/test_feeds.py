"""Feeds, read as a feed reader reads them."""

import re

import feedparser
import pytest
from django.urls import reverse

from claims.models import Claim, Claimant
from claims.public import entries, wording
from claims.vocabulary import ClaimStatus
from tests.factories import a_claim, a_claimant, a_person
from tests.public.reading import HOSTILE, read
from tests.public.standing import LATER, a_corrected_claim

pytestmark = pytest.mark.django_db

BOTH = pytest.mark.parametrize("ending", ["atom", "rss"])


def feed(client, address, **headers):
    response = client.get(address, headers=headers)
    assert response.status_code == 200, address
    found = feedparser.parse(response.content)
    assert not found.bozo, found.get("bozo_exception")
    return found


@BOTH
def test_a_feed_is_read_whatever_was_said(client, ending):
    for words in HOSTILE:
        a_claim(ClaimStatus.PUBLISHED, statement=f"It was \ufffe {words}")
    a_claim(ClaimStatus.PUBLISHED, claimant=a_claimant("Bo <b> & Co. \ufffe"))

    found = feed(client, f"/feed.{ending}")

    assert len(found.entries) == len(HOSTILE) + 1
    assert len({each.id for each in found.entries}) == len(found.entries)
    assert all("two halls" in each.summary for each in found.entries)


@BOTH
def test_what_was_corrected_is_the_same_entry_renewed(client, ending):
    claim = a_corrected_claim()

    (entry,) = feed(client, f"/feed.{ending}").entries

    assert entry.id == f"urn:uuid:{claim.pk}"
    assert entry.title.startswith("Mixed: ")
    assert "Three, not five." in entry.summary
    told = entry.updated_parsed if ending == "atom" else entry.published_parsed
    assert told[:5] == LATER.timetuple()[:5]


def test_the_first_day_of_a_corrected_claim_is_kept(client):
    a_corrected_claim()

    (entry,) = feed(client, "/feed.atom").entries

    assert entry.published_parsed < entry.updated_parsed


@BOTH
def test_what_was_withdrawn_is_told_in_place_of_its_finding(client, ending):
    claim = a_claim(ClaimStatus.RETRACTED)

    (entry,) = feed(client, f"/feed.{ending}").entries

    assert entry.id == f"urn:uuid:{claim.pk}"
    assert entry.title.startswith("Withdrawn: ")
    assert "The quotation was invented." in entry.summary
    assert "two halls" not in entry.summary


@BOTH
def test_a_feed_of_a_claimant_has_their_words_alone(client, ending):
    ada = a_claimant("Ada")
    mine = a_claim(ClaimStatus.PUBLISHED, claimant=ada)
    gone = a_claim(ClaimStatus.RETRACTED, claimant=ada)
    a_claim(ClaimStatus.PUBLISHED)

    found = feed(client, reverse(f"public:claimant-feed-{ending}", args=[ada.pk]))

    assert found.feed.title.startswith("Ada")
    assert {each.id for each in found.entries} == {
        f"urn:uuid:{claim.pk}" for claim in (mine, gone)
    }


@BOTH
@pytest.mark.parametrize(
    "query", ["topic=strike", "q=bridges", "verdict=mixed", "language=ar"]
)
def test_a_feed_narrows_like_the_search(client, ending, query):
    a_claim(ClaimStatus.PUBLISHED)
    wanted = a_claim(
        ClaimStatus.PUBLISHED,
        statement="Seven bridges fell.",
        topics=["strike"],
        language="ar",
        verdict="mixed",
    )
    page = client.get(f"/?{query}")
    (address,) = [
        node.attributes["href"]
        for node in read(page).css(f"link[rel=alternate][type*={ending}]")
    ]

    found = feed(client, address)

    assert [each.id for each in found.entries] == [f"urn:uuid:{wanted.pk}"]
    assert address.endswith(query)
    assert found.feed.links[-1].href.endswith(address) or ending == "rss"


@BOTH
def test_a_feed_of_corrections_has_each_note(client, ending):
    a_corrected_claim()
    a_claim(ClaimStatus.RETRACTED)
    a_claim(ClaimStatus.PUBLISHED)

    found = feed(client, f"/corrections-feed.{ending}")

    assert [each.title.split(":")[0] for each in found.entries] == [
        "Correction",
        "Withdrawn",
    ]


@BOTH
def test_words_from_right_to_left_leave_the_verdict_alone(client, ending):
    a_claim(ClaimStatus.PUBLISHED, statement="قال إن الجسر سليم")

    (entry,) = feed(client, f"/feed.{ending}").entries

    assert entry.title == "False: \u2068قال إن الجسر سليم\u2069"


def test_marks_that_turn_what_follows_stay_out_of_titles():
    assert wording.apart("قال \u202eإن\u2067") == "\u2068قال إن\u2069"
    assert wording.apart("It \u202edid.") == "It did."


@BOTH
def test_a_feed_is_the_same_for_everybody(client, ending):
    a_claim(ClaimStatus.PUBLISHED)
    address = f"/feed.{ending}"
    strangers = client.get(address)
    client.force_login(a_person("editor"))

    theirs = client.get(address, headers={"Accept-Language": "ar"})

    assert theirs.content == strangers.content
    assert theirs["ETag"] == strangers["ETag"]
    assert theirs["Content-Language"] == "en"
    assert "Vary" not in theirs
    assert not theirs.cookies
    assert "public" in theirs["Cache-Control"]


@BOTH
def test_a_feed_that_did_not_change_is_not_sent_again(client, ending):
    a_claim(ClaimStatus.PUBLISHED)
    address = f"/feed.{ending}"
    first = client.get(address)

    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    since = client.get(address, headers={"If-Modified-Since": first["Last-Modified"]})
    a_claim(ClaimStatus.PUBLISHED)
    changed = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert since.status_code == 304
    assert changed.status_code == 200


def test_a_feed_ends(client, monkeypatch):
    monkeypatch.setattr(entries, "ENTRIES", 2)
    for status in (ClaimStatus.PUBLISHED, ClaimStatus.RETRACTED):
        for _ in range(2):
            a_claim(status)

    assert len(feed(client, "/feed.atom").entries) == 2


def test_a_feed_asks_three_times_however_long_it_is(client, django_assert_num_queries):
    for _ in range(3):
        a_claim(ClaimStatus.PUBLISHED)

    with django_assert_num_queries(3):
        client.get("/feed.atom")


@pytest.mark.parametrize(
    "address", ["/feed.atom?verdict=maybe", "/feed.rss?q=" + "x" * 300]
)
def test_a_search_that_nobody_can_ask_has_no_feed(client, address):
    assert client.get(address).status_code == 404


def test_an_empty_feed_is_one(client):
    assert feed(client, "/feed.atom").entries == []
    assert feed(client, "/feed.rss").entries == []


def test_every_page_names_its_feeds_in_both_kinds(client):
    claim = a_claim(ClaimStatus.PUBLISHED)
    pages = [
        "/",
        claim.get_absolute_url(),
        claim.claimant.get_absolute_url(),
        "/corrections",
    ]

    for page in pages:
        links = read(client.get(page)).css("link[rel=alternate][type$='+xml']")
        kinds = [re.findall(r"\w+", each.attributes["type"])[1] for each in links]
        assert kinds[:2] == ["atom", "rss"], page
        for link in links[:2]:
            assert feed(client, link.attributes["href"]).version


def test_what_is_not_public_is_in_no_feed(client):
    claim = a_claim(ClaimStatus.IN_REVIEW)

    assert Claim.objects.count() == 1
    assert Claimant.objects.filter(pk=claim.claimant_id).exists()
    assert feed(client, "/feed.atom").entries == []
    address = reverse("public:claimant-feed-rss", args=[claim.claimant_id])
    assert client.get(address).status_code == 404
