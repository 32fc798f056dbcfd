"""What is kept is not in the language of whoever happened to click."""

import pytest
from django.utils.translation import override

from claims import document, workflow
from claims.errors import MoveRefused
from claims.models import Article, Move
from claims.tasks import propose_candidates
from claims.vocabulary import ClaimStatus, Verdict
from tests.factories import NOON, a_claim, a_person, an_article

pytestmark = pytest.mark.django_db


def test_the_house_notes_an_undone_publication_in_english_and_tells_it_in_any():
    move = Move(note="Undone before readers saw it.")

    with override("ar"):
        told = move.told

    assert told == "تم التراجع عنه قبل أن يراه القراء."
    assert move.told == move.note


def test_what_somebody_noted_stays_as_they_wrote_it():
    with override("ar"):
        assert Move(note="Published").told == "Published"


def test_claimreview_reads_the_same_whoever_asks_for_it():
    claim = a_claim(ClaimStatus.PUBLISHED)
    review = claim.reviews.get()
    english = document.claim_review(claim, review, at=NOON)

    with override("ar"):
        arabic = document.claim_review(claim, review, at=NOON)

    assert arabic == english
    assert english["reviewRating"]["alternateName"] == "False"


def test_why_an_article_was_given_up_is_kept_in_english():
    article = an_article()
    Article.objects.filter(pk=article.pk).update(attempts=4)

    with override("ar"):
        propose_candidates(article_id=str(article.pk))

    article.refresh_from_db()
    assert article.problem.startswith("Reading broke off several times.")


def test_a_refusal_is_told_in_the_language_of_whoever_is_refused():
    claim = a_claim(ClaimStatus.PUBLISHED)

    with override("ar"), pytest.raises(MoveRefused, match="لا يمكن تثبيت ادعاء"):
        workflow.reaffirm(claim, by=a_person("editor"), at=NOON, note="It stands.")


def test_each_verdict_has_a_word_of_its_own_in_arabic():
    with override("ar"):
        words = [str(verdict.label) for verdict in Verdict]

    assert len(set(words)) == len(Verdict)
    assert words[0] == "صحيح"
