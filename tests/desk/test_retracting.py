"""Withdrawing what was published: the page that would remain comes first."""

import pytest
from django.urls import reverse

from claims import workflow
from claims.models import Correction, Draft
from claims.vocabulary import ClaimStatus
from tests.factories import NOON, a_claim, a_person

NOTE = "The quotation was invented: nobody said it."


@pytest.fixture
def claim(db):
    return a_claim(ClaimStatus.PUBLISHED)


@pytest.fixture
def desk(as_, olga):
    return as_(olga)


def at(claim, name="retract"):
    return reverse(f"desk:{name}", args=[claim.pk])


def status(claim):
    claim.refresh_from_db()
    return claim.status


def sent_from(page):
    """What the form on the page that would remain sends."""
    notice = page.context["notice"]
    return {"reason": notice.note, "known": str(notice.review_from.pk)}


def test_a_note_is_shown_before_anything_is_withdrawn(desk, claim):
    answer = desk.post(at(claim), {"reason": NOTE})
    page = desk.get(answer.url)

    text = page.content.decode()
    assert answer.url == at(claim)
    assert "Withdrawn on" in text
    assert "The desk no longer stands behind what it found." in text
    assert text.count(NOTE) == 2  # once to read, once to send
    assert status(claim) == ClaimStatus.PUBLISHED
    assert not Correction.objects.exists()


def test_sent_from_there_it_is_withdrawn(desk, olga, claim):
    desk.post(at(claim), {"reason": NOTE})
    desk.post(at(claim), sent_from(desk.get(at(claim))))

    assert status(claim) == ClaimStatus.RETRACTED
    assert Correction.objects.get(claim=claim).note == NOTE
    assert not Draft.objects.filter(author=olga).exists()


def test_what_readers_then_see_is_what_was_shown(desk, claim):
    desk.post(at(claim), {"reason": NOTE})
    shown = desk.get(at(claim))
    desk.post(at(claim), sent_from(shown))

    public = desk.get(claim.get_absolute_url()).content.decode()

    def notice(text):
        return text.split('<section class="notice notice-bad"')[1].split("</section>")[
            0
        ]

    assert notice(public) == notice(shown.content.decode())


def test_the_note_is_kept_as_a_draft_for_its_writer_alone(as_, desk, olga, claim):
    desk.post(at(claim), {"reason": NOTE})

    draft = Draft.objects.get(claim=claim)
    assert (draft.author, draft.form, draft.fields) == (
        olga,
        "retract",
        {"reason": NOTE},
    )
    assert NOTE in desk.get(at(claim, "claim")).content.decode()
    other = as_(a_person("editor")).get(at(claim), follow=True).content.decode()
    assert NOTE not in other
    assert "Write the note for readers first." in other


def test_another_version_published_meanwhile_is_not_withdrawn_unseen(desk, claim):
    desk.post(at(claim), {"reason": NOTE})

    answer = desk.post(at(claim), sent_from(desk.get(at(claim))) | {"known": "another"})

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Another version was published after you opened this page." in text
    assert NOTE in text
    assert status(claim) == ClaimStatus.PUBLISHED


def test_what_somebody_else_has_withdrawn_is_not_withdrawn_again(desk, claim):
    desk.post(at(claim), {"reason": NOTE})
    sent = sent_from(desk.get(at(claim)))
    workflow.retract(claim, by=a_person("editor"), at=NOON, note="A hoax.")

    answer = desk.post(at(claim), sent)

    assert answer.status_code == 422
    assert "cannot be retracted" in answer.content.decode()
    assert Correction.objects.get(claim=claim).note == "A hoax."


def test_nothing_published_leads_back_to_the_claim(desk):
    claim = a_claim(ClaimStatus.IN_REVIEW)

    page = desk.get(at(claim), follow=True)

    assert page.redirect_chain[-1][0] == at(claim, "claim")
    assert "Nothing is published here" in page.content.decode()


def test_a_reviewer_does_not_withdraw(as_, ana, claim):
    desk = as_(ana)

    assert desk.get(at(claim)).status_code == 403
    assert desk.post(at(claim), {"reason": NOTE, "known": "x"}).status_code == 403
    assert status(claim) == ClaimStatus.PUBLISHED
