"""Filters of the queue under a name: for oneself, or for the whole desk."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from claims import editing, shelving
from claims.errors import NotYours, ViewRefused
from claims.models import Citation, SavedView
from claims.vocabulary import ClaimStatus
from sources.models import Passage
from tests.factories import (
    NOON,
    PASSWORD,
    a_claim,
    a_person,
    an_assessment,
)

QUEUE, VIEWS = reverse("desk:queue"), reverse("desk:views")
SAVE = reverse("desk:save_view")


def shown(page):
    return {row.claim.pk for row in page.context["rows"]}


def a_view(owner, name="Water", *, shared=False, **filters):
    kept = filters or {"tab": "all", "topic": "water"}
    return shelving.save(name, filters=kept, shared=shared, by=owner, at=NOON)


def at(view, name):
    return reverse(f"desk:{name}_view", args=[view.pk])


# --- Filters ----------------------------------------------------------------------


def test_claims_are_found_by_the_verdict_that_readers_see(as_, ana):
    false = a_claim(ClaimStatus.RECHECK, verdict="false")
    mixed = a_claim(ClaimStatus.RECHECK, verdict="mixed")
    none = a_claim()
    desk = as_(ana)

    def found(verdict):
        return shown(desk.get(QUEUE, {"tab": "all", "verdict": verdict}))

    assert found("false") == {false.pk}
    assert found("mixed") == {mixed.pk}
    assert found("none") == {none.pk}


def test_a_verdict_that_is_blind_is_not_found(as_, ana, ben):
    a_claim(ClaimStatus.SECOND_REVIEW, writer=ben, verdict="false")

    page = as_(ana).get(QUEUE, {"tab": "second", "verdict": "false"})

    assert shown(page) == set()


@pytest.mark.parametrize(
    "typed",
    ["gazette.example", "https://www.Gazette.example/a?b#c", "GAZETTE.example."],
)
def test_claims_are_found_by_a_site_that_is_cited(as_, ana, typed):
    claim, answered, other = a_claim(), a_claim(), a_claim()
    for cited_by, url in (
        (claim, "https://www.gazette.example/one"),
        (an_assessment(answered), "https://archive.gazette.example/two"),
        (other, "https://notgazette.example/"),
    ):
        _cites(cited_by, url)

    page = as_(ana).get(QUEUE, {"tab": "unclaimed", "domain": typed})

    assert shown(page) == {claim.pk, answered.pk}


def test_what_a_blind_review_cites_does_not_give_it_away(as_, ana, ben):
    claim = a_claim(ClaimStatus.SECOND_REVIEW, writer=ben)
    _cites(a_claim(), "https://gazette.example/one")
    passage = Passage.objects.get(source__host="gazette.example")
    Citation.objects.create(
        review=claim.reviews.get(),
        passage=passage,
        role="evidence_for",
        created_at=NOON,
    )

    page = as_(ana).get(QUEUE, {"tab": "second", "domain": "gazette.example"})

    assert page.status_code == 200
    assert shown(page) == set()


def _cites(cited_by, url):
    editing.cite(cited_by, url=url, exact="it held", by=a_person(), at=NOON)


@pytest.mark.parametrize(
    "query",
    [
        {"topic": "gone"},
        {"language": "xx"},
        {"verdict": "perhaps"},
        {"domain": "nobody.example"},
        {"domain": "x" * 300},
        {"domain": "https://"},
        {"due": "someday"},
    ],
)
def test_what_is_asked_for_and_not_there_is_said_and_shows_nothing(as_, ana, query):
    a_claim()

    page = as_(ana).get(QUEUE, {"tab": "unclaimed", **query})

    assert page.status_code == 422
    assert "field-error" in page.content.decode()
    assert shown(page) == set()


def test_a_queue_that_is_none_is_said(as_, ana):
    page = as_(ana).get(QUEUE, {"tab": "nonsense"})

    assert "There is no queue “nonsense”" in page.content.decode()


# --- Keeping them -------------------------------------------------------------------


def test_filters_are_saved_and_opened_again(as_, ana):
    wet, dry = a_claim(topics=["water"]), a_claim(topics=["fire"])
    desk = as_(ana)
    sent = {"tab": "unclaimed", "topic": "water"}

    offered = desk.get(QUEUE, sent).content.decode()
    answer = desk.post(SAVE, {**sent, "name": "  Wet   things "}, follow=True)

    view = SavedView.objects.get()
    assert f'action="{SAVE}"' in offered
    assert (view.name, view.owner, view.shared) == ("Wet things", ana, False)
    assert view.filters == sent
    assert answer.redirect_chain[-1][0] == f"{QUEUE}?view={view.pk}"
    assert shown(answer) == {wet.pk}
    assert dry.pk not in shown(answer)
    assert "Wet things" in desk.get(QUEUE).content.decode()


def test_a_view_shows_what_fits_today(as_, ana):
    view = a_view(ana)
    late = a_claim(topics=["water"])

    assert shown(as_(ana).get(view.get_absolute_url())) == {late.pk}


def test_the_pages_of_a_view_follow_each_other(as_, ana, monkeypatch):
    monkeypatch.setattr("claims.desk.queue.PAGE", 2)
    claims = {a_claim(topics=["water"]).pk for _ in range(5)}
    desk = as_(ana)

    seen, address = set(), a_view(ana).get_absolute_url()
    while address:
        page = desk.get(address)
        seen |= shown(page)
        address = page.context["next_page"]

    assert seen == claims


def test_a_view_whose_topic_has_gone_says_so_and_shows_nothing(as_, ana):
    a_claim(topics=["fire"])

    page = as_(ana).get(a_view(ana).get_absolute_url())

    assert "No claim at the desk has “water”" in page.content.decode()
    assert shown(page) == set()


def test_a_view_of_an_older_shape_is_opened_all_the_same(as_, ana):
    view = a_view(ana, tab="heap-of-old", colour="red", topic=["a", {"b": 1}], q=7)

    assert as_(ana).get(view.get_absolute_url()).status_code in {200, 422}


def test_a_shared_view_can_be_sent_to_a_colleague(as_, ana, ben):
    view = a_view(ana, shared=True)
    claim = a_claim(topics=["water"])

    page = as_(ben).get(view.get_absolute_url())

    assert shown(page) == {claim.pk}
    assert "ana" in page.content.decode()


def test_a_view_of_ones_own_is_nobody_elses(as_, ana, ben):
    view = a_view(ana)
    desk = as_(ben)

    assert desk.get(view.get_absolute_url()).status_code == 404
    assert "Water" not in desk.get(QUEUE).content.decode()
    assert desk.post(at(view, "change"), {"name": "Mine"}).status_code == 404
    assert desk.post(at(view, "remove")).status_code == 404


@pytest.mark.parametrize(
    "key", ["nonsense", "01a20849-2adb-710b-a60d-9ca3cdec7599", "x" * 3_000, "'"]
)
def test_a_view_that_is_not_there_is_not_found(as_, ana, key):
    assert as_(ana).get(QUEUE, {"view": key}).status_code == 404


def test_mine_in_a_shared_view_is_whoevers_who_looks(as_, ana, ben):
    view = a_view(ana, "Ours", shared=True, tab="mine", language="en")
    his = a_claim(ClaimStatus.IN_REVIEW, writer=ben)
    a_claim(ClaimStatus.IN_REVIEW, writer=ana)

    assert shown(as_(ben).get(view.get_absolute_url())) == {his.pk}


def test_a_view_is_renamed_shared_and_removed(as_, ana):
    view = a_view(ana)
    desk = as_(ana)

    listed = desk.get(VIEWS).content.decode()
    desk.post(at(view, "change"), {"name": "Rivers", "shared": "on"})
    view.refresh_from_db()
    changed = (view.name, view.shared)
    desk.post(at(view, "remove"))

    assert at(view, "change") in listed
    assert at(view, "remove") in listed
    assert changed == ("Rivers", True)
    assert not SavedView.objects.exists()


def test_the_views_say_in_words_what_they_narrow_down_to(as_, ana):
    a_view(ana, tab="second", due="week", verdict="mostly_true", domain="a.example")

    page = as_(ana).get(VIEWS)

    [(_, _, narrows)] = page.context["own"]
    assert [(str(label), str(value)) for label, value in narrows] == [
        ("Queue", "Second review"),
        ("Due", "A week"),
        ("Published verdict", "Mostly true"),
        ("Cited site", "a.example"),
    ]


def test_what_a_view_narrows_down_to_is_changed_in_place(as_, ana):
    view = a_view(ana, due="late", topic="water")
    desk = as_(ana)
    sent = {
        "name": "Water",
        "version": view.version,
        "due": "day",
        "domain": "a.example",
    }

    answer = desk.post(at(view, "change"), sent)

    view.refresh_from_db()
    assert answer.status_code == 302
    assert view.filters == {"due": "day", "domain": "a.example"}


def test_a_view_that_another_window_changed_is_not_overwritten_unseen(as_, ana):
    view = a_view(ana, due="late")
    stale = {"name": "Mine", "version": view.version, "due": "week"}
    SavedView.objects.filter(pk=view.pk).update(filters={"due": "day"})
    desk = as_(ana)

    refused = desk.post(at(view, "change"), stale)
    [(_, form, _narrows)] = refused.context["own"]
    again = desk.post(at(view, "change"), {**stale, "version": form["version"].value()})

    assert (refused.status_code, again.status_code) == (409, 302)
    view.refresh_from_db()
    assert (view.name, view.filters) == ("Mine", {"due": "week"})


def test_a_colleagues_view_is_not_changed(as_, ana, ben, olga):
    view = a_view(ana, shared=True)

    for person in (ben, olga):
        desk = as_(person)
        assert at(view, "change") not in desk.get(VIEWS).content.decode()
        assert desk.post(at(view, "change"), {"name": "Mine"}).status_code == 403
        assert desk.post(at(view, "remove")).status_code == 403
    view.refresh_from_db()
    assert view.name == "Water"


@pytest.mark.parametrize("name", ["", "  ", "x" * 61, "a\x00b", "a\u202eb", "WATER"])
def test_a_name_that_cannot_be_kept_is_refused_and_the_filters_stay(as_, ana, name):
    a_view(ana)

    answer = as_(ana).post(SAVE, {"name": name, "tab": "all", "topic": "dams"})

    assert answer.status_code == 422
    assert 'value="dams"' in answer.content.decode()
    assert SavedView.objects.count() == 1


def test_two_people_may_use_one_name(ana, ben):
    a_view(ana)
    a_view(ben)

    assert SavedView.objects.count() == 2


def test_a_view_cannot_take_another_ones_name(as_, ana):
    a_view(ana)
    second = a_view(ana, "Fire")

    answer = as_(ana).post(at(second, "change"), {"name": "water"})

    assert answer.status_code == 422
    assert "Choose another" in answer.content.decode()


def test_a_menu_has_an_end(ana):
    for number in range(shelving.MOST_VIEWS):
        a_view(ana, f"View {number}")

    with pytest.raises(ViewRefused, match="Remove one"):
        a_view(ana, "One more")


def test_a_contributor_keeps_views_but_shares_none(as_):
    person = a_person("contributor")
    desk = as_(person)

    kept = desk.post(SAVE, {"name": "Mine", "tab": "all", "q": "dam"})
    refused = desk.post(SAVE, {"name": "Ours", "tab": "all", "q": "a", "shared": "on"})

    assert kept.status_code == 302
    assert refused.status_code == 403
    with pytest.raises(NotYours):
        a_view(person, "Theirs", shared=True)


def test_the_views_are_closed_to_readers_and_strangers(as_, client, ana):
    view = a_view(ana, shared=True)

    stranger = client.get(view.get_absolute_url())
    reader = as_(a_person("reader"))

    assert stranger.status_code == 302
    assert reader.get(VIEWS).status_code == 403
    assert reader.post(SAVE, {"name": "x"}).status_code == 403
    assert reader.post(at(view, "remove")).status_code == 404


def test_a_view_is_not_removed_by_following_a_link(as_, ana):
    view = a_view(ana)

    assert as_(ana).get(at(view, "remove")).status_code == 405
    assert as_(ana).get(SAVE).status_code == 405


@pytest.mark.django_db(transaction=True)
def test_a_view_is_saved_by_keyboard(live_server, page):
    a_person("reviewer", "dora")
    a_claim(topics=["water"])
    page.goto("/sign-in/")
    page.get_by_label("Username").fill("dora")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Password").press("Enter")
    page.wait_for_url("**/desk/")

    page.goto("/desk/?tab=unclaimed&topic=water")
    page.locator("#save-view summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Wet things")
    page.keyboard.press("Enter")

    expect(page.locator("#messages")).to_contain_text("Saved as “Wet things”.")
    expect(page.locator("#views [aria-current=page]")).to_have_text("Wet things")
