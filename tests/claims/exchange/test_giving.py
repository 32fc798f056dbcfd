"""Claims on their way out, and back in as the same ones."""

import csv
import io
import json

import openpyxl
import pytest
from django.core.management import call_command
from django.db import connection

from claims.exchange.giving import give
from claims.models import Assessment, Claim
from claims.vocabulary import ClaimStatus, ExportFormat, Stance
from tests.claims.exchange.files import a_check, ndjson, table, taken_in
from tests.factories import NOON, a_claim, a_claimant, an_assessment

pytestmark = pytest.mark.django_db

NEW_EACH_TIME = {"id", "page"}


def given(form, *, desk=True, **options):
    return b"".join(give(ExportFormat(form), desk=desk, at=NOON, **options))


def lines(form="ndjson", **options):
    return [json.loads(line) for line in given(form, **options).splitlines()]


def rows(**options):
    return list(
        csv.DictReader(io.StringIO(given("csv", **options).decode("utf-8-sig")))
    )


def without_ids(claims):
    return [
        {name: value for name, value in claim.items() if name not in NEW_EACH_TIME}
        for claim in claims
    ]


def emptied():
    """Have nothing left, as in a house that knows none of it."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "TRUNCATE claims_claimant, sources_source, claims_import CASCADE"
        )
    assert not Claim.objects.exists()


def many():
    """Claims with whatever makes a table hard to read."""
    taken_in(
        ndjson(
            a_check(1),
            a_check(2, claimReviewed="=1+1 is\n“two”, they say; @ada\t|"),
            a_check(3, claimReviewed="'=already defused", name="-5 of them"),
            a_check(4, claimReviewed="السد صامد", inLanguage="ar"),
            a_check(5, reviewRating={"alternateName": "Geschwurbel"}),
            a_check(1, url="https://others.example/1", author={"name": "+Others"}),
        )
    )
    taken_in(
        table(
            ["It holds.", "Ada Quill", "dams; rain", "minute", "2026-02-01T14:30Z"],
            columns=["statement", "claimant", "topics", "said_at_precision", "said_at"],
        )
    )


@pytest.mark.parametrize("form", ["ndjson", "json", "csv", "xlsx"])
def test_what_goes_out_comes_back_as_the_same(form):
    many()
    told, sent = without_ids(lines()), given(form)
    emptied()

    file = taken_in(sent)

    assert file.counts["refused"] == 0
    assert without_ids(lines()) == told


@pytest.mark.parametrize("form", ["claimreview", "datafeed"])
def test_fact_checks_of_others_come_back_as_the_same(form):
    taken_in(ndjson(a_check(1), a_check(2), a_check(3)))
    told, sent = without_ids(lines()), given(form)
    emptied()

    taken_in(sent)

    assert without_ids(lines()) == told


def test_the_same_twice_makes_nothing_new():
    many()

    for form in ExportFormat.values:
        counts = taken_in(given(form)).counts
        assert counts["new"] == counts["joined"] == counts["refused"] == 0


def test_readers_are_given_what_is_published_and_what_somebody_stands_behind():
    shown = a_claim(ClaimStatus.PUBLISHED)
    a_claim(ClaimStatus.IN_REVIEW)
    an_assessment(shown, stance=Stance.SUPPORTS)
    Assessment.objects.create(
        claim=shown,
        assessor=a_claimant(),
        stance="contradicts",
        statement="Nobody has decided this.",
        state="suggested",
        created_at=NOON,
        updated_at=NOON,
    )

    (claim,) = lines(desk=False)

    assert claim["id"] == str(shown.pk)
    assert [voice["stance"] for voice in claim["assessments"]] == ["supports"]
    assert claim["review"]["verdict"] == "false"
    assert len(lines()) == 2


@pytest.mark.parametrize("form", ExportFormat.values)
def test_what_a_review_in_the_making_found_stays_hidden(form):
    claim = a_claim(ClaimStatus.SECOND_REVIEW)

    sent = given(form)

    summary = claim.reviews.get().summary.encode()
    assert summary not in sent
    assert form == "xlsx" or b'"verdict": "false"' not in sent


def test_no_cell_is_a_formula():
    many()

    sheet = openpyxl.load_workbook(io.BytesIO(given("xlsx"))).active
    cells = [cell for row in rows() for cell in row.values()]

    assert "'=1+1 is\n“two”, they say; @ada\t|" in cells
    assert "''=already defused" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {
        "s",
        "inlineStr",
        "n",
    }


def test_whoever_broke_off_goes_on_behind_the_last_claim(monkeypatch):
    monkeypatch.setattr("claims.exchange.giving.gathering.AT_ONCE", 2)
    taken_in(ndjson(*(a_check(number) for number in range(1, 6))))
    everything = lines()

    after = Claim.objects.get(pk=everything[2]["id"]).pk

    assert lines(after=after) == everything[3:]


def test_it_takes_the_same_questions_for_a_claim_as_for_hundreds(
    django_assert_num_queries,
):
    many()

    with django_assert_num_queries(6):
        given("ndjson")


def test_ours_and_those_of_others_are_claimreviews():
    claim = a_claim(ClaimStatus.PUBLISHED)

    (review,) = lines("claimreview", desk=False)

    assert review["@type"] == "ClaimReview"
    assert review["claimReviewed"] == claim.statement
    feed = json.loads(given("datafeed", desk=False))
    assert [item["item"] for item in feed["dataFeedElement"]] == [review]


def test_the_command_writes_a_file_whole(tmp_path, capsysbinary):
    taken_in(ndjson(a_check(1)))
    path = tmp_path / "out.csv"

    call_command(
        "export_claims", "--everything", "--format", "csv", "--output", str(path)
    )

    assert path.read_bytes() == given("csv")
    assert list(tmp_path.iterdir()) == [path]
