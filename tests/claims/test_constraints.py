"""Each rule of the database about claims, broken on purpose, by every road there is."""

import re
from pathlib import Path

import pytest
from django.apps import apps

from claims.models import (
    Claim,
    Correction,
    Move,
)
from tests.claims.breaking import LATER, S, append_only, change, refused
from tests.factories import (
    NOON,
    a_citation,
    a_claim,
    a_claimant,
    a_person,
    an_assessment,
)

pytestmark = pytest.mark.django_db


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


# --- That none is forgotten ---------------------------------------------------


def rules_of(app):
    for model in apps.get_app_config(app).get_models():
        yield from (constraint.name for constraint in model._meta.constraints)
        for trigger in getattr(model._meta, "triggers", ()):
            told = re.findall(r"CONSTRAINT = '(\w+)'", str(trigger.func or ""))
            yield from told or [trigger.name]


@pytest.mark.parametrize("app", ["claims", "sources"])
def test_each_rule_has_a_test_that_names_it(app):
    parts = (Path(__file__).parents[1] / app).glob("test_constraints*.py")
    written = "".join(part.read_text() for part in parts)
    rules = set(rules_of(app))
    history = {"insert_insert", "update_update", "delete_delete"}  # pghistory's own

    assert {rule for rule in rules - history if rule not in written} == set()
    assert len(rules) > 5
