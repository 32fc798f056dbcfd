"""In which language somebody is answered, and that it is remembered."""

import pytest

from claims.vocabulary import ClaimStatus
from tests.factories import a_claim, a_person

pytestmark = pytest.mark.django_db

ARABIC = {"HTTP_ACCEPT_LANGUAGE": "ar-EG,ar;q=0.9,en;q=0.5"}


def opened(answer):
    """The first words of a page: what it says of its own language."""
    return answer.content.decode().partition("<head")[0]


def test_a_page_is_in_english_where_nothing_else_is_asked_for(client):
    assert '<html lang="en" dir="ltr">' in opened(client.get("/"))


def test_a_browser_that_asks_for_arabic_gets_it_from_right_to_left(client):
    assert '<html lang="ar" dir="rtl">' in opened(client.get("/", **ARABIC))


def test_a_language_the_house_does_not_speak_is_answered_in_english(client):
    answer = client.get("/", HTTP_ACCEPT_LANGUAGE="de,fr;q=0.8")

    assert '<html lang="en" dir="ltr">' in opened(answer)


@pytest.mark.parametrize("address", ["/", "/sign-in/", "/nowhere", "/corrections"])
def test_each_page_offers_the_other_language_in_its_own_words(client, address):
    page = client.get(address).content.decode()

    assert '<button type="submit" name="language" value="ar" lang="ar">' in page
    assert "العربيّة" in page


def test_the_panel_offers_it_too_and_turns_round(client):
    client.force_login(a_person("admin"))

    answer = client.get("/admin/", **ARABIC)

    assert 'lang="ar" dir="rtl"' in opened(answer)
    assert 'name="language" value="en"' in answer.content.decode()


def test_a_choice_is_remembered_for_a_year_and_leads_back_to_the_page(client):
    answer = client.post("/language", {"language": "ar", "next": "/corrections?page=2"})

    assert answer["Location"] == "/corrections?page=2"
    assert answer.cookies["django_language"]["max-age"] == 365 * 24 * 3600
    assert 'lang="ar"' in opened(client.get("/", HTTP_ACCEPT_LANGUAGE="en"))


def test_a_choice_leads_to_no_other_site(client):
    answer = client.post(
        "/language", {"language": "ar", "next": "https://elsewhere.example/"}
    )

    assert answer["Location"] == "/"


@pytest.mark.parametrize("language", ["xx", "de", "", "../../etc"])
def test_a_language_that_is_not_there_changes_nothing(client, language):
    answer = client.post("/language", {"language": language, "next": "/"})

    assert answer.status_code == 302
    assert 'lang="en"' in opened(client.get("/"))


def test_a_choice_needs_no_token_since_a_page_that_is_kept_has_none(client):
    client.handler.enforce_csrf_checks = True

    answer = client.post("/language", {"language": "ar", "next": "/"})

    assert answer.cookies["django_language"].value == "ar"


@pytest.mark.parametrize("address", ["/", "/corrections", "/methodology"])
def test_who_keeps_a_page_is_told_that_it_depends_on_the_language(client, address):
    answer = client.get(address)

    varies = {each.strip() for each in answer["Vary"].split(",")}
    assert {"Accept-Language", "Cookie"} <= varies


@pytest.mark.parametrize("address", ["/", "/corrections", "/methodology"])
def test_a_page_that_stands_is_not_called_unchanged_in_another_language(
    client, address
):
    english = client.get(address)["ETag"]

    same = client.get(address, HTTP_IF_NONE_MATCH=english)
    other = client.get(address, HTTP_IF_NONE_MATCH=english, **ARABIC)

    assert same.status_code == 304
    assert "Accept-Language" in same["Vary"]
    assert other.status_code == 200
    assert other["ETag"] != english


def test_a_page_that_is_kept_by_anybody_carries_nobodys_token(client):
    answer = client.get("/")

    assert "csrfmiddlewaretoken" not in answer.content.decode()
    assert "public" in answer["Cache-Control"]


def test_a_feed_is_the_same_for_everybody(client):
    claim = a_claim(ClaimStatus.PUBLISHED)
    addresses = ("/feed.atom", f"/p/{claim.claimant_id}/feed.atom")
    english = [client.get(address) for address in addresses]
    arabic = [client.get(address, **ARABIC) for address in addresses]
    client.post("/language", {"language": "ar", "next": "/"})
    chosen = [client.get(address) for address in addresses]

    for here, there, elsewhere in zip(english, arabic, chosen, strict=True):
        assert "False:" in here.content.decode()
        assert here.content == there.content == elsewhere.content
        assert here["ETag"] == there["ETag"]
        assert {each["Content-Language"] for each in (here, there)} == {"en"}
        assert b'xml:lang="en"' in here.content
