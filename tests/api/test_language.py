"""What programs read is the same in every language; only sentences for people differ."""

import pytest

from claims.vocabulary import ClaimStatus
from tests.factories import a_claim

pytestmark = pytest.mark.django_db

ARABIC = {"Accept_Language": "ar"}


@pytest.mark.parametrize("address", ["claims", "reviews", "corrections", "claimants"])
def test_rows_and_their_tags_are_the_same_in_every_language(editor, address):
    a_claim(ClaimStatus.RETRACTED)
    a_claim(ClaimStatus.PUBLISHED)

    english, arabic = editor.get(address), editor.get(address, **ARABIC)

    assert english.body["results"]
    assert arabic.body == english.body
    assert arabic.headers.get("ETag") == english.headers.get("ETag")


def test_one_claim_is_the_same_in_every_language(stranger):
    claim = a_claim(ClaimStatus.PUBLISHED)

    english = stranger.get(f"claims/{claim.pk}")
    arabic = stranger.get(f"claims/{claim.pk}", **ARABIC)

    assert arabic.content == english.content
    assert arabic["ETag"] == english["ETag"]


def test_the_description_of_the_api_is_the_same_in_every_language(stranger):
    english = stranger.get("/api/schema/")
    arabic = stranger.get("/api/schema/", **ARABIC)

    assert arabic.content == english.content


def test_a_refusal_keeps_its_code_and_is_told_in_the_language_asked_for(stranger):
    english = stranger.get("claims?nonsense=1")
    arabic = stranger.get("claims?nonsense=1", **ARABIC)

    assert arabic.status_code == english.status_code == 400
    assert arabic.body["code"] == english.body["code"]
    assert arabic.body["errors"][0]["code"] == english.body["errors"][0]["code"]
    assert arabic.body["errors"][0]["pointer"] == english.body["errors"][0]["pointer"]
    assert arabic.body["errors"][0]["detail"] != english.body["errors"][0]["detail"]


REFUSED = ("claims?nonsense=1", "nowhere", "claims?q=%00", "tokens", "claims/x")


@pytest.mark.parametrize("address", REFUSED)
def test_a_refusal_says_its_language_and_what_that_depends_on(stranger, address):
    english = stranger.get(address)
    arabic = stranger.get(address, **ARABIC)

    assert english["Content-Language"] == "en"
    assert arabic["Content-Language"] == "ar"
    assert arabic.body["detail"] != english.body["detail"]
    for answer in (english, arabic):
        varies = {each.strip() for each in answer["Vary"].split(",")}
        assert {"Accept-Language", "Cookie"} <= varies


def test_a_refusal_at_the_door_is_not_in_the_language_of_whoever_came_before(stranger):
    english = stranger.get("claims?q=%00")
    stranger.get("claims", **ARABIC)

    assert stranger.get("claims?q=%00").body["detail"] == english.body["detail"]
