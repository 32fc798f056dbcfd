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


@pytest.mark.parametrize("name", ["x" * 151, "x" * 1_000_000, "\ud7ff" * 300])
def test_a_name_that_nobody_can_have_is_refused_like_any_other(client, name):
    unknown = client.post("/sign-in/", {"username": "nobody", "password": "no"})

    answer = client.post("/sign-in/", {"username": name, "password": "no"})

    assert answer.status_code == unknown.status_code == 200
    assert (
        answer.context["form"].non_field_errors()
        == unknown.context["form"].non_field_errors()
    )
