"""Files that an editor brings: looked at first, taken in by workers, told of row by row."""

import csv
import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from claims.models import Claim, Import
from claims.vocabulary import ClaimStatus
from tests.claims.exchange.files import some_lines, table, worked
from tests.factories import a_claim, a_person

pytestmark = pytest.mark.django_db

FAULTY = ["=cmd|' /C calc'!A0", "Ada Quill", "9999-01-01"]
CONTENT = table(*some_lines(2), FAULTY)


def upload(client, content=CONTENT, *, name="checks.csv", **fields):
    sent = SimpleUploadedFile(
        name, content.encode() if isinstance(content, str) else content
    )
    return client.post(
        reverse("desk:imports"), {"file": sent, "language": "en", **fields}
    )


def brought(client, **fields):
    answer = upload(client, **fields)
    file = Import.objects.get()
    assert answer.url == file.get_absolute_url()
    return file


def test_a_file_is_shown_as_it_is_read_before_anything_is_made(as_, olga):
    client = as_(olga)

    file = brought(client)
    page = client.get(file.get_absolute_url()).content.decode()

    assert "The dam holds 1 million litres." in page
    assert "This date lies ahead" in page
    assert not Claim.objects.exists()


def test_it_is_taken_in_once_somebody_says_so(as_, olga):
    client = as_(olga)
    file = brought(client)

    client.post(reverse("desk:import-start", args=[file.pk]))
    at_work = client.get(file.get_absolute_url()).content.decode()
    worked(file)
    done = client.get(file.get_absolute_url()).content.decode()

    assert "<progress" in at_work
    assert "<progress" not in done
    assert Claim.objects.count() == 2


def test_it_can_be_set_aside(as_, olga):
    client = as_(olga)
    file = brought(client)

    client.post(reverse("desk:import-stop", args=[file.pk]))
    refused = client.post(reverse("desk:import-start", args=[file.pk]), follow=True)

    assert "not waiting to be taken in" in refused.content.decode()
    assert not Claim.objects.exists()


def test_the_report_is_a_table_without_a_formula(as_, olga):
    client = as_(olga)
    file = brought(client)

    answer = client.get(reverse("desk:import-report", args=[file.pk]))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")

    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["Row"], row["Field"]) == ("3", "said_at")
    assert row["How it begins"].startswith("'=cmd")


def test_a_file_that_cannot_be_read_is_told_beside_its_field(as_, olga):
    answer = upload(as_(olga), 'statement,claimant\n"It holds')

    assert answer.status_code == 422
    assert "A quotation mark is not closed" in answer.content.decode()
    assert not Import.objects.exists()


def test_a_page_that_follows_it_hears_of_another_state(as_, olga):
    client = as_(olga)
    file = brought(client)

    part = client.get(
        f"{file.get_absolute_url()}?told=checking", headers={"HX-Request": "true"}
    )

    assert 'data-news="checks.csv: Checked."' in part.content.decode()


@pytest.mark.parametrize("role", ["contributor", "reviewer"])
def test_it_is_for_editors(as_, olga, role):
    file = brought(as_(olga))
    client = as_(a_person(role))

    for name, args in (("imports", []), ("import", [file.pk]), ("export", [])):
        assert client.get(reverse(f"desk:{name}", args=args)).status_code == 403
    for name in ("import-start", "import-stop"):
        assert client.post(reverse(f"desk:{name}", args=[file.pk])).status_code == 403
    assert upload(client).status_code == 403
    assert "Import and export" not in client.get(reverse("desk:inbox")).content.decode()


def test_claims_are_taken_away_in_the_form_that_is_chosen(as_, olga):
    shown = a_claim(ClaimStatus.PUBLISHED)
    a_claim()
    client = as_(olga)

    def lines(**asked):
        answer = client.get(reverse("desk:export"), {"format": "ndjson", **asked})
        return list(map(json.loads, b"".join(answer.streaming_content).splitlines()))

    assert [line["id"] for line in lines()] == [str(shown.pk)]
    assert len(lines(everything="on")) == 2
    assert client.get(reverse("desk:export"), {"format": "dbf"}).status_code == 302


def test_the_list_asks_the_same_questions_for_many_files(
    as_, olga, django_assert_max_num_queries
):
    client = as_(olga)
    brought(client)
    for number in range(5):
        upload(client, table(*some_lines(1, start=number)))

    with django_assert_max_num_queries(12):
        client.get(reverse("desk:imports"))
