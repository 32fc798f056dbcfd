"""Each rule of the database about claims, broken on purpose, by every road there is."""

import re
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, transaction

from claims import workflow
from claims.models import (
    AccessToken,
    Audit,
    Candidate,
    Citation,
    Claim,
    Correction,
    Draft,
    EndpointPause,
    Lease,
    Move,
    Opening,
    Review,
    SavedView,
    Snooze,
)
from claims.vocabulary import ClaimStatus
from tests.factories import (
    NOON,
    a_citation,
    a_claim,
    a_claimant,
    a_person,
    an_article,
    an_assessment,
)

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(days=1)
S = ClaimStatus


@contextmanager
def refused(rule):
    """What happens inside breaks this rule, and nothing of it is kept."""
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        yield


@contextmanager
def append_only():
    """What happens inside would rewrite a record."""
    refusal = "Cannot update (or delete )?rows"
    with pytest.raises(DatabaseError, match=refusal), transaction.atomic():
        yield


def change(row, **fields):
    type(row).objects.filter(pk=row.pk).update(**fields)


def writing():
    """A review that is being written, of a claim in review."""
    ana = a_person()
    claim = a_claim(S.IN_REVIEW, writer=ana)
    return workflow.write_review(claim, verdict="false", summary="So.", by=ana, at=NOON)


def submitted():
    return a_claim(S.SECOND_REVIEW).reviews.get()


def seconded():
    return a_claim(S.ARBITRATION).reviews.get()


def published():
    return a_claim(S.PUBLISHED).reviews.get()


# --- Claimants ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        ("claimant_has_a_name", {"name": " \n"}),
        ("claimant_kind_is_known", {"kind": "ghost"}),
        ("claimant_wikidata_id_is_an_item", {"wikidata_id": "L42"}),
    ],
)
def test_a_claimant_is_somebody(rule, fields):
    with refused(rule):
        change(a_claimant(), **fields)


def test_a_claimant_is_not_its_own_affiliation():
    claimant = a_claimant()

    with refused("claimant_is_not_its_own_affiliation"):
        change(claimant, affiliation=claimant)


def test_two_claimants_are_not_one_wikidata_item():
    change(a_claimant(), wikidata_id="Q42")

    with refused("claimant_wikidata_id_is_one_claimant"):
        change(a_claimant(), wikidata_id="Q42")


@pytest.mark.parametrize("make", [a_claimant, a_claim])
def test_an_edit_counts_the_version_by_whatever_road(make):
    """version_counts_edits: nobody has to remember it."""
    row = make()

    change(row, **{"name" if make is a_claimant else "statement": "Another."})
    change(row, version=99)

    row.refresh_from_db()
    assert row.version == 99
    change(row, **{"name" if make is a_claimant else "statement": "A third."})
    row.refresh_from_db()
    assert row.version == 100


# --- Claims -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        ("claim_says_something", {"statement": "\t "}),
        ("claim_form_is_known", {"form": "sung"}),
        ("claim_precision_is_known", {"said_at_precision": "aeon"}),
    ],
)
def test_a_claim_says_something_in_a_known_way(rule, fields):
    with refused(rule):
        change(a_claim(), **fields)


def test_a_claim_does_not_repeat_itself():
    claim = a_claim()

    with refused("claim_does_not_repeat_itself"):
        change(claim, canonical=claim)


def test_there_is_no_status_beside_the_known_ones():
    """claim_status_is_known stands behind the two triggers that meet it first."""
    with refused("claim_status_is_known|claim_status_follows_the_moves"):
        change(a_claim(), status="famous")


@pytest.mark.parametrize("status", [s for s in S if s is not S.NEW])
def test_a_claim_enters_as_new_and_nothing_else(status):
    with refused("claim_starts_new"):
        Claim.objects.create(
            statement="The dam held.",
            claimant=a_claimant(),
            status=status,
            moved_at=NOON,
            created_at=NOON,
            updated_at=NOON,
        )
    with refused("claim_starts_new"):
        Claim.objects.bulk_create(
            [
                Claim(
                    statement="The dam held.",
                    claimant=a_claimant(),
                    status=status,
                    moved_at=NOON,
                    created_at=NOON,
                    updated_at=NOON,
                )
            ]
        )


