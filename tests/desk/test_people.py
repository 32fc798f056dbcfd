"""Who has how much to do at the desk, and how far the verdicts agree."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from claims import auditing, snoozing, workflow
from claims.desk import accord
from claims.models import Audit, Claim, Move
from claims.search import twice
from claims.search.workload import workload
from claims.vocabulary import ClaimStatus, Verdict
from tests.factories import NOON, a_citation, a_claim, a_person

PEOPLE = "/desk/people/?period=all"
S = ClaimStatus


def of(person, name="person"):
    return reverse(f"desk:{name}", args=[person.pk])


def page(desk, address=PEOPLE):
    return " ".join(desk.get(address).content.decode().split())


def judged(ana, ben, pairs):
    """Reviews that ana wrote and ben seconded, with these verdicts; all published."""
    for first, second in pairs:
        claim = a_claim(S.SECOND_REVIEW, writer=ana, verdict=first)
        claim = workflow.second(claim, verdict=second, by=ben, at=NOON)
        if claim.status == S.ARBITRATION:
            workflow.arbitrate(
                claim, verdict=first, by=a_person(), at=NOON, note="Plain."
            )


@pytest.fixture
def _named(ana, ben):
    for person, names in ((ana, ("Ana", "Quill")), (ben, ("Ben", "Tarn"))):
        person.first_name, person.last_name = names
        person.save()


# --- Agreement ----------------------------------------------------------------


@pytest.mark.usefixtures("_named")
def test_two_who_mostly_agree_are_told_of_in_words(as_, olga, ana, ben):
    judged(ana, ben, [("false", "false")] * 10 + [("true", "true")] * 8)
    judged(ben, ana, [("mixed", "false"), ("mixed", "mixed"), ("true", "unproven")])

    text = page(as_(olga))

    assert (
        "<strong>Ana Quill</strong> and <strong>Ben Tarn</strong> agree on 19 of 21"
        in text
    )
    assert "κ 0.84" in text
    assert "almost perfect" in text
    assert "weighted 0.95, on 20" in text
    assert "First and second verdict agree on 19 of 21" in text


def test_few_verdicts_are_too_few_to_say(as_, olga, ana, ben):
    judged(ana, ben, [("false", "false"), ("true", "false")])

    text = page(as_(olga))

    assert "agree on 1 of 2" in text
    assert "too few to say more." in text
    assert "κ 0" not in text


def test_who_always_says_the_same_has_no_kappa(as_, olga, ana, ben):
    judged(ana, ben, [("false", "false")] * 20)

    assert "always with the same verdict, so there is no κ." in page(as_(olga))


def test_the_table_of_a_pair_is_opened(as_, olga, ana, ben):
    judged(ana, ben, [("false", "mixed")] * 3)

    text = page(as_(olga), f"{PEOPLE}&pair={ana.pk}-{ben.pk}")

    assert '<li aria-current="true" id="pair">' in text
    assert '<td class="num">3</td>' in text


@pytest.mark.parametrize("role", ["reviewer", "editor", "admin"])
@pytest.mark.parametrize("status", [S.SECOND_REVIEW, S.ARBITRATION])
def test_nothing_that_is_still_undecided_counts(as_, ana, ben, role, status):
    a_claim(status, writer=ana, second=ben)

    text = page(as_(a_person(role)))

    assert "No review with two verdicts was published in this period." in text
    assert "agree on" not in text


def test_a_round_that_was_sent_back_is_told_once_the_review_is_out(
    as_, olga, ana, ben, cleo
):
    claim = a_claim(S.ARBITRATION, writer=ana, second=ben)
    workflow.send_back(claim, by=cleo, at=NOON, reason="Look at the second hall.")
    desk = as_(olga)
    blind = page(desk)
    workflow.submit(claim, by=ana, at=NOON + timedelta(hours=1))
    still_blind = page(desk)
    dora = a_person("reviewer", "dora")
    workflow.second(claim, verdict=Verdict.FALSE, by=dora, at=NOON + timedelta(hours=2))

    told = page(desk)

    assert "agree on" not in blind + still_blind
    assert "<strong>ana</strong> and <strong>ben</strong> agree on 0 of 1" in told
    assert "<strong>ana</strong> and <strong>dora</strong> agree on 1 of 1" in told


def test_a_verdict_that_was_undone_is_none(as_, olga, ana, ben, cleo):
    now = timezone.now()
    claim = a_claim(S.SECOND_REVIEW, writer=ana, verdict="false")
    workflow.second(claim, verdict="false", by=ben, at=now)
    just_out = page(as_(olga))
    workflow.undo(claim, by=ben, at=now)
    workflow.second(claim, verdict="false", by=cleo, at=NOON)

    text = page(as_(olga))

    assert "agree on" not in just_out
    assert "<strong>ana</strong> and <strong>cleo</strong> agree on 1 of 1" in text
    assert "<strong>ben</strong>" not in text


def test_a_period_leaves_out_what_came_before_it(as_, olga, ana, ben):
    judged(ana, ben, [("false", "false")])
    now = timezone.now()
    claim = a_claim(S.SECOND_REVIEW, writer=ana, verdict="true")
    workflow.second(claim, verdict="true", by=ben, at=now - timedelta(minutes=5))

    assert "agree on 1 of 1" in page(as_(olga), "/desk/people/?period=month")
    assert "agree on 2 of 2" in page(as_(olga))


def test_of_a_long_period_the_newest_count(as_, olga, ana, ben, monkeypatch):
    monkeypatch.setattr(twice, "COUNTED_AT_MOST", 2)
    monkeypatch.setattr("claims.search.workload.COUNTED_AT_MOST", 2)
    judged(ana, ben, [("false", "true")])
    now = timezone.now()
    for _ in range(2):
        claim = a_claim(S.SECOND_REVIEW, writer=ana, verdict="true")
        workflow.second(claim, verdict="true", by=ben, at=now - timedelta(minutes=5))

    text = page(as_(olga))

    assert "agree on 2 of 2" in text
    assert "at most 2 reviews written" in text


@pytest.mark.usefixtures("_named")
def test_of_many_pairs_those_who_read_the_most_together_are_told_of(
    as_, olga, ana, ben, cleo, monkeypatch
):
    monkeypatch.setattr(accord, "MOST_PAIRS", 1)
    judged(ana, ben, [("false", "false")] * 2)
    judged(ana, cleo, [("false", "false")])

    text = page(as_(olga))
    chosen = page(as_(olga), f"{PEOPLE}&pair={ana.pk}-{cleo.pk}")

    assert "and <strong>Ben Tarn</strong> agree" in text
    assert "and <strong>cleo</strong> agree" not in text
    assert "One more pair has read less together." in text
    assert "and <strong>cleo</strong> agree on 1 of 1" in chosen


def test_a_period_that_is_none_is_refused(as_, olga):
    answer = as_(olga).get("/desk/people/?period=ages")

    assert answer.status_code == 422
    assert "Select a valid choice" in answer.content.decode()


def test_a_reviewer_sees_their_own(as_, ana, ben, cleo):
    judged(ana, ben, [("false", "false")])
    judged(ben, cleo, [("false", "false")])

    text = page(as_(ana))

    assert "You and the others" in text
    assert "<strong>ana</strong> and <strong>ben</strong> agree on 1 of 1" in text
    assert "cleo" not in text
    assert of(ben) not in text


def test_the_page_is_not_for_contributors(as_):
    assert 'href="/desk/people/"' not in page(as_(a_person("contributor")), "/desk/")
    assert 'href="/desk/people/"' in page(as_(a_person("reviewer")), "/desk/")
    assert as_(a_person("contributor")).get(PEOPLE).status_code == 403
    assert as_(a_person("reader")).get(PEOPLE).status_code == 403


def test_the_number_of_queries_does_not_grow(
    as_, olga, ana, ben, cleo, django_assert_max_num_queries
):
    judged(ana, ben, [("false", "false")] * 3)
    judged(cleo, ana, [("false", "true")] * 2)
    desk = as_(olga)

    with django_assert_max_num_queries(20):
        desk.get(PEOPLE)


# --- Workload -----------------------------------------------------------------


def test_an_editor_sees_what_each_has_to_do(as_, olga, ana, ben):
    in_time = a_claim(S.IN_REVIEW, writer=ana)
    a_claim(S.IN_REVIEW, writer=ana)
    soon = timezone.now() + timedelta(hours=1)
    Claim.objects.filter(pk=in_time.pk).update(due_at=soon)
    a_claim(S.SECOND_REVIEW, writer=ana)
    judged(ana, ben, [("false", "false")])
    workflow.retract(
        Claim.objects.standing(S.PUBLISHED).get(), by=olga, at=NOON, note="Invented."
    )

    loads = {row.name: row.load for row in as_(olga).get(PEOPLE).context["rows"]}

    told = loads["ana"]
    assert (told.open, told.late, told.waiting) == (2, 1, 1)
    assert (told.written, told.seconded, told.corrected) == (2, 0, 1)
    assert loads["ben"].seconded == 1


def test_how_long_a_second_verdict_took_is_the_median(as_, olga, ana, ben):
    for minutes in (1, 4, 30):
        claim = a_claim(S.SECOND_REVIEW, writer=ana, verdict="false")
        auditing.opened(claim, by=ben, at=NOON)
        workflow.second(
            claim, verdict="false", by=ben, at=NOON + timedelta(minutes=minutes)
        )

    rows = as_(olga).get(PEOPLE).context["rows"]

    assert next(row for row in rows if row.name == "ben").looking == "4 min"


def test_who_has_left_and_still_has_claims_is_told_of(as_, olga, ana):
    a_claim(S.IN_REVIEW, writer=ana)
    ana.is_active = False
    ana.save()

    text = page(as_(olga))

    assert "has left" in text
    assert of(ana) in text


def test_an_editor_gives_claims_to_another(as_, olga, ana, ben):
    one, other, kept = (a_claim(S.IN_REVIEW, writer=ana) for _ in range(3))
    desk = as_(olga)

    answer = desk.post(
        of(ana, "give"),
        {"claim": [one.pk, other.pk], "to": ben.pk, "reason": "Ana is away."},
        follow=True,
    )

    assert "2 claims were given to ben." in answer.content.decode()
    assert set(Claim.objects.taken_by(ben)) == {one, other}
    assert Claim.objects.taken_by(ana).get() == kept


def test_a_claim_that_cannot_be_given_says_why(as_, olga, ana, ben):
    mine = a_claim(S.SECOND_REVIEW, writer=ben)
    workflow.take(mine, by=ana, at=NOON)

    answer = as_(olga).post(
        of(ana, "give"), {"claim": [mine.pk], "to": ben.pk, "reason": ""}, follow=True
    )

    assert "You wrote this review" in answer.content.decode()
    mine.refresh_from_db()
    assert mine.assigned_to == ana


@pytest.mark.parametrize("sent", [{}, {"claim": "x"}, {"to": "0"}, {"claim": "9" * 40}])
def test_what_cannot_be_given_is_asked_for_again(as_, olga, ana, ben, sent):
    a_claim(S.IN_REVIEW, writer=ana)

    answer = as_(olga).post(of(ana, "give"), {"to": ben.pk, **sent})

    assert answer.status_code == 422
    assert not Claim.objects.taken_by(ben).exists()


def test_a_claim_of_somebody_else_is_not_given_from_here(as_, olga, ana, ben, cleo):
    other = a_claim(S.IN_REVIEW, writer=cleo)

    as_(olga).post(of(ana, "give"), {"claim": [other.pk], "to": ben.pk})

    other.refresh_from_db()
    assert other.assigned_to == cleo


def test_a_reviewer_sees_what_they_have_and_gives_nothing(as_, ana, ben):
    claim = a_claim(S.IN_REVIEW, writer=ana)
    desk = as_(ana)

    text = page(desk, of(ana))

    assert claim.statement in text
    assert of(ana, "give") not in text
    assert desk.post(of(ana, "give"), {"claim": claim.pk}).status_code == 403
    assert desk.get(of(ben)).status_code == 404
    assert desk.post(of(ben, "give")).status_code == 404


@pytest.mark.parametrize("number", ["0", "9" * 30])
def test_nobody_is_not_found(as_, olga, number):
    assert as_(olga).get(f"/desk/people/{number}/").status_code == 404


# --- Read once more -----------------------------------------------------------


@pytest.fixture
def drawn(ana, ben, monkeypatch):
    monkeypatch.setattr(auditing, "ONE_IN", 1)
    claim = a_claim(S.PUBLISHED, writer=ana, second=ben, verdict="false")
    return Audit.objects.get(review__claim=claim)


def audit_at(audit):
    return reverse("desk:audit", args=[audit.pk])


def test_an_editor_reads_it_without_the_verdict(as_, olga, drawn):
    a_citation(drawn.review.claim)
    desk = as_(olga)

    listed, text = page(desk), page(desk, audit_at(drawn))

    assert audit_at(drawn) in listed
    assert drawn.review.claim.statement in text
    assert 'class="verdict verdict-' not in text
    assert "Satellite images show" not in text


def test_what_an_editor_finds_counts(as_, olga, drawn):
    desk = as_(olga)

    answer = desk.post(
        audit_at(drawn), {"verdict": "mixed", "note": "One hall only."}, follow=True
    )

    text = answer.content.decode()
    assert "The third reading found something else" in text
    assert "One hall only." in text
    listed = page(desk)
    assert "who found the same in 0." in listed
    assert "second verdicts of ben: 0 of 1" in listed
    assert audit_at(drawn) not in listed
    assert Move.objects.filter(claim=drawn.review.claim, by=olga).count() == 0


def test_no_verdict_is_asked_for_again(as_, olga, drawn):
    answer = as_(olga).post(audit_at(drawn), {"verdict": ""})

    assert answer.status_code == 422
    drawn.refresh_from_db()
    assert drawn.read_at is None


def test_an_editor_who_judged_it_is_not_asked(as_, ana, drawn):
    ana.groups.set(a_person("editor").groups.all())
    desk = as_(ana)

    assert audit_at(drawn) not in page(desk)
    assert desk.get(audit_at(drawn)).status_code == 403


def test_a_reviewer_hears_nothing_of_it(as_, ben, cleo, drawn):
    for person in (ben, cleo):
        desk = as_(person)
        assert audit_at(drawn) not in page(desk)
        assert desk.get(audit_at(drawn)).status_code == 404


def test_a_reviewer_hears_how_theirs_were_read_again(as_, olga, ben, cleo, drawn):
    auditing.read(drawn, verdict="false", by=olga, at=NOON)

    assert "who found the same in 1." in page(as_(ben))
    assert "who found the same" not in page(as_(cleo))


def test_what_somebody_has_put_off_is_counted_among_what_is_open(ana):
    now = timezone.now()
    claims = [a_claim(S.IN_REVIEW, writer=ana) for _ in range(2)]
    for claim in (claims[0], a_claim(S.IN_REVIEW)):
        snoozing.snooze(claim, until=now + timedelta(days=1), by=ana, at=now)

    found = workload(User.objects.filter(pk=ana.pk), seconded=[], since=None, now=now)
    [load] = [each for each in found if each.person == ana]

    assert (load.open, load.snoozed) == (2, 1)
