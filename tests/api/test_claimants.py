"""The API of those who say things."""

import pytest

from claims.models import Claimant
from claims.vocabulary import ClaimStatus
from tests.api.conftest import pointers
from tests.factories import a_claim, a_claimant, an_assessment

pytestmark = pytest.mark.django_db


def names(answer):
    return [each["name"] for each in answer.body["results"]]


def test_readers_see_those_who_are_heard_in_public(stranger, contributor):
    public = a_claim(ClaimStatus.PUBLISHED, claimant=a_claimant("Ada Quill"))
    assessment = an_assessment(public)
    a_claim(claimant=a_claimant("Nobody Yet"))

    seen = {"Ada Quill", assessment.assessor.name}
    assert set(names(stranger.get("claimants"))) == seen
    assert set(names(contributor.get("claimants"))) == seen | {"Nobody Yet"}
    hidden = Claimant.objects.get(name="Nobody Yet")
    assert stranger.get(f"claimants/{hidden.pk}").status_code == 404


def test_claimants_are_found_by_name_alias_kind_and_affiliation(contributor):
    house = a_claimant("The Ministry", kind="government")
    ada = a_claimant("Ada Quill")
    Claimant.objects.filter(pk=ada.pk).update(affiliation=house, aliases=["The Mayor"])

    assert names(contributor.get("claimants?q=quill")) == ["Ada Quill"]
    assert names(contributor.get("claimants?q=The%20Mayor")) == ["Ada Quill"]
    assert names(contributor.get("claimants?kind=government,military")) == [house.name]
    assert names(contributor.get(f"claimants?affiliation={house.pk}")) == ["Ada Quill"]
    assert names(contributor.get("claimants?sort=-name")) == [house.name, "Ada Quill"]


def test_a_contributor_records_and_changes_a_claimant(contributor):
    house = a_claimant("The Ministry", kind="government")
    made = contributor.post(
        "claimants",
        {
            "kind": "person",
            "name": "Ada Quill",
            "aliases": ["The Mayor"],
            "affiliation": str(house.pk),
            "wikidata_id": "Q42",
            "same_as": ["https://example.org/quill"],
        },
    )
    assert made.status_code == 201
    assert made.body["affiliation"]["name"] == "The Ministry"

    changed = contributor.patch(
        made.headers["Location"], {"role": "mayor"}, If_Match=made.headers["ETag"]
    )

    assert (changed.status_code, changed.body["role"]) == (200, "mayor")
    assert changed.body["version"] == 2


def test_faults_are_named_where_they_stand(contributor):
    answer = contributor.post(
        "claimants",
        {
            "kind": "ghost",
            "name": "x" * 201,
            "same_as": ["ok", "ftp:x"],
            "aliases": "a",
        },
    )

    assert answer.status_code == 400
    assert pointers(answer) == {
        "/kind", "/name", "/same_as/0", "/same_as/1", "/aliases",
    }  # fmt: skip


def test_an_item_of_wikidata_is_one_claimant(contributor):
    body = {"kind": "person", "name": "Ada Quill", "wikidata_id": "Q42"}
    contributor.post("claimants", body)

    answer = contributor.post("claimants", {**body, "name": "Another"})

    assert answer.status_code == 400
    assert "claimant_wikidata_id_is_one_claimant" in answer.body["errors"][0]["detail"]
    assert Claimant.objects.count() == 1


def test_what_a_claimant_said_is_listed(stranger, contributor):
    ada = a_claimant("Ada Quill")
    public = a_claim(ClaimStatus.PUBLISHED, claimant=ada)
    new = a_claim(claimant=ada)
    a_claim(ClaimStatus.PUBLISHED)

    def said(caller):
        page = caller.get(f"claimants/{ada.pk}/claims")
        return {claim["id"] for claim in page.body["results"]}

    assert said(stranger) == {str(public.pk)}
    assert said(contributor) == {str(public.pk), str(new.pk)}


def test_strangers_and_readers_change_nothing(stranger, reader):
    ada = a_claimant()

    for caller, status in ((stranger, 401), (reader, 403)):
        assert caller.post("claimants", {}).status_code == status
        assert caller.patch(f"claimants/{ada.pk}", {}).status_code == status


@pytest.mark.parametrize("number", [1, 4])
def test_a_page_costs_one_query(stranger, django_assert_num_queries, number):
    for _ in range(number):
        a_claim(ClaimStatus.PUBLISHED)

    with django_assert_num_queries(1):
        assert len(names(stranger.get("claimants"))) == number
