"""The API of articles and of what is proposed from them."""

import pytest

from claims import intake
from claims.models import Article, Claim
from tests.api.conftest import pointers
from tests.factories import NOON, a_claim, a_claimant, an_article

pytestmark = pytest.mark.django_db

TEXT = """"The dam held," Mayor Ada Quill said on Saturday.

"The water is two metres deep," said Jonas Berg, an engineer."""


@pytest.fixture
def article():
    """An article that a worker has read."""
    article = an_article(TEXT, source_url="https://paper.example/flood")
    intake.propose(article, at=NOON)
    return article


def first(article):
    return article.candidates.in_reading_order().first()


def test_an_article_is_fed_once(contributor):
    given = {"text": TEXT, "title": "Flood", "source_url": "https://paper.example/f"}

    made = contributor.post("articles", given)
    again = contributor.post("articles", {"text": TEXT})

    assert (made.status_code, again.status_code) == (201, 200)
    assert again.body["id"] == made.body["id"]
    read = contributor.get(made.headers["Location"]).body
    assert read["text"] == TEXT
    assert read["added_by"]["id"] == contributor.user.pk
    [listed] = contributor.get("articles?read=false&q=flo").body["results"]
    assert "text" not in listed


def test_the_text_is_kept_letter_for_letter(contributor):
    made = contributor.post("articles", {"text": "  One.\n\n\tTwo.  "})

    assert Article.objects.get(pk=made.body["id"]).text == "  One.\n\n\tTwo.  "


@pytest.mark.parametrize(
    ("change", "at"),
    [
        ({"text": ""}, "/text"),
        ({"text": " \n "}, "/text"),
        ({"text": "x" * 1_000_001}, "/text"),
        ({"source_url": "ftp://paper.example/"}, "/source_url"),
        ({"published_on": "2026-02-30"}, "/published_on"),
        ({"published_on": "2026-02-01T00:00:00Z"}, "/published_on"),
        ({"language": "x" * 36}, "/language"),
    ],
)
def test_what_cannot_be_read_is_refused_where_it_stands(contributor, change, at):
    answer = contributor.post("articles", {"text": TEXT, **change})

    assert answer.status_code == 400
    assert pointers(answer) == {at}
    assert not Article.objects.exists()


def test_more_than_four_mebibytes_are_not_read(contributor):
    answer = contributor.post("articles", {"text": "x" * (4 * 1024 * 1024)})

    assert (answer.status_code, answer.body["code"]) == (413, "too_large")


def test_candidates_are_listed_in_reading_order(contributor, article):
    page = contributor.get(f"articles/{article.pk}/candidates").body["results"]

    assert len(page) == 2
    assert [each["start"] for each in page] == sorted(each["start"] for each in page)
    for each in page:
        assert TEXT[each["start"] : each["end"]] == each["text"]
        one = contributor.get(f"articles/{article.pk}/candidates/{each['id']}")
        assert one.body == each
    assert contributor.get(f"articles/{article.pk}").body["open"] == 2


def test_a_candidate_becomes_a_claim_once(reviewer, article):
    path = f"articles/{article.pk}/candidates/{first(article).pk}"

    made = reviewer.post(f"{path}/accept", {"topics": ["water"]})
    again = reviewer.post(f"{path}/accept")

    assert made.status_code == 201
    assert made.body["claimant"]["name"] == "Ada Quill"
    assert made.body["topics"] == ["water"]
    assert "dam held" in made.body["statement"]
    assert reviewer.get(path).body["claim"] == made.body["id"]
    cited = reviewer.get(f"claims/{made.body['id']}/citations").body["results"]
    assert [each["role"] for each in cited] == ["said_here"]
    assert (again.status_code, again.body["code"]) == (409, "already_decided")


def test_a_candidate_is_merged_into_a_claim_that_says_the_same(reviewer, article):
    claim = a_claim(claimant=a_claimant("Ada Quill"))
    path = f"articles/{article.pk}/candidates/{first(article).pk}"

    merged = reviewer.post(f"{path}/merge", {"claim": str(claim.pk)})

    assert (merged.status_code, merged.body["id"]) == (200, str(claim.pk))
    assert reviewer.get(path).body["state"] == "merged"
    assert claim.citations.count() == 1


def test_a_candidate_is_rejected_and_stays_on_record(reviewer, article):
    path = f"articles/{article.pk}/candidates/{first(article).pk}"

    assert reviewer.post(f"{path}/reject").body["state"] == "rejected"
    page = reviewer.get(f"articles/{article.pk}/candidates?state=proposed")
    assert len(page.body["results"]) == 1
    assert not Claim.objects.exists()


def test_a_candidate_has_its_address_below_its_own_article(reviewer, article):
    path = f"articles/{an_article().pk}/candidates/{first(article).pk}"

    assert reviewer.get(path).status_code == 404
    assert reviewer.post(f"{path}/accept").status_code == 404


def test_articles_are_for_the_desk_and_decisions_for_reviewers(
    stranger, reader, contributor, article
):
    one = f"articles/{article.pk}"
    deed = f"{one}/candidates/{first(article).pk}/accept"

    for path in ("articles", one, f"{one}/candidates"):
        assert stranger.get(path).status_code == 401
        assert reader.get(path).status_code == (403 if path == "articles" else 404)
    assert contributor.post(deed).status_code == 403


@pytest.mark.parametrize("number", [1, 4])
def test_a_page_costs_one_query_beside_the_signing_in(
    contributor, django_assert_num_queries, number
):
    for _ in range(number):
        an_article()
    contributor.get("articles")

    with django_assert_num_queries(1):
        assert len(contributor.get("articles").body["results"]) == number
