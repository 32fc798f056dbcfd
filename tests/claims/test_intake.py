"""From an article to candidates, and from candidates to claims."""

from datetime import timedelta

import pytest

from claims import intake, reading
from claims.errors import AlreadyDecided, ArticleRefused, MoveRefused
from claims.models import Article, Candidate, Claim
from tests.factories import NOON, a_claim, a_person, an_article

pytestmark = pytest.mark.django_db

DAM = (
    "The reservoir above Brenn lost a third of its water on Monday.\n"
    '"The dam held," Mayor Ada Quill said, "and nobody was in danger."\n'
    "Tomas Reyl of the River Board said the wall had cracked in two places."
)


def proposed(text=DAM, **fields):
    article = an_article(text, **fields)
    return article, intake.propose(article, at=NOON)


def test_an_article_is_read_into_candidates_with_their_exact_places():
    article, candidates = proposed()

    assert len(candidates) == 2
    for candidate in candidates:
        assert article.text[candidate.start : candidate.end] == candidate.text
    assert [c.claimant_name for c in candidates] == ["Ada Quill", "Tomas Reyl"]


def test_an_article_given_twice_is_one_article_with_one_set_of_candidates():
    article, candidates = proposed()

    again, same = proposed()

    assert again == article
    assert same == candidates


def test_accepting_makes_the_claim_the_passage_and_the_citation():
    _, (split, _) = proposed(source_url="https://paper.example/dam")

    claim = intake.accept(split, by=a_person(), at=NOON)

    assert claim.claimant.name == "Ada Quill"
    citation = claim.citations.get()
    assert citation.role == "said_here"
    assert citation.passage.exact == ('"The dam held," […] "and nobody was in danger."')
    assert citation.passage.source.canonical_url == "https://paper.example/dam"


def test_a_claim_states_the_words_without_the_marks_of_their_sentence():
    _, candidates = proposed()
    ana = a_person()

    split, told = (intake.accept(each, by=ana, at=NOON) for each in candidates)

    assert split.statement == "The dam held, and nobody was in danger."
    assert told.statement == "the wall had cracked in two places"
    assert not split.was_reworded
    assert not told.was_reworded


def test_an_editor_may_change_what_was_proposed():
    _, (_, crack) = proposed()

    claim = intake.accept(
        crack, by=a_person(), at=NOON, statement="Cracks run through the wall."
    )

    assert claim.statement == "Cracks run through the wall."
    assert claim.original_wording == crack.text
    assert claim.was_reworded


def test_a_candidate_is_decided_once():
    _, (first, second) = proposed()
    ana, claim = a_person(), a_claim()
    intake.reject(first, by=ana, at=NOON)
    intake.merge(second, claim, by=ana, at=NOON)

    for candidate in (first, second):
        with pytest.raises(AlreadyDecided):
            intake.accept(candidate, by=ana, at=NOON)

    assert Candidate.objects.get(pk=second.pk).claim == claim
    assert Claim.objects.count() == 1


@pytest.mark.parametrize("status", ["dismissed", "retracted"])
def test_nothing_is_merged_into_a_claim_that_is_tracked_no_more(status):
    _, (candidate, _) = proposed()

    with pytest.raises(MoveRefused):
        intake.merge(candidate, a_claim(status), by=a_person(), at=NOON)

    candidate.refresh_from_db()
    assert candidate.state == "proposed"


@pytest.mark.parametrize(
    "text",
    ["", " \n ", "nul \x00 here", "\ud800", "x" * 1_000_001],
    ids=["empty", "blank", "nul", "surrogate", "long"],
)
def test_a_text_that_cannot_be_read_is_refused_whole(text):
    with pytest.raises(ArticleRefused):
        intake.add_article(text=text, by=a_person(), at=NOON)

    assert not Article.objects.exists()


def test_an_article_that_kills_its_readers_is_given_up_and_says_so():
    article = an_article()

    tries = []
    for hour in range(reading.MAX_ATTEMPTS + 1):
        now = NOON + timedelta(hours=hour)
        tries.append(reading.begin_reading(article, now=now))

    article.refresh_from_db()
    assert tries == [True] * reading.MAX_ATTEMPTS + [False]
    assert "broke off" in article.problem
    assert article not in Article.objects.waiting()


def test_an_article_is_read_by_one_worker_at_a_time():
    article = an_article()

    assert reading.begin_reading(article, now=NOON)
    assert not reading.begin_reading(article, now=NOON)
    assert article not in Article.objects.unattended(NOON)


def test_a_worker_that_died_gives_way_to_another():
    article, later = an_article(), NOON + reading.SILENCE
    reading.begin_reading(article, now=NOON)

    assert article in Article.objects.unattended(later)
    assert reading.begin_reading(article, now=later)


def test_what_was_read_is_not_read_again_by_itself():
    article, _ = proposed()

    assert not reading.begin_reading(article, now=NOON)


def test_an_article_is_read_again_when_somebody_wants_it():
    article, before = proposed()

    intake.read_again(article, by=a_person())
    after = intake.propose(article, at=NOON)

    assert [each.text for each in after] == [each.text for each in before]
    assert {each.pk for each in after}.isdisjoint(each.pk for each in before)


def test_an_article_that_was_given_up_is_read_again_when_somebody_wants_it():
    article = an_article()
    Article.objects.filter(pk=article.pk).update(problem="It broke off.", attempts=4)

    article = intake.read_again(article, by=a_person())

    assert reading.begin_reading(article, now=NOON)


def test_what_was_decided_about_candidates_is_not_thrown_away():
    article, [first, *_] = proposed()
    intake.reject(first, by=a_person(), at=NOON)

    with pytest.raises(AlreadyDecided):
        intake.read_again(article, by=a_person())

    assert Candidate.objects.filter(pk=first.pk).exists()
