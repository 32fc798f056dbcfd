"""The API of pages: attach, describe, refresh, watch."""

from datetime import timedelta
from functools import partial

import pytest
from uuid_utils.compat import uuid7

from claims import editing, workflow
from claims.vocabulary import ClaimStatus, Scope
from config.celery import app
from sources import attaching
from sources.api.views import DISPATCH
from sources.models import Check, Passage, Sighting, Source
from sources.tasks import dispatch
from sources.vocabulary import Outcome
from tests.api.conftest import a_program, pointers
from tests.factories import (
    NOON,
    a_citation,
    a_claim,
    a_person,
    a_snapshot,
    a_source,
    seen_intact,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(monkeypatch, django_capture_on_commit_callbacks):
    """The names of the tasks that a request sends once it is saved."""
    names = []
    monkeypatch.setattr(
        app, "send_task", lambda name, *args, **kwargs: names.append(name)
    )

    def during(act):
        with django_capture_on_commit_callbacks(execute=True):
            answer = act()
        return answer, list(names)

    return during


def test_an_address_is_attached_once_in_any_spelling(contributor, sent):
    first, nudged = sent(
        lambda: contributor.post("sources", {"url": "https://Paper.example/a#b"})
    )
    again = contributor.post("sources", {"url": "https://paper.example/a"})

    assert (first.status_code, again.status_code) == (201, 200)
    assert nudged == ["sources.tasks.dispatch"]
    assert first.body["url"] == "https://Paper.example/a#b"
    assert first.body["canonical_url"] == "https://paper.example/a"
    assert first.body["state"] == "pending"
    assert again.body["id"] == first.body["id"]
    assert contributor.get(first.headers["Location"]).body == first.body
    found = contributor.get("sources?url=HTTPS://paper.example/a%23x").body["results"]
    assert [each["id"] for each in found] == [first.body["id"]]


@pytest.mark.parametrize(
    "url",
    ["", "paper.example/a", "ftp://paper.example/", "https://u:p@paper.example/",
     "https://", "http://[::1", "file:///etc/passwd", "https://a b.example/", 7, None],
)  # fmt: skip
def test_what_cannot_be_an_address_is_refused(contributor, url):
    answer = contributor.post("sources", {"url": url})

    assert answer.status_code == 400
    assert pointers(answer) == {"/url"}
    assert not Source.objects.exists()


def test_what_a_person_knows_better_is_written_on_the_version_that_was_read(
    contributor,
):
    source = a_source()
    path = f"sources/{source.pk}"
    tag = contributor.get(path).headers["ETag"]

    described = contributor.patch(
        path,
        {"title": "After the strike", "published_at": "2026-03-14T06:00:00Z"},
        If_Match=tag,
    )
    stale = contributor.patch(path, {"title": "Mine"}, If_Match=tag)

    assert (described.status_code, described.body["title"]) == (200, "After the strike")
    assert described.body["version"] == 2
    assert (stale.status_code, stale.body["code"]) == (412, "overtaken")
    assert stale.body["current"] == described.body
    assert contributor.patch(path, {"title": "x"}).status_code == 428
    refused = contributor.patch(path, {"state": "live", "url": "x"}, If_Match="*")
    assert pointers(refused) == {"/state", "/url"}


def test_a_refresh_makes_it_due_now_and_wakes_the_dispatcher(contributor, sent):
    source = a_source(due_at="2030-01-01T00:00:00Z", parked_at=NOON, attempts=4)

    answer, nudged = sent(lambda: contributor.post(f"sources/{source.pk}/refresh"))

    assert answer.status_code == 202
    assert nudged == ["sources.tasks.dispatch"]
    assert answer.body["due_at"] < "2030"
    assert (answer.body["parked_at"], answer.body["attempts"]) == (None, 0)


def test_the_dispatcher_goes_by_the_name_that_is_called():
    assert dispatch.name == DISPATCH


def test_a_refresh_holds_though_no_message_can_be_sent(
    contributor, monkeypatch, django_capture_on_commit_callbacks
):
    source = a_source(due_at="2030-01-01T00:00:00Z")

    def broken(*args, **kwargs):
        raise ConnectionError("no broker")

    monkeypatch.setattr(app, "send_task", broken)
    with django_capture_on_commit_callbacks() as callbacks:
        answer = contributor.post(f"sources/{source.pk}/refresh")

    assert answer.status_code == 202
    assert callbacks
    source.refresh_from_db()
    assert source.due_at.year < 2030


def test_words_are_watched_once(contributor, sent):
    source = a_source()
    words = {"exact": "only minor damage", "prefix": " there was "}

    first, nudged = sent(
        lambda: contributor.post(f"sources/{source.pk}/passages", words)
    )
    again = contributor.post(f"sources/{source.pk}/passages", words)

    assert (first.status_code, again.status_code) == (201, 200)
    assert nudged == ["sources.tasks.dispatch"]
    assert first.body["prefix"] == " there was "
    page = contributor.get(f"sources/{source.pk}/passages?state=unverifiable")
    assert page.body["results"] == [first.body]
    assert Passage.objects.count() == 1


def test_what_checks_saw_is_read_with_its_text(contributor):
    source = a_source()
    snapshot = a_snapshot(source, "Two halls lost their roofs.")
    Check.objects.create(
        source=source,
        lease_token="0190163d-8694-739b-aea5-966c26f8ad91",
        started_at=NOON,
        duration_ms=120,
        outcome=Outcome.CHANGED,
        http_status=200,
        hops=[
            {"url": "https://paper.example/old", "status": 301, "address": "10.0.0.1"}
        ],
        snapshot=snapshot,
    )

    [check] = contributor.get(f"sources/{source.pk}/checks").body["results"]
    [listed] = contributor.get(f"sources/{source.pk}/snapshots").body["results"]
    read = contributor.get(f"sources/{source.pk}/snapshots/{snapshot.pk}").body

    assert (check["outcome"], check["snapshot"]) == ("changed", str(snapshot.pk))
    assert check["hops"] == [{"url": "https://paper.example/old", "status": 301}]
    assert "text" not in listed
    assert read["text"] == "Two halls lost their roofs."
    elsewhere = a_source()
    path = f"sources/{elsewhere.pk}/snapshots/{snapshot.pk}"
    assert contributor.get(path).status_code == 404


def a_look(source, at=NOON, **fields):
    return Check.objects.create(
        source=source,
        lease_token=uuid7(),
        started_at=at,
        duration_ms=1,
        **{"outcome": Outcome.UNCHANGED, **fields},
    )


def test_a_source_says_what_the_last_look_found(contributor):
    source = a_source(last_checked_at=NOON)
    path = f"sources/{source.pk}"
    a_look(source)
    a_look(
        source,
        at=NOON + timedelta(hours=1),
        outcome=Outcome.FAILING,
        http_status=503,
        detail="The site answered %(status)s.",
        facts={"status": "503"},
    )
    a_source()

    read = contributor.get(path)
    listed = contributor.get("sources").body["results"]
    asked = contributor.post(f"{path}/refresh")

    assert read.body["last_check"] == {
        "outcome": "failing",
        "http_status": 503,
        "detail": "The site answered 503.",
    }
    assert asked.body["last_check"] == read.body["last_check"]
    assert [each["last_check"] for each in listed] == [None, read.body["last_check"]]


def test_where_words_were_seen_is_listed_with_the_archive_s_copy(contributor):
    source, other = a_source(), a_source()
    passage = seen_intact(attaching.watch(source, exact="two halls", now=NOON))
    seen_intact(attaching.watch(other, exact="two halls", now=NOON))
    Sighting.objects.create(
        passage=passage,
        at=NOON + timedelta(hours=1),
        state="intact",
        snapshot=passage.snapshot,
        memento_url="https://archive.example/web/20260314120000/https://a.example/",
    )
    Sighting.objects.create(
        passage=passage,
        at=NOON + timedelta(hours=2),
        state="altered",
        found="three halls",
        diff=[["-", "two "], ["+", "three "], ["=", "halls"]],
    )

    found = contributor.get(f"sources/{source.pk}/sightings").body["results"]

    assert [each["passage"] for each in found] == [str(passage.pk)] * len(found)
    assert [(each["state"], each["found"]) for each in found[:2]] == [
        ("altered", "three halls"),
        ("intact", ""),
    ]
    assert found[0]["diff"][1] == ["+", "three "]
    assert found[0]["memento_url"] == ""
    assert found[1]["memento_url"].startswith("https://archive.example/web/")


def test_pages_are_for_the_desk(stranger, reader):
    source = a_source()

    for path in ("sources", f"sources/{source.pk}", f"sources/{source.pk}/checks"):
        assert stranger.get(path).status_code == 401
        assert reader.get(path).status_code == (403 if path == "sources" else 404)
    blinkered = a_program("editor", scopes=[Scope.CLAIMS_READ])
    assert blinkered.post(f"sources/{source.pk}/refresh").status_code == 403
    assert blinkered.post("sources", {"url": "https://a.example/"}).status_code == 403


@pytest.mark.parametrize("number", [1, 4])
def test_a_page_costs_the_same_number_of_queries(
    contributor, django_assert_num_queries, number
):
    for _ in range(number):
        a_citation(a_claim())
    contributor.get("sources")

    # The page; whose the token is, is asked past what is counted here.
    with django_assert_num_queries(1):
        assert len(contributor.get("sources").body["results"]) == number


def test_words_that_only_a_hidden_review_cites_are_listed_for_its_writer_alone():
    writer = a_person("reviewer")
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=writer)
    workflow.write_review(
        claim, verdict="false", summary="S.", explanation="E.", by=writer, at=NOON
    )
    workflow.submit(claim, by=writer, at=NOON)
    url = "https://paper.example/evidence"
    cite = partial(editing.cite, url=url, by=writer, at=NOON)
    cite(claim, exact="only minor damage")
    hidden = cite(claim.reviews.get(), exact="the roof is gone", role="evidence_for")
    passages = f"sources/{hidden.passage.source_id}/passages"

    for passage in Passage.objects.all():
        seen_intact(passage)
    sightings = f"sources/{hidden.passage.source_id}/sightings"

    def seen_by(program):
        known = {p["id"]: p["exact"] for p in program.get(passages).body["results"]}
        seen = {s["passage"] for s in program.get(sightings).body["results"]}
        assert seen == known.keys() & kept
        return set(known.values())

    kept = {str(s.passage_id) for s in Sighting.objects.all()}
    assert str(hidden.passage_id) in kept

    assert seen_by(a_program("editor")) == {"only minor damage"}
    assert seen_by(a_program(user=writer)) == {"only minor damage", "the roof is gone"}

    workflow.second(claim, verdict="false", by=a_person("reviewer"), at=NOON)

    assert seen_by(a_program()) == {"only minor damage", "the roof is gone"}
