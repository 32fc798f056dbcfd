"""An article beside its candidates."""

import pytest
from django.urls import reverse

from claims import intake
from claims.models import Candidate, Claim, Claimant
from claims.vocabulary import CandidateState
from tests.factories import NOON, a_claim, a_person, an_article

TEXT = (
    '"The dam held," Mayor Ada Quill said on Monday. She added that nobody was hurt.\n\n'
    "The ministry of water said the gates had been opened <early> & slowly."
)
HTMX = {"HX-Request": "true"}


@pytest.fixture
def article(db):
    article = an_article(TEXT, title="The dam", source_url="https://paper.example/dam")
    intake.propose(article, at=NOON)
    return article


@pytest.fixture
def first(article):
    return article.candidates.in_reading_order()[0]


@pytest.fixture
def sent(monkeypatch):
    """The articles that a worker was asked to read."""
    asked = []
    monkeypatch.setattr(
        "sources.wire.waking.wake",
        lambda task, *, article_id: asked.append(article_id),
    )
    return asked


def at(article):
    return reverse("desk:article", args=[article.pk])


def filled(candidate, **changed):
    return {
        "statement": intake.wording(candidate),
        "original_wording": "",
        "claimant": candidate.claimant_name,
        "claimant_kind": candidate.claimant_kind,
        "role_at_time": "",
        "said_on": "",
        "said_at_precision": "day",
        "form": candidate.form,
        "language": "en",
        "topics": "",
        **changed,
    }


def test_the_article_stands_beside_its_candidates(as_, ana, article):
    page = as_(ana).get(at(article))

    text = page.content.decode()
    assert page.status_code == 200
    assert len(page.context["cards"]) == article.candidates.count() >= 3
    assert "Ada Quill" in text
    assert 'href="#c1"' in text
    assert 'id="m1"' in text


def test_the_text_is_escaped_wherever_it_stands(as_, ana, article):
    page = as_(ana).get(at(article)).content.decode()

    assert "<early>" not in page
    assert "&lt;early&gt; &amp; slowly" in page


def test_a_candidate_is_accepted_as_it_stands(as_, ana, article, first):
    answer = as_(ana).post(reverse("desk:accept", args=[first.pk]))

    first.refresh_from_db()
    assert answer.status_code == 302
    assert answer.url == at(article) + "#c2"
    assert first.state == CandidateState.ACCEPTED
    assert first.claim.statement == intake.statement(first)
    assert first.claim.citations.get().passage.source == article.source


def test_with_htmx_only_the_card_and_the_counts_come_back(as_, ana, first):
    answer = as_(ana).post(reverse("desk:accept", args=[first.pk]), headers=HTMX)

    text = answer.content.decode()
    assert answer.status_code == 200
    assert "<html" not in text
    assert 'id="c1"' in text
    assert "Accepted" in text
    assert "hx-swap-oob" in text


def test_an_accepted_candidate_names_whom_the_claim_names(as_, ana, article, first):
    desk = as_(ana)
    desk.post(
        reverse("desk:accept", args=[first.pk]),
        filled(first, claimant="Oskar Lind", role_at_time="Councillor"),
    )

    (line,) = [
        part
        for part in desk.get(at(article)).content.decode().split("<li id=")
        if part.startswith('"c1"')
    ]
    assert "<bdi>Oskar Lind</bdi>" in line
    assert "Councillor" in line
    assert "<bdi>Ada Quill</bdi>" not in line


def test_a_candidate_is_edited_and_accepted(as_, ana, first):
    as_(ana).post(
        reverse("desk:accept", args=[first.pk]),
        filled(
            first,
            statement="The dam held through the night",
            claimant="Ada Quill of Ellery",
            claimant_kind="person",
            said_on="2026-03-09",
            topics="water, dams,  water ",
        ),
    )

    claim = Claim.objects.get(statement="The dam held through the night")
    assert claim.claimant.name == "Ada Quill of Ellery"
    assert f"{claim.said_at:%Y-%m-%d}" == "2026-03-09"
    assert claim.topics == ["water", "dams"]


