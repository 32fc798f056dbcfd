"""What only a hidden review cites is as if nobody had ever heard of it."""

from datetime import timedelta

import pytest

from claims import editing, watching, workflow
from claims.vocabulary import ClaimStatus
from sources import attaching
from sources.models import Passage, Source
from tests.api.conftest import a_program
from tests.factories import (
    NOON,
    a_claim,
    a_person,
    a_source,
    an_assessment,
    seen_intact,
)

pytestmark = pytest.mark.django_db

PROOF = "https://proof.example/report"
PLACES = ("", "/checks", "/snapshots", "/passages")


@pytest.fixture
def writer():
    return a_person("reviewer")


@pytest.fixture
def claim(writer):
    """A claim whose first verdict waits for the second."""
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=writer)
    workflow.write_review(
        claim, verdict="false", summary="S.", explanation="E.", by=writer, at=NOON
    )
    workflow.submit(claim, by=writer, at=NOON)
    return claim


@pytest.fixture
def hidden(claim, writer):
    """Words that its review cites, on a page that nobody else has heard of."""
    return cited(claim.reviews.get(), by=writer)


def cited(by_what, *, by, url=PROOF, exact="the roof is gone"):
    citation = editing.cite(
        by_what, url=url, exact=exact, role="evidence_for", by=by, at=NOON
    )
    seen_intact(citation.passage)
    return citation.passage


def listed(program):
    return {each["canonical_url"] for each in program.get("sources").body["results"]}


def opened(program, source):
    return {program.get(f"sources/{source.pk}{place}").status_code for place in PLACES}


def listed_words(program, source):
    rows = program.get(f"sources/{source.pk}/passages?sort=added_at").body["results"]
    return [row["exact"] for row in rows]


@pytest.mark.parametrize("role", ["contributor", "reviewer", "editor", "admin"])
def test_a_page_that_only_a_hidden_review_cites_is_its_writers_alone(
    hidden, writer, claim, role
):
    blind = a_program(role)

    assert PROOF not in listed(blind)
    assert blind.get(f"sources?url={PROOF}").body["results"] == []
    assert opened(blind, hidden.source) == {404}
    assert blind.post(f"sources/{hidden.source_id}/refresh").status_code == 404
    assert PROOF in listed(a_program(user=writer))
    assert opened(a_program(user=writer), hidden.source) == {200}

    workflow.second(claim, verdict="false", by=a_person(), at=NOON)

    assert PROOF in listed(blind)
    assert opened(blind, hidden.source) == {200}


def test_a_page_that_something_else_leads_to_stays_where_it_was(claim, writer):
    review = claim.reviews.get()
    cited(claim, by=writer, url="https://paper.example/a", exact="only minor damage")
    before = NOON - timedelta(hours=1)
    a_source(
        url="https://paper.example/b",
        canonical_url="https://paper.example/b",
        added_at=before,
    )
    for name in "ab":
        cited(review, by=writer, url=f"https://paper.example/{name}")

    assert {f"https://paper.example/{name}" for name in "ab"} <= listed(a_program())


def test_an_alias_is_no_way_to_its_page(hidden, writer, claim):
    page = a_source(
        url="https://paper.example/now", canonical_url="https://paper.example/now"
    )
    Source.objects.filter(pk=hidden.source_id).update(same_as=page)

    assert PROOF not in listed(a_program())
    assert opened(a_program(), page) == {200}


def test_words_guessed_right_are_answered_like_words_guessed_wrong(claim, writer):
    source = cited(claim, by=writer).source
    secret = cited(claim.reviews.get(), by=writer, exact="all three sets were altered")
    far = NOON + timedelta(days=900)
    answers, due = [], []

    for exact in (secret.exact, "none of the sets was altered"):
        Source.objects.filter(pk=source.pk).update(due_at=far)
        blind = a_program()
        answers.append(blind.post(f"sources/{source.pk}/passages", {"exact": exact}))
        due.append(Source.objects.get(pk=source.pk).due_at < far)

    right, wrong = (
        {
            name: value
            for name, value in answer.body.items()
            if name not in {"id", "exact", "added_at", "state_since"}
        }
        for answer in answers
    )
    assert right == wrong
    assert right["state"] == "unverifiable"
    assert [answer.status_code for answer in answers] == [201, 201]
    assert due == [True, True]
    assert listed_words(blind, source) == [
        "the roof is gone",
        "all three sets were altered",
        "none of the sets was altered",
    ]
    again = blind.post(f"sources/{source.pk}/passages", {"exact": secret.exact})
    assert (again.status_code, again.body) == (200, answers[0].body)
    assert answers[0].body["id"] != str(secret.pk)
    assert answers[0].body["added_at"] == answers[0].body["state_since"] > "2026-03-20"
    assert Passage.objects.get(pk=secret.pk).state == "intact"


