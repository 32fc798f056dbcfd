"""Every page can be used by everybody: whoever reads it, and on whatever."""

import pytest
from django.urls import resolve, reverse

from claims.desk import urls
from tests.everybody.furnished import House
from tests.factories import a_person

pytestmark = pytest.mark.django_db(transaction=True)

UNKNOWN = "01a20849-2adb-710b-a60d-9ca3cdec7599"
# Fetched into a page that is looked at, taken away as a file, or leading on to one.
PARTS_OF_PAGES = {
    *(
        "accept",
        "claimants",
        "export",
        "import-report",
        "live",
        "next_second",
        "pages",
        "progress",
        "sources",
        "workers",
    )
}


@pytest.fixture
def ana(db):
    return a_person("admin", "ana")


@pytest.fixture
def house(ana):
    return House(ana)


def test_every_page_of_the_desk(house, ana, inspect):
    inspector = inspect(ana)

    found = [line for path in house.desk for line in inspector.visit(path)]

    assert not found, "\n".join(found)


def test_every_page_that_readers_see(house, inspect):
    inspector = inspect()

    found = [line for path in house.public for line in inspector.visit(path)]

    assert not found, "\n".join(found)


def test_every_list_of_the_panel_and_its_forms(house, ana, inspect):
    inspector = inspect(ana)

    found = [line for path in house.panel for line in inspector.visit(path)]

    assert not found, "\n".join(found)


def test_the_reference_of_the_api(inspect):
    found = inspect().visit("/api/docs/", until=".opblock-tag")

    assert not found, "\n".join(found)


def test_no_page_of_the_desk_is_left_out(house, as_ana):
    looked_at = {resolve(path.partition("?")[0]).url_name for path in house.desk}
    left_out = {
        pattern.name
        for pattern in urls.urlpatterns
        if pattern.name not in looked_at | PARTS_OF_PAGES
        and as_ana.get(some_address_of(pattern)).status_code != 405
    }

    assert not left_out


@pytest.fixture
def as_ana(client, ana):
    client.force_login(ana)
    return client


def some_address_of(pattern):
    kinds = {"UUIDConverter": UNKNOWN, "IntConverter": 1, "StringConverter": "x"}
    return reverse(
        f"desk:{pattern.name}",
        kwargs={
            name: kinds[type(converter).__name__]
            for name, converter in pattern.pattern.converters.items()
        },
    )