def test_a_known_claimant_is_not_made_twice(as_, ana, first):
    known = Claimant.objects.create(name="A. Quill", kind="person", created_at=NOON)

    as_(ana).post(
        reverse("desk:accept", args=[first.pk]), filled(first, claimant="a. quill")
    )

    first.refresh_from_db()
    assert first.claim.claimant == known


def test_a_form_that_lacks_something_keeps_what_was_typed(as_, ana, first):
    answer = as_(ana).post(
        reverse("desk:accept", args=[first.pk]),
        filled(first, statement="", role_at_time="the mayor of two towns"),
    )

    text = answer.content.decode()
    first.refresh_from_db()
    assert answer.status_code == 422
    assert 'role="alert"' in text
    assert "the mayor of two towns" in text
    assert first.state == CandidateState.PROPOSED


@pytest.mark.parametrize(
    "changed",
    [
        {"statement": "a\x00b"},
        {"statement": "x" * 1_000_000},
        {"claimant": "a\u202eb"},
        {"said_on": "yesterday"},
        {"said_on": "0000-00-00"},
        {"claimant_kind": "robot"},
        {"topics": "x" * 61},
        {"topics": ",".join(map(str, range(30)))},
        {"language": "x" * 36},
    ],
)
def test_odd_input_is_a_form_error(as_, ana, first, changed):
    answer = as_(ana).post(
        reverse("desk:accept", args=[first.pk]), filled(first, **changed)
    )

    assert answer.status_code == 422
    assert not Claim.objects.exists()


def test_the_edit_form_opens_at_the_articles_own_address(as_, ana, article, first):
    desk = as_(ana)

    whole = desk.get(at(article), {"edit": str(first.pk)})
    part = desk.get(at(article), {"edit": str(first.pk)}, headers=HTMX)

    assert 'name="statement"' in whole.content.decode()
    assert 'name="statement"' in part.content.decode()
    assert "<html" not in part.content.decode()


def test_a_likely_duplicate_is_shown_before_it_is_made(as_, ana, article, first):
    twin = a_claim(statement=intake.wording(first))

    page = as_(ana).get(at(article))

    assert page.context["cards"][0].alike == twin
    assert reverse("desk:claim", args=[twin.pk]) in page.content.decode()


def test_a_candidate_is_merged_into_a_tracked_claim(as_, ana, article, first):
    twin = a_claim(statement="The dam held")
    desk = as_(ana)

    offered = desk.get(at(article), {"merge": str(first.pk)})
    desk.post(reverse("desk:merge", args=[first.pk]), {"claim": str(twin.pk)})

    first.refresh_from_db()
    assert twin in offered.context["cards"][0].found
    assert (first.state, first.claim) == (CandidateState.MERGED, twin)


def test_the_claim_to_merge_into_can_be_looked_for(as_, ana, article, first):
    other = a_claim(statement="Gates were opened at dawn")

    page = as_(ana).get(at(article), {"merge": str(first.pk), "q": "gates dawn"})

    assert page.context["cards"][0].found == [other]


@pytest.mark.parametrize(
    "claim", ["", "nonsense", "01a20849-2adb-710b-a60d-9ca3cdec7599"]
)
def test_merging_into_nothing_is_refused(as_, ana, first, claim):
    answer = as_(ana).post(reverse("desk:merge", args=[first.pk]), {"claim": claim})

    assert answer.status_code == 422
    assert "Choose the claim" in answer.content.decode()


def test_a_candidate_is_rejected(as_, ana, first):
    as_(ana).post(reverse("desk:reject", args=[first.pk]))

    first.refresh_from_db()
    assert (first.state, first.decided_by) == (CandidateState.REJECTED, ana)


@pytest.mark.parametrize("verb", ["accept", "reject"])
def test_what_was_decided_is_not_decided_again(as_, ana, first, verb):
    intake.reject(first, by=ana, at=NOON)

    answer = as_(ana).post(reverse(f"desk:{verb}", args=[first.pk]))

    assert answer.status_code == 422
    assert "was rejected before" in answer.content.decode()


def test_a_contributor_sees_the_candidates_without_controls(as_, article, first):
    desk = as_(a_person("contributor"))

    page = desk.get(at(article))
    answer = desk.post(reverse("desk:accept", args=[first.pk]))

    first.refresh_from_db()
    assert reverse("desk:accept", args=[first.pk]) not in page.content.decode()
    assert answer.status_code == 403
    assert first.state == CandidateState.PROPOSED


