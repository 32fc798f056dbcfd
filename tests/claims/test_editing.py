"""Writing down who said what, and changing it."""

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from claims import editing, workflow
from claims.errors import (
    AlreadyDecided,
    CitationRefused,
    NotYours,
    Overtaken,
    WordsStand,
)
from claims.models import Assessment, Citation, Claim, Claimant
from claims.vocabulary import ClaimStatus
from sources.models import Source
from tests.factories import (
    NOON,
    a_citation,
    a_claim,
    a_claimant,
    a_person,
    an_assessment,
)

pytestmark = pytest.mark.django_db


def test_a_claim_is_due_within_a_day_whichever_way_it_came():
    assert a_claim().due_at == NOON + timedelta(days=1)


def test_a_change_counts_the_version_up():
    claim = a_claim()

    changed = editing.change_claim(
        claim, version=claim.version, statement="Otherwise.", by=a_person(), at=NOON
    )

    assert (changed.statement, changed.version) == ("Otherwise.", claim.version + 1)


def test_a_change_past_the_operations_counts_the_version_up_too():
    claim = a_claim()

    Claim.objects.filter(pk=claim.pk).update(statement="By the back door.")

    assert Claim.objects.get(pk=claim.pk).version == claim.version + 1


def test_a_move_does_not_overtake_an_editor():
    claim = a_claim(ClaimStatus.PUBLISHED)

    assert Claim.objects.get(pk=claim.pk).version == 1


def test_a_change_from_a_stale_copy_saves_nothing_and_names_the_version_that_stands():
    claim = a_claim()
    editing.change_claim(claim, version=1, statement="Mine.", by=a_person(), at=NOON)

    with pytest.raises(Overtaken) as refused:
        editing.change_claim(claim, version=1, form="direct", by=a_person(), at=NOON)

    assert refused.value.current == 2
    assert Claim.objects.get(pk=claim.pk).form == "indirect"


def test_words_that_readers_have_seen_with_a_verdict_stand():
    claim, editor = a_claim(ClaimStatus.PUBLISHED), a_person("editor")

    with pytest.raises(WordsStand):
        editing.change_claim(
            claim, version=1, statement="Otherwise.", by=editor, at=NOON
        )

    changed = editing.change_claim(
        claim,
        version=1,
        statement=claim.statement,
        topics=["harbours"],
        by=editor,
        at=NOON,
    )
    assert changed.topics == ["harbours"]


@pytest.mark.parametrize("status", [ClaimStatus.SECOND_REVIEW, ClaimStatus.ARBITRATION])
def test_words_stand_while_two_people_judge_them(status):
    claim, contributor = a_claim(status), a_person("contributor")

    with pytest.raises(WordsStand):
        editing.change_claim(
            claim, version=1, statement="The opposite.", by=contributor, at=NOON
        )

    workflow.send_back(claim, by=a_person(), at=NOON, reason="Not what was said.")
    changed = editing.change_claim(
        claim, version=1, statement="As it was said.", by=contributor, at=NOON
    )
    assert changed.statement == "As it was said."


def test_a_contributor_does_not_change_what_a_reviewer_stands_behind():
    confirmed = an_assessment(a_claim())

    with pytest.raises(NotYours):
        editing.change_assessment(
            confirmed,
            version=confirmed.version,
            statement="Otherwise.",
            by=a_person("contributor"),
            at=NOON,
        )


@pytest.mark.django_db(transaction=True)
def test_of_many_who_save_at_once_one_wins_and_the_others_are_told():
    claim, people = a_claim(), [a_person() for _ in range(8)]
    outcomes = []

    def save(person):
        try:
            editing.change_claim(
                claim, version=1, statement=person.username, by=person, at=NOON
            )
            outcomes.append("saved")
        except Overtaken:
            outcomes.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["saved"] + ["told"] * 7
    assert Claim.objects.get(pk=claim.pk).version == 2


@pytest.mark.parametrize(
    "words",
    ["", "   ", "nul \x00", "\ud800", "\u202egnirts", "x" * 5_001],
    ids=["empty", "blank", "nul", "surrogate", "override", "long"],
)
def test_a_statement_that_is_no_plain_text_is_refused_by_name(words):
    with pytest.raises(ValidationError) as refused:
        editing.create_claim(
            statement=words, claimant=a_claimant(), by=a_person(), at=NOON
        )

    assert "statement" in refused.value.message_dict or words.isspace()


@pytest.mark.django_db(transaction=True)
def test_a_claimant_who_is_gone_is_named_as_the_fault():
    ana, gone = a_person(), a_claimant()
    Claimant.objects.filter(pk=gone.pk).delete()

    with pytest.raises(ValidationError) as refused:
        editing.create_claim(statement="It held.", claimant=gone, by=ana, at=NOON)

    assert "claimant" in refused.value.message_dict
    assert not Claim.objects.exists()


def test_a_reader_writes_nothing_down():
    with pytest.raises(NotYours):
        editing.create_claimant(
            name="A. Nobody", kind="person", by=a_person("reader"), at=NOON
        )


