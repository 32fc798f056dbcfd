"""What the machine holds against each other, as the desk shows it."""

import pytest
from django.urls import reverse

from claims import editing, intake, suggesting
from claims.desk import clashing
from claims.models import Assessment, Candidate, Comparison
from tests.factories import NOON, a_claim, a_claimant, a_person, an_article

pytestmark = pytest.mark.django_db

ARTICLE = """\
The regional water board said that 60 percent of the wells in Halm are safe to drink from.

"Only 20 percent of the wells in Halm are safe to drink from," Professor Ida Marek said.
"""


def compared():
    for comparison in Comparison.objects.due():
        suggesting.compare(comparison, at=NOON)


def without_isolates(page):
    return page.replace("\u2068", "").replace("\u2069", "")


def two_claims():
    earlier = a_claim(
        statement="60 percent of the wells in Halm are safe.",
        claimant=a_claimant("Water Board"),
    )
    a_claim(
        statement="Only 20 percent of the wells in Halm are safe.",
        claimant=a_claimant("Ida Marek"),
    )
    compared()
    return earlier


def test_the_inbox_shows_what_a_candidate_contradicts_with_the_words_marked(client):
    article = an_article(ARTICLE)
    intake.propose(article, at=NOON)
    compared()
    client.force_login(a_person("reviewer"))

    page = client.get(reverse("desk:article", args=[article.pk])).content.decode()

    assert "The machine sees a possible contradiction" in page
    assert '<mark class="clash-word">60 percent</mark>' in page
    assert "“20 percent” clashes with “60 percent”" in without_isolates(page)
    assert 'href="#c1"' in page


def test_a_rejected_candidate_is_held_against_nobody(client):
    article = an_article(ARTICLE)
    intake.propose(article, at=NOON)
    compared()
    first = Candidate.objects.in_reading_order().first()
    intake.reject(first, by=a_person("reviewer"), at=NOON)
    client.force_login(a_person("reviewer"))

    page = client.get(reverse("desk:article", args=[article.pk])).content.decode()

    assert "possible contradiction" not in page


def test_the_workspace_says_that_the_machine_suggests_and_why(client):
    claim = two_claims()
    client.force_login(a_person("reviewer"))

    page = client.get(reverse("desk:claim", args=[claim.pk])).content.decode()

    assert "Suggested by the machine" in page
    assert '<mark class="clash-word">20 percent</mark>' in page
    assert "“20 percent” clashes with “60 percent”" in without_isolates(page)
    assert reverse("desk:confirm", args=[Assessment.objects.get().pk]) in page


def test_a_suggestion_says_nothing_any_more_once_a_person_stands_behind_it(client):
    claim = two_claims()
    editing.confirm(Assessment.objects.get(), by=a_person("reviewer"), at=NOON)
    client.force_login(a_person("reviewer"))

    page = client.get(reverse("desk:claim", args=[claim.pk])).content.decode()

    assert "Suggested by the machine" not in page


def test_words_that_were_changed_since_are_not_marked(client):
    claim = two_claims()
    editing.change_claim(
        claim,
        version=claim.version,
        by=a_person("reviewer"),
        at=NOON,
        statement="Some of the wells in Halm are safe.",
    )
    client.force_login(a_person("reviewer"))

    page = client.get(reverse("desk:claim", args=[claim.pk])).content.decode()

    assert '<mark class="clash-word">60 percent</mark>' not in page
    assert '<mark class="clash-word">20 percent</mark>' in page


def test_readers_hear_nothing_of_a_suggestion(client):
    two_claims()
    suggested = Assessment.objects.get()

    listed = client.get("/api/v1/assessments/").json()

    assert str(suggested.pk) not in str(listed)
    assert client.get(f"/api/v1/assessments/{suggested.pk}/").status_code in {401, 404}


def test_markup_in_a_statement_stays_text(client):
    claim = a_claim(
        statement="<b>60 percent</b> of the wells in Halm are safe.",
        claimant=a_claimant("Water Board"),
    )
    a_claim(statement="Only 20 percent of the wells in Halm are safe.")
    compared()
    client.force_login(a_person("reviewer"))

    page = client.get(reverse("desk:claim", args=[claim.pk])).content.decode()

    assert "<b>60" not in page


def test_clashes_cost_one_question_whatever_their_number(
    client, django_assert_max_num_queries
):
    article = an_article(ARTICLE)
    intake.propose(article, at=NOON)
    a_claim(statement="Just 10 percent of the wells in Halm are safe to drink from.")
    compared()
    candidates = list(article.candidates.in_reading_order().select_related("article"))

    with django_assert_max_num_queries(1):
        assert clashing.of_candidates(candidates)
