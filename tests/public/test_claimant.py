"""The page of a claimant."""

from datetime import timedelta

import pytest
from django.urls import reverse

from claims import editing
from claims.public import claimant as pages
from claims.search import speakers
from claims.vocabulary import ClaimStatus, Stance, Verdict
from tests.factories import NOON, a_claim, a_claimant, a_person, an_assessment
from tests.public.reading import HOSTILE, read, scripts_that_run, text

pytestmark = pytest.mark.django_db


def test_it_lists_what_they_said_with_verdicts_and_a_tally(client):
    ada = a_claimant("Ada Quill")
    for verdict in (Verdict.TRUE, Verdict.FALSE, Verdict.FALSE):
        a_claim(ClaimStatus.PUBLISHED, claimant=ada, verdict=verdict)
    a_claim(ClaimStatus.IN_REVIEW, claimant=ada, statement="Not yet public.")

    response = client.get(ada.get_absolute_url())

    record = [
        " ".join(each.text().split()) for each in read(response).css(".record div")
    ]
    assert record == [
        "True 1",
        "Mostly true 0",
        "Mixed 0",
        "Misleading 0",
        "False 2",
        "Unproven 0",
    ]
    assert "3 claims with a published finding" in text(response)
    assert "Not yet public." not in text(response)


def test_it_tells_who_contradicts_them_and_how_often(client):
    ada, critic = a_claimant("Ada Quill"), a_claimant("Bo Marsh")
    for _ in range(2):
        editing.add_assessment(
            a_claim(ClaimStatus.PUBLISHED, claimant=ada),
            assessor=critic,
            stance=Stance.CONTRADICTS,
            statement="It is not so.",
            by=a_person(),
            at=NOON,
        )
    an_assessment(a_claim(ClaimStatus.NEW, claimant=ada))

    aside = read(client.get(ada.get_absolute_url())).css_first("aside").text()

    assert "Bo Marsh" in aside
    assert "2 times" in aside
    assert "Speaker" not in aside


@pytest.mark.parametrize(("most", "said"), [(1, True), (2, False)])
def test_it_says_where_critics_were_counted_in_the_newest_claims_only(
    client, monkeypatch, most, said
):
    for module in (pages, speakers):
        monkeypatch.setattr(module, "CLAIMS_AT_MOST", most)
    ada = a_claimant("Ada Quill")
    for _ in range(2):
        an_assessment(a_claim(ClaimStatus.PUBLISHED, claimant=ada))

    shown = text(client.get(ada.get_absolute_url()))

    assert (f"Counted in the newest {most} of their claims" in shown) is said


def test_it_tells_what_they_say_about_others(client):
    claim = a_claim(ClaimStatus.PUBLISHED)
    assessment = an_assessment(claim)

    words = text(client.get(assessment.assessor.get_absolute_url()))

    assert assessment.statement in words
    assert claim.statement in words
    assert "No finding about their own words is published" in words


def test_it_tells_whom_they_belong_to_and_who_belongs_to_them(client):
    house, ada = a_claimant("The Council", "organisation"), a_claimant("Ada Quill")
    editing.change_claimant(ada, version=1, by=a_person(), affiliation=house)
    unheard = a_claimant("Unheard")
    editing.change_claimant(unheard, version=1, by=a_person(), affiliation=house)
    a_claim(ClaimStatus.PUBLISHED, claimant=ada)

    assert "The Council" in text(client.get(ada.get_absolute_url()))
    council = text(client.get(house.get_absolute_url()))
    assert "Ada Quill" in council
    assert "Unheard" not in council


def test_withdrawn_findings_are_named_as_such(client):
    claim = a_claim(ClaimStatus.RETRACTED)

    words = text(client.get(claim.claimant.get_absolute_url()))

    assert "Withdrawn findings" in words
    assert claim.statement in words


def test_nobody_is_there_before_they_are_heard_in_public(client):
    ada = a_claim(ClaimStatus.IN_REVIEW).claimant

    assert client.get(ada.get_absolute_url()).status_code == 404
    client.force_login(a_person("reviewer"))
    assert client.get(ada.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("key", ["x", "00000000-0000-0000-0000-000000000000", "%00"])
def test_an_unknown_claimant_is_not_there(client, key):
    assert client.get(f"/p/{key}").status_code in {400, 404}


def test_pages_lead_to_older_claims(client, monkeypatch):
    monkeypatch.setattr(pages, "CLAIMS_ON_A_PAGE", 1)
    ada = a_claimant("Ada Quill")
    first = a_claim(ClaimStatus.PUBLISHED, claimant=ada)
    a_claim(ClaimStatus.PUBLISHED, claimant=ada)

    page = client.get(ada.get_absolute_url())
    link = read(page).css_first("a[rel=next]").attributes["href"]

    assert first.statement in text(client.get(ada.get_absolute_url() + link))
    assert client.get(ada.get_absolute_url() + "?older=zz").status_code == 400


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(client, words):
    ada = a_claimant(words)
    claim = a_claim(ClaimStatus.PUBLISHED, claimant=ada, statement=words)
    editing.add_assessment(
        claim, assessor=ada, stance="defers", statement=words, by=a_person(), at=NOON
    )

    page = client.get(ada.get_absolute_url())

    assert scripts_that_run(page) == []
    assert read(page).css("img, [onerror], [onmouseover]") == []
    assert read(page).css_first("h1").text() == words


def test_it_asks_the_same_number_of_questions_however_much_they_said(
    client, django_assert_num_queries
):
    ada = a_claimant("Ada Quill")
    an_assessment(a_claim(ClaimStatus.PUBLISHED, claimant=ada))
    with django_assert_num_queries(9):
        client.get(ada.get_absolute_url())
    for _ in range(3):
        an_assessment(a_claim(ClaimStatus.PUBLISHED, claimant=ada))

    with django_assert_num_queries(9):
        client.get(ada.get_absolute_url())


def test_the_feed_of_a_claimant_holds_their_claims_alone(client):
    mine = a_claim(ClaimStatus.PUBLISHED)
    other = a_claim(ClaimStatus.PUBLISHED)

    feed = client.get(reverse("public:claimant-feed-atom", args=[mine.claimant_id]))

    assert feed["Content-Type"].startswith("application/atom+xml")
    assert mine.statement in feed.content.decode()
    assert other.statement not in feed.content.decode()


def test_the_feed_of_an_unheard_claimant_is_not_there(client):
    ada = a_claim(ClaimStatus.NEW, due_at=NOON + timedelta(days=1)).claimant

    feed = client.get(reverse("public:claimant-feed-atom", args=[ada.pk]))

    assert feed.status_code == 404
