"""Until both verdicts are in, the panel shows nobody what a review found."""

import json
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from claims import editing, workflow
from claims.models import Citation, Review
from claims.vocabulary import ClaimStatus
from sources.models import Capture, Check, Host, LostPage, Robots
from sources.vocabulary import Outcome, RobotsStanding
from tests.admin.rooms import MODELS, address
from tests.factories import NOON, a_claim, a_person, seen_intact

pytestmark = pytest.mark.django_db

SUMMARY = "Zinnober pictures show two halls without a roof."
EXPLANATION = "Quartzite sets of images were compared."
SECRETS = ("Zinnober", "Quartzite", "Most of it holds", "mostly_true", "chip verdict-")


@pytest.fixture
def writer():
    return a_person("editor", "wanda")


@pytest.fixture
def claim(writer):
    """A claim whose first verdict waits for the second."""
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=writer)
    workflow.write_review(
        claim,
        verdict="mostly_true",
        summary=SUMMARY,
        explanation=EXPLANATION,
        by=writer,
        at=NOON,
    )
    workflow.submit(claim, by=writer, at=NOON)
    review = claim.reviews.get()
    citation = editing.cite(
        review,
        url="https://proof.example/evidence",
        exact="Most of it holds",
        role="evidence_for",
        by=writer,
        at=NOON,
    )
    seen_intact(citation.passage)
    return claim


@pytest.fixture(params=["editor", "superuser"])
def somebody(request):
    """Whoever looks, signed in."""
    return request.getfixturevalue(request.param)


def assert_nothing_told(answer):
    # The list of claims offers every verdict to filter the published ones by.
    text = answer.content.decode().replace("?verdict=mostly_true", "")
    for secret in SECRETS:
        assert secret not in text, secret


def test_no_page_about_it_tells(client, somebody, claim):
    review = claim.reviews.get()

    for page in (
        address("claims.review"),
        address("claims.review", "change", review.pk),
        address("claims.review", "history", review.pk),
        address("claims.claim"),
        address("claims.claim", "change", claim.pk),
        address("claims.claim", "history", claim.pk),
        address("claims.claim", "delete", claim.pk),
        address("claims.move"),
        address("claims.correction"),
        address("claims.citation"),
        reverse("admin:index"),
    ):
        assert_nothing_told(client.get(page, follow=True))


def test_its_evidence_is_not_among_the_citations(client, somebody, claim):
    evidence = Citation.objects.get(review__claim=claim)

    listed = client.get(address("claims.citation"), {"q": "holds"})
    opened = client.get(address("claims.citation", "change", evidence.pk), follow=True)

    assert evidence.pk not in {c.pk for c in listed.context["cl"].result_list}
    assert_nothing_told(opened)


def test_its_evidence_is_not_among_the_watched_words(client, somebody, claim):
    passage = Citation.objects.get(review__claim=claim).passage

    for page in (
        address("sources.passage"),
        address("sources.passage", "change", passage.pk),
        address("sources.sighting"),
        address("sources.source", "change", passage.source_id),
    ):
        assert_nothing_told(client.get(page, follow=True))


def test_a_page_that_nothing_else_cites_is_not_among_the_sources(
    client, somebody, claim, writer
):
    source = Citation.objects.get(review__claim=claim).passage.source
    snapshot = source.snapshots.get()
    pages = {
        "sources.source": source,
        "sources.snapshot": snapshot,
        "sources.check": Check.objects.create(
            source=source,
            lease_token=uuid4(),
            started_at=NOON,
            duration_ms=120,
            outcome=Outcome.CHANGED,
            snapshot=snapshot,
        ),
        "sources.capture": Capture.objects.create(
            source=source, lease_token=uuid4(), fetched_at=NOON, answer={}
        ),
        "sources.host": Host.objects.create(name=source.host),
        "sources.robots": Robots.objects.create(
            origin=f"https://{source.host}:8443",
            standing=RobotsStanding.UNREACHABLE,
            fetched_at=NOON,
            standing_since=NOON,
        ),
        "sources.lostpage": LostPage.objects.create(
            origin=f"https://{source.host}", folder="/", seen_at=NOON
        ),
    }

    for model, row in pages.items():
        listed = client.get(address(model))
        assert row.pk not in {each.pk for each in listed.context["cl"].result_list}
        assert client.get(address(model, "change", row.pk)).status_code == 302
    client.force_login(writer)
    for model, row in pages.items():
        listed = client.get(address(model))
        assert row.pk in {each.pk for each in listed.context["cl"].result_list}, model


