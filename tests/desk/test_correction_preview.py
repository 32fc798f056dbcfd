"""What a correction brings with it is shown before it goes out: the note, and each change."""

import pytest
from django.urls import reverse

from claims import workflow
from claims.vocabulary import ClaimStatus, Verdict
from tests.factories import NOON, a_claim

NOTE = "We had counted one hall twice; there are two."


@pytest.fixture
def claim(ana):
    return a_claim(ClaimStatus.CORRECTING, writer=ana, verdict=Verdict.FALSE)


def at(claim, name="preview"):
    return reverse(f"desk:{name}", args=[claim.pk])


def a_correction(**changed):
    return {
        "verdict": "misleading",
        "summary": "Satellite images show three halls without a roof.",
        "explanation": "Three sets of images were compared.\nOne more came in May.",
        "correction_kind": "correction",
        "correction_note": NOTE,
        **changed,
    }


def preview(desk, claim, **changed):
    """The page that the writer is led to."""
    sent = a_correction(**changed) | {"do": "preview"}
    answer = desk.post(at(claim, "review"), sent)
    return desk.get(answer.url).content.decode()


def test_the_note_stands_there_as_readers_will_see_it(as_, ana, claim):
    page = preview(as_(ana), claim)

    notice = page.split('id="notice-title"')[1].split("</section>")[0]
    assert "Correction" in notice
    assert NOTE in notice
    assert notice.index("False") < notice.index("became") < notice.index("Misleading")


def test_every_text_that_changes_is_shown_word_by_word(as_, ana, claim):
    page = preview(as_(ana), claim)

    changes = page.split('id="changes-title"')[1].split("</section>")[0]
    assert '<del class="weighty">two</del>' in changes
    assert '<ins class="weighty">three</ins>' in changes
    assert "<ins>One more came in May.</ins>" in changes


def test_a_text_that_stays_is_said_to_stay(as_, ana, claim):
    page = preview(as_(ana), claim, explanation="Three sets of images were compared.")

    assert "Stays as it is." in page


@pytest.mark.parametrize("missing", ["correction_kind", "correction_note"])
def test_a_note_that_is_missing_is_named(as_, ana, claim, missing):
    page = preview(as_(ana), claim, **{missing: ""})

    assert "The note for readers is missing" in page


def test_with_no_note_at_all_it_is_said_what_to_write(as_, ana, claim):
    page = preview(as_(ana), claim, correction_kind="", correction_note="")

    assert "There is no note for readers yet" in page


def test_a_first_version_has_no_note(as_, ana):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)

    page = preview(as_(ana), claim)

    assert 'id="notice-title"' not in page
    assert 'id="changes-title"' not in page


def test_an_arbiter_reads_the_note_that_goes_out(as_, ana, ben, cleo, claim):
    as_(ana).post(at(claim, "review"), a_correction(do="submit"))
    workflow.second(claim, verdict=Verdict.TRUE, by=ben, at=NOON)

    assert NOTE in as_(cleo).get(at(claim, "claim")).content.decode()


def test_the_second_reviewer_does_not_read_it_before_their_verdict(
    as_, ana, ben, claim
):
    as_(ana).post(at(claim, "review"), a_correction(do="submit"))

    assert NOTE not in as_(ben).get(at(claim, "claim")).content.decode()
