"""A Redis that takes what it is sent and answers nothing keeps nobody waiting for long."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from claims import workflow
from claims.models import Article, Claim
from claims.vocabulary import ClaimStatus
from sources import wire
from sources.wire import pulse
from sources.wire.listening import Switchboard
from sources.wire.store import trouble
from tests.everybody.furnished import House
from tests.factories import NOON, PASSWORD, a_citation, a_claim, a_person, an_article
from tests.hanging import redis_of_its_own
from tests.journeys.two_worlds import kind_of

UNREACHABLE = "The workers cannot be reached"
SECONDS = 60
TEXT = '"The gates held through the night," Mayor Ada Quill said.'


@pytest.fixture
def own_redis(monkeypatch):
    with redis_of_its_own(monkeypatch) as own:
        pulse.beat(pulse.everybody())
        yield own


@pytest.fixture
def waits(monkeypatch):
    """How often somebody has waited for an answer in vain: half a second each time."""
    found = []
    begin = trouble.begin
    monkeypatch.setattr(trouble, "begin", lambda: (found.append(1), begin()))
    return found


def asked(waits, call):
    """The answer, and how often it has waited; as if nobody had asked for a while."""
    trouble.end()
    waits.clear()
    answer = call()
    return answer, len(waits)


@pytest.mark.django_db
def test_no_page_waits_for_it_twice(client, own_redis, waits):
    ana = a_person("admin", "ana")
    house = House(ana)
    client.force_login(ana)
    own_redis.hang()
    every = [*house.desk, *house.panel, *house.public]
    kinds = {kind_of(each)[0]: each for each in every}

    for address in kinds.values():
        answer, waited = asked(waits, lambda at=address: client.get(at))
        assert answer.status_code < 500, address
        assert waited <= 1, address
        if address in house.desk:
            assert UNREACHABLE in answer.content.decode(), address


def posts(ana):
    """What a person sends that has something for the workers, or for other pages."""
    mine = a_claim(ClaimStatus.IN_REVIEW, writer=ana)
    seconded = a_claim(ClaimStatus.SECOND_REVIEW)
    source = mine.citations.get().passage.source
    free = a_claim()
    a_citation(free)
    article = an_article()
    Article.objects.filter(pk=article.pk).update(problem="failed", read_at=NOON)
    page = {"url": "https://paper.example/hangs", "exact": "two halls"}
    return [
        ("claim", mine, "citations/", page | {"role": "said_here"}),
        (
            "claim",
            mine,
            "assessments/",
            page
            | {
                "assessor": "The ministry",
                "assessor_kind": "government",
                "stance": "contradicts",
                "statement": "Both halls have lost their roofs.",
            },
        ),
        ("claim", mine, "draft/", {"form": "review", "summary": "Two halls."}),
        (
            "claim",
            mine,
            "review/",
            {
                "verdict": "false",
                "summary": "Two halls have lost their roofs.",
                "explanation": "Three sets of images were compared.",
                "submit": "yes",
            },
        ),
        ("claim", seconded, "second/", {"verdict": "false"}),
        ("claim", seconded, "undo/", {}),
        ("claim", free, "take/", {}),
        ("claim", free, "snooze/", {"preset": "hour"}),
        ("claim", free, "release/", {}),
        ("claim", free, "dismiss/", {"reason": "An opinion."}),
        ("source", source, "check/", {}),
        ("article", article, "read-again/", {}),
    ]


@pytest.mark.django_db(transaction=True)
def test_nothing_that_is_sent_waits_for_it_twice_or_is_lost(client, own_redis, waits):
    ana = a_person("reviewer", "ana")
    sent = posts(ana)
    client.force_login(ana)
    own_redis.hang()

    for kind, row, tail, given in sent:
        address = reverse(f"desk:{kind}", args=[row.pk]) + tail
        answer, waited = asked(waits, lambda at=address, it=given: client.post(at, it))
        assert answer.status_code == 302, (address, answer.content.decode())
        assert waited <= 1, address
    pasted = {"text": TEXT, "url": "", "language": "en"}
    answer, waited = asked(waits, lambda: client.post("/desk/inbox/", pasted))

    assert (answer.status_code, waited) == (302, 1)
    assert Article.objects.filter(text=TEXT).count() == 1
    standing = [Claim.objects.get(pk=each[1].pk).status for each in (sent[0], sent[4])]
    assert standing == [ClaimStatus.SECOND_REVIEW, ClaimStatus.SECOND_REVIEW]


@pytest.mark.django_db
def test_signing_in_does_not_wait_for_it(client, own_redis, waits):
    a_person("reviewer", "ana")
    own_redis.hang()

    given = {"username": "ana", "password": PASSWORD}
    answer, waited = asked(waits, lambda: client.post("/sign-in/", given))

    assert (answer.status_code, answer.url, waited) == (302, "/desk/", 0)


def test_who_is_told_hears_that_it_hangs_and_then_no_more(own_redis):
    board = Switchboard(most=3)
    stream = board.open(["queue"], owner="a browser")
    own_redis.hang()

    assert stream.wait(SECONDS) == {"workers"}
    assert stream.wait(SECONDS) is None
    assert board.streams == 0

    own_redis.go_on()
    trouble.end()
    again = board.open(["queue"], owner="a browser")
    wire.tell(["queue"])
    assert again.wait(SECONDS) == {"queue"}
    board.stop()


@pytest.mark.django_db(transaction=True)
def test_an_open_page_says_so_by_itself(own_redis, live_server, page):
    a_person("reviewer", "dora")
    claim = a_claim(ClaimStatus.SECOND_REVIEW)
    page.goto("/sign-in/")
    page.get_by_label("Username").fill("dora")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Password").press("Enter")
    page.wait_for_url("**/desk/")
    expect(page.locator("html")).to_have_attribute("data-told", "on")

    own_redis.hang()

    said = page.locator("#workers")
    expect(said).to_contain_text(UNREACHABLE, timeout=SECONDS * 1_000)
    # Reviewing goes on.
    workflow.second(claim, verdict="false", by=a_person(), at=timezone.now())
    assert Claim.objects.get(pk=claim.pk).status == ClaimStatus.PUBLISHED
