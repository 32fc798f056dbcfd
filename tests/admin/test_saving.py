"""What is saved in the panel goes through the operations, and keeps their rules."""

import pytest

from claims.models import (
    Assessment,
    Claim,
    Claimant,
    Move,
    Review,
)
from claims.vocabulary import ClaimStatus
from tests.admin.answers import messages_of
from tests.admin.forms import filled
from tests.admin.rooms import MODELS, address, furnish
from tests.factories import (
    a_citation,
    a_claim,
    a_claimant,
    a_person,
    an_assessment,
)

pytestmark = pytest.mark.django_db


# --- Claims -------------------------------------------------------------------


def test_a_claim_is_written_down_with_what_contradicts_it_and_where_it_stands(
    client, editor
):
    iran, parsi = a_claimant("Iran", "government"), a_claimant("T. Parsi")
    page = address("claims.claim", "add")
    form = filled(client.get(page)) | {
        "statement": "The strike did minimal damage.",
        "claimant": str(iran.pk),
        "topics": "strikes\n\niran ",
        "assessments-TOTAL_FORMS": "1",
        "assessments-0-assessor": str(parsi.pk),
        "assessments-0-stance": "explains_away",
        "assessments-0-statement": "They want to de-escalate.",
        "assessments-0-said_at_precision": "day",
        "citations-TOTAL_FORMS": "1",
        "citations-0-url": "https://Paper.example/strike#top",
        "citations-0-exact": "minimal damage",
        "citations-0-role": "said_here",
    }

    answer = client.post(page, form, follow=True)

    claim = Claim.objects.get()
    assert claim.status == ClaimStatus.NEW
    assert (claim.created_by, claim.topics) == (editor, ["strikes", "iran"])
    assessment = claim.assessments.get()
    assert (assessment.state, assessment.decided_by) == ("confirmed", editor)
    passage = claim.citations.get().passage
    assert passage.exact == "minimal damage"
    assert passage.source.canonical_url == "https://paper.example/strike"
    assert str(claim.pk) not in messages_of(answer).replace(f"/{claim.pk}/", "")
    moments = {claim.created_at, assessment.created_at, passage.added_at}
    assert len(moments) == 1, "one reading of the clock for one request"


def test_no_form_changes_where_a_claim_stands(client, superuser):
    """Not with any field that a person might think of to send."""
    for status in (ClaimStatus.NEW, ClaimStatus.SECOND_REVIEW):
        claim = a_claim(status)
        page = address("claims.claim", "change", claim.pk)
        form = filled(client.get(page)) | {
            "status": "published",
            "assigned_to": str(superuser.pk),
            "moved_at_0": "2026-01-01",
            "version": "40",
            "reviews-TOTAL_FORMS": "1",
            "reviews-0-verdict": "true",
            "reviews-0-written_by": str(superuser.pk),
            "reviews-0-published_at_0": "2026-01-01",
            "moves-TOTAL_FORMS": "1",
            "moves-0-to_status": "published",
            "moves-0-at_0": "2026-01-01",
            "role_at_time": "mayor",
        }
        before = Review.objects.count(), Move.objects.count()

        answer = client.post(page, form)

        assert answer.status_code in {200, 302}
        claim.refresh_from_db()
        assert claim.status == status
        assert (Review.objects.count(), Move.objects.count()) == before
        assert not Review.objects.published().exists()


def test_a_claim_does_not_enter_as_published(client, superuser):
    page = address("claims.claim", "add")
    form = filled(client.get(page)) | {
        "statement": "The dam held.",
        "claimant": str(a_claimant().pk),
        "status": "published",
    }

    client.post(page, form)

    assert Claim.objects.get().status == ClaimStatus.NEW


def test_a_record_is_neither_added_to_nor_changed_nor_deleted(client, superuser):
    furnish()
    for model in (
        "claims.review",
        "claims.move",
        "claims.correction",
        "claims.citation",
        "claims.candidate",
        "sources.check",
        "sources.snapshot",
        "sources.passage",
        "sources.sighting",
        "auth.group",
    ):
        key = client.get(address(model)).context["cl"].result_list[0].pk
        for page in (
            address(model, "add"),
            address(model, "change", key),
            address(model, "delete", key),
        ):
            answer = client.post(page, {"post": "yes", "note": "x"})
            assert answer.status_code == 403, page


def test_nothing_is_deleted_by_the_dozen(client, superuser):
    furnish()
    for model in MODELS:
        listed = client.get(address(model)).context["cl"]
        keys = [str(row.pk) for row in listed.result_list]

        client.post(
            address(model),
            {"action": "delete_selected", "_selected_action": keys, "post": "yes"},
        )

        again = client.get(address(model)).context["cl"]
        assert again.result_count == listed.result_count, model


def test_a_claim_that_was_worked_on_offers_no_deletion(client, superuser):
    claim = a_claim(ClaimStatus.PUBLISHED)

    page = client.get(address("claims.claim", "change", claim.pk))

    assert "deletelink" not in page.content.decode()
    delete = client.post(address("claims.claim", "delete", claim.pk), {"post": "yes"})
    assert delete.status_code == 403


