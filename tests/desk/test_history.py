"""The history of a claim: what was done to it, by whom and why, and what was not told."""

import re

import pgtrigger
import pytest
from django.urls import reverse
from uuid_utils.compat import uuid7

from claims import editing, workflow
from claims.desk import past
from claims.models import Citation, Claim, Review
from claims.vocabulary import ClaimStatus, Stance, Verdict
from tests.factories import NOON, a_citation, a_claim, a_person, an_assessment

S = ClaimStatus
SUMMARY = "Satellite images show two halls without a roof."


def at(claim, name="history"):
    return reverse(f"desk:{name}", args=[claim.pk])


def page(desk, address):
    return " ".join(desk.get(address).content.decode().split())


def titles(answer):
    return [step.title for step in answer.context["past"].steps]


def changed_by_form(desk, claim, **fields):
    form = desk.get(at(claim, "claim")).context["forms"]["change"]
    values = {name: form[name].value() or "" for name in form.fields}
    values["topics"] = ", ".join(values["topics"] or [])
    return desk.post(at(claim, "change"), {**values, **fields})


def test_each_change_says_what_who_and_why(as_, olga, ana):
    ana.first_name, ana.last_name = "Ana", "Quill"
    ana.save()
    claim = a_claim(statement="The strike hit 3 sites.")
    changed_by_form(as_(ana), claim, statement="The strike hit 5 sites.")
    as_(olga).post(at(claim, "assign"), {"to": ana.pk, "reason": "You know it."})

    desk = as_(olga)
    answer = desk.get(at(claim))
    text = " ".join(answer.content.decode().split())

    assert titles(answer)[-2:] == ["Changed to version 2", "Written down"]
    assert "Given to Ana Quill" in titles(answer)
    assert "New → In review" in titles(answer)
    assert '<del class="weighty">3</del> <ins class="weighty">5</ins>' in text
    assert "You know it." in text
    assert re.search(r"request <code>[0-9a-f-]{36}</code>", text)
    assert "request <code>" not in page(as_(ana), at(claim))


def test_handing_in_is_one_step(as_, ana):
    claim = a_claim(S.IN_REVIEW, writer=ana)
    workflow.write_review(claim, verdict="false", summary=SUMMARY, by=ana, at=NOON)
    as_(ana).post(
        at(claim, "review"),
        {"verdict": "false", "summary": SUMMARY, "explanation": "", "do": "submit"},
    )

    assert titles(as_(ana).get(at(claim)))[0] == "In review → Second review"
    assert "Put back" not in page(as_(ana), at(claim))


@pytest.mark.django_db(transaction=True)
def test_putting_it_back_is_a_step_of_its_own(as_, ana):
    claim = a_claim(S.IN_REVIEW, writer=ana)
    as_(ana).post(at(claim, "release"))

    assert "Put back, for anybody to take" in titles(as_(ana).get(at(claim)))


def test_what_was_cited_and_taken_away_stays_on_record(as_, ana):
    claim = a_claim()
    citation = a_citation(claim, exact="barely a scratch")
    editing.uncite(citation, by=a_person("editor"))

    answer = as_(ana).get(at(claim))

    told = [title for title in titles(answer) if "cited" in title.lower()]
    assert told == ["No longer cited, said here", "Cited, said here"]
    assert "barely a scratch" in answer.content.decode()


def test_assessments_are_told_with_their_changes(as_, ana):
    claim = a_claim()
    assessment = an_assessment(claim, stance=Stance.SUPPORTS)
    assessment.refresh_from_db()
    editing.change_assessment(
        assessment,
        version=assessment.version,
        stance=Stance.CONTRADICTS,
        by=ana,
        at=NOON,
    )

    answer = as_(ana).get(at(claim))

    told = [title for title in titles(answer) if title.startswith("Assessment")]
    assert len(told) == 2
    assert told[0].startswith("Assessment changed: ")
    assert told[1].endswith(", supports")


def test_two_versions_of_a_review_are_compared_word_by_word(as_, ana, ben):
    claim = a_claim(S.CORRECTING, writer=ana)
    workflow.write_review(
        claim, verdict="mixed", summary="Images show one hall.", by=ana, at=NOON
    )
    workflow.submit(
        claim, by=ana, at=NOON, correction_kind="update", correction_note="Misdated."
    )
    workflow.second(claim, verdict="mixed", by=ben, at=NOON)

    text = page(as_(ana), at(claim))
    chosen = page(as_(ana), at(claim) + "?from=2&to=1")
    one = page(as_(ana), at(claim) + "?from=1&to=1")

    assert "From version 1 to version 2:" in text
    assert "<del" in text
    assert "From version 1 to version 2:" in chosen
    assert "Choose two different versions" in one