def test_an_article_that_waits_says_so_and_asks_again(as_, ana):
    address = at(an_article(TEXT))
    page = as_(ana).get(address).content.decode()
    again = as_(ana).get(address, {"live": "1"}, headers=HTMX)

    assert again.status_code == 204
    assert "A worker is reading the article" in page
    assert 'data-every="2"' in page


def test_an_article_that_could_not_be_read_says_why(as_, ana):
    article = an_article(TEXT)
    type(article).objects.update(problem="Reading broke off several times.")

    page = as_(ana).get(at(article)).content.decode()

    assert "Reading broke off several times." in page
    assert 'data-every="2"' not in page


def test_an_article_that_could_not_be_read_is_tried_again(
    as_, ana, sent, django_capture_on_commit_callbacks
):
    article = an_article(TEXT)
    type(article).objects.update(problem="Reading broke off several times.", attempts=4)
    assert "Try again" in as_(ana).get(at(article)).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        answer = as_(ana).post(reverse("desk:read-again", args=[article.pk]))

    article.refresh_from_db()
    assert (answer.status_code, article.problem) == (302, "")
    assert sent == [str(article.pk)]


def test_what_was_decided_is_not_read_away(as_, ana, article, first, sent):
    intake.reject(first, by=ana, at=NOON)

    answer = as_(ana).post(reverse("desk:read-again", args=[article.pk]), follow=True)

    assert "Something was decided about its candidates" in answer.content.decode()
    assert sent == []


def test_a_contributor_has_nothing_read_again(as_, article, sent):
    as_(a_person("contributor")).post(reverse("desk:read-again", args=[article.pk]))

    article.refresh_from_db()
    assert article.read_at is not None
    assert sent == []


def test_who_read_an_article_is_said(as_, ana, article):
    plain = as_(ana).get(at(article)).content.decode()
    change = type(article).objects.update
    change(reader="endpoint", model="oracle-1", thrown_away=2)
    read = as_(ana).get(at(article)).content.decode()
    change(reader="built_in", why_not="late")
    instead = as_(ana).get(at(article)).content.decode()

    assert "oracle-1" not in plain
    assert "Read it again" not in plain + read
    assert "Read by the model that is plugged in." in read
    assert 'title="oracle-1"' in read
    assert "2 statements that do not stand there were thrown away." in read
    assert "read this article in the place of the model that is plugged in" in instead
    assert "It did not answer in time." in instead
    assert "Read it again" in instead


def test_how_far_a_model_has_come_is_shown_and_followed(as_, ana):
    article = an_article(TEXT)
    type(article).objects.update(parts=5, parts_read=2)

    page = as_(ana).get(at(article)).content.decode()
    again = as_(ana).get(at(article), {"live": "1"}, headers=HTMX)

    assert "Part 3 of 5" in page
    assert 'value="2" max="5"' in page
    assert again.status_code == 200


def test_for_readers_and_unknown_keys_there_is_no_article(as_, ana, article):
    unknown = reverse("desk:article", args=["01a20849-2adb-710b-a60d-9ca3cdec7599"])

    assert as_(ana).get(unknown).status_code == 404
    assert as_(a_person("reader")).get(at(article)).status_code == 404


def test_the_page_asks_a_fixed_number_of_questions(
    as_, ana, django_assert_max_num_queries
):
    sentences = "\n".join(f'"Dam {n} held," Mayor Quill {n} said.' for n in range(40))
    article = an_article(sentences)
    intake.propose(article, at=NOON)
    desk = as_(ana)

    with django_assert_max_num_queries(10):
        desk.get(at(article))

    assert Candidate.objects.count() >= 30


def test_candidates_wait_for_those_who_may_decide_them(as_, ana, article):
    waiting = article.candidates.count()

    contributor = as_(a_person("contributor")).get(at(article)).content.decode()
    reviewer = as_(ana).get(at(article)).content.decode()

    assert f"{waiting} wait for reviewers" in contributor
    assert f"{waiting} wait for you" in reviewer