def test_a_refused_deletion_says_what_stands_in_the_way(client, editor):
    claimant = a_claim().claimant

    answer = client.post(
        address("claims.claimant", "delete", claimant.pk), {"post": "yes"}
    )

    assert "would require deleting" in answer.content.decode()
    assert Claimant.objects.filter(pk=claimant.pk).exists()


def test_a_citation_is_taken_out_until_readers_have_seen_it(client, editor):
    claim = a_claim()
    a_citation(claim)
    page = address("claims.claim", "change", claim.pk)
    form = filled(client.get(page))
    form |= {
        "citations-0-DELETE": "on",
        "citations-0-id": str(claim.citations.get().pk),
    }
    assert client.post(page, form).status_code == 302
    assert not claim.citations.exists()

    public = a_claim(ClaimStatus.PUBLISHED)
    page = address("claims.claim", "change", public.pk)
    form = filled(client.get(page)) | {
        "citations-0-DELETE": "on",
        "citations-0-id": str(public.citations.get().pk),
    }
    client.post(page, form)

    assert public.citations.exists()


def test_a_claims_list_takes_it_over_and_sets_it_aside(client, editor):
    claim, published = a_claim(), a_claim(ClaimStatus.PUBLISHED)
    keys = [str(claim.pk), str(published.pk)]
    listing = address("claims.claim")

    client.post(listing, {"action": "assign_to_me", "_selected_action": keys[:1]})
    claim.refresh_from_db()
    assert (claim.assigned_to, claim.status) == (editor, ClaimStatus.IN_REVIEW)

    ask = client.post(listing, {"action": "dismiss", "_selected_action": keys})
    assert "reason" in filled(ask)
    done = client.post(
        listing,
        {"action": "dismiss", "_selected_action": keys, "reason": "An opinion."},
        follow=True,
    )

    claim.refresh_from_db()
    assert claim.status == ClaimStatus.DISMISSED
    assert claim.moves.filter(note="An opinion.").exists()
    assert Claim.objects.get(pk=published.pk).status == ClaimStatus.PUBLISHED
    assert "1 dismissed." in messages_of(done)
    assert "cannot become dismissed" in messages_of(done)


def test_a_reason_that_is_none_is_asked_for_again(client, editor):
    claim = a_claim()

    for reason in (" ", "bad\u202ereason", "x" * 3_000):
        answer = client.post(
            address("claims.claim"),
            {
                "action": "dismiss",
                "_selected_action": [str(claim.pk)],
                "reason": reason,
            },
        )
        assert answer.status_code == 200
        assert "errorlist" in answer.content.decode()
    assert Claim.objects.get(pk=claim.pk).status == ClaimStatus.NEW


def test_a_claimant_is_written_down(client, editor):
    page = address("claims.claimant", "add")
    form = filled(client.get(page)) | {
        "name": "Ada Quill",
        "kind": "person",
        "aliases": "The mayor\nA. Quill",
        "same_as": "https://people.example/quill",
    }

    client.post(page, form)

    claimant = Claimant.objects.get()
    assert claimant.aliases == ["The mayor", "A. Quill"]
    assert claimant.same_as == ["https://people.example/quill"]


# --- What others say ----------------------------------------------------------


def test_suggested_assessments_are_confirmed_and_rejected_once(client, editor):
    claim = a_claim()
    one = an_assessment(claim, by=a_person("contributor"))
    two = an_assessment(claim, by=a_person("contributor"))
    listing = address("claims.assessment")

    for action, row in (("confirm_suggested", one), ("reject_suggested", two)):
        client.post(listing, {"action": action, "_selected_action": [str(row.pk)]})
    late = client.post(
        listing,
        {"action": "reject_suggested", "_selected_action": [str(one.pk)]},
        follow=True,
    )

    states = Assessment.objects.in_bulk([one.pk, two.pk])
    assert states[one.pk].state == "confirmed"
    assert states[one.pk].decided_by == editor
    assert states[two.pk].state == "rejected"
    assert "was confirmed before" in messages_of(late)


def test_an_assessment_is_written_down_and_cites_its_page(client, editor):
    claim = a_claim(ClaimStatus.PUBLISHED)
    page = address("claims.assessment", "add")
    form = filled(client.get(page)) | {
        "claim": str(claim.pk),
        "assessor": str(a_claimant().pk),
        "stance": "contradicts",
        "statement": "Two halls have no roof.",
        "citations-2-TOTAL_FORMS": "1",
        "citations-2-0-url": "https://paper.example/roofs",
        "citations-2-0-exact": "no roof",
        "citations-2-0-role": "said_here",
    }

    client.post(page, form)

    assessment = claim.assessments.get()
    assert assessment.citations.get().passage.exact == "no roof"
    # It contradicts what is published, so the claim is back at the desk.
    assert Claim.objects.get(pk=claim.pk).status == ClaimStatus.RECHECK
