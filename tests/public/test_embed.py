"""A claim on pages of others: in a frame without cookies, found by oEmbed."""

import xml.etree.ElementTree as ET
from urllib.parse import urlencode
from uuid import uuid4

import micawber
import pytest
from django.urls import reverse

from claims.vocabulary import ClaimStatus
from tests.factories import a_claim, a_claimant, a_person
from tests.public.reading import HOSTILE, read, text
from tests.public.standing import a_corrected_claim

pytestmark = pytest.mark.django_db


def embed(client, claim, **headers):
    return client.get(reverse("public:embed", args=[claim.pk]), headers=headers)


def asked(client, url, **more):
    return client.get("/oembed?" + urlencode({"url": url, **more}))


def test_a_frame_tells_who_said_what_and_what_was_found(client, settings):
    claim = a_claim(ClaimStatus.PUBLISHED, claimant=a_claimant("Ada Quill"))

    page = embed(client, claim)

    for words in (claim.statement, "Ada Quill", "False", "two halls"):
        assert words in text(page)
    (link,) = read(page).css("main a")
    assert link.attributes["href"] == settings.SITE_URL + claim.get_absolute_url()


def test_a_frame_says_what_was_corrected(client):
    words = text(embed(client, a_corrected_claim()))

    assert "Mixed" in words
    assert "Correction" in words
    assert "Three, not five." in words


def test_a_withdrawn_finding_leaves_a_tombstone_in_the_frame(client):
    claim = a_claim(ClaimStatus.RETRACTED)

    words = text(embed(client, claim))

    assert claim.statement in words
    assert "Withdrawn" in words
    assert "The quotation was invented." in words
    assert "False" not in words
    assert "two halls" not in words


@pytest.mark.parametrize("status", [ClaimStatus.NEW, ClaimStatus.SECOND_REVIEW])
def test_what_is_not_public_is_in_no_frame(client, settings, status):
    claim = a_claim(status)
    client.force_login(a_person("editor"))

    assert embed(client, claim).status_code == 404
    url = settings.SITE_URL + claim.get_absolute_url()
    assert asked(client, url).status_code == 404


def test_a_frame_knows_nobody_and_may_stand_everywhere(client):
    claim = a_claim(ClaimStatus.PUBLISHED)
    strangers = embed(client, claim)
    client.force_login(a_person("editor"))

    page = embed(client, claim, accept_language="ar")

    assert page.content == strangers.content
    assert not page.cookies
    assert "Vary" not in page
    assert "X-Frame-Options" not in page
    assert "public" in page["Cache-Control"]
    policy = page["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "script-src 'none'" in policy
    assert read(page).css("script, style, [style], form") == []


def test_a_frame_may_be_kept_to_some_sites(client, settings):
    settings.EMBED_ON = ["https://paper.example"]

    page = embed(client, a_claim(ClaimStatus.PUBLISHED))

    assert "frame-ancestors https://paper.example" in page["Content-Security-Policy"]


def test_other_pages_still_stand_in_no_frame(client):
    page = client.get(a_claim(ClaimStatus.PUBLISHED).get_absolute_url())

    assert page["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("language", "shown", "direction", "verdict"),
    [
        ("ar", "ar", "rtl", "خاطئ"),
        ("ar-SY", "ar", "rtl", "خاطئ"),
        ("de", "en", "ltr", "False"),
    ],
)
def test_a_frame_speaks_the_language_of_its_claim(
    client, language, shown, direction, verdict
):
    page = embed(client, a_claim(ClaimStatus.PUBLISHED, language=language))

    html = read(page).css_first("html").attributes
    assert (html["lang"], html["dir"]) == (shown, direction)
    assert page["Content-Language"] == shown
    assert verdict in text(page)
    assert read(page).css_first("h1").attributes["lang"] == language


def test_a_frame_that_did_not_change_is_not_sent_again(client):
    claim = a_claim(ClaimStatus.PUBLISHED)
    mark = embed(client, claim)["ETag"]

    assert embed(client, claim, if_none_match=mark).status_code == 304


@pytest.mark.parametrize("words", HOSTILE)
def test_a_frame_shows_hostile_words_as_words(client, settings, words):
    claim = a_claim(ClaimStatus.PUBLISHED, statement=f"It was {words}")
    url = settings.SITE_URL + claim.get_absolute_url()

    told = asked(client, url).json()
    again = ET.fromstring(asked(client, url, format="xml").content)

    assert read(embed(client, claim)).css("script, img") == []
    assert again.findtext("html") == told["html"]
    assert told["html"].count("<") == 2


def test_a_program_finds_out_how_a_claim_is_embedded(client, settings):
    claim = a_claim(ClaimStatus.PUBLISHED)
    page = read(client.get(claim.get_absolute_url()))

    for kind in ("json", "xml"):
        link = page.css_first(f"link[type$='{kind}+oembed']").attributes["href"]
        answer = client.get(link.removeprefix(settings.SITE_URL))
        assert answer.status_code == 200
        assert kind in answer["Content-Type"]
        assert not answer.cookies
        assert str(claim.pk) in answer.content.decode()


def test_micawber_reads_what_it_is_told(client, settings):
    claim = a_claim(ClaimStatus.PUBLISHED)
    url = settings.SITE_URL + claim.get_absolute_url()

    class Ours(micawber.Provider):
        def fetch(self, url):
            return client.get(url.removeprefix(settings.SITE_URL)).content.decode()

    known = micawber.ProviderRegistry()
    known.register(settings.SITE_URL + r"/c/\S+", Ours(settings.SITE_URL + "/oembed"))
    told = known.request(url, maxwidth=320)

    assert (told["type"], told["version"], told["width"]) == ("rich", "1.0", 320)
    assert told["author_name"] == claim.claimant.name
    assert reverse("public:embed", args=[claim.pk]) in told["html"]
    assert "<iframe" in micawber.parse_text(url, known)


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example/c/{pk}/x",
        "{site}.elsewhere.example/c/{pk}/x",
        "{site}/p/{pk}",
        "{site}/",
        "{site}/c/nothing/",
        "{site}/c/{other}/x",
        "http://[/c/{pk}/",
        "{site}//[/c/{pk}/",
        "\u202e",
    ],
)
def test_what_is_no_claim_of_ours_is_not_embedded(client, settings, url):
    pk = a_claim(ClaimStatus.PUBLISHED).pk
    named = url.format(site=settings.SITE_URL, pk=pk, other=uuid4())

    assert asked(client, named).status_code == 404


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"format": "yaml"}, 501),
        ({"maxwidth": "wide"}, 400),
        ({"maxwidth": "-1"}, 400),
        ({"maxheight": "9" * 5000}, 400),
        ({"maxheight": "٣"}, 400),
        ({"maxwidth": ""}, 200),
        ({"maxwidth": "0", "maxheight": "0"}, 200),
    ],
)
def test_what_cannot_be_answered_is_said(client, settings, more, status):
    claim = a_claim(ClaimStatus.PUBLISHED)
    url = settings.SITE_URL + claim.get_absolute_url()

    assert asked(client, url, **more).status_code == status
    assert client.get("/oembed").status_code == 400


def test_the_page_of_a_claim_has_the_code_to_copy(client):
    claim = a_claim(ClaimStatus.PUBLISHED)

    field = read(client.get(claim.get_absolute_url())).css_first("details textarea")

    assert reverse("public:embed", args=[claim.pk]) in field.text()
    assert field.text().startswith("<iframe ")
