"""What is typed into the form of a candidate, a citation or a reason is kept as well."""

import re

import pytest
from django.urls import reverse

from claims import intake
from claims.models import Claim, Draft
from claims.vocabulary import CandidateState
from tests.factories import NOON, a_claim, an_article, an_assessment

HTMX = {"HX-Request": "true"}


@pytest.fixture
def candidate(db):
    article = an_article('"The dam held," Mayor Ada Quill said.', title="The dam")
    intake.propose(article, at=NOON)
    return article.candidates.get()


@pytest.fixture
def assessment(db):
    return an_assessment(a_claim())


def edit(desk, candidate, **options):
    address = reverse("desk:article", args=[candidate.article_id])
    return desk.get(address, {"edit": str(candidate.pk)}, **options).content.decode()


def filled(candidate, **changed):
    return {
        "statement": "The dam held through the night.",
        "original_wording": "The dam held",
        "claimant": candidate.claimant_name,
        "claimant_kind": candidate.claimant_kind,
        "said_at_precision": "day",
        "form": candidate.form,
        "language": "en",
        **changed,
    }


def steering(page, name):
    """What the form's part of the page sends besides its fields."""
    part = re.search(
        rf'<div class="draft" data-draft="[^"]*:{name}".*?</div>', page, re.S
    )
    return dict(re.findall(r'name="(draft_\w+)" value="([^"]*)"', part[0]))


def test_the_words_of_a_candidate_are_kept_while_they_are_typed(as_, ana, candidate):
    desk, name = as_(ana), f"candidate:{candidate.pk}"
    sent = steering(edit(desk, candidate), name) | filled(candidate)

    desk.post(reverse("desk:drafts"), sent, headers=HTMX)

    assert "The dam held through the night." in edit(desk, candidate)
    assert "The dam held through the night." in edit(desk, candidate, headers=HTMX)


def test_they_are_let_go_once_the_candidate_is_accepted(as_, ana, candidate):
    desk, name = as_(ana), f"candidate:{candidate.pk}"
    sent = steering(edit(desk, candidate), name) | filled(candidate)
    desk.post(reverse("desk:drafts"), sent, headers=HTMX)

    desk.post(reverse("desk:accept", args=[candidate.pk]), sent)

    candidate.refresh_from_db()
    assert candidate.state == CandidateState.ACCEPTED
    assert not Draft.objects.exists()


def test_they_are_shown_where_the_article_was_read_again_meanwhile(as_, ana, candidate):
    desk, at = as_(ana), reverse("desk:accept", args=[candidate.pk])
    intake.read_again(candidate.article, by=ana)

    first = desk.post(at, filled(candidate))
    later = desk.get(at)

    for answer in (first, later):
        page = answer.content.decode()
        assert answer.status_code == 404
        assert "Its article was read once more meanwhile." in page
        assert "The dam held through the night." in page
    assert not Claim.objects.exists()


def test_they_are_nobody_elses(as_, ana, ben, candidate):
    at = reverse("desk:accept", args=[candidate.pk])
    intake.read_again(candidate.article, by=ana)
    as_(ana).post(at, filled(candidate))

    answer = as_(ben).get(at)

    assert answer.status_code == 404
    assert "The dam held" not in answer.content.decode()


def test_who_was_signed_out_meanwhile_finds_them_as_well(as_, ana, candidate, client):
    sent = steering(edit(as_(ana), candidate), f"candidate:{candidate.pk}")
    at = reverse("desk:accept", args=[candidate.pk])
    intake.read_again(candidate.article, by=ana)

    client.logout()
    client.post(at, sent | filled(candidate))
    client.force_login(ana)

    assert "The dam held through the night." in client.get(at).content.decode()


def test_whoever_was_signed_out_finds_them_in_the_form_again(
    as_, ana, candidate, client
):
    desk, name = as_(ana), f"candidate:{candidate.pk}"
    sent = steering(edit(desk, candidate), name) | filled(candidate)
    desk.logout()

    answer = desk.post(reverse("desk:accept", args=[candidate.pk]), sent)
    kept = dict(desk.session.items())
    desk.force_login(ana)
    session = desk.session
    session.update({key: kept[key] for key in ("kept_texts",)})
    session.save()
    page = desk.get(reverse("desk:accept", args=[candidate.pk]), follow=True)

    candidate.refresh_from_db()
    assert answer.url.endswith(f"next=/desk/candidates/{candidate.pk}/accept/")
    assert "The dam held through the night." in page.content.decode()
    assert candidate.state == CandidateState.PROPOSED


@pytest.mark.parametrize(
    ("name", "address", "fields"),
    [
        (
            "citation",
            "cite_for",
            {
                "url": "https://paper.example/a",
                "exact": "a halved sentence of mine",
                "role": "said_here",
            },
        ),
        ("take_back", "take_back", {"reason": "a halved sentence of mine"}),
    ],
)
def test_the_forms_beside_an_assessment_keep_what_is_typed(
    as_, ana, assessment, name, address, fields
):
    desk, form = as_(ana), f"{name}:{assessment.pk}"
    page = reverse("desk:amend", args=[assessment.pk])
    sent = steering(desk.get(page).content.decode(), form) | fields

    saved = desk.post(
        reverse("desk:draft", args=[assessment.claim_id]), sent, headers=HTMX
    )
    shown = desk.get(page).content.decode()
    desk.post(reverse(f"desk:{address}", args=[assessment.pk]), sent)

    assert saved.status_code == 200
    assert "a halved sentence of mine" in shown
    assert not Draft.objects.exists()


def test_a_text_from_another_window_leads_to_where_its_form_stands(
    as_, ana, assessment
):
    desk, form = as_(ana), f"take_back:{assessment.pk}"
    address = reverse("desk:draft", args=[assessment.claim_id])
    sent = {"draft_form": form, "draft_person": str(ana.pk), "draft_edition": "0"}
    desk.post(address, {**sent, "draft_page": "a" * 32, "reason": "One."})

    answer = desk.post(address, {**sent, "draft_page": "b" * 32, "reason": "Two."})

    assert answer.status_code == 409
    assert reverse("desk:amend", args=[assessment.pk]) in answer.content.decode()
