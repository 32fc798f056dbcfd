"""The queue: what waits, for whom, and why."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from uuid_utils.compat import uuid7

from claims import editing, intake, workflow
from claims.models import Claim, Lease
from claims.vocabulary import ClaimStatus, RecheckReason, Stance
from tests.factories import NOON, a_claim, a_person, an_article, an_assessment

QUEUE = reverse("desk:queue")


def shown(response):
    return [row.claim.pk for row in response.context["rows"]]


def test_a_reviewer_sees_what_they_have_taken(as_, ana, ben):
    mine = a_claim(ClaimStatus.IN_REVIEW, writer=ana)
    a_claim(ClaimStatus.IN_REVIEW, writer=ben)

    page = as_(ana).get(QUEUE)

    assert shown(page) == [mine.pk]
    assert mine.statement in page.content.decode()


def test_each_heap_holds_its_own(as_, ana, ben):
    new = a_claim()
    second = a_claim(ClaimStatus.SECOND_REVIEW, writer=ben)
    a_claim(ClaimStatus.SECOND_REVIEW, writer=ana)
    recheck = a_claim(ClaimStatus.RECHECK)
    differ = a_claim(ClaimStatus.ARBITRATION)
    published = a_claim(ClaimStatus.PUBLISHED)
    desk = as_(ana)

    assert shown(desk.get(QUEUE, {"tab": "unclaimed"})) == [new.pk]
    assert shown(desk.get(QUEUE, {"tab": "second"})) == [second.pk]
    assert shown(desk.get(QUEUE, {"tab": "recheck"})) == [recheck.pk]
    assert shown(desk.get(QUEUE, {"tab": "arbitration"})) == [differ.pk]
    assert published.pk in shown(desk.get(QUEUE, {"tab": "all"}))


def test_the_tabs_say_how_many_wait(as_, ana, ben):
    a_claim()
    a_claim(ClaimStatus.SECOND_REVIEW, writer=ben)
    a_claim(ClaimStatus.SECOND_REVIEW, writer=ana)
    intake.propose(an_article(), at=NOON)

    counts = as_(ana).get(QUEUE).context["counts"]

    assert counts == {
        "mine": 0,
        "unclaimed": 1,
        "second": 1,
        "recheck": 0,
        "arbitration": 0,
        "snoozed": 0,
        "inbox": 1,
    }


def test_the_most_urgent_claim_comes_first_and_what_is_late_says_so(as_, ana):
    now = timezone.now()
    later, late, undated = a_claim(), a_claim(), a_claim()
    Claim.objects.filter(pk=undated.pk).update(due_at=None)
    Claim.objects.filter(pk=later.pk).update(due_at=now + timedelta(days=3, hours=1))
    Claim.objects.filter(pk=late.pk).update(due_at=now - timedelta(hours=2, minutes=1))

    page = as_(ana).get(QUEUE, {"tab": "unclaimed"})

    assert shown(page) == [late.pk, later.pk, undated.pk]
    assert [row.due for row in page.context["rows"]] == ["2 h late", "in 3 d", ""]
    assert [row.late for row in page.context["rows"]] == [True, False, False]


def test_the_queue_says_why_a_claim_came_back(as_, ana):
    claim = a_claim(ClaimStatus.PUBLISHED)
    workflow.recheck(
        claim, reason=RecheckReason.QUOTE_ALTERED, at=NOON, note="The ledger: “minor”"
    )

    page = as_(ana).get(QUEUE, {"tab": "recheck"}).content.decode()

    assert "Quote altered" in page
    assert "The ledger: “minor”" in page


def test_the_queue_says_who_sent_a_review_back_but_not_what_they_wrote(as_, ana, ben):
    claim = a_claim(ClaimStatus.SECOND_REVIEW, writer=ana)
    workflow.send_back(claim, by=ben, at=NOON, reason="Mixed, I would say.")

    page = as_(a_person()).get(QUEUE, {"tab": "all"}).content.decode()

    assert "Sent back by ben" in page
    assert "Mixed, I would say" not in page


def test_assessments_are_counted_for_and_against(as_, ana):
    claim = a_claim()
    an_assessment(claim)
    an_assessment(claim, stance=Stance.EXPLAINS_AWAY)
    an_assessment(claim, stance=Stance.SUPPORTS)

    row = as_(ana).get(QUEUE, {"tab": "unclaimed"}).context["rows"][0]

    assert (row.claim.against, row.claim.in_favour) == (2, 1)


def test_the_queue_says_who_else_has_a_claim_open(as_, ana, ben):
    claim = a_claim()
    Lease.objects.create(
        claim=claim,
        holder=ben,
        since=timezone.now(),
        until=timezone.now() + timedelta(minutes=1),
    )

    page = as_(ana).get(QUEUE, {"tab": "unclaimed"}).content.decode()

    assert "ben is here" in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"q": "bridge"}, ["bridge"]),
        ({"q": "quill"}, ["dam"]),
        ({"language": "de"}, ["bridge"]),
        ({"topic": "water"}, ["dam"]),
        ({"due": "late"}, ["dam"]),
        ({"q": "nothing like it"}, []),
    ],
)
def test_the_queue_can_be_narrowed_down(as_, ana, query, expected):
    quill = editing.create_claimant(name="Ada Quill", kind="person", by=ana, at=NOON)
    named = {
        "dam": a_claim(statement="The dam held", claimant=quill, topics=["water"]),
        "bridge": a_claim(statement="The bridge fell", language="de"),
    }
    now = timezone.now()
    for name, due_at in (("dam", now - timedelta(1)), ("bridge", now + timedelta(9))):
        Claim.objects.filter(pk=named[name].pk).update(due_at=due_at)

    page = as_(ana).get(QUEUE, {"tab": "unclaimed", **query})

    assert shown(page) == [named[name].pk for name in expected]


def test_an_empty_heap_says_what_to_do_next(as_, ana):
    page = as_(ana).get(QUEUE).content.decode()

    assert "Nothing waits for you" in page
    assert reverse("desk:inbox") in page


def test_an_empty_heap_sends_a_contributor_to_the_inbox_only(as_, ana):
    a_claim(ClaimStatus.SECOND_REVIEW, writer=ana)

    page = as_(a_person("contributor")).get(QUEUE).content.decode()
    empty = page.split('id="queue-empty"')[1]

    assert "Go to the inbox" in empty
    assert "See the second reviews" not in empty


def test_pages_follow_each_other_without_a_claim_lost_or_twice(as_, ana, monkeypatch):
    monkeypatch.setattr("claims.desk.queue.PAGE", 2)
    claims = [a_claim() for _ in range(5)]
    Claim.objects.filter(pk__in=[claims[0].pk, claims[3].pk]).update(due_at=NOON)
    desk = as_(ana)

    seen, address = [], QUEUE + "?tab=unclaimed"
    while address:
        page = desk.get(address)
        seen += shown(page)
        address = page.context["next_page"]

    assert len(seen) == 5
    assert set(seen) == {claim.pk for claim in claims}
    assert set(seen[:2]) == {claims[0].pk, claims[3].pk}


@pytest.mark.parametrize(
    "query",
    [
        {"tab": "nonsense"},
        {"after": "nonsense"},
        {"after": "2026-03-14_not-a-key"},
        {"after": "2026-03-14T12:00:00_01a20849-2adb-710b-a60d-9ca3cdec7599"},
        {"after": "_01a20849-2adb-710b-a60d-9ca3cdec7599"},
        {"after": f"0001-01-01T00:00:00+23:59_{uuid7()}"},
        {"after": f"9999-12-31T23:59:59-23:59_{uuid7()}"},
    ],
)
def test_an_odd_address_still_shows_a_queue(as_, ana, query):
    assert as_(ana).get(QUEUE, query).status_code == 200


@pytest.mark.parametrize(
    "query",
    [{"q": "x" * 2_000}, {"q": "a\u202eb"}, {"due": "someday"}, {"language": "xx"}],
)
def test_a_filter_that_makes_no_sense_is_named(as_, ana, query):
    page = as_(ana).get(QUEUE, query)

    assert page.status_code == 422
    assert "field-error" in page.content.decode()


def test_the_next_one_is_taken_in_one_step(as_, ana):
    a_claim()
    urgent = a_claim()
    Claim.objects.filter(pk=urgent.pk).update(due_at=NOON)

    answer = as_(ana).post(reverse("desk:take_next"))

    urgent.refresh_from_db()
    assert answer.url == reverse("desk:claim", args=[urgent.pk])
    assert (urgent.assigned_to, urgent.status) == (ana, ClaimStatus.IN_REVIEW)


def test_when_nothing_waits_the_next_one_says_so(as_, ana):
    page = as_(ana).post(reverse("desk:take_next"), follow=True)

    assert "every claim has somebody" in page.content.decode()


def test_a_contributor_cannot_take_the_next_one(as_):
    claim = a_claim()
    contributor = a_person("contributor")

    page = as_(contributor).post(reverse("desk:take_next"), follow=True)

    claim.refresh_from_db()
    assert claim.status == ClaimStatus.NEW
    assert "reviewer" in page.content.decode()


def test_a_stranger_signs_in_first(client, db):
    answer = client.get(QUEUE + "?tab=second")

    assert answer.status_code == 302
    assert answer.url == "/sign-in/?next=/desk/%3Ftab%3Dsecond"


def test_the_desk_is_closed_to_readers(as_):
    assert as_(a_person("reader")).get(QUEUE).status_code == 403


def test_the_queue_asks_as_much_for_thirty_claims_as_for_three(
    as_, ana, django_assert_max_num_queries
):
    for _ in range(30):
        a_claim()
    desk = as_(ana)

    with django_assert_max_num_queries(13):
        page = desk.get(QUEUE, {"tab": "unclaimed"})

    assert len(page.context["rows"]) == 30


@pytest.mark.parametrize(("tab", "offered"), [("mine", False), ("all", True)])
def test_only_what_could_be_taken_can_be_selected(as_, ana, ben, tab, offered):
    mine = a_claim(ClaimStatus.IN_REVIEW, writer=ana)
    judged = a_claim(ClaimStatus.SECOND_REVIEW, writer=ana)
    published = a_claim(ClaimStatus.PUBLISHED)
    free, theirs = a_claim(), a_claim(ClaimStatus.IN_REVIEW, writer=ben)

    page = as_(ana).get(QUEUE, {"tab": tab}).content.decode()

    assert ("Take all that are selected" in page) is offered
    assert ('class="queue-select"' in page) is offered
    for claim in (mine, judged, published):
        assert f'name="claim" value="{claim.pk}"' not in page
        assert f'name="only" value="{claim.pk}"' not in page
    for claim in (free, theirs):
        assert (f'name="claim" value="{claim.pk}"' in page) is offered
