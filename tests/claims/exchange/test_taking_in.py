"""Files taken in: what becomes of each row, once, whoever is killed meanwhile."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from django.core.management import call_command

from claims.errors import ImportOvertaken, ImportRefused, NotYours
from claims.exchange import looking, running
from claims.models import (
    Assessment,
    Citation,
    Claim,
    Claimant,
    Comparison,
    Import,
    ImportRow,
    Imprint,
)
from claims.vocabulary import AssessmentState, ClaimStatus, ImportState, Stance
from sources.models import Passage, Source
from tests.claims.exchange.files import (
    a_check,
    bring,
    ndjson,
    some_lines,
    table,
    taken_in,
    worked,
)
from tests.environment import PROJECT
from tests.factories import NOON, a_claim, a_claimant, a_person, a_source
from tests.live import test_database_url

pytestmark = pytest.mark.django_db


def test_a_check_becomes_a_new_claim_and_a_voice_about_it():
    olga = a_person("editor")

    file = taken_in(json.dumps(a_check()), by=olga)

    claim = Claim.objects.get()
    voice = claim.assessments.get()
    assert (file.state, file.counts["new"]) == (ImportState.DONE, 1)
    assert (claim.status, claim.created_by, claim.due_at) == (
        ClaimStatus.NEW,
        olga,
        None,
    )
    assert (voice.state, voice.stance, voice.decided_by) == (
        AssessmentState.CONFIRMED,
        Stance.CONTRADICTS,
        olga,
    )
    assert (voice.rating_text, voice.url) == ("False", "https://checks.example/check-1")
    assert claim.reviews.count() == 0


def test_what_one_claim_brings_about_thousands_do():
    taken_in(json.dumps(a_check()))

    claim = Claim.objects.get()
    assert Imprint.objects.filter(claim=claim).count() == 2
    assert Comparison.objects.filter(claim=claim).exists()
    assert claim.events.get().pgh_context.metadata["import"]
    assert {source.canonical_url for source in Source.objects.due(NOON)} == {
        "https://paper.example/story-1",
        "https://checks.example/check-1",
    }
    assert Passage.objects.get(source__host="paper.example").exact == claim.statement
    assert Citation.objects.get(claim=claim).role == "said_here"


def test_a_rating_that_is_not_clear_waits_for_a_person():
    taken_in(json.dumps(a_check(reviewRating={"alternateName": "Geschwurbel"})))

    assert Assessment.objects.get().state == AssessmentState.SUGGESTED


def test_the_same_file_twice_makes_nothing_twice():
    content = ndjson(a_check(1), a_check(2))
    taken_in(content)

    again = taken_in(content)

    assert again.counts == {
        "new": 0,
        "joined": 0,
        "known": 2,
        "passed": 0,
        "refused": 0,
    }
    assert (Claim.objects.count(), Assessment.objects.count()) == (2, 2)


def test_the_same_words_in_other_marks_and_spaces_are_the_same_claim():
    known = "The dam of Port  Ellery holds 1 million litres"
    item = {"@type": "Claim", "author": "ada QUILL", "datePublished": "2026-02"}

    file = taken_in(
        ndjson(
            a_check(),
            a_check(
                claimReviewed=f"“{known}”",
                itemReviewed=item,
                url="https://CHECKS.example/check-1?utm_source=post",
            ),
            a_check(claimReviewed=known.replace("1", "-1"), itemReviewed=item),
        )
    )

    assert (file.counts["new"], file.counts["known"]) == (2, 1)
    assert Claimant.objects.filter(name__iexact="Ada Quill").count() == 1


def test_what_another_one_found_is_added_to_the_known_claim():
    taken_in(json.dumps(a_check()))

    file = taken_in(
        json.dumps(
            a_check(
                url="https://others.example/c",
                author={"name": "Others"},
                reviewRating={"alternateName": "True"},
            )
        )
    )

    claim = Claim.objects.get()
    assert file.counts["joined"] == 1
    assert set(claim.assessments.values_list("stance", flat=True)) == {
        "contradicts",
        "supports",
    }


def test_a_contradiction_of_a_published_claim_brings_it_back_to_the_desk():
    ada = a_claimant("Ada Quill")
    claim = a_claim(ClaimStatus.PUBLISHED, statement="The dam holds.", claimant=ada)

    file = taken_in(json.dumps(a_check(claimReviewed="The dam holds.")))

    claim.refresh_from_db()
    assert file.counts["joined"] == 1
    assert claim.status == ClaimStatus.RECHECK


def test_somebody_known_by_another_name_is_not_made_twice():
    a_claimant("Adelheid Quill", aliases=["Ada Quill"])

    taken_in(json.dumps(a_check()))

    assert Claim.objects.get().claimant.name == "Adelheid Quill"


def test_a_page_that_is_known_is_cited_and_due_for_its_new_words():
    later = NOON.replace(year=2027)
    source = a_source("https://paper.example/story-1", due_at=later)

    taken_in(json.dumps(a_check()))

    source.refresh_from_db()
    assert source.due_at == NOON
    assert Passage.objects.filter(source=source).count() == 1


def test_a_claim_in_several_rows_is_one_with_all_that_they_bring():
    columns = [
        "statement",
        "claimant",
        "source_url",
        "assessor",
        "stance",
        "assessment",
    ]
    pages = [f"https://paper.example/{number}" for number in range(3)]

    file = taken_in(
        table(
            *[
                ["It holds.", "Ada Quill", page, f"Voice {at}", "supports", "It does."]
                for at, page in enumerate(pages)
            ],
            columns=columns,
        )
    )

    claim = Claim.objects.get()
    assert (file.counts["new"], file.counts["joined"]) == (1, 2)
    assert (claim.citations.count(), claim.assessments.count()) == (3, 3)


def test_a_checked_file_waits_and_has_made_nothing():
    file = bring(ndjson(a_check(1), a_check(1), a_check(2), {"@type": "ClaimReview"}))

    assert file.state == ImportState.CHECKED
    assert file.counts == {"new": 2, "joined": 0, "known": 1, "passed": 0, "refused": 1}
    assert (Claim.objects.count(), Source.objects.count()) == (0, 0)
    assert [row["number"] for row in file.preview] == [1, 2, 3, 4]
    running.begin(file)
    assert worked(file).counts["new"] == 2


def test_a_refused_file_leaves_no_row():
    with pytest.raises(ImportRefused):
        bring(table(["", "", ""]))

    assert (Import.objects.count(), ImportRow.objects.count()) == (0, 0)


def test_all_or_nothing_takes_in_nothing_where_a_row_is_faulty():
    with pytest.raises(ImportRefused) as caught:
        bring(table(*some_lines(2), ["", "Ada", ""]), starts=True, whole=True)

    assert caught.value.fault.code == "rows_refused"
    assert Import.objects.count() == 0


def test_a_large_file_is_refused_by_a_worker_before_a_row_is_made(monkeypatch):
    monkeypatch.setattr("claims.exchange.filing.SMALL_BYTES", 10)
    file = bring(table(*some_lines(30)) + '"It holds', starts=True)

    worked(file)

    assert (file.state, file.problem["code"]) == ("refused", "quote_not_closed")
    assert (Claim.objects.count(), file.parts.count()) == (0, 0)


def test_a_large_file_is_checked_and_taken_in_by_workers(monkeypatch):
    monkeypatch.setattr("claims.exchange.filing.SMALL_BYTES", 10)
    monkeypatch.setattr(looking, "AT_ONCE", 7)
    file = bring(table(*some_lines(30)), starts=True)
    assert file.state == ImportState.CHECKING

    worked(file, seconds=0)

    assert (file.state, file.place, file.total) == (ImportState.DONE, 30, 30)
    assert Claim.objects.count() == 30


def test_whoever_breaks_off_inside_a_batch_has_not_done_it(monkeypatch):
    file = bring(table(*some_lines(5)), starts=True)
    monkeypatch.setattr(
        running, "_write_down", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt)
    )

    with pytest.raises(KeyboardInterrupt):
        worked(file)

    file.refresh_from_db()
    assert (file.place, Claim.objects.count(), Source.objects.count()) == (0, 0, 0)
    monkeypatch.undo()
    assert worked(file).counts["new"] == 5


def test_a_file_that_kills_its_workers_is_given_up():
    file = bring(table(*some_lines(2)), starts=True)
    Import.objects.filter(pk=file.pk).update(attempts=4)

    worked(file)

    assert (file.state, file.problem["code"]) == (ImportState.STOPPED, "gave_up")


def test_a_stopped_file_goes_no_further_and_keeps_what_it_made():
    file = bring(table(*some_lines(2)), starts=True)
    running.stop(file, at=NOON)

    worked(file)

    assert (file.state, Claim.objects.count()) == (ImportState.STOPPED, 0)
    with pytest.raises(ImportOvertaken):
        running.begin(file)


def test_only_an_editor_brings_a_file():
    with pytest.raises(NotYours):
        bring(table(*some_lines(1)), by=a_person("reviewer"))


@pytest.mark.django_db(transaction=True)
def test_a_command_that_is_killed_goes_on_with_exactly_the_rows_that_are_left(tmp_path):
    path = tmp_path / "claims.csv"
    path.write_text(table(*some_lines(5_000)))
    killed = subprocess.Popen(
        [sys.executable, "manage.py", "import_claims", str(path)],
        cwd=PROJECT,
        env={**os.environ, "DATABASE_URL": test_database_url()},
        stdout=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 60
    while not Claim.objects.exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    done = Claim.objects.count()
    file = Import.objects.get()
    assert 0 < done == file.place < 5_000

    call_command("import_claims", str(path), verbosity=0)

    file.refresh_from_db()
    assert (file.state, file.counts["new"]) == (ImportState.DONE, 5_000)
    assert Claim.objects.values("statement").distinct().count() == 5_000
    assert Claim.objects.count() == file.rows.count() == 5_000