def test_words_that_a_hidden_review_cites_as_well_stay_where_they_were(claim, writer):
    page = cited(claim, by=writer, exact="only minor damage").source
    attaching.watch(page, exact="the roof is gone", now=NOON)

    cited(claim.reviews.get(), by=writer, exact="the roof is gone")

    assert listed_words(a_program(), page) == ["only minor damage", "the roof is gone"]


def test_two_hidden_reviews_that_cite_the_same_words_know_nothing_of_each_other(
    hidden, claim
):
    other = a_person("reviewer")
    theirs = a_claim(ClaimStatus.IN_REVIEW, writer=other)
    workflow.write_review(theirs, verdict="false", by=other, at=NOON)

    found = editing.cite(
        theirs.reviews.get(), url=PROOF, exact=hidden.exact, by=other, at=NOON
    )

    assert found.passage_id != hidden.pk
    assert found.passage.state == "unverifiable"


def test_what_a_hidden_review_does_not_cite_any_more_stays_hidden(writer):
    mine = a_claim(ClaimStatus.IN_REVIEW, writer=writer)
    workflow.write_review(mine, verdict="false", by=writer, at=NOON)
    page = cited(mine.reviews.get(), by=writer).source

    editing.uncite(mine.reviews.get().citations.get(), by=writer)

    assert opened(a_program(), page) == {404}
    assert PROOF not in listed(a_program("admin"))
    assert opened(a_program(user=writer), page) == {200}


def test_an_address_guessed_right_is_answered_like_a_new_one(hidden):
    blind = a_program("contributor")

    first = blind.post("sources", {"url": PROOF})
    other = blind.post("sources", {"url": "https://proof.example/other"})
    again = blind.post("sources", {"url": PROOF})

    assert (first.status_code, other.status_code, again.status_code) == (201, 201, 200)
    own = {"id", "url", "canonical_url", "added_at", "state_since", "due_at"}
    alike = [
        {name: value for name, value in answer.body.items() if name not in own}
        for answer in (first, other)
    ]
    assert alike[0] == alike[1]
    assert PROOF in listed(blind)
    # A key tells when its row was made, and checks tell who asked for them before.
    assert first.body["id"] != str(hidden.source_id)
    assert again.body["id"] == first.body["id"]
    for part in PLACES[1:]:
        assert blind.get(f"sources/{first.body['id']}{part}").body["results"] == []
    assert opened(blind, hidden.source) == {404}


@pytest.mark.parametrize("cited_by", ["claim", "assessment"])
def test_nor_is_it_found_by_citing_it_for_something_else(hidden, claim, cited_by):
    blind = a_program()
    cites = claim if cited_by == "claim" else an_assessment(claim)

    answer = blind.post(
        f"{cited_by}s/{cites.pk}/citations",
        {"url": PROOF, "exact": hidden.exact, "role": "evidence_for"},
    )

    found = answer.body["source"]["id"]
    assert answer.status_code == 201
    assert found != str(hidden.source_id)
    assert blind.get(f"sources/{found}/checks").body["results"] == []


def test_two_hidden_reviews_that_cite_one_page_know_nothing_of_each_other(hidden):
    other = a_person("reviewer")
    theirs = a_claim(ClaimStatus.IN_REVIEW, writer=other)
    workflow.write_review(theirs, verdict="false", by=other, at=NOON)

    found = cited(theirs.reviews.get(), by=other)

    assert found.source_id != hidden.source_id
    assert opened(a_program(user=other), found.source) == {200}
    assert opened(a_program(user=other), hidden.source) == {404}


def test_once_published_the_page_is_the_one_at_its_address(hidden, claim):
    after = _published(claim)

    assert watching.make_known(now=after - timedelta(days=1)) == 0
    assert watching.make_known(now=after) == 1

    assert attaching.attach(PROOF, now=after).pk == hidden.source_id
    assert watching.make_known(now=after) == 0


def test_once_published_the_page_follows_what_others_brought_meanwhile(hidden, claim):
    theirs = attaching.attach(PROOF, now=NOON)
    after = _published(claim)

    watching.make_known(now=after)

    page = Source.objects.get(pk=hidden.source_id)
    assert page.same_as_id == theirs.pk != page.pk
    # Both are looked at as one from now on, for the words of both.
    assert hidden in theirs.watched()
    assert watching.make_known(now=after) == 0


def _published(claim):
    workflow.second(claim, verdict="false", by=a_person(), at=NOON)
    return NOON + timedelta(days=1)


@pytest.mark.parametrize("number", [1, 5])
def test_it_costs_the_same_however_much_is_hidden(
    claim, writer, django_assert_num_queries, number
):
    for each in range(number):
        cited(claim.reviews.get(), by=writer, url=f"https://proof.example/{each}")
    blind = a_program()
    blind.get("sources")

    # The page; whose the token is, is asked past what is counted here.
    with django_assert_num_queries(1):
        assert not any("proof" in url for url in listed(blind))
