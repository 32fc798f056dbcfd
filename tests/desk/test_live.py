"""What an open page of the desk is told: names of what it may know of, and no more."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims import editing, workflow
from claims.desk import live
from claims.vocabulary import ClaimStatus
from sources import wire
from sources.wire.listening import Switchboard
from tests.factories import NOON, a_claim, a_person, a_source, an_article

pytestmark = pytest.mark.django_db

ADDRESS = "/desk/live/"


@pytest.fixture(autouse=True)
def board(monkeypatch):
    board = Switchboard(most=2)
    monkeypatch.setattr(live, "switchboard", lambda: board)
    yield board
    board.stop()


def followed(board):
    """What the only stream follows of what was asked for."""
    (stream,) = board._streams
    return stream.follows - {"workers"}


def test_a_page_is_told_names_of_what_it_follows(as_, ana, board):
    claim, article, source = a_claim(), an_article(), a_source()
    names = [
        *("queue", "inbox", f"claim:{claim.pk}"),
        *(f"article:{article.pk}", f"source:{source.pk}"),
    ]

    answer = as_(ana).get(ADDRESS, {"follow": " ".join(names)})

    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/event-stream"
    assert answer["X-Accel-Buffering"] == "no"
    assert answer["Cache-Control"] == "private, no-cache"
    assert followed(board) == set(names)
    wire.tell([f"claim:{claim.pk}"])
    lines = iter(answer.streaming_content)
    assert [next(lines), next(lines)] == [
        b"retry: 5000\n\n",
        f"data: claim:{claim.pk}\n\n".encode(),
    ]


@pytest.fixture
def hidden(ana):
    """A page that only a review of Ana's cites whose first verdict is not shown yet."""
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)
    workflow.write_review(
        claim, verdict="false", summary="S.", explanation="E.", by=ana, at=NOON
    )
    workflow.submit(claim, by=ana, at=NOON)
    citation = editing.cite(
        claim.reviews.get(),
        url="https://proof.example/report",
        exact="the roof is gone",
        role="evidence_for",
        by=ana,
        at=NOON,
    )
    return citation.passage.source


@pytest.mark.parametrize("role", ["contributor", "reviewer", "editor", "admin"])
def test_nobody_is_told_of_a_page_that_is_hidden_from_them(as_, board, hidden, role):
    as_(a_person(role)).get(ADDRESS, {"follow": f"queue source:{hidden.pk}"})

    assert followed(board) == {"queue"}


def test_who_cites_a_page_in_secret_is_told_of_it(as_, ana, board, hidden):
    as_(ana).get(ADDRESS, {"follow": f"source:{hidden.pk}"})

    assert followed(board) == {f"source:{hidden.pk}"}


@pytest.mark.parametrize(
    "asked",
    [
        "nonsense",
        "source:",
        "source:1",
        "__class__:x",
        "moon:019a1b2c-0000-7000-8000-000000000000",
        "claim:019a1b2c-0000-7000-8000-000000000000",
        "x" * 5_000,
        "queue:" * 200,
    ],
)
def test_what_is_not_there_is_not_followed(as_, ana, board, asked):
    assert as_(ana).get(ADDRESS, {"follow": asked}).status_code == 200
    assert followed(board) == set()


def test_a_page_that_asks_for_everything_is_told_of_some(as_, ana, board):
    sources = [a_source() for _ in range(3)]
    asked = " ".join(f"source:{source.pk}" for source in sources * 100)

    assert as_(ana).get(ADDRESS, {"follow": asked}).status_code == 200
    assert len(followed(board)) == 3


def test_many_names_are_looked_up_in_as_many_queries_as_one(as_, ana):
    browser = as_(ana)

    def queries(number):
        asked = " ".join(f"source:{a_source().pk}" for _ in range(number))
        with CaptureQueriesContext(connection) as asked_for:
            browser.get(ADDRESS, {"follow": asked})
        return len(asked_for)

    assert queries(20) == queries(1)


def test_the_desk_is_closed_to_readers_and_strangers(as_, client):
    assert client.get(ADDRESS).status_code == 302
    assert as_(a_person("reader")).get(ADDRESS).status_code == 403


def test_it_is_only_read(as_, ana):
    assert as_(ana).post(ADDRESS).status_code == 405


def test_there_are_no_more_streams_than_the_server_has_threads_for(as_, board):
    for number in range(2):
        as_(a_person("reviewer", f"r{number}")).get(ADDRESS)

    answer = as_(a_person("reviewer", "late")).get(ADDRESS)

    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
    assert board.streams == 2


def test_a_browser_has_one_stream_however_often_it_asks(as_, ana, board):
    client = as_(ana)

    for _ in range(5):
        assert client.get(ADDRESS).status_code == 200

    assert board.streams == 1


def test_a_server_that_is_to_end_refuses(as_, ana, board):
    board.stop()

    assert as_(ana).get(ADDRESS).status_code == 503


def test_who_goes_away_makes_room(as_, ana, board):
    answer = as_(ana).get(ADDRESS)
    next(iter(answer.streaming_content))

    answer.close()

    assert board.streams == 0


@pytest.mark.django_db(transaction=True)
def test_a_stream_gives_its_connection_to_the_database_back(as_, ana):
    answer = as_(ana).get(ADDRESS, {"follow": "queue"})
    assert connection.connection is not None

    next(iter(answer.streaming_content))

    assert connection.connection is None
    answer.close()
