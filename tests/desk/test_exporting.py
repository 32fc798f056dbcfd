"""What is kept of a claim's pages, taken away from the desk and by a command."""

import io
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from warcio.archiveiterator import ArchiveIterator

from claims import editing, workflow
from claims.models import Review
from claims.vocabulary import ClaimStatus
from sources.models import Source
from tests.factories import (
    NOON,
    a_citation,
    a_claim,
    a_person,
    a_source,
    an_assessment,
    seen_intact,
)

pytestmark = pytest.mark.django_db


def address(claim):
    return reverse("desk:pages", args=[claim.pk])


def pages_in(data):
    return {
        record.rec_headers.get_header("WARC-Target-URI")
        for record in ArchiveIterator(io.BytesIO(data), check_digests="raise")
        if record.rec_type != "warcinfo"
    }


def taken_away(client, claim):
    response = client.get(address(claim))
    assert response.status_code == 200
    return pages_in(b"".join(response.streaming_content))


def test_the_desk_takes_away_every_page_that_a_claim_rests_on(client):
    claim = a_claim(ClaimStatus.PUBLISHED)
    said = claim.citations.get().passage.source
    against = a_citation(an_assessment(claim)).passage.source
    a_citation(a_claim())
    client.force_login(a_person())

    response = client.get(address(claim))

    assert response["Content-Type"] == "application/warc"
    assert f"claim-{claim.pk}.warc.gz" in response["Content-Disposition"]
    assert "private" in response["Cache-Control"]
    assert pages_in(b"".join(response.streaming_content)) == {
        said.canonical_url,
        against.canonical_url,
    }


def test_a_page_cited_under_an_old_address_is_there_as_it_reads_now(client):
    claim = a_claim()
    source = a_citation(claim).passage.source
    now = a_source()
    seen_intact(
        editing.cite(a_claim(), url=now.url, exact="x", by=a_person(), at=NOON).passage
    )
    Source.objects.filter(pk=source.pk).update(same_as=now)
    client.force_login(a_person())

    assert taken_away(client, claim) == {source.canonical_url, now.canonical_url}


def test_whoever_must_not_see_the_first_verdict_does_not_see_its_pages(client):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=(ana := a_person()))
    said = claim.citations.get().passage.source
    workflow.write_review(claim, verdict="false", summary="No.", by=ana, at=NOON)
    cited = editing.cite(
        Review.objects.get(),
        url="https://a.example/",
        exact="the roof",
        by=ana,
        at=NOON,
    )
    seen_intact(cited.passage)
    workflow.submit(claim, by=ana, at=NOON)

    client.force_login(a_person())
    assert taken_away(client, claim) == {said.canonical_url}
    client.force_login(ana)
    assert taken_away(client, claim) == {said.canonical_url, "https://a.example/"}


def test_the_workspace_leads_there(client):
    claim = a_claim()
    client.force_login(a_person())
    workspace = reverse("desk:claim", args=[claim.pk])
    assert address(claim) not in client.get(workspace).content.decode()

    a_citation(claim)

    assert address(claim) in client.get(workspace).content.decode()


@pytest.mark.parametrize(("role", "status"), [("reader", 404), ("", 302)])
def test_it_is_not_for_readers(client, role, status):
    claim = a_claim(ClaimStatus.PUBLISHED)
    if role:
        client.force_login(a_person(role))

    assert client.get(address(claim)).status_code == status


def test_an_unknown_claim_is_not_there(client):
    client.force_login(a_person())

    assert client.get(reverse("desk:pages", args=[uuid4()])).status_code == 404


def test_a_command_writes_the_same(tmp_path, capsys):
    claim = a_claim(ClaimStatus.PUBLISHED)
    file = tmp_path / "kept.warc.gz"

    call_command("export_warc", str(claim.pk), "--output", str(file))

    assert pages_in(file.read_bytes()) == {
        claim.citations.get().passage.source.canonical_url
    }
    assert f"{file.stat().st_size:,} bytes" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == [file]


def test_a_command_writes_to_whoever_reads_on(capfdbinary):
    claim = a_claim(ClaimStatus.PUBLISHED)

    call_command("export_warc", str(claim.pk), "--output", "-")

    assert len(pages_in(capfdbinary.readouterr().out)) == 1


def test_a_command_says_what_cannot_be(tmp_path):
    claim = a_claim()

    with pytest.raises(CommandError, match="no claim"):
        call_command("export_warc", str(uuid4()))
    with pytest.raises(CommandError, match="cannot be written"):
        call_command(
            "export_warc", str(claim.pk), "--output", str(tmp_path / "a" / "b")
        )