@pytest.mark.parametrize(
    "asked",
    [
        {"verdict": "mostly_true"},
        {"verdict__exact": "mostly_true"},
        {"first_verdict__exact": "mostly_true"},
        {"first_verdict__startswith": "m"},
        {"summary__contains": "Zinnober"},
        {"explanation__icontains": "Quartzite"},
        {"correction_note__isnull": "0"},
        {"citations__role": "evidence_for"},
        {"events__verdict": "mostly_true"},
        {"claim__reviews__verdict": "mostly_true"},
    ],
)
def test_reviews_cannot_be_filtered_by_what_they_found(client, somebody, claim, asked):
    answer = client.get(address("claims.review"), asked, follow=True)

    # Told that there is no such filter, whether or not it would have matched.
    assert answer.redirect_chain
    other = dict.fromkeys(asked, "nothing of the kind")
    assert client.get(address("claims.review"), other, follow=True).redirect_chain


@pytest.mark.parametrize("word", ["Zinnober", "Quartzite", "mostly_true", "holds"])
def test_reviews_and_claims_cannot_be_searched_for_it(client, somebody, claim, word):
    for model in ("claims.review", "claims.claim", "claims.move"):
        answer = client.get(address(model), {"q": word})
        assert answer.context["cl"].result_count == 0, model


def test_claims_are_filtered_by_published_verdicts_only(client, somebody, claim):
    published = a_claim(ClaimStatus.PUBLISHED, verdict="mostly_true")

    answer = client.get(address("claims.claim"), {"verdict": "mostly_true"})

    assert [c.pk for c in answer.context["cl"].result_list] == [published.pk]
    for lookup in ("reviews__verdict", "reviews__first_verdict__exact"):
        answer = client.get(address("claims.claim"), {lookup: "mostly_true"})
        assert answer.status_code == 302


@pytest.mark.parametrize("model", MODELS)
def test_no_list_can_be_sorted_or_filtered_by_it(client, superuser, claim, model):
    columns = client.get(address(model)).context["cl"]

    for field in columns.get_ordering_field_columns():
        name = str(columns.list_display[field])
        assert "verdict" not in name
    for column in columns.list_display:
        order = getattr(column, "admin_order_field", None)
        assert "verdict" not in (order or "")


def test_no_drop_down_offers_it(client, somebody, claim):
    answer = client.get(
        reverse("admin:autocomplete"),
        {
            "term": "strike",
            "app_label": "claims",
            "model_name": "assessment",
            "field_name": "claim",
        },
    )

    assert answer.status_code == 200
    offered = json.loads(answer.content)["results"]
    assert [each["text"] for each in offered] == [claim.statement]


def test_a_review_that_was_withdrawn_is_blind_again(client, somebody, claim, writer):
    workflow.reset(claim, by=a_person("editor"), at=NOON, reason="Wrong claim.")
    review = claim.reviews.get()

    assert review.verdict == "mostly_true"
    assert_nothing_told(client.get(address("claims.review", "change", review.pk)))
    assert_nothing_told(client.get(address("claims.review", "history", review.pk)))


def test_what_a_second_reviewer_wrote_back_is_between_the_two(client, somebody, claim):
    workflow.send_back(claim, by=a_person(), at=NOON, reason="Zinnober goes too far.")
    move = claim.moves.newest_first().first()

    for page in (
        reverse("admin:claims_claim_change", args=[claim.pk]),
        reverse("admin:claims_move_change", args=[move.pk]),
    ):
        assert_nothing_told(client.get(page))
    found = client.get(reverse("admin:claims_move_changelist"), {"q": "Zinnober"})
    assert str(move.pk) not in found.content.decode()


def test_its_writer_sees_it(client, claim, writer):
    client.force_login(writer)
    review = claim.reviews.get()

    answer = client.get(address("claims.review", "change", review.pk))

    assert SUMMARY in answer.content.decode()
    assert "chip verdict-mostly_true" in answer.content.decode()


def test_everybody_at_the_panel_sees_it_when_both_verdicts_are_in(
    client, somebody, claim
):
    workflow.second(claim, verdict="false", by=a_person(), at=NOON)
    review = claim.reviews.get()

    for page in ("change", "history"):
        answer = client.get(address("claims.review", page, review.pk))
        assert SUMMARY in answer.content.decode()


def test_reviews_are_neither_made_nor_altered_nor_deleted_here(
    client, superuser, claim
):
    review = claim.reviews.get()
    form = {"verdict": "false", "summary": "Otherwise.", "published_at_0": "2026-01-01"}

    for page in (
        address("claims.review", "add"),
        address("claims.review", "change", review.pk),
        address("claims.review", "delete", review.pk),
    ):
        assert client.post(page, form | {"post": "yes"}).status_code == 403

    unchanged = Review.objects.get(pk=review.pk)
    assert (unchanged.verdict, unchanged.summary) == ("mostly_true", SUMMARY)
    assert User.objects.filter(pk=review.written_by_id).exists()
