"""Where somebody who signs in begins."""

import pytest

from tests.factories import a_person

pytestmark = pytest.mark.django_db


def where_it_leads(client, role, **fields):
    person = a_person(role)
    person.set_password("long enough")
    person.save()
    answer = client.post(
        "/sign-in/",
        {"username": person.username, "password": "long enough"} | fields,
    )
    return answer["Location"]


@pytest.mark.parametrize("role", ["contributor", "reviewer", "editor", "admin"])
def test_who_works_at_the_desk_begins_there(client, role):
    assert where_it_leads(client, role) == "/desk/"


def test_a_reader_begins_at_the_front_page(client):
    assert where_it_leads(client, "reader") == "/"


def test_whoever_was_on_the_way_to_a_page_goes_on_to_it(client):
    assert where_it_leads(client, "reader", next="/corrections") == "/corrections"
