"""Corrections, methodology, and what programs are told of the house."""

from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from django.test import RequestFactory
from django.urls import reverse
from django.views.defaults import server_error

from claims import workflow
from claims.public import corrections
from claims.vocabulary import ClaimStatus, Verdict
from tests.factories import NOON, a_claim, a_person
from tests.public.reading import read, text
from tests.public.standing import a_corrected_claim

pytestmark = pytest.mark.django_db
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_the_log_tells_every_correction_with_its_note(client):
    corrected = a_corrected_claim()
    a_claim(ClaimStatus.RETRACTED)

    words = text(client.get(reverse("public:corrections")))

    assert corrected.statement in words
    assert "Three, not five." in words
    assert "False became Mixed" in words
    assert "The quotation was invented." in words
    assert "no longer stands" in words


@pytest.mark.parametrize("page", ["corrections", "methodology", "index"])
def test_every_page_leads_to_the_feeds_of_either_kind(client, page):
    shown = read(client.get(reverse(f"public:{page}")))

    leads = {each.attributes["href"] for each in shown.css("footer a")}
    assert {reverse("public:feed-atom"), reverse("public:feed-rss")} <= leads


def test_the_log_says_so_while_nothing_was_corrected(client):
    assert "Nothing had to be corrected" in text(
        client.get(reverse("public:corrections"))
    )


def test_the_log_goes_on_to_older_notes(client, monkeypatch):
    monkeypatch.setattr(corrections, "ITEMS_ON_A_PAGE", 1)
    address = reverse("public:corrections")
    a_claim(ClaimStatus.RETRACTED, statement="The older one.")
    a_corrected_claim()

    first = client.get(address)
    older = client.get(
        address + read(first).css_first("a[rel=next]").attributes["href"]
    )

    assert "The older one." not in text(first)
    assert "The older one." in text(older)
    assert client.get(f"{address}?newer=x").status_code == 400


def test_the_log_asks_the_same_number_of_questions(client, django_assert_num_queries):
    for _ in range(3):
        a_claim(ClaimStatus.RETRACTED)

    with django_assert_num_queries(1):
        client.get(reverse("public:corrections"))


def test_the_methodology_explains_every_verdict_without_a_question(
    client, django_assert_num_queries
):
    with django_assert_num_queries(0):
        page = client.get(reverse("public:methodology"))

    for verdict in Verdict:
        assert str(verdict.label) in text(page)
    assert "blind" in text(page)


def test_robots_are_kept_from_the_desk_and_led_to_the_map(client, settings):
    words = client.get("/robots.txt").content.decode()

    assert "Disallow: /desk/" in words
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in words


def test_the_map_leads_to_every_claim_that_stands(client, settings):
    claim = a_claim(ClaimStatus.PUBLISHED)
    a_claim(ClaimStatus.RETRACTED)

    months = ET.fromstring(client.get("/sitemap.xml").content)
    (month,) = [each.text for each in months.iter(f"{SITEMAP}loc")]
    urls = ET.fromstring(client.get(month.removeprefix(settings.SITE_URL)).content)

    assert month == f"{settings.SITE_URL}/sitemap-2026-3.xml"
    assert [each.text for each in urls.iter(f"{SITEMAP}loc")] == [
        settings.SITE_URL + claim.get_absolute_url()
    ]


def test_the_map_has_every_month_from_the_first_to_the_last(client):
    a_claim(ClaimStatus.PUBLISHED)
    earlier = NOON - timedelta(days=300)
    workflow.second(
        a_claim(ClaimStatus.SECOND_REVIEW), verdict="false", by=a_person(), at=earlier
    )

    months = ET.fromstring(client.get("/sitemap.xml").content)

    assert len(list(months.iter(f"{SITEMAP}loc"))) == 11


@pytest.mark.parametrize(
    "month", ["2026-13", "2026-0", "0-1", "99999-1", "9999-12", "9" * 20 + "-1"]
)
def test_a_month_that_never_was_is_not_there(client, month):
    assert client.get(f"/sitemap-{month}.xml").status_code == 404


def test_an_empty_map_is_well_formed(client):
    assert list(ET.fromstring(client.get("/sitemap.xml").content)) == []


def test_a_page_says_which_language_it_is_in_to_a_reader_of_another(client):
    page = client.get(reverse("public:methodology"), headers={"Accept-Language": "de"})

    assert read(page).css_first("html").attributes["lang"] == "en"


def test_an_unknown_address_says_how_to_go_on(client):
    page = client.get("/nowhere")

    assert page.status_code == 404
    assert "There is no page at this address" in text(page)


def test_a_fault_of_ours_is_told_without_asking_anything(django_assert_num_queries):
    with django_assert_num_queries(0):
        page = server_error(RequestFactory().get("/"))

    assert page.status_code == 500
    assert "Something broke on our side" in text(page)


def test_signing_in_names_the_house_and_signing_out_leads_to_a_page(client, settings):
    person = a_person("reviewer", "ines")

    form = client.get(reverse("login"), {"next": "/desk/"})
    assert "Sign in to go on" in text(form)
    assert settings.SITE_NAME in read(form).css_first(".masthead").text()

    client.force_login(person)
    out = client.post(reverse("logout"))
    assert out.status_code in {200, 302}
