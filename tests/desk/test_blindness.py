"""What only a hidden review cites has no page at the desk either."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from claims import editing, workflow
from claims.vocabulary import ClaimStatus
from sources.models import Host, Robots, Source
from sources.vocabulary import RobotsStanding
from tests.factories import NOON, a_claim, a_person, a_source, seen_intact

pytestmark = pytest.mark.django_db

PROOF = "https://proof.example/report"


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def writer():
    return a_person("reviewer")


@pytest.fixture
def hidden(writer):
    """A page that only a review cites whose first verdict waits for the second."""
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=writer)
    workflow.write_review(
        claim, verdict="false", summary="S.", explanation="E.", by=writer, at=NOON
    )
    workflow.submit(claim, by=writer, at=NOON)
    citation = editing.cite(
        claim.reviews.get(),
        url=PROOF,
        exact="the roof is gone",
        role="evidence_for",
        by=writer,
        at=NOON,
    )
    seen_intact(citation.passage)
    return citation.passage.source


def pages_about(source):
    snapshot = source.snapshots.get()
    return [
        *(
            reverse(f"desk:{name}", args=[source.pk])
            for name in ("source", "checks", "difference", "progress", "page")
        ),
        reverse("desk:version", args=[source.pk, snapshot.pk]),
    ]


@pytest.mark.parametrize("role", ["contributor", "reviewer", "editor", "admin"])
def test_a_page_that_only_a_hidden_review_cites_is_not_found(hidden, writer, role):
    blind = signed_in(a_person(role))

    for page in pages_about(hidden):
        assert blind.get(page).status_code == 404, page
    check = reverse("desk:check", args=[hidden.pk])
    assert blind.post(check).status_code == 404
    shown = signed_in(writer).get(reverse("desk:source", args=[hidden.pk]))
    assert shown.status_code == 200


def test_another_address_of_a_page_is_not_listed_while_it_is_hidden(hidden, writer):
    page = a_source(
        url="https://paper.example/now", canonical_url="https://paper.example/now"
    )
    Source.objects.filter(pk=hidden.pk).update(same_as=page)
    at = reverse("desk:source", args=[page.pk])

    assert PROOF not in signed_in(a_person()).get(at).content.decode()
    assert PROOF in signed_in(writer).get(at).content.decode()


def test_who_pastes_its_address_gets_to_it_like_to_a_new_one(hidden):
    contributor = signed_in(a_person("contributor"))

    answer = contributor.post(
        reverse("desk:inbox"), {"url": PROOF, "text": "", "language": "en"}, follow=True
    )

    assert answer.status_code == 200
    theirs = Source.objects.exclude(pk=hidden.pk).get(canonical_url=PROOF)
    assert answer.redirect_chain[-1][0] == reverse("desk:page", args=[theirs.pk])
    assert not theirs.snapshots.exists()


def test_a_site_of_which_nothing_else_is_cited_is_not_known(hidden, writer):
    now = timezone.now()
    Host.objects.create(
        name=hidden.host,
        paused_at=now,
        paused_until=now + timedelta(hours=1),
        pause_reason="It asked for it.",
    )
    Robots.objects.create(
        origin=f"https://{hidden.host}",
        standing=RobotsStanding.UNREACHABLE,
        standing_since=now,
        fetched_at=now,
    )
    Source.objects.filter(pk=hidden.pk).update(state="gone", state_since=now)
    blind, knowing = signed_in(a_person("editor")), signed_in(writer)
    site, sites = reverse("desk:host", args=[hidden.host]), reverse("desk:hosts")

    assert blind.get(site).status_code == 404
    assert hidden.host not in blind.get(sites).content.decode()
    # To be asked for it leads nowhere either.
    assert blind.get(sites, {"name": hidden.host}).status_code == 200
    assert knowing.get(site).status_code == 200
    assert knowing.get(sites).content.decode().count(f">{hidden.host}<") >= 2


def test_a_site_counts_without_what_is_hidden(hidden):
    a_source(
        url="https://proof.example/other",
        canonical_url="https://proof.example/other",
        host=hidden.host,
    )

    page = signed_in(a_person()).get(reverse("desk:host", args=[hidden.host]))

    assert page.context["site"].number == 1
    assert PROOF not in page.content.decode()
