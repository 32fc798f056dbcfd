"""Each rule of the database about what stands beside claims, broken on purpose."""

import pytest

from claims.models import (
    AccessToken,
    Audit,
    Candidate,
    Citation,
    Draft,
    EndpointPause,
    Lease,
    Opening,
    SavedView,
    Snooze,
)
from tests.claims.breaking import LATER, S, append_only, change, refused
from tests.factories import (
    NOON,
    a_citation,
    a_claim,
    a_person,
    an_article,
    an_assessment,
)

pytestmark = pytest.mark.django_db


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
        {"text_sha256": ""},  # of which text?
        {"text": "", "text_sha256": ""},  # and where would it come from?
    ],
)
def test_an_article_has_its_text_or_waits_for_it(fields):
    with refused("article_has_text"):
        change(an_article("Words."), **fields)


def test_an_article_that_was_read_had_a_text_or_is_another():
    article = an_article("Words.", source_url="https://paper.example/words")
    change(article, text="", text_sha256="")

    with refused("article_has_text"):
        change(article, read_at=NOON)


def test_an_article_is_not_the_same_as_itself_and_has_no_text_of_its_own():
    article, other = an_article("Words."), an_article("Others.")

    with refused("article_is_same_as_another"):
        change(article, same_as=other)
    with refused("article_is_same_as_another"):
        change(article, same_as=article)


def test_a_text_is_one_article():
    article, other = an_article("Words."), an_article("Others.")

    with refused("article_text_is_kept_once"):
        change(other, text_sha256=article.text_sha256)


def test_a_page_is_waited_for_by_one_article():
    address = "https://paper.example/words"
    first, second = (an_article(text, source_url=address) for text in ("One.", "Two."))
    change(first, text="", text_sha256="")

    with refused("article_waits_once_for_its_page"):
        change(second, text="", text_sha256="")


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


@pytest.mark.parametrize(
    "fields", [{"compared_by": "m"}, {"compared_at": NOON, "compared_why_not": "late"}]
)
def test_a_candidate_is_compared_by_somebody_at_some_time(fields):
    candidate = Candidate.objects.create(
        article=an_article("Words."), text="Words", start=0, end=5
    )

    with refused("candidate_is_compared_by_somebody"):
        change(candidate, **fields)


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