def test_a_status_follows_the_moves():
    with refused("claim_status_follows_the_moves"):
        change(a_claim(S.NEW), status=S.SECOND_REVIEW)


def test_nothing_is_published_without_a_review_that_stands():
    with refused("claim_published_has_review"):
        change(a_claim(S.SECOND_REVIEW), status=S.PUBLISHED)


def test_nothing_is_published_whose_words_were_never_seen():
    claim = a_claim(S.SECOND_REVIEW)
    review = claim.reviews.get()
    change(
        review,
        second_reviewer=a_person(),
        second_verdict=review.first_verdict,
        seconded_at=NOON,
    )
    claim.citations.all().delete()
    a_citation(claim, intact=False)
    change(review, published_at=NOON, valid_from=NOON)

    with refused("claim_published_has_intact_quote"):
        change(claim, status=S.PUBLISHED)


@pytest.mark.parametrize("state", ["suggested", "rejected"])
def test_nothing_is_published_on_what_nobody_stands_behind(state):
    claim = a_claim(S.SECOND_REVIEW)
    voice = an_assessment(claim)
    review = claim.reviews.get()
    change(
        review,
        second_reviewer=a_person(),
        second_verdict=review.first_verdict,
        seconded_at=NOON,
    )
    claim.citations.all().delete()
    a_citation(voice)
    undecided = {"decided_by": None, "decided_at": None}
    change(voice, state=state, **(undecided if state == "suggested" else {}))
    change(review, published_at=NOON, valid_from=NOON)

    with refused("claim_published_has_intact_quote"):
        change(claim, status=S.PUBLISHED)


def test_review_second_never_wrote_it():
    """Not even where the writer is swapped while the review is withdrawn."""
    ana, ben = a_person(), a_person()
    review = a_claim(S.SECOND_REVIEW, writer=ana).reviews.get()
    change(review, submitted_at=None, first_verdict="")
    change(review, written_by=ben)
    change(review, submitted_at=NOON, first_verdict="false")

    with refused("review_second_never_wrote_it"):
        change(review, second_reviewer=ana, second_verdict="false", seconded_at=NOON)


@pytest.mark.parametrize(
    "name", ["Claim", "Claimant", "Assessment", "Citation", "Review"]
)
def test_the_history_is_append_only(name):
    an_assessment(claim := a_claim(S.PUBLISHED))
    assert claim
    history = apps.get_model("claims", f"{name}Event").objects

    for act in (history.all().delete, lambda: history.update(pgh_label="x")):
        with append_only():
            act()


@pytest.mark.parametrize("status", [S.PUBLISHED, S.RECHECK, S.CORRECTING, S.RETRACTED])
@pytest.mark.parametrize(
    "fields",
    [{"statement": "Otherwise."}, {"original_wording": "Else."}, {"said_at": LATER}],
)
def test_claim_published_words_stand(status, fields):
    """The trigger `published_words_stand`."""
    claim = a_claim(status)

    with refused("claim_published_words_stand"):
        change(claim, **fields)

    change(claim, topics=["harbours"])


@pytest.mark.parametrize("status", [S.SECOND_REVIEW, S.ARBITRATION])
def test_claim_judged_words_stand(status):
    """The trigger `published_words_stand`, before anything is published."""
    claim = a_claim(status)

    with refused("claim_judged_words_stand"):
        change(claim, statement="The opposite.")

    change(claim, topics=["harbours"])


def test_a_claim_that_was_worked_on_is_kept():
    claim = a_claim(S.DISMISSED)

    with refused("claim_with_history_is_kept"):
        Claim.objects.filter(pk=claim.pk)._raw_delete("default")


