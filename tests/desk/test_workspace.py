"""One claim on the desk: what is shown, and what can be written down."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from claims import drafting, editing, workflow
from claims.models import Draft, Lease
from claims.vocabulary import AssessmentState, ClaimStatus, Stance, Verdict
from sources.models import Sighting, Source
from sources.vocabulary import PassageState, SourceState
from tests.factories import (
    NOON,
    a_citation,
    a_claim,
    a_person,
    a_snapshot,
    an_assessment,
)

UNKNOWN = "01a20849-2adb-710b-a60d-9ca3cdec7599"
HTMX = {"HX-Request": "true"}


def at(claim, name="claim"):
    return reverse(f"desk:{name}", args=[claim.pk])


def shown_in(page, field):
    """What a page offers for a field on which two disagree, and what is chosen."""
    tree = LexborHTMLParser(page)
    sides = {
        side: tree.css_first(f'[name="{side}_{field}"]').attributes["value"]
        for side in ("base", "theirs", "yours")
    }
    chosen = tree.css_first(f'input[name="choose_{field}"][checked]')
    return sides | {"chosen": chosen.attributes["value"]}


def filled_draft(answer, form):
    """What the form of that name sends besides what is typed."""
    [part] = [
        each
        for each in LexborHTMLParser(answer.content.decode()).css("[data-draft]")
        if each.attributes["data-draft"].endswith(f":{form}")
    ]
    return {
        field.attributes["name"]: field.attributes["value"] or ""
        for field in part.css("input[type=hidden]")
    }


def edited(claim, **changed):
    return {
        "version": claim.version,
        "statement": claim.statement,
        "original_wording": claim.original_wording,
        "claimant": claim.claimant.name,
        "claimant_kind": claim.claimant.kind,
        "role_at_time": claim.role_at_time,
        "said_on": "",
        "said_at_precision": "day",
        "form": claim.form,
        "language": claim.language,
        "topics": "",
        **changed,
    }


# --- What is shown ------------------------------------------------------------


def test_the_workspace_shows_the_claim_and_what_is_said_about_it(as_, ana):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)
    against = an_assessment(claim, stance=Stance.EXPLAINS_AWAY)

    page = as_(ana).get(at(claim)).content.decode()

    assert claim.statement in page
    assert claim.claimant.name in page
    assert "Explains away" in page
    assert against.statement in page


def test_the_cited_words_are_marked_on_their_page(as_, ana):
    claim = a_claim()
    a_citation(claim, exact="only <minor> damage")

    page = as_(ana).get(at(claim)).content.decode()

    assert "Before. <mark>only &lt;minor&gt; damage</mark> After" in page
    assert "Intact" in page


def test_words_that_changed_show_what_went_and_what_came(as_, ana):
    claim = a_claim()
    passage = a_citation(claim, exact="two halls were hit").passage
    snapshot = a_snapshot(passage.source, "Now: five halls were hit, it says.")
    passage.state, passage.snapshot = PassageState.ALTERED, snapshot
    passage.start, passage.end = 5, 23
    passage.save()
    Sighting.objects.create(
        passage=passage,
        at=NOON + timedelta(hours=1),
        state=PassageState.ALTERED,
        snapshot=snapshot,
        found="five halls were hit",
        diff=[["-", "two "], ["+", "five "], ["=", "halls were hit"]],
    )

    page = as_(ana).get(at(claim)).content.decode()

    assert '<del class="weighty">two</del>' in page
    assert '<ins class="weighty">five</ins>' in page
    assert "Altered" in page


def test_a_page_nobody_looked_at_yet_is_asked_for_again(as_, ana):
    claim = a_claim()
    source = a_citation(claim, intact=False).passage.source
    desk, polled = as_(ana), at(claim, "sources")

    page = desk.get(at(claim)).content.decode()

    assert "A worker looks at it soon" in page
    assert f'data-follow="claim:{claim.pk} source:{source.pk}" data-every="3"' in page
    first = desk.get(polled, headers=HTMX)
    same = desk.get(polled, headers={**HTMX, "If-None-Match": first["ETag"]})
    assert same.status_code == 304
    Source.objects.filter(pk=source.pk).update(
        state=SourceState.BLOCKED,
        last_checked_at=timezone.now(),
        due_at=timezone.now() + timedelta(minutes=16),
    )
    again = desk.get(polled, headers=HTMX).content.decode()
    assert 'data-every="3"' not in again
    assert "Blocked" in again


def test_only_what_would_succeed_is_offered(as_, ana, olga):
    claim = a_claim()

    reviewer = as_(ana).get(at(claim)).content.decode()
    contributor = as_(a_person("contributor")).get(at(claim)).content.decode()
    editor = as_(olga).get(at(claim)).content.decode()

    assert at(claim, "take") in reviewer
    assert at(claim, "assign") not in reviewer
    assert at(claim, "retract") not in reviewer
    assert at(claim, "take") not in contributor
    assert at(claim, "assess") in contributor
    assert at(claim, "assign") in editor


def test_every_move_is_in_the_timeline(as_, ana, olga):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)
    workflow.reset(claim, by=olga, at=NOON, reason="Begin again, please.")

    page = as_(ana).get(at(claim)).content.decode()

    assert "Begin again, please." in page
    assert "olga" in page


def test_for_readers_and_unknown_keys_there_is_no_claim(as_, ana):
    published = a_claim(ClaimStatus.PUBLISHED)

    assert as_(ana).get(reverse("desk:claim", args=[UNKNOWN])).status_code == 404
    assert as_(a_person("reader")).get(at(published)).status_code == 404


def test_the_workspace_asks_a_fixed_number_of_questions(
    as_, ana, django_assert_max_num_queries
):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)
    for _ in range(8):
        a_citation(an_assessment(claim, by=ana))
        a_citation(claim)
    desk = as_(ana)

    with django_assert_max_num_queries(26):
        desk.get(at(claim))


# --- The claim itself ---------------------------------------------------------


def test_a_claim_is_changed(as_, ana):
    claim = a_claim(said_at=NOON)

    answer = as_(ana).post(
        at(claim, "change"),
        edited(claim, statement="Two halls were hit", claimant="Leila Varan"),
    )

    claim.refresh_from_db()
    assert answer.status_code == 302
    assert claim.statement == "Two halls were hit"
    assert claim.claimant.name == "Leila Varan"
    assert claim.version == 2


def test_a_time_known_to_the_minute_outlives_another_edit(as_, ana):
    claim = a_claim(said_at=NOON, said_at_precision="minute")

    as_(ana).post(
        at(claim, "change"),
        edited(claim, statement="Two halls were hit", said_on="2026-03-14"),
    )

    claim.refresh_from_db()
    assert (claim.said_at, claim.said_at_precision) == (NOON, "minute")


def test_who_saves_second_sees_base_theirs_and_yours_and_loses_nothing(as_, ana, ben):
    claim = a_claim(statement="One hall was hit", topics=["strike"])
    mine = edited(claim, statement="Five halls were hit", topics="strike")
    as_(ben).post(
        at(claim, "change"),
        edited(claim, statement="Two halls were hit", topics="strike, Kassar"),
    )

    answer = as_(ana).post(at(claim, "change"), mine)

    page = answer.content.decode()
    claim.refresh_from_db()
    assert answer.status_code == 409
    assert 'role="alert"' in page
    assert "ben saved this claim" in page
    assert shown_in(page, "statement") == {
        "base": "One hall was hit",
        "theirs": "Two halls were hit",
        "yours": "Five halls were hit",
        "chosen": "yours",
    }
    assert shown_in(page, "topics")["theirs"] == "strike, Kassar"
    assert shown_in(page, "topics")["chosen"] == "theirs"
    assert claim.statement == "Two halls were hit"


def test_what_was_chosen_in_a_conflict_can_be_saved(as_, ana, ben):
    claim = a_claim(statement="One hall was hit")
    as_(ben).post(at(claim, "change"), edited(claim, statement="Two halls were hit"))
    claim.refresh_from_db()

    as_(ana).post(at(claim, "change"), edited(claim, statement="Five halls were hit"))

    claim.refresh_from_db()
    assert (claim.statement, claim.version) == ("Five halls were hit", 3)


@pytest.mark.parametrize(
    "changed",
    [
        {"statement": " "},
        {"statement": "a\x00b"},
        {"statement": "x" * 1_000_000},
        {"role_at_time": "a\u202eb"},
        {"version": ""},
        {"version": "0"},
        {"version": "9" * 30},
        {"said_on": "2026-13-01"},
        {"form": "sung"},
    ],
)
def test_odd_input_is_a_form_error_and_the_rest_is_kept(as_, ana, changed):
    claim = a_claim()

    answer = as_(ana).post(
        at(claim, "change"), edited(claim, original_wording="what I typed", **changed)
    )

    claim.refresh_from_db()
    assert answer.status_code == 422
    assert "what I typed" in answer.content.decode()
    assert claim.version == 1


# --- What others say ----------------------------------------------------------


def assessment(**changed):
    return {
        "stance": "contradicts",
        "assessor": "Jonas Ferreira",
        "assessor_kind": "person",
        "statement": "At least three airframes were destroyed.",
        "said_on": "2026-03-10",
        "url": "https://ledger.example/pictures",
        "exact": "three airframes were destroyed",
        **changed,
    }


def test_an_assessment_is_added_with_the_page_it_was_said_on(as_, ana):
    claim = a_claim()

    answer = as_(ana).post(at(claim, "assess"), assessment())

    added = claim.assessments.get()
    assert answer.url == at(claim) + "#assessments"
    assert added.assessor.name == "Jonas Ferreira"
    assert added.state == AssessmentState.CONFIRMED
    assert added.citations.get().passage.exact == "three airframes were destroyed"


def test_words_that_are_the_statement_need_not_be_copied(as_, ana):
    claim = a_claim()

    as_(ana).post(at(claim, "assess"), assessment(exact=""))

    passage = claim.assessments.get().citations.get().passage
    assert passage.exact == "At least three airframes were destroyed."


def test_a_contributors_assessment_waits_to_be_confirmed(as_, ana):
    claim = a_claim()
    as_(a_person("contributor")).post(at(claim, "assess"), assessment())
    added = claim.assessments.get()

    as_(ana).post(reverse("desk:confirm", args=[added.pk]))

    added.refresh_from_db()
    assert (added.state, added.decided_by) == (AssessmentState.CONFIRMED, ana)


def test_a_suggestion_can_be_set_aside_once(as_, ana):
    claim = a_claim()
    added = editing.add_assessment(
        claim,
        suggested=True,
        assessor=claim.claimant,
        stance="supports",
        statement="Yes.",
        by=ana,
        at=NOON,
    )
    desk = as_(ana)

    first = desk.post(reverse("desk:set_aside", args=[added.pk]))
    second = desk.post(reverse("desk:confirm", args=[added.pk]))

    added.refresh_from_db()
    assert added.state == AssessmentState.REJECTED
    assert (first.status_code, second.status_code) == (302, 422)


@pytest.mark.parametrize(
    "changed",
    [
        {"stance": "shrugs"},
        {"assessor": ""},
        {"statement": "a\u0000b"},
        {"url": "", "exact": "words without a page"},
        {"url": "ftp://ledger.example/"},
        {"url": "https://user:secret@ledger.example/"},
        {"url": "not an address"},
        {"said_on": "soon"},
    ],
)
def test_an_assessment_that_is_not_whole_leaves_nothing_behind(as_, ana, changed):
    claim = a_claim()

    answer = as_(ana).post(at(claim, "assess"), assessment(**changed))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'role="alert"' in page
    assert not claim.assessments.exists()


def test_a_page_is_cited(as_, ana):
    claim = a_claim()

    as_(ana).post(
        at(claim, "cite"),
        {
            "url": "https://kps.example/41",
            "exact": "minor damage",
            "role": "evidence_for",
        },
    )

    citation = claim.citations.get()
    assert citation.passage.source.canonical_url == "https://kps.example/41"
    assert citation.role == "evidence_for"


def test_a_page_that_cannot_be_cited_says_why_and_keeps_the_words(as_, ana):
    claim = a_claim()

    answer = as_(ana).post(
        at(claim, "cite"),
        {"url": "javascript:alert(1)", "exact": "minor damage", "role": "said_here"},
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "minor damage" in page
    assert not claim.citations.exists()


def test_claimants_are_offered_while_a_name_is_typed(as_, ana):
    editing.create_claimant(name="Jonas Ferreira", kind="person", by=ana, at=NOON)

    desk = as_(ana)
    page = desk.get(reverse("desk:claimants"), {"assessor": "ferr"}).content.decode()
    odd = desk.get(reverse("desk:claimants"), {"assessor": "a\u202eb"})

    assert '<option value="Jonas Ferreira">' in page
    assert (odd.status_code, "<option" in odd.content.decode()) == (200, False)


# --- The first verdict --------------------------------------------------------


def verdict(**changed):
    return {
        "verdict": "false",
        "summary": "Pictures show two halls without a roof.",
        "explanation": "Three sets were compared.",
        **changed,
    }


def test_a_review_is_written_and_submitted_in_one_step(as_, ana):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)
    drafting.keep(claim, form="review", fields=verdict(), by=ana, at=NOON)

    answer = as_(ana).post(at(claim, "review"), verdict(do="submit"))

    claim.refresh_from_db()
    assert answer.url == reverse("desk:queue")
    assert claim.status == ClaimStatus.SECOND_REVIEW
    assert claim.reviews.get().first_verdict == Verdict.FALSE
    assert not Draft.objects.exists()


def test_a_review_without_a_verdict_is_kept_in_the_form(as_, ana):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)

    answer = as_(ana).post(at(claim, "review"), verdict(verdict="", do="submit"))

    assert answer.status_code == 422
    assert "Three sets were compared." in answer.content.decode()


def test_what_is_not_publishable_yet_says_what_to_do_and_keeps_the_text(as_, ana):
    claim = a_claim()
    workflow.take(claim, by=ana, at=NOON)

    answer = as_(ana).post(at(claim, "review"), verdict(do="submit"))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Cite the page where it was said" in page
    assert "Three sets were compared." in page
    assert claim.reviews.get().summary == "Pictures show two halls without a roof."


def test_who_does_not_have_the_claim_cannot_write_its_review(as_, ana, ben):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ben)

    page = as_(ana).get(at(claim)).content.decode()
    answer = as_(ana).post(at(claim, "review"), verdict(do="submit"))

    assert at(claim, "review") not in page
    assert answer.status_code == 403
    assert "take it over first" in answer.content.decode()


def test_a_summary_longer_than_allowed_is_refused_whole(as_, ana):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)

    answer = as_(ana).post(at(claim, "review"), verdict(summary="x" * 501, do="submit"))

    assert answer.status_code == 422
    assert "x" * 501 in answer.content.decode()


def test_the_writer_previews_the_page_and_what_is_missing(as_, ana, ben):
    claim = a_claim()
    workflow.take(claim, by=ana, at=NOON)
    desk = as_(ana)

    answer = desk.post(at(claim, "review"), verdict(verdict="", do="preview"))
    page = desk.get(answer.url).content.decode()

    assert answer.url == at(claim, "preview")
    assert "Pictures show two halls without a roof." in page
    assert "No verdict is chosen" in page
    assert "No cited quote was seen on its page" in page
    assert as_(ben).get(at(claim, "preview")).status_code == 404


# --- While people work --------------------------------------------------------


def test_a_draft_is_kept_and_put_back(as_, ana, ben):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)
    desk = as_(ana)

    answer = desk.post(
        at(claim, "draft"),
        {"form": "review", "summary": "Half a sentence", "verdict": "mixed"},
        headers=HTMX,
    )

    assert "draft saved" in answer.content.decode()
    page = desk.get(at(claim)).content.decode()
    assert "Half a sentence" in page
    assert 'value="mixed" id="review_verdict_mixed"' in page
    assert "Half a sentence" not in as_(ben).get(at(claim)).content.decode()


def test_without_javascript_a_button_saves_the_draft(as_, ana):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)

    answer = as_(ana).post(at(claim, "draft"), {"form": "review", "summary": "Half"})

    assert answer.url == at(claim) + "#review"
    draft = Draft.objects.get()
    assert (draft.form, draft.fields) == ("review", {"summary": "Half"})


@pytest.mark.parametrize(
    "sent",
    [
        {"form": "review", "summary": "a\x00b"},
        {"form": "review", "summary": "a\u202eb"},
        {"form": "review", "explanation": "x" * 1_000_000},
        {"form": "review", "summary": "x", "a\x00b": "a field of nobody's"},
        {"form": "review", **{f"{n:0250}": "" for n in range(1_500)}},
        {"form": "elsewhere", "summary": "x"},
        {},
    ],
)
def test_a_draft_that_cannot_be_kept_says_so(as_, ana, sent):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)

    answer = as_(ana).post(at(claim, "draft"), sent, headers=HTMX)

    assert answer.status_code == 422
    assert "ot saved" in answer.content.decode()
    assert not Draft.objects.exists()


def test_a_draft_of_no_form_of_the_desk_is_shown_to_whoever_typed_it(as_, ana):
    answer = as_(ana).post("/desk/drafts/", {"form": "elsewhere", "summary": "Mine."})

    assert answer.status_code == 422
    assert "there is no such form" in answer.content.decode()
    assert "Mine." in answer.content.decode()


def test_hidden_characters_take_no_text_along_that_was_sent_signed_out(
    as_, client, ana
):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)
    sent = {"draft_claim": claim.pk, "draft_person": ana.pk}
    for form, text in (("review", "One\x00half"), ("assessment", "Another")):
        client.post(
            at(claim, "draft"),
            {**sent, "draft_form": form, "statement": text, "a\x00b": "x"},
        )

    assert as_(ana).get(at(claim)).status_code == 200

    kept = {draft.form: draft.fields["statement"] for draft in Draft.objects.all()}
    assert kept == {"review": "One half", "assessment": "Another"}


def test_text_sent_after_the_session_ended_is_in_the_form_after_signing_in(
    as_, client, ana
):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)

    form = filled_draft(as_(ana).get(at(claim)), "review")
    client.logout()

    answer = client.post(at(claim, "review"), verdict(summary="Typed long ago.") | form)
    page = as_(ana).get(at(claim)).content.decode()

    assert answer.url == f"/sign-in/?next={at(claim)}"
    assert "Typed long ago." in page
    assert "You had been signed out" in page


def test_a_part_of_a_page_asked_for_by_a_stranger_says_they_were_signed_out(
    client, ana
):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)

    answer = client.post(at(claim, "draft"), {"form": "review"}, headers=HTMX)

    assert answer.status_code == 401
    assert 'id="error"' in answer.content.decode()


def test_who_has_a_claim_open_is_said_to_the_others(as_, ana, ben):
    claim = a_claim()
    as_(ben).get(at(claim))

    page = as_(ana).get(at(claim)).content.decode()
    heard = as_(ana).post(at(claim, "presence")).content.decode()

    assert {lease.holder for lease in Lease.objects.all()} == {ana, ben}
    assert "ben also here" in page
    assert "ben also here" in heard
    assert "ana also here" in as_(ben).get(at(claim)).content.decode()


def test_what_became_of_an_open_claim_is_news_once(as_, ana, ben):
    claim = a_claim()
    page = as_(ana).get(at(claim)).content.decode()
    opened = re.search('name="opened" value="([^"]*)"', page)[1]
    told = re.search('id="presence" data-standing="([^"]*)"', page)[1]
    as_(ben).post(at(claim, "change"), edited(claim, statement="Another sentence."))
    sent = {"opened": opened, "told": told}

    heard = as_(ana).post(at(claim, "presence"), sent).content.decode()
    told = re.search('id="presence" data-standing="([^"]*)"', heard)[1]
    again = as_(ana).post(at(claim, "presence"), sent | {"told": told})

    news = "Somebody changed the claim since you opened it."
    assert "data-news" not in page
    assert f'data-news="{news}' in heard
    assert 'role="status"' not in heard
    assert "data-news" not in again.content.decode()
    assert news in again.content.decode()


def test_a_lease_that_ran_out_passes_to_who_is_there(as_, ana, ben):
    claim = a_claim()
    Lease.objects.create(
        claim=claim,
        holder=ben,
        since=NOON,
        until=timezone.now() - timedelta(seconds=1),
    )

    as_(ana).get(at(claim))

    assert Lease.objects.get().holder == ana
