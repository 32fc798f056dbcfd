"""Files that programs bring, and what they take away."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from claims.models import Claim, Import
from claims.vocabulary import ClaimStatus, Scope
from tests.api.conftest import Caller, a_program, pointers
from tests.claims.exchange.files import a_check, ndjson, some_lines, table, worked
from tests.factories import a_claim

pytestmark = pytest.mark.django_db

TABLE = table(*some_lines(2), ["", "Ada Quill", ""])


def upload(caller, content, *, name="checks.csv", **told):
    """The answer to a file in a form."""
    answer = Client().post(
        "/api/v1/imports",
        {"file": SimpleUploadedFile(name, content), **told},
        headers={"Authorization": f"Bearer {caller.token}"},
    )
    answer.body = json.loads(answer.content)
    return answer


def done(answer):
    return worked(Import.objects.get(pk=answer.body["id"]))


def test_a_text_is_taken_in_by_workers(editor):
    answer = editor.post("imports", {"content": TABLE, "name": "claims.csv"})

    assert answer.status_code == 201
    assert answer["Location"].endswith(f"/api/v1/imports/{answer.body['id']}")
    assert done(answer).counts["new"] == 2
    read = editor.get(f"imports/{answer.body['id']}").body
    assert (read["state"], read["name"], read["format"]) == (
        "done",
        "claims.csv",
        "csv",
    )
    assert read["counts"] == {
        "new": 2, "joined": 0, "known": 0, "passed": 0, "refused": 1
    }  # fmt: skip
    assert Claim.objects.get(statement__contains="1 million").created_by == editor.user


def test_a_file_in_a_form_is_taken_in_as_well(editor):
    answer = upload(editor, ndjson(a_check()).encode(), name="checks.ndjson")

    assert answer.status_code == 201, answer.body
    assert done(answer).counts["new"] == 1


def test_a_dry_run_waits_until_it_is_started(editor):
    answer = editor.post("imports", {"content": TABLE, "dry_run": True})
    address = f"imports/{answer.body['id']}"

    assert (answer.body["state"], answer.body["total"]) == ("checked", 3)
    assert answer.body["preview"][0]["record"]["claimant"]["name"] == "Ada Quill"
    assert not Claim.objects.exists()
    assert editor.post(f"{address}/start").body["state"] == "running"
    assert editor.post(f"{address}/start").status_code == 409
    done(answer)
    assert Claim.objects.count() == 2
    assert editor.post(f"{address}/stop").status_code == 409


def test_each_faulty_row_is_told_with_what_to_do(editor):
    answer = editor.post("imports", {"content": TABLE, "dry_run": True})

    rows = editor.get(f"imports/{answer.body['id']}/rows?outcome=refused").body[
        "results"
    ]

    assert [(row["number"], row["outcome"]) for row in rows] == [(3, "refused")]
    (fault,) = rows[0]["faults"]
    assert (fault["field"], fault["code"]) == ("statement", "missing")
    assert fault["problem"]
    assert fault["advice"]


def test_a_file_that_cannot_be_read_is_refused_and_leaves_nothing(editor):
    answer = editor.post("imports", {"content": 'statement,claimant\n"It holds'})

    assert answer.status_code == 400
    assert [each["code"] for each in answer.body["errors"]] == ["quote_not_closed"]
    assert pointers(answer) == {"/content"}
    assert not Import.objects.exists()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00" * 100,
        b"\xff\xfe",
        b"PK\x03\x04",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"[NaN]",
        b"," * 1_000_000,
        b"statement,claimant\n" + b'"' * 1_000_001,
        b"statement,claimant\n" + b"x" * 1_000_000,
        b"statement,claimant\n\xed\xa0\x80,a\n",
        b"statement,statement\n",
        b"statement;claimant\na;b;c\n",
        "statement,claimant\nIt\u202e,Ada\n".encode(),
        b"statement,claimant,said_at\nIt,Ada,9999-99-99\n",
    ],
)
def test_hostile_files_are_refused_whichever_way_they_come(editor, content):
    formed = upload(editor, content, name="../../etc/\u202epasswd.csv")

    assert formed.status_code == 400, formed.body
    assert not Import.objects.exists()
    told = content.decode("utf-8", "replace")
    if "\ufffd" in told:
        return  # in JSON nobody can say what is no text
    assert editor.post("imports", {"content": told}).status_code == 400
    assert not Import.objects.exists()


def test_a_job_tells_how_far_an_import_is(editor):
    answer = editor.post("imports", {"content": TABLE})
    done(answer)

    (job,) = editor.get("jobs").body["results"]

    assert job == editor.get(f"jobs/{answer.body['id']}").body
    assert (job["state"], job["done"], job["total"]) == ("done", 3, 3)
    assert job["of"] == f"/api/v1/imports/{answer.body['id']}"


def test_what_is_published_is_given_to_whoever_may_export(reader):
    shown = a_claim(ClaimStatus.PUBLISHED)
    a_claim()

    answer = reader.get("exports")

    assert answer["Content-Type"] == "application/x-ndjson"
    (line,) = answer.getvalue().splitlines()
    assert json.loads(line)["id"] == str(shown.pk)


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("csv", "text/csv; charset=utf-8"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("json", "application/json"),
        ("datafeed", "application/ld+json"),
        ("claimreview", "application/x-ndjson"),
    ],
)
def test_each_form_is_sent_as_what_it_is(reader, form, kind):
    a_claim(ClaimStatus.PUBLISHED)

    answer = Client().get(
        f"/api/v1/exports?format={form}",
        headers={"Authorization": f"Bearer {reader.token}"},
    )

    assert (answer.status_code, answer["Content-Type"]) == (200, kind)
    assert b"".join(answer.streaming_content)


def test_an_export_goes_on_behind_a_claim(reader):
    claims = sorted([a_claim(ClaimStatus.PUBLISHED).pk for _ in range(3)])

    answer = reader.get(f"exports?after={claims[1]}")

    assert [json.loads(line)["id"] for line in answer.getvalue().splitlines()] == [
        str(claims[2])
    ]


def test_what_is_not_published_is_given_to_editors_alone(reader, reviewer, editor):
    a_claim()

    assert reader.get("exports?everything=true").status_code == 403
    assert reviewer.get("exports?everything=true").status_code == 403
    assert len(editor.get("exports?everything=true").getvalue().splitlines()) == 1
    narrow = a_program("editor", scopes=[Scope.EXPORT])
    assert narrow.get("exports?everything=true").status_code == 403


def test_an_export_takes_its_scope():
    assert (
        a_program("editor", scopes=[Scope.CLAIMS_READ]).get("exports").status_code
        == 403
    )
    assert Caller().get("exports").status_code == 401


def test_an_unknown_form_is_refused(reader):
    answer = reader.get("exports?format=dbf")

    assert answer.status_code == 400
    assert pointers(answer) == {"?format"}