@pytest.mark.parametrize(
    ("model", "kept"),
    [(Move, append_only()), (Correction, refused("correction_once_public_stays"))],
)
def test_a_record_is_only_added_to(model, kept):
    """append_only: not even a note is put right later."""
    row = model.objects.filter(claim=a_claim(S.RETRACTED)).first()

    with append_only():
        change(row, note="It was otherwise.")
    with kept:
        model.objects.filter(pk=row.pk)._raw_delete("default")


def test_a_status_goes_back_before_publication_only_while_it_can_be_undone():
    """How far, and what of the review with it: test_undoing.py."""
    claim = a_claim(S.PUBLISHED)

    with refused("claim_undone_in_time"):
        change(claim, status=S.SECOND_REVIEW)


# --- Reviews ------------------------------------------------------------------


def test_a_review_begins_open():
    claim, ana, ben = a_claim(S.IN_REVIEW), a_person(), a_person()

    with refused("review_starts_open"):
        Review.objects.create(
            claim=claim,
            version=1,
            verdict="true",
            first_verdict="true",
            second_verdict="true",
            summary="Yes.",
            written_by=ana,
            second_reviewer=ben,
            submitted_at=NOON,
            seconded_at=NOON,
            created_at=NOON,
            published_at=NOON,
            valid_from=NOON,
        )
    with refused("review_starts_open"):
        Review.objects.create(
            claim=claim,
            version=1,
            verdict="true",
            first_verdict="true",
            summary="Yes.",
            written_by=ana,
            submitted_at=NOON,
            created_at=NOON,
        )


def test_the_second_pair_of_eyes_is_somebody_elses():
    review = submitted()

    with refused(r"review_needs_a_second_pair_of_eyes|review_second_never_wrote_it"):
        change(
            review,
            second_reviewer=review.written_by,
            second_verdict=review.first_verdict,
            seconded_at=NOON,
        )


def test_the_arbiter_is_a_third_person():
    review = seconded()

    for person in (review.written_by, review.second_reviewer):
        with refused("review_arbiter_is_a_third_person"):
            change(review, arbiter=person, arbitrated_at=NOON)


def test_the_writer_is_not_swapped_to_become_the_second():
    review = submitted()

    with refused("review_submitted_stands"):
        change(review, written_by=a_person())


@pytest.mark.parametrize(
    "fields",
    [
        {"verdict": "true"},
        {"first_verdict": "true", "verdict": "true"},
        {"summary": "Otherwise."},
        {"explanation": "Otherwise."},
        {"submitted_at": LATER},
    ],
    ids="-".join,
)
def test_what_was_handed_in_is_not_changed(fields):
    with refused("review_submitted_stands"):
        change(submitted(), **fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"second_verdict": "true"},
        {"second_verdict": "false"},
        {"second_reviewer": None, "second_verdict": "", "seconded_at": None},
    ],
    ids=["another", "the first's", "none"],
)
def test_a_recorded_verdict_stands(fields):
    with refused("review_recorded_verdict_stands"):
        change(seconded(), **fields)


def test_nobody_is_second_to_what_was_not_submitted():
    review = writing()

    with refused("review_is_submitted_before_seconded"):
        change(
            review,
            first_verdict="false",
            submitted_at=NOON,
            second_reviewer=a_person(),
            second_verdict="false",
            seconded_at=NOON,
        )


def test_nobody_arbitrates_before_both_verdicts_are_in():
    with refused("review_is_seconded_before_arbitrated"):
        change(
            submitted(),
            second_reviewer=a_person(),
            second_verdict="true",
            seconded_at=NOON,
            arbiter=a_person(),
            arbitrated_at=NOON,
        )


def test_a_review_is_not_seconded_and_published_at_one_stroke():
    review = submitted()

    with refused("review_is_seconded_before_published"):
        change(
            review,
            second_reviewer=a_person(),
            second_verdict=review.first_verdict,
            seconded_at=NOON,
            published_at=NOON,
            valid_from=NOON,
        )


def test_a_review_that_differs_is_not_published_without_an_arbiter():
    with refused("review_published_by_two_who_agree_or_a_third"):
        change(seconded(), published_at=NOON, valid_from=NOON)


