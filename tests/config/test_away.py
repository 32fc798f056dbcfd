"""PostgreSQL or Redis does not answer: every page says so, and works again after."""

from pathlib import Path

import psycopg
import pytest
import redis
from django.db import (
    InterfaceError,
    OperationalError,
    close_old_connections,
    connection,
    transaction,
)
from django.urls import path
from kombu.exceptions import OperationalError as QueueError
from psycopg_pool import PoolTimeout

from claims.models import Claimant
from config.urls import urlpatterns
from tests.config.wire_to_postgres import Line
from tests.factories import a_claimant, a_person

PAGES = ("/", "/corrections", "/feed.atom", "/desk/", "/admin/")
PROBLEMS = ("/api/v1/claims", "/api/v1/sources", "/api/v1/tokens")


@pytest.fixture
def line(transactional_db, client):
    """What the connection of this test runs through."""
    settings = connection.settings_dict
    folder = settings["HOST"]
    if not folder.startswith("/"):
        pytest.skip("PostgreSQL is reached by TCP here, not by a socket")
    line = Line(Path(folder) / f".s.PGSQL.{settings['PORT'] or 5432}")
    connection.close()
    settings["HOST"] = str(line.folder)
    client.raise_request_exception = False
    yield line
    connection.close()
    settings["HOST"] = folder
    line.remove()


@pytest.fixture
def ana(line, client):
    person = a_person("reviewer")
    client.force_login(person)
    return person


def test_every_page_says_that_the_database_is_away_and_works_again_after(
    line, ana, client
):
    line.cut()
    for address in (*PAGES, *PAGES):
        answer = client.get(address)

        assert (answer.status_code, address) == (503, address)
        assert int(answer["Retry-After"]) > 0
        assert answer["Cache-Control"] == "no-store"
        assert 'id="error"' in answer.content.decode()
        assert "What you sent last may not have been saved" in answer.content.decode()

    mended(line)
    for address in PAGES:
        assert client.get(address, follow=True).status_code in {200, 403, 404}


def test_the_api_says_so_as_a_problem_and_works_again_after(line, ana, client):
    line.cut()
    for address in (*PROBLEMS, *PROBLEMS):
        answer = client.get(address)

        assert (answer.status_code, address) == (503, address)
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json()["code"] == "unavailable"
        assert int(answer["Retry-After"]) > 0

    mended(line)
    for address in PROBLEMS:
        assert client.get(address).status_code == 200


def mended(line):
    line.mend()
    # What each request of a real server begins with; the test client leaves it out.
    close_old_connections()


def test_who_was_signed_in_still_is(line, ana, client):
    line.cut()
    client.get("/desk/")
    mended(line)

    assert client.get("/desk/").context["user"] == ana


def test_nothing_is_half_saved_when_the_line_breaks_in_the_middle(
    line, ana, client, settings
):
    settings.ROOT_URLCONF = Breaking
    Breaking.line = line

    answer = client.get("/break")

    mended(line)
    assert answer.status_code == 503
    assert not Claimant.objects.exists()


def test_a_form_that_was_sent_is_not_forgotten_by_the_answer(line, ana, client):
    line.cut()

    answer = client.post("/desk/inbox/", {"title": "An article"})

    assert answer.status_code == 503
    assert "is kept in this browser" in answer.content.decode()


@pytest.mark.parametrize(
    "error",
    [
        OperationalError("the server closed the connection"),
        InterfaceError("connection already closed"),
        OperationalError(PoolTimeout("no connection after 2 s")),
        redis.ConnectionError("refused"),
        redis.TimeoutError("no answer"),
        QueueError("refused"),
    ],
)
@pytest.mark.parametrize(
    ("address", "kind"),
    [("/raise", "text/html"), ("/api/raise", "application/problem+json")],
)
def test_whichever_way_it_shows(client, settings, error, address, kind):
    settings.ROOT_URLCONF = Breaking
    Breaking.error = error
    client.raise_request_exception = False

    answer = client.get(address)

    assert answer.status_code == 503
    assert answer["Content-Type"].startswith(kind)


def test_another_fault_is_none_of_theirs(client, settings):
    settings.ROOT_URLCONF = Breaking
    Breaking.error = psycopg.ProgrammingError("no such column")
    client.raise_request_exception = False

    assert client.get("/raise").status_code == 500


class Breaking:
    """Addresses at which something breaks."""

    handler500 = "config.api.outside.handler500"
    error = line = None

    @staticmethod
    def fail(request):
        raise Breaking.error

    @staticmethod
    def fall(request):
        with transaction.atomic():
            a_claimant()
            Breaking.line.cut()
            a_claimant()


Breaking.urlpatterns = [
    path("raise", Breaking.fail),
    path("api/raise", Breaking.fail),
    path("break", Breaking.fall),
    *urlpatterns,
]
