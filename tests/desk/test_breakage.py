"""Evidence that broke, shown to whoever is about to publish or to reaffirm."""

from datetime import timedelta

import pytest
from django.urls import reverse, reverse_lazy
from django.utils import timezone

from claims import recheck
from claims.models import Claim, Review
from claims.vocabulary import ClaimStatus
from sources.models import Passage, Sighting, Source
from tests.factories import NOON, a_citation, a_claim

QUEUE = reverse_lazy("desk:queue")
LATER = NOON + timedelta(hours=1)
TOLD = "1 quotation reads otherwise now; 1 page is gone"


def at(claim, name="claim"):
    return reverse(f"desk:{name}", args=[claim.pk])


def altered(citation, *, since=NOON):
    Passage.objects.filter(pk=citation.passage_id).update(
        state="altered", state_since=since
    )
    Sighting.objects.create(
        passage=citation.passage,
        at=since,
        state="altered",
        found="only major damage",
        diff=[["=", "only "], ["-", "minor"], ["+", "major"], ["=", " damage"]],
    )


def gone(citation, *, since=NOON):
    source = citation.passage.source
    Source.objects.filter(pk=source.pk).update(state="gone", state_since=since)


def broken(status, **fields) -> Claim:
    """A claim, one quotation of which was altered, and a page of which is gone."""
    claim = a_claim(status, **fields)
    gone(a_citation(claim, exact="two of five halls"))
    altered(claim.citations.get(passage__exact="only minor damage"))
    return claim


@pytest.mark.parametrize(
    ("status", "place"),
    [
        (ClaimStatus.IN_REVIEW, "claim"),
        (ClaimStatus.SECOND_REVIEW, "claim"),
        (ClaimStatus.ARBITRATION, "claim"),
        (ClaimStatus.ARBITRATION, "compare"),
        (ClaimStatus.PUBLISHED, "compare"),
        (ClaimStatus.CORRECTING, "claim"),
    ],
)
def test_what_broke_is_listed_where_it_is_decided(as_, ana, ben, status, place):
    writer = ana if status in {ClaimStatus.IN_REVIEW, ClaimStatus.CORRECTING} else ben
    claim = broken(status, writer=writer)

    page = as_(ana).get(at(claim, place)).content.decode()

    assert TOLD in page
    assert "<del>minor</del>" in page
    assert "two of five halls" in page


def test_the_preview_lists_what_broke(as_, ana):
    claim = broken(ClaimStatus.SECOND_REVIEW, writer=ana)

    assert TOLD in as_(ana).get(at(claim, "preview")).content.decode()


def test_nothing_is_listed_while_all_stands_or_an_archive_shows_it(as_, ana):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)
    passage = claim.citations.get().passage
    gone(claim.citations.get())
    Sighting.objects.create(
        passage=passage,
        at=NOON,
        state="intact",
        snapshot=passage.snapshot,
        memento_url="https://archive.example/1",
    )

    assert 'id="broken"' not in as_(ana).get(at(claim)).content.decode()


def test_what_a_hidden_review_cites_stays_hidden_when_it_breaks(as_, ana, ben):
    claim = a_claim(ClaimStatus.SECOND_REVIEW, writer=ana)
    gone(a_citation(Review.objects.get(claim=claim)))

    assert 'id="broken"' not in as_(ben).get(at(claim)).content.decode()


# --- What came back -----------------------------------------------------------


@pytest.fixture
def doubted(db):
    """A claim that came back for one cause, and then lost a page."""
    claim = a_claim(ClaimStatus.PUBLISHED)
    page = a_citation(claim, exact="two of five halls")
    altered(claim.citations.get(passage__exact="only minor damage"), since=LATER)
    recheck.sweep(now=LATER)
    gone(page, since=LATER + timedelta(minutes=5))
    return Claim.objects.get(pk=claim.pk)


def test_a_claim_that_came_back_lists_everything_that_broke_since(as_, ana, doubted):
    page = as_(ana).get(at(doubted))

    found = [each.cause.reason for each in page.context["unanswered"]]
    assert found == ["quote_altered", "source_gone"]
    section = page.content.decode().split('id="recheck"')[1].split("</section>")[0]
    assert "<del>minor</del>" in section
    assert "two of five halls" in section
    assert "Gone" in section


def test_the_queue_names_every_cause(as_, ana, doubted):
    (row,) = as_(ana).get(QUEUE, {"tab": "recheck"}).context["rows"]

    assert row.why.label == "Quote altered, source gone"
    gone, altered = row.why.note.split("\n")
    assert "“two of five halls”" in gone
    assert "“only minor damage”" in altered


def test_readers_are_told_every_cause(client, doubted):
    page = client.get(doubted.get_absolute_url()).content.decode()

    assert "<li>A cited quotation was altered</li>" in page
    assert "<li>A cited source is gone</li>" in page


def known(page) -> str:
    """What the form on that page says that its reader was shown."""
    return " ".join(each.key for each in page.context["unanswered"])


def test_what_was_shown_is_answered_by_a_reaffirmation(as_, ana, doubted):
    page = as_(ana).get(at(doubted))
    given = {"reason": "The copies show both.", "known": known(page)}

    assert f'name="known" value="{known(page)} "' in page.content.decode()
    assert as_(ana).post(at(doubted, "reaffirm"), given).status_code == 302

    doubted.refresh_from_db()
    assert doubted.status == ClaimStatus.PUBLISHED
    assert recheck.sweep(now=timezone.now()) == 0


def test_what_broke_while_the_page_was_open_is_shown_before_it_is_answered(
    as_, ana, doubted
):
    page = as_(ana).get(at(doubted))
    altered(a_citation(doubted, exact="four trucks"), since=LATER)

    answer = as_(ana).post(
        at(doubted, "reaffirm"), {"reason": "As it was.", "known": known(page)}
    )

    assert answer.status_code == 422
    assert "Meanwhile more has changed" in answer.content.decode()
    assert "four trucks" in answer.content.decode()
    assert "As it was." in answer.content.decode()
    doubted.refresh_from_db()
    assert doubted.status == ClaimStatus.RECHECK