def test_a_review_is_not_published_unseconded():
    """review_published_was_seconded stands behind the trigger that meets it first."""
    with refused("review_is_seconded_before_published|review_published_was_seconded"):
        change(submitted(), published_at=NOON, valid_from=NOON)


def test_a_review_stays_with_its_claim():
    other = a_claim()

    for review in (writing(), submitted(), seconded()):
        with refused("review_stays_with_its_claim"):
            change(review, claim=other)
    with refused("review_published_is_immutable"):
        change(published(), claim=other)


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        ("review_submission_is_whole_or_empty", {"submitted_at": NOON}),
        (
            "review_submission_is_whole_or_empty",
            {"submitted_at": NOON, "first_verdict": "false", "summary": " "},
        ),
        (
            "review_second_verdict_is_whole_or_empty",
            {"second_verdict": "true"},
        ),
        ("review_verdict_is_known", {"verdict": "nearly"}),
        ("review_validity_starts_with_publication", {"valid_from": NOON}),
    ],
)
def test_a_review_is_whole(rule, fields):
    with refused(rule):
        change(writing(), **fields)


def test_an_arbitration_is_whole():
    with refused("review_arbitration_is_whole_or_empty"):
        change(seconded(), arbiter=a_person())


def test_a_version_is_one_review_and_one_is_in_the_making_and_one_stands():
    review = writing()
    with refused("review_one_in_the_making|review_version_is_one_review"):
        Review.objects.create(
            claim=review.claim, version=1, written_by=a_person(), created_at=NOON
        )
    with refused("review_one_in_the_making"):
        Review.objects.create(
            claim=review.claim, version=2, written_by=a_person(), created_at=NOON
        )
    stands = published()
    with refused("review_version_is_one_review"):
        Review.objects.create(
            claim=stands.claim, version=1, written_by=a_person(), created_at=NOON
        )


def test_two_reviews_of_one_claim_do_not_stand_at_one_time():
    ana, ben = a_person(), a_person()
    claim = a_claim(S.CORRECTING, writer=ana)
    workflow.submit(
        claim, by=ana, at=NOON, correction_kind="update", correction_note="News."
    )
    review = claim.reviews.unpublished().get()
    change(
        review,
        second_reviewer=ben,
        second_verdict=review.first_verdict,
        seconded_at=NOON,
    )

    with refused("review_one_current"):
        change(review, published_at=NOON, valid_from=NOON)


@pytest.mark.parametrize(
    "fields",
    [
        {"verdict": "true"},
        {"summary": "Otherwise."},
        {"published_at": None},
        {"valid_from": LATER},
        {"second_note": "Otherwise."},
    ],
    ids="-".join,
)
def test_a_published_review_never_changes(fields):
    with refused("review_published_is_immutable"):
        change(published(), **fields)


def test_a_published_review_is_never_deleted():
    review = published()

    with refused("review_published_is_kept"):
        Review.objects.filter(pk=review.pk)._raw_delete("default")


def test_a_published_claim_is_not_left_without_its_review():
    for status in (S.PUBLISHED, S.RECHECK, S.CORRECTING):
        with refused("review_ends_when_replaced"):
            change(a_claim(status).reviews.current().get(), valid_to=LATER)


def test_a_review_does_not_end_before_it_begins():
    ana = a_person()
    claim = a_claim(S.CORRECTING, writer=ana)
    workflow.submit(
        claim, by=ana, at=NOON, correction_kind="update", correction_note="News."
    )

    with refused("review_validity_does_not_run_backwards"):
        change(
            claim.reviews.current().get(),
            valid_to=NOON - timedelta(days=1),
        )


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        ("correction_replaces_unless_it_retracts", {"kind": "correction"}),
        ("correction_says_why", {"note": " "}),
    ],
)
def test_a_correction_says_what_and_why(rule, fields):
    review = published()

    with refused(rule):
        Correction.objects.create(
            **{
                "claim": review.claim,
                "review_from": review,
                "kind": "retraction",
                "note": "It was invented.",
                "by": review.written_by,
                "at": NOON,
                **fields,
            }
        )