def test_drafts_are_not_shown(as_, ana):
    claim = a_claim(S.IN_REVIEW, writer=ana)
    workflow.write_review(claim, verdict="false", summary=SUMMARY, by=ana, at=NOON)

    text = page(as_(ana), at(claim))

    assert SUMMARY not in text
    assert "Versions of the review" not in text


# --- Blind --------------------------------------------------------------------


def seen(desk, claim):
    text = desk.get(at(claim)).content.decode()
    return re.sub(
        r'(nonce="|Token" value="|X-CSRFToken": ")[^"]+|[A-Za-z0-9]{64}', "", text
    )


@pytest.mark.parametrize("role", ["reviewer", "editor", "admin", "contributor"])
def test_no_history_depends_on_the_first_verdict(as_, ana, role):
    claim = a_claim(S.SECOND_REVIEW, writer=ana, verdict=Verdict.MISLEADING)
    review = claim.reviews.get()
    other = a_citation(a_claim(), exact="twelve roofs are gone").passage
    desk = as_(a_person(role))

    first = seen(desk, claim)
    with pgtrigger.ignore("claims.Review:submitted_review_stands"):
        Review.objects.filter(pk=review.pk).update(
            verdict=Verdict.TRUE, first_verdict=Verdict.TRUE, summary="All of it holds."
        )
    Citation.objects.create(
        id=uuid7(), review=review, passage=other, role="evidence_for", created_at=NOON
    )
    second = seen(desk, claim)

    assert first == second
    assert 'class="verdict' not in first
    assert "twelve roofs are gone" not in second
    assert "twelve roofs are gone" in seen(as_(ana), claim)


def test_what_a_second_reviewer_wrote_back_is_between_the_two(as_, ana, ben, cleo):
    claim = a_claim(S.SECOND_REVIEW, writer=ana)
    workflow.send_back(claim, by=ben, at=NOON, reason="Misleading goes too far here.")

    assert "goes too far" in page(as_(ana), at(claim))
    assert "goes too far" in page(as_(ben), at(claim))
    assert "goes too far" not in page(as_(cleo), at(claim))


def test_a_round_that_was_sent_back_shows_no_verdict(as_, ana, ben, cleo):
    claim = a_claim(S.ARBITRATION, writer=ana, second=ben)
    assert 'class="verdict' in page(as_(cleo), at(claim))

    workflow.send_back(claim, by=cleo, at=NOON, reason="Look again.")

    assert 'class="verdict' not in page(as_(cleo), at(claim))


def test_who_may_not_see_the_claim_does_not_see_its_history(as_, ana):
    claim = a_claim()

    assert as_(a_person("reader")).get(at(claim)).status_code == 404
    assert as_(ana).get(reverse("desk:history", args=[uuid7()])).status_code == 404


# --- Pages --------------------------------------------------------------------


def test_older_pages_leave_nothing_out_and_tell_nothing_twice(as_, ana, monkeypatch):
    monkeypatch.setattr(past, "PAGE", 3)
    claim = a_claim(S.PUBLISHED)
    for _ in range(4):
        an_assessment(claim)
    desk = as_(ana)

    told, address = [], at(claim)
    while address:
        found = desk.get(address).context["past"]
        told += [str(step.place) for step in found.steps]
        address = f"{at(claim)}?before={found.older}" if found.older else ""

    monkeypatch.setattr(past, "PAGE", 100)
    whole = desk.get(at(claim)).context["past"]
    assert told == [str(step.place) for step in whole.steps]
    assert len(told) > 9
    assert whole.older is None


@pytest.mark.parametrize(
    "place",
    ["x", "-", "20260314T120000.000000-9", "20260314T120000.000000-2-x", "a-b-c"],
)
def test_a_place_that_was_never_given_out_is_not_found(as_, ana, place):
    assert as_(ana).get(f"{at(a_claim())}?before={place}").status_code == 404


@pytest.mark.parametrize(
    "place", ["20260314T120000.000000-2-" + "9" * 40, "00010101T000000.000000-7-1"]
)
def test_a_place_beyond_all_records_is_an_empty_page_or_all(as_, ana, place):
    assert as_(ana).get(f"{at(a_claim())}?before={place}").status_code == 200


def test_the_number_of_queries_does_not_grow(as_, ana, django_assert_max_num_queries):
    claim = a_claim(S.PUBLISHED)
    for _ in range(5):
        a_citation(an_assessment(claim))
    desk = as_(ana)

    with django_assert_max_num_queries(24):
        desk.get(at(claim))


def test_the_workspace_leads_there(as_, ana):
    claim = a_claim()

    assert at(claim) in page(as_(ana), at(claim, "claim"))
    assert Claim.objects.get() == claim