def test_a_claimant_is_found_again_by_name_or_alias_in_any_case():
    ada = a_claimant("Ada Quill")
    Claimant.objects.filter(pk=ada.pk).update(aliases=["Mayor Quill"])

    for name in ("ada quill", "Mayor Quill"):
        found = editing.claimant_named(name, kind="person", by=a_person(), at=NOON)
        assert found == ada


def test_a_new_claimant_comes_with_the_affiliation_that_was_read():
    ada = editing.claimant_named(
        "Ada Quill",
        kind="person",
        role="mayor",
        affiliation="City of Brenn",
        by=a_person(),
        at=NOON,
    )

    assert (ada.role, ada.affiliation.name) == ("mayor", "City of Brenn")


def test_an_assessment_by_a_contributor_waits_for_a_reviewer():
    assessment = an_assessment(a_claim(), by=a_person("contributor"))
    assert assessment.state == "suggested"

    assessment = editing.confirm(assessment, by=a_person(), at=NOON)

    assert assessment.state == "confirmed"
    with pytest.raises(AlreadyDecided):
        editing.reject(assessment, by=a_person(), at=NOON)


@pytest.mark.parametrize(
    ("stance", "status"),
    [
        ("contradicts", "recheck"),
        ("explains_away", "recheck"),
        ("supports", "published"),
    ],
)
def test_a_new_contradiction_brings_a_published_claim_back(stance, status):
    claim = a_claim(ClaimStatus.PUBLISHED)

    an_assessment(claim, stance=stance)

    assert Claim.objects.get(pk=claim.pk).status == status


def test_a_claim_cannot_be_assessed_on_the_strength_of_itself():
    claim = a_claim()

    with pytest.raises(ValidationError):
        editing.add_assessment(
            claim,
            assessor=a_claimant(),
            stance="supports",
            statement="Because it says so.",
            based_on=claim,
            by=a_person(),
            at=NOON,
        )

    assert not Assessment.objects.exists()


def test_one_page_cited_twice_is_one_source_and_one_citation():
    claim, ana = a_claim(), a_person()
    urls = ["https://Paper.example/a?utm_source=x", "https://paper.example/a#top"]

    first, again = (
        editing.cite(claim, url=url, exact="two halls", by=ana, at=NOON) for url in urls
    )

    assert first == again
    assert Source.objects.count() == 1


@pytest.mark.parametrize(
    ("url", "exact"),
    [
        ("ftp://paper.example/a", "words"),
        ("https://ana:secret@paper.example/a", "words"),
        ("paper", "words"),
        ("https://paper.example/a", "  "),
        ("https://paper.example/a", "nul \x00"),
    ],
)
def test_a_citation_that_cannot_be_watched_leaves_nothing_behind(url, exact):
    claim = a_claim()

    with pytest.raises(CitationRefused):
        editing.cite(claim, url=url, exact=exact, by=a_person(), at=NOON)

    assert not Source.objects.exists()


def test_a_citation_can_be_taken_out_while_nobody_has_read_it():
    citation = a_citation(a_claim())

    with pytest.raises(NotYours):
        editing.uncite(citation, by=a_person("contributor"))
    editing.uncite(citation, by=a_person())

    assert not Citation.objects.exists()


@pytest.mark.parametrize("status", [ClaimStatus.PUBLISHED, ClaimStatus.CORRECTING])
def test_what_a_published_claim_rests_on_is_not_taken_out(status):
    claim = a_claim(status)
    beside = a_citation(an_assessment(claim, stance="supports"))

    for citation in (claim.citations.get(), beside):
        with pytest.raises(CitationRefused, match="Readers have seen"):
            editing.uncite(citation, by=a_person("editor"))


def test_a_stance_that_turns_brings_a_published_claim_back():
    claim = a_claim(ClaimStatus.PUBLISHED)
    assessment = an_assessment(claim, stance="supports")

    editing.change_assessment(
        assessment,
        version=assessment.version,
        stance="contradicts",
        by=a_person(),
        at=NOON,
    )

    assert Claim.objects.get(pk=claim.pk).status == "recheck"


def test_a_contributor_does_not_rename_whom_readers_know():
    known = a_claim(ClaimStatus.PUBLISHED).claimant
    cora = a_person("contributor")

    with pytest.raises(NotYours):
        editing.change_claimant(
            known, version=known.version, name="Somebody Else", by=cora
        )

    unknown = a_claimant()
    editing.change_claimant(unknown, version=1, name="Somebody Else", by=cora)


def test_a_contributor_changes_nothing_that_was_confirmed_since_they_read_it():
    read_before = an_assessment(a_claim(), by=a_person("contributor"))
    editing.confirm(Assessment.objects.get(), by=a_person("reviewer"), at=NOON)
    version = Assessment.objects.get().version

    with pytest.raises(NotYours):
        editing.change_assessment(
            read_before,
            version=version,
            statement="Otherwise.",
            by=a_person("contributor"),
            at=NOON,
        )
