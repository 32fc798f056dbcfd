"""What one person puts off: out of their sight, never out of anybody else's."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from claims import snoozing, workflow
from claims.desk.forms.snooze import presets
from claims.errors import NotYours, SnoozeRefused
from claims.models import Claim, Snooze
from claims.vocabulary import ClaimStatus, RecheckReason
from tests.factories import PASSWORD, a_claim, a_person

QUEUE = reverse("desk:queue")


def at(claim, name="snooze"):
    return reverse(f"desk:{name}", args=[claim.pk])


def shown(desk, tab="mine"):
    page = desk.get(QUEUE, {"tab": tab})
    return [row.claim.pk for row in page.context["rows"]]


def put_off(claim, by, *, hours=2, ago=timedelta(0)):
    now = timezone.now() - ago
    return snoozing.snooze(claim, until=now + timedelta(hours=hours), by=by, at=now)


@pytest.fixture
def now(db):
    return timezone.now()


def test_what_is_put_off_leaves_the_queue_and_stands_under_snoozed(as_, ana):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)
    desk = as_(ana)

    answer = desk.post(at(claim), {"preset": "hour"}, follow=True)

    page = desk.get(QUEUE, {"tab": "snoozed"})
    assert "for you alone" in answer.content.decode()
    assert shown(desk) == []
    assert [row.claim.pk for row in page.context["rows"]] == [claim.pk]
    assert "put off until" in page.content.decode()
    assert (page.context["counts"]["mine"], page.context["counts"]["snoozed"]) == (0, 1)


def test_what_nobody_has_is_put_off_for_one_person_only(as_, ana, ben):
    claim = a_claim()
    put_off(claim, ana)

    assert shown(as_(ana), "unclaimed") == []
    assert shown(as_(ben), "unclaimed") == [claim.pk]
    assert shown(as_(ben), "snoozed") == []


def test_a_second_review_is_never_put_off_for_others(as_, ana, ben, cleo):
    claim = a_claim(ClaimStatus.SECOND_REVIEW, writer=cleo)
    put_off(claim, ana)

    assert shown(as_(ana), "second") == []
    assert shown(as_(ben), "second") == [claim.pk]
    assert as_(ben).get(QUEUE).context["counts"]["second"] == 1


def test_the_next_one_is_not_one_that_was_put_off(as_, ana):
    put_off(a_claim(), ana)

    page = as_(ana).post(reverse("desk:take_next"), follow=True).content.decode()

    assert "every claim has somebody" in page


def test_it_comes_back_by_itself(as_, ana):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)
    put_off(claim, ana, hours=1, ago=timedelta(hours=1, seconds=1))

    assert shown(as_(ana)) == [claim.pk]
    assert shown(as_(ana), "snoozed") == []


def test_it_comes_back_when_it_becomes_due(as_, ana, now):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)
    put_off(claim, ana, hours=9, ago=timedelta(hours=1))
    Claim.objects.filter(pk=claim.pk).update(due_at=now - timedelta(minutes=1))

    assert shown(as_(ana)) == [claim.pk]


def test_what_was_late_before_can_be_put_off(as_, ana, now):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)
    Claim.objects.filter(pk=claim.pk).update(due_at=now - timedelta(days=1))
    put_off(claim, ana)

    assert shown(as_(ana)) == []


def test_it_comes_back_at_once_when_its_evidence_moves(as_, ana, now):
    claim = a_claim(ClaimStatus.RECHECK)
    put_off(claim, ana)
    asleep = shown(as_(ana), "recheck")
    workflow.reaffirm(claim, by=ana, at=now, note="It stands.")
    workflow.recheck(claim, reason=RecheckReason.SOURCE_GONE, at=timezone.now())

    assert asleep == []
    assert shown(as_(ana), "recheck") == [claim.pk]


def test_it_comes_back_when_a_colleague_returns_it(as_, ana, ben):
    claim = a_claim(ClaimStatus.SECOND_REVIEW, writer=ana)
    put_off(claim, ana)
    workflow.send_back(claim, by=ben, at=timezone.now(), reason="Which pictures?")

    assert shown(as_(ana)) == [claim.pk]


def test_it_is_woken_by_hand_from_the_queue_and_from_the_claim(as_, ana):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)
    desk = as_(ana)

    for place in (QUEUE + "?tab=snoozed", at(claim, "claim")):
        put_off(claim, ana)
        page = desk.get(place).content.decode()
        answer = desk.post(at(claim, "wake"), {"next": place})
        assert at(claim, "wake") in page
        assert answer.url == place
        assert shown(desk) == [claim.pk]


def test_waking_what_is_awake_is_nothing(as_, ana):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)

    assert as_(ana).post(at(claim, "wake")).status_code == 302


def test_putting_off_again_moves_the_time(ana, now):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)

    put_off(claim, ana, hours=1)
    put_off(claim, ana, hours=5)

    assert Snooze.objects.get().until > now + timedelta(hours=4)


def test_one_returns_to_where_one_came_from_and_nowhere_else(as_, ana):
    claim = a_claim()
    desk = as_(ana)
    back = QUEUE + "?tab=unclaimed&topic=dams"

    page = desk.get(at(claim), {"next": back}).content.decode()
    kept = desk.post(at(claim), {"preset": "hour", "next": back})
    strange = [
        desk.post(at(claim), {"preset": "hour", "next": address}).url
        for address in (
            "https://evil.example/desk/",
            "//evil.example",
            "/desk/\\@x",
            "",
        )
    ]

    assert "tab=unclaimed&amp;topic=dams" in page
    assert kept.url == back
    assert not any("evil" in address for address in strange)


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"preset": "someday"},
        {"until": "yesterday"},
        {"until": "2020-01-01T09:00"},
        {"until": "2090-01-01T09:00"},
        {"until": "9999-12-31T23:59"},
        {"until": "0001-01-01T00:00"},
    ],
)
def test_a_time_that_is_none_is_refused(as_, ana, sent):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)

    answer = as_(ana).post(at(claim), sent)

    assert answer.status_code == 422
    assert "field-error" in answer.content.decode() or 'role="alert"' in (
        answer.content.decode()
    )
    assert not Snooze.objects.exists()


def test_any_time_can_be_chosen(as_, ana):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)
    then = (timezone.now() + timedelta(days=3)).replace(second=0, microsecond=0)

    as_(ana).post(at(claim), {"until": f"{then:%Y-%m-%dT%H:%M}"})

    assert Snooze.objects.get().until == then


@pytest.mark.parametrize("status", [ClaimStatus.PUBLISHED, ClaimStatus.DISMISSED])
def test_what_waits_for_nobody_cannot_be_put_off(as_, ana, status):
    claim = a_claim(status)

    answer = as_(ana).post(at(claim), {"preset": "hour"})

    assert answer.status_code == 422
    assert "Nothing waits here" in answer.content.decode()
    assert at(claim) not in as_(ana).get(at(claim, "claim")).content.decode()


@pytest.mark.parametrize(("role", "code"), [("contributor", 403), ("reader", 404)])
def test_who_does_not_review_puts_nothing_off(as_, role, code):
    claim, person = a_claim(), a_person(role)
    desk = as_(person)

    assert desk.get(at(claim)).status_code == code
    assert desk.post(at(claim), {"preset": "hour"}).status_code == code
    assert desk.post(at(claim, "wake")).status_code == code
    with pytest.raises(NotYours):
        put_off(claim, person)


def test_a_contributor_is_not_offered_it(as_):
    claim = a_claim()

    page = as_(a_person("contributor")).get(QUEUE, {"tab": "unclaimed"})

    assert at(claim) not in page.content.decode()


def test_a_year_is_the_longest(ana):
    with pytest.raises(SnoozeRefused, match="A year"):
        put_off(a_claim(), ana, hours=24 * 366)


@pytest.mark.parametrize(
    ("here", "names"),
    [
        (datetime(2026, 11, 24, 10, 0, tzinfo=UTC), "hour evening tomorrow week"),
        (datetime(2026, 11, 24, 17, 30, tzinfo=UTC), "hour tomorrow week"),
        (datetime(2026, 11, 24, 23, 30, tzinfo=UTC), "hour tomorrow week"),
        (datetime(2026, 11, 29, 10, 0, tzinfo=UTC), "hour evening tomorrow"),
    ],
)
def test_the_times_that_are_offered_are_to_come_and_differ(here, names):
    found = presets(here)

    assert " ".join(each.name for each in found) == names
    assert all(each.at > here for each in found)
    assert len({each.at for each in found}) == len(found)


def test_next_week_begins_on_monday_at_nine():
    found = presets(datetime(2026, 11, 25, 10, 0, tzinfo=UTC))

    assert found[-1].at == datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_s_and_enter_put_a_claim_off_and_s_wakes_it(live_server, page):
    dora = a_person("reviewer", "dora")
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=dora)
    page.goto("/sign-in/")
    page.get_by_label("Username").fill("dora")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Password").press("Enter")
    page.wait_for_url("**/desk/")

    page.keyboard.press("j")
    page.keyboard.press("s")
    expect(page.get_by_role("button", name="In an hour")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#messages")).to_contain_text("for you alone")
    assert Snooze.objects.get().claim == claim

    page.goto("/desk/?tab=snoozed")
    page.keyboard.press("j")
    page.keyboard.press("s")
    expect(page.locator("#messages")).to_contain_text("Awake")
    assert not Snooze.objects.exists()