# --- Assessments --------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        ("assessment_says_something", {"statement": "  "}),
        ("assessment_stance_is_known", {"stance": "shrugs"}),
        ("assessment_decision_is_whole_or_empty", {"state": "suggested"}),
        ("assessment_decision_is_whole_or_empty", {"decided_by": None}),
    ],
)
def test_an_assessment_is_whole(rule, fields):
    with refused(rule):
        change(an_assessment(a_claim()), **fields)


def test_an_assessment_rests_on_another_claim():
    claim = a_claim()

    with refused("assessment_rests_on_another_claim"):
        change(an_assessment(claim), based_on=claim)


def test_an_assessment_is_not_moved_under_another_claim():
    with refused("assessment_stays_with_its_claim"):
        change(an_assessment(a_claim()), claim=a_claim())


# --- Citations ----------------------------------------------------------------


def test_a_citation_belongs_to_exactly_one():
    claim = a_claim()
    citation = a_citation(claim)

    with refused("citation_belongs_to_exactly_one"):
        change(citation, claim=None)
    with refused("citation_belongs_to_exactly_one"):
        change(citation, assessment=an_assessment(claim))


def test_the_same_words_are_cited_once_for_one_purpose():
    citation = a_citation(a_claim())

    with refused("citation_once_for_each_passage"):
        Citation.objects.create(
            claim=citation.claim, passage=citation.passage, created_at=NOON
        )


def test_a_citation_is_there_for_something():
    with refused("citation_role_is_known"):
        change(a_citation(a_claim()), role="ornament")


@pytest.mark.parametrize("status", [S.PUBLISHED, S.RECHECK, S.CORRECTING, S.RETRACTED])
def test_what_a_published_claim_rests_on_is_neither_deleted_nor_swapped(status):
    citation = a_claim(status).citations.get()
    other = a_citation(a_claim())

    with refused("citation_once_public_stays"):
        Citation.objects.filter(pk=citation.pk)._raw_delete("default")
    for fields in (
        {"passage": other.passage},
        {"claim": other.claim},
        {"role": "context"},
    ):
        with refused("citation_once_public_stays"):
            change(citation, **fields)


def test_so_does_what_an_assessment_of_it_rests_on():
    claim = a_claim(S.PUBLISHED)
    citation = a_citation(an_assessment(claim, stance="supports"))

    with refused("citation_once_public_stays"):
        citation.delete()


# --- Articles, tokens, drafts -------------------------------------------------


def test_an_article_has_text():
    with refused("article_has_text"):
        change(an_article(), text=" ")


@pytest.mark.parametrize(
    "fields",
    [
        {"reader": "endpoint"},  # which model was it?
        {"reader": "endpoint", "model": "m", "why_not": "late"},
        {"model": "m"},
        {"why_not": "late"},
    ],
)
def test_an_article_says_who_read_it_and_why_not_the_other(fields):
    with refused("article_reader_is_named"):
        change(an_article("Words."), **fields)


def test_an_article_has_no_more_parts_read_than_parts():
    with refused("article_parts_are_counted"):
        change(an_article("Words."), parts=2, parts_read=3)


def test_a_model_is_left_alone_for_a_reason():
    with refused("endpoint_pause_has_a_reason"):
        EndpointPause.objects.create(name="m", until=NOON)


def test_a_candidate_has_a_place_and_a_whole_decision():
    candidate = Candidate(
        article=an_article(),
        text="The dam held",
        start=5,
        end=5,
        form="direct",
        claimant_kind="person",
    )
    with refused("candidate_ends_after_it_starts"):
        candidate.save(force_insert=True)
    candidate.end = 17
    candidate.save(force_insert=True)
    for fields in (
        {"state": "accepted"},
        {"state": "rejected"},
        {"decided_by": a_person()},
        {"claim": a_claim()},
    ):
        with refused("candidate_decision_is_whole_or_empty"):
            change(candidate, **fields)


def test_a_token_can_do_something():
    with refused("token_can_do_something"):
        AccessToken.issue(user=a_person(), name="Idle", scopes=[], now=NOON)


@pytest.mark.parametrize("of_a_claim", [True, False])
def test_a_person_has_one_draft_of_a_form(of_a_claim):
    claim, ana = a_claim() if of_a_claim else None, a_person()
    Draft.objects.create(claim=claim, author=ana, form="review", saved_at=NOON)

    with refused("draft_one_for_each_form"):
        Draft.objects.create(claim=claim, author=ana, form="review", saved_at=NOON)


def test_a_person_has_a_claim_open_once():
    claim, ana = a_claim(), a_person()
    Lease.objects.create(claim=claim, holder=ana, since=NOON, until=NOON)

    with refused("lease_one_for_each_person"):
        Lease.objects.create(claim=claim, holder=ana, since=NOON, until=NOON)


# --- Second looks -------------------------------------------------------------


def an_audit():
    review = a_claim(S.PUBLISHED).reviews.get()
    # One in forty was drawn on being published.
    return Audit.objects.get_or_create(review=review, defaults={"drawn_at": NOON})[0]


def test_a_third_reading_is_whole_or_not_there():
    audit = an_audit()

    for fields in (
        {"read_by": a_person()},
        {"read_at": NOON},
        {"verdict": "mixed"},
        {"note": "Fine."},
        {"read_by": a_person(), "read_at": NOON, "verdict": ""},
        {"read_by": a_person(), "read_at": NOON, "verdict": "splendid"},
    ):
        with refused("audit_is_whole_or_empty"):
            change(audit, **fields)


@pytest.mark.parametrize("who", ["written_by", "second_reviewer"])
def test_whoever_judged_a_claim_does_not_read_it_again(who):
    audit = an_audit()
    person = getattr(audit.review, who)

    with refused("audit_is_a_third_persons"):
        change(audit, read_by=person, read_at=NOON, verdict="mixed")


def test_a_third_reading_stands():
    audit = an_audit()
    change(audit, read_by=a_person(), read_at=NOON, verdict="mixed")

    with append_only():  # audit_stands
        change(audit, verdict="false")
    with append_only():
        audit.delete()


def test_a_person_opens_a_review_once():
    claim, ana = a_claim(S.SECOND_REVIEW), a_person()
    review = claim.reviews.get()
    Opening.objects.create(review=review, person=ana, opened_at=NOON)

    with refused("opening_one_for_each_person"):
        Opening.objects.create(review=review, person=ana, opened_at=NOON)


def test_a_person_puts_a_claim_off_once_and_until_later():
    claim, ana = a_claim(), a_person()
    Snooze.objects.create(claim=claim, person=ana, set_at=NOON, until=LATER)

    with refused("snooze_one_for_each_person"):
        Snooze.objects.create(claim=claim, person=ana, set_at=NOON, until=LATER)
    with refused("snooze_ends_after_it_begins"):
        change(Snooze.objects.get(), until=NOON)


def test_a_view_has_a_name_that_its_owner_uses_once():
    ana = a_person()
    view = SavedView.objects.create(owner=ana, name="Water", created_at=NOON)

    with refused("view_name_is_one_view_of_its_owner"):
        SavedView.objects.create(owner=ana, name="WATER", created_at=NOON)
    with refused("view_has_a_name"):
        change(view, name="  ")


# --- That none is forgotten ---------------------------------------------------


def rules_of(app):
    for model in apps.get_app_config(app).get_models():
        yield from (constraint.name for constraint in model._meta.constraints)
        for trigger in getattr(model._meta, "triggers", ()):
            told = re.findall(r"CONSTRAINT = '(\w+)'", str(trigger.func or ""))
            yield from told or [trigger.name]


@pytest.mark.parametrize("app", ["claims", "sources"])
def test_each_rule_has_a_test_that_names_it(app):
    written = (Path(__file__).parents[1] / app / "test_constraints.py").read_text()
    rules = set(rules_of(app))
    history = {"insert_insert", "update_update", "delete_delete"}  # pghistory's own

    assert {rule for rule in rules - history if rule not in written} == set()
    assert len(rules) > 5
